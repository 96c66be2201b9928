import type { Target } from '../../tables/policy.ts';
import type { AnswerRow, View } from '../question.ts';
import {
  byMineral,
  count,
  mineralStage,
  named,
  plainly,
  positions,
  shareOf,
  yearsOfRows,
} from '../wording.ts';

/** Whose rules these are, and how they were asked about. */
export interface TargetsScope {
  readonly name: string;
  readonly rules: readonly Target[];
  readonly lenses: readonly string[];
  readonly nameOf: (country: string) => string;
}

const byLens: Readonly<Record<string, string>> = {
  declared: 'by declared origin',
  dispatch: 'by country of dispatch',
  traced: 'traced to its origin',
  controlled: 'by home of the owner',
};

/** How rules are best read: each limit in a sentence, then what is over it by any lens, then what is within by all. */
export function targetsView(rows: readonly AnswerRow[], scope: TargetsScope): View {
  const caps = scope.rules.filter((r) => r.metric === 'single_country_share_max' && r.value !== null);
  const each = caps.filter((r) => r.scope === 'each');
  const of = (rule: Target) => positions(rows, (r) => r.target === rule.target && r.mineral !== null);
  const several = each.length > 1;
  const sections = each.flatMap((rule) => {
    const known = of(rule).filter((k) => rows[k]!.share !== null);
    const limit = shareOf(rule.value!);
    const over = new Set(known.filter((k) => rows[k]!.status === 'over').map((k) => keyOf(rows[k]!)));
    const tag = several ? ` (${rule.target})` : '';
    const lensed = scope.lenses.length > 1 ? ' by at least one lens' : '';
    const within = scope.lenses.length > 1 ? ' by every lens with figures' : '';
    return [
      {
        title: `Over ${limit}${lensed}${tag}`,
        rows: together(
          rows,
          known.filter((k) => over.has(keyOf(rows[k]!))),
        ),
      },
      {
        title: `Within ${limit}${within}${tag}`,
        rows: together(
          rows,
          known.filter((k) => !over.has(keyOf(rows[k]!))),
        ),
      },
    ];
  });
  const shown = sections.flatMap((s) => s.rows);
  return {
    headline: [
      ...each.map((rule) =>
        eachLine(
          of(rule).map((k) => rows[k]!),
          rule,
          scope,
        ),
      ),
      ...caps.filter((r) => r.scope === 'aggregate').flatMap((rule) => aggregateLine(rows, rule, scope)),
      ...(caps.length ? [] : [`${scope.name}: no limit on one country’s share in the register.`]),
    ],
    columns: [
      'mineral',
      'stage',
      ...(scope.lenses.length > 1 ? ['lens'] : []),
      'top_country',
      'year',
      shown.some((k) => rows[k]!.tonnes_to_move_t !== null) ? 'tonnes_to_move_t' : 'to_move_usd',
      'supply_usd',
      'share_other',
      'required_change_per_year',
      'basis',
    ],
    heads: {
      top_country: 'top',
      tonnes_to_move_t: 't to move',
      to_move_usd: 'USD to move',
      supply_usd: 'imports USD',
      share_other: 'other measure',
      required_change_per_year: 'points a year',
    },
    pairs: { top_country: 'share' },
    least: { mineral: 11, stage: 6 },
    group: 'mineral',
    bar: { share: 'share', limit: 'cap' },
    sections: sections.filter((s) => s.rows.length > 0),
    after: [...silentLines(rows, each), ...otherRules(rows, scope.rules), ...caps.flatMap(asWorded)],
    inSections: true,
    quietNotes: ['not_computable', 'rule'],
  };
}

const keyOf = (r: AnswerRow) => `${r.mineral} ${r.stage}`;

/** Rows of one mineral and stage side by side, those with the largest share first. */
function together(rows: readonly AnswerRow[], at: readonly number[]): number[] {
  const most = new Map<string, number>();
  for (const k of at) {
    const key = keyOf(rows[k]!);
    most.set(key, Math.max(most.get(key) ?? 0, Number(rows[k]!.share)));
  }
  const mineral = new Map<string, number>();
  for (const k of at) {
    const id = String(rows[k]!.mineral);
    mineral.set(id, Math.max(mineral.get(id) ?? 0, most.get(keyOf(rows[k]!))!));
  }
  return at.toSorted(
    (a, b) =>
      mineral.get(String(rows[b]!.mineral))! - mineral.get(String(rows[a]!.mineral))! ||
      String(rows[a]!.mineral).localeCompare(String(rows[b]!.mineral), 'en') ||
      most.get(keyOf(rows[b]!))! - most.get(keyOf(rows[a]!))! ||
      keyOf(rows[a]!).localeCompare(keyOf(rows[b]!), 'en') ||
      Number(rows[b]!.share) - Number(rows[a]!.share),
  );
}

const isByTonnes = (r: AnswerRow) => r.tonnes_to_move_t !== null;
const term = (rule: Target) =>
  `${rule.target}, at most ${shareOf(rule.value!)} from one country${rule.year === null ? '' : ` by ${rule.year}`}`;

/** Of how many each lens says over, by which measure, of which years; and where the measures disagree. */
function eachLine(rows: readonly AnswerRow[], rule: Target, scope: TargetsScope): string {
  const known = rows.filter((r) => r.share !== null);
  const intro = `${scope.name}, each mineral on its own (${term(rule)})`;
  if (known.length === 0) return `${intro}: no share is known.`;
  const parts = scope.lenses.flatMap((lens) => {
    const ofLens = known.filter((r) => r.lens === lens);
    if (ofLens.length === 0) return [];
    const over = ofLens.filter((r) => r.status === 'over').length;
    return [`${over} of ${ofLens.length} ${byLens[lens] ?? lens}`];
  });
  const byValue = known.filter((r) => !isByTonnes(r)).length;
  const measure =
    byValue === 0 ? 'by tonnes' : byValue === known.length ? 'by value' : `by tonnes, ${byValue} by value`;
  const torn = known.filter((r) => r.status_other !== null && r.status_other !== r.status);
  const depends = torn.length
    ? ` For ${count(torn.length, 'share')} tonnes and value give opposite verdicts (${byMineral(torn)}).`
    : '';
  return `${intro}: of the mineral stages with a known share ${named(parts)} are over it, ${measure}, ${yearsOfRows(known)}.${depends}`;
}

/** The same rule read on the whole list as one supply: the largest supplier by each measure and lens. */
function aggregateLine(rows: readonly AnswerRow[], rule: Target, scope: TargetsScope): string[] {
  const own = rows.filter((r) => r.target === rule.target);
  const known = own.filter((r) => r.share !== null);
  if (known.length === 0) return [`In the aggregate (${term(rule)}): no figures.`];
  const of = (r: AnswerRow) =>
    `${shareOf(r.share as number, rule.value)} by ${isByTonnes(r) ? 'tonnes' : 'value'} (${scope.nameOf(String(r.top_country))})`;
  const parts = scope.lenses.flatMap((lens) => {
    const ofLens = known.filter((r) => r.lens === lens);
    return ofLens.length ? [`${named(ofLens.map(of))} ${byLens[lens] ?? lens}`] : [];
  });
  const over = known.filter((r) => r.status === 'over').length;
  const verdict =
    over === 0
      ? 'within it'
      : over === known.length
        ? 'over it'
        : `over it in ${over} of ${known.length} readings`;
  return [
    `In the aggregate (${term(rule)}): ${verdict}; most from one country is ${parts.join('; ')}, supply of ${yearsOfRows(known)} of the minerals that have figures.`,
  ];
}

/** Minerals that a rule applies to and that nothing is known of, once each. */
function silentLines(rows: readonly AnswerRow[], each: readonly Target[]): string[] {
  const rules = new Set(each.map((r) => r.target));
  const mine = rows.filter((r) => rules.has(String(r.target)) && r.mineral !== null);
  const known = new Set(mine.filter((r) => r.share !== null).map(keyOf));
  const silent = mine.filter((r) => r.share === null && !known.has(keyOf(r)));
  const uncoded = silent.filter((r) => r.stage === null);
  const untraded = silent.filter((r) => r.stage !== null);
  const stages = new Set(untraded.map(keyOf)).size;
  return [
    ...(stages
      ? [
          `No open figures of the supply of ${count(stages, 'mineral stage')}, by any lens asked for: ${byMineral(untraded)}.`,
        ]
      : []),
    ...(uncoded.length ? [`No customs code of their own: ${byMineral(uncoded)}.`] : []),
  ];
}

/** A limit as its publisher words it: the two wordings of one goal are not the same test. */
const asWorded = (rule: Target): string[] =>
  rule.wording === null
    ? []
    : [`${rule.target} reads: “${rule.wording}”${rule.note === null ? '' : ` (${rule.note})`}.`];

/** Rules named one by one with what they ask, before only their ids are. */
const mostSpelt = 4;

/** Rules that are not about one country’s share: what each asks, and why it is not judged. */
function otherRules(rows: readonly AnswerRow[], rules: readonly Target[]): string[] {
  const others = rules.filter((r) => r.metric !== 'single_country_share_max');
  const known = (rule: Target) =>
    rows.filter((r) => r.target === rule.target && r.mineral !== null && (r.share ?? r.supply_t) !== null);
  const told = others.filter((rule) => known(rule).length > 0);
  const open = others.filter((rule) => !told.includes(rule));
  const groups = new Map<string, Target[]>();
  for (const rule of open) {
    const why = String(rows.find((r) => r.target === rule.target)?.note ?? 'no open figures');
    groups.set(why, [...(groups.get(why) ?? []), rule]);
  }
  const judged = told.map((rule) => floorLine(rule, rows, known(rule)));
  const unjudged = [...groups].map(([why, of]) => {
    const asks = of.length > mostSpelt ? of.map((r) => r.target).join(', ') : of.map(inShort).join('; ');
    return `Not judged, ${why}: ${asks}.`;
  });
  return [...judged, ...unjudged];
}

/** A floor with figures: the list as a whole where it can be judged, then each mineral. */
function floorLine(rule: Target, rows: readonly AnswerRow[], of: readonly AnswerRow[]): string {
  const whole = rows.find((r) => r.target === rule.target && r.mineral === null && r.stage === rule.stage);
  const value = (r: AnswerRow) =>
    r.share === null
      ? `${Number(r.supply_t).toLocaleString('en')} t`
      : shareOf(r.share as number, rule.value);
  const one = (r: AnswerRow) =>
    `${r.stage === null || rule.stage !== null ? plainly(r.mineral) : mineralStage(r)} ${value(r)}`;
  const by = (status: string) => of.filter((r) => r.status === status).map(one);
  const verdict =
    rule.scope !== 'aggregate'
      ? ''
      : whole && whole.share !== null
        ? ` ${whole.status}, ${shareOf(whole.share as number, rule.value)} of the whole list;`
        : ' not judged for the whole list, as there are no open tonnages on one basis;';
  const [met, under] = [by('met'), by('under')];
  return `${inShort(rule)}:${verdict} one by one (${of[0]!.basis}, ${yearsOfRows(of)}) ${met.length} of ${of.length} reach it${met.length ? `: ${met.join(', ')}` : ''}${under.length ? `; below are ${under.join(', ')}` : ''}.`;
}

const compared: Readonly<Record<string, string>> = { '<=': 'at most', '>=': 'at least' };

function inShort(rule: Target): string {
  const what = plainly(rule.metric.replace(/_(min|max)$/, ''));
  const value =
    rule.value === null
      ? 'a value not said'
      : rule.unit === '1' || rule.unit === null
        ? shareOf(rule.value)
        : `${rule.value.toLocaleString('en')} ${rule.unit}`;
  const by = rule.year === null ? '' : ` by ${rule.year}`;
  return `${rule.target}, ${what} ${compared[rule.comparator] ?? rule.comparator} ${value}${by}`;
}

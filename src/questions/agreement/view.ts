import type { AnswerRow, View } from '../question.ts';
import {
  byMineral,
  count,
  mineralStage,
  named,
  plainly,
  positions,
  possessive,
  shareOf,
  tonnes,
  yearsOfRows,
} from '../wording.ts';

/** Between whom, under which document, of which minerals. */
export interface AgreementScope {
  readonly party: string;
  readonly partner: string;
  /** null = nothing signed between the two */
  readonly document: {
    readonly title: string;
    readonly date: string | null;
    readonly binding: boolean | null;
  } | null;
  readonly list: string | null;
  readonly nameOf: (country: string) => string;
}

/** How far an agreement could reach: what it could move, what it might but cannot be computed, what it cannot touch. */
export function agreementView(rows: readonly AnswerRow[], scope: AgreementScope): View {
  const moves = positions(rows, (r) => Number(r.most_it_could_move ?? 0) > 0);
  const open = positions(rows, (r, k) => r.can_touch === true && !moves.includes(k));
  return {
    headline: headline(rows, moves, scope),
    columns: [
      'mineral',
      'stage',
      'top_country',
      'most_it_could_move',
      'moved_t',
      'partner_share',
      'output_year',
      'supply_from_partner_share',
      'commitments',
      'controllers',
      'partner_output_t',
      'free_t',
      'top_share_pro_rata',
      'note',
    ],
    heads: {
      top_country: 'top today',
      most_it_could_move: 'could fall',
      moved_t: 'by t',
      partner_share: 'of world',
      output_year: 'in',
      supply_from_partner_share: 'of supply',
      controllers: 'held from',
      commitments: 'others have',
      partner_output_t: 'output t',
      free_t: 'free t',
      top_share_pro_rata: 'top pro rata',
    },
    pairs: { top_country: 'top_share' },
    least: { mineral: 11, stage: 8, controllers: 8 },
    group: 'mineral',
    sections: [
      { title: 'Where the largest share could fall, at most', rows: moves },
      { title: `Output of ${scope.partner}, but no fall that open data could tell`, rows: open },
    ].filter((s) => s.rows.length > 0),
    after: [
      ...(moves.length + open.length
        ? [`Of world: ${possessive(scope.partner)} part of world output, in the year beside it.`]
        : []),
      ...whyOpen(open.map((k) => rows[k]!)),
      ...takenLines(rows),
      ...untouchedLines(rows, scope),
    ],
    inSections: true,
    quietNotes: ['cannot_touch', 'not_computable', 'list', 'no_agreement'],
  };
}

function headline(rows: readonly AnswerRow[], moves: readonly number[], scope: AgreementScope): string[] {
  const { partner, party } = scope;
  const minerals = (test: (r: AnswerRow) => boolean) => [
    ...new Set(rows.filter(test).map((r) => plainly(r.mineral))),
  ];
  const all = minerals(() => true);
  const makes = minerals((r) => r.can_touch === true);
  const made = rows.filter((r) => r.can_touch === true);
  const of =
    scope.list === null
      ? `${count(all.length, 'mineral')} asked about`
      : `the ${all.length} minerals of ${scope.list}`;
  const most = moves
    .map((k) => rows[k]!)
    .sort((a, b) => (b.most_it_could_move as number) - (a.most_it_could_move as number));
  const { absent, silent, signs } = untouched(rows);
  const rest = [
    ...(absent.length ? [`of ${absent.length} it is not a known producer`] : []),
    ...(silent.length ? [`of ${silent.length} nobody’s output is open`] : []),
    ...(signs.length ? [`of ${signs.length} there are signs of output but no figure`] : []),
  ];
  const lines = [
    documentLine(scope),
    `${partner} is known to produce ${makes.length} of ${of}${made.length ? ` (output of ${yearsOfRows(made, 'output_year')})` : ''}${rest.length ? `; ${named(rest)}, so it cannot be shown to touch these` : ''}.`,
    ...takenHeadline(rows, scope),
  ];
  const best = most[0];
  if (!best)
    return [
      ...lines,
      `There is none whose largest share in ${possessive(party)} supply it could be shown to lower.`,
    ];
  const fall = best.most_it_could_move as number;
  const eased = most.filter((r) => r.over_cap === true);
  const back = eased.filter(
    (r) => typeof r.cap === 'number' && (r.top_share as number) - (r.most_it_could_move as number) <= r.cap,
  );
  const limit = typeof best.cap === 'number' ? best.cap : null;
  return [
    ...lines,
    `At most it could lower the largest share, by ${best.weight === 'value' ? 'value' : 'tonnes'}, in ${possessive(party)} imports of ${most.length === 1 ? '' : `${most.length} mineral stages, most for `}${mineralStage(best)}: from ${shareOf(best.top_share as number, limit)} (${scope.nameOf(String(best.top_country))}, ${best.supply_year}) to ${shareOf((best.top_share as number) - fall, limit)}, if ${tonnes(best.moved_t as number)} a year came.`,
    ...(limit === null
      ? []
      : [
          eased.length === 0
            ? `None of them is over the limit of ${shareOf(limit)} by that measure today.`
            : `Over the limit of ${shareOf(limit)} by that measure are ${named(eased.map(mineralStage))}; back under it could come ${back.length ? named(back.map(mineralStage)) : 'none'}.`,
        ]),
  ];
}

function documentLine({ document, party, partner }: AgreementScope): string {
  if (!document)
    return `No agreement on minerals between ${party} and ${partner} is in force in the register: this is what one could change at most.`;
  const { title, date, binding } = document;
  const force =
    binding === true
      ? 'binding'
      : binding === false
        ? 'not binding: it moves nothing by itself'
        : 'whether it binds is not known';
  return `${title}${date === null ? '' : `, ${date}`}: ${force}; what follows is the most that contracts under it could change.`;
}

/** Why a stage with output has no fall, by the reason, each stage once. */
function whyOpen(rows: readonly AnswerRow[]): string[] {
  const why = (r: AnswerRow): string =>
    r.most_it_could_move === 0
      ? 'nothing to lower: the partner’s free output would not displace the top supplier'
      : r.top_share === null
        ? 'no open figures of imports at that stage'
        : r.partner_output_t === null
          ? 'only a share of world output is published, no tonnes'
          : r.demand_t === null
            ? 'output and imports are not in the same tonnes'
            : 'what of the output is free is not known';
  const groups = new Map<string, AnswerRow[]>();
  for (const r of rows) groups.set(why(r), [...(groups.get(why(r)) ?? []), r]);
  return [...groups].map(([reason, of]) => `Not computed, ${reason}: ${byMineral(of)}.`);
}

/** What others already have of what could be given, mineral by mineral. */
function takenLines(rows: readonly AnswerRow[]): string[] {
  const taken = rows.filter((r) => r.commitments !== null);
  const named_ = [
    ...new Set(
      rows.flatMap((r) => (r.other_agreements === null ? [] : String(r.other_agreements).split('; '))),
    ),
  ];
  return [
    ...taken.map(
      (r) =>
        `Others already have, of ${mineralStage(r)}: ${r.commitments}.${typeof r.committed_t === 'number' && r.committed_t > 0 ? ` Counted as not free: ${tonnes(r.committed_t)} a year.` : ''}`,
    ),
    ...named_.map((text) => {
      const of = rows.filter((r) => String(r.other_agreements ?? '').includes(text));
      return `Named there too, but not binding: ${text}, for ${byMineral(of)}.`;
    }),
  ];
}

/** The minerals of which third countries hold or were promised something, most of the output first. */
function takenHeadline(rows: readonly AnswerRow[], { partner }: AgreementScope): string[] {
  const taken = rows
    .filter((r) => r.commitments !== null)
    .sort((a, b) => Number(b.controlled_elsewhere_share ?? -1) - Number(a.controlled_elsewhere_share ?? -1));
  if (taken.length === 0) return [];
  const what = taken.map(
    (r) =>
      `${mineralStage(r)}${Number(r.controlled_elsewhere_share ?? 0) > 0 ? ` (${shareOf(r.controlled_elsewhere_share as number)} held from abroad)` : ''}`,
  );
  return [
    `Third countries already hold or were promised output of ${partner} in ${named([...new Set(what)], 6)}.`,
  ];
}

/** Minerals that the partner is not known to produce: others are named as producers, or nobody’s figure is open. */
function untouched(rows: readonly AnswerRow[]): { absent: string[]; silent: string[]; signs: string[] } {
  const makes = new Set(rows.filter((r) => r.can_touch === true).map((r) => r.mineral));
  const rest = rows.filter((r) => !makes.has(r.mineral));
  const hinted = new Set(rest.filter((r) => r.signs !== null).map((r) => r.mineral));
  const told = new Set(rest.filter((r) => r.can_touch === false).map((r) => r.mineral));
  const names = (keep: (mineral: AnswerRow[string]) => boolean) =>
    [...new Set(rest.filter((r) => keep(r.mineral ?? null)).map((r) => plainly(r.mineral)))].sort();
  return {
    absent: names((m) => !hinted.has(m) && told.has(m)),
    silent: names((m) => !hinted.has(m) && !told.has(m)),
    signs: names((m) => hinted.has(m)),
  };
}

function untouchedLines(rows: readonly AnswerRow[], { partner }: AgreementScope): string[] {
  const { absent, silent } = untouched(rows);
  const makes = new Set(rows.filter((r) => r.can_touch === true).map((r) => r.mineral));
  const signs = rows.filter((r) => r.signs !== null && !makes.has(r.mineral));
  return [
    ...signs.map((r) => `No output figure, but signs of it, ${mineralStage(r)}: ${r.signs}.`),
    ...(absent.length
      ? [`${partner} is not among the producers that sources name, or reports zero: ${named(absent)}.`]
      : []),
    ...(silent.length
      ? [`No output of anyone is open, or it is withheld, which is unknown, not zero: ${named(silent)}.`]
      : []),
  ];
}

import { z } from 'zod';
import { aggregate } from '../analysis/policy/aggregate-share.ts';
import { type CapRuleTerms, type Comparator, capStatus } from '../analysis/policy/rule.ts';
import { requiredChangePerYear, tonnesToMove } from '../analysis/policy/tonnes-to-move.ts';
import { groupBy } from '../tables/group-by.ts';
import type { Target } from '../tables/policy.ts';
import { hs6Mineral } from '../tables/world.ts';
import { cite } from './cite.ts';
import { declaredSupplies, type Weight } from './declared-supply.ts';
import { traceableYears } from './network-of.ts';
import { importer, lens, lenses, minerals, stages, weight, years } from './parameters.ts';
import { type AnswerRow, defineQuestion, type Note } from './question.ts';
import { registerSource } from './register-source.ts';
import { checkKnown, namesOf, type Party, yearsOf } from './resolve.ts';
import { exemptFrom, mineralsOf, rulesFor } from './rule-scope.ts';
import { amountsOf, type StageMix, sharesOf, stageMix } from './stage-mix.ts';
import { targetsColumns } from './targets-columns.ts';
import { targetsView } from './targets-view.ts';
import { controlledShares, type LensShares, tracedShares } from './traced-shares.ts';

/** Rules that are not about one country's share need figures that nobody publishes for these lists. */
const whyNot: Readonly<Record<string, string>> = {
  domestic_production_share_min:
    'no open figures of domestic output and of use on one basis for the whole list',
  domestic_extraction_share_min:
    'no open figures of domestic output and of use on one basis for the whole list',
  domestic_processing_share_min:
    'no open figures of domestic output and of use on one basis for the whole list',
  domestic_production_share_baseline: 'a published figure, not a rule to be met',
  domestic_output_min: 'no open figure of domestic output; outlook shows what is planned',
  recycled_share_min: 'no open figures of recycled supply for the whole list',
  recycled_content_min: 'a rule on each product: no open figures',
  material_recovery_min: 'a rule on each recycler: no open figures',
  export_quota: 'a limit on exports, not on supply',
};

interface Followed {
  readonly year: number;
  readonly shares: LensShares;
}

interface Found {
  readonly row: AnswerRow;
  readonly sources: Iterable<string>;
}

export const targetsQuestion = defineQuestion({
  name: 'targets',
  asks: 'How far is a country from its own published limits, and what would have to move?',
  about:
    'Every published rule of a country or bloc against its supply, for each mineral and stage and in the aggregate as written, by declared origin, dispatch, traced origin and owner: share, status, tonnes to move, yearly change to the target year. Rules that open data cannot judge say why.',
  params: z.object({
    for: importer.default('GBR'),
    target: z
      .string()
      .optional()
      .describe('id of one rule, e.g. uk-cap-per-mineral; all of the party’s when left out'),
    mineral: minerals,
    stage: stages,
    year: years,
    lens: z
      .array(lens)
      .default([...lenses])
      .describe('declared, dispatch, traced, controlled; all when left out'),
    weight: weight.default('quantity'),
  }),
  example: 'headwater targets --for GBR --target uk-cap-per-mineral --lens declared',
  async answer(params, world) {
    const names = await namesOf(world);
    const party = names.party(params.for);
    const wanted = names.minerals(params.mineral);
    const asked = yearsOf(params.year);
    const inStage = params.stage?.filter((s) => s !== 'all');
    const rules = await rulesFor(world, party, params.target);
    const allCodes = await world.load(hs6Mineral);
    checkKnown('stage', inStage, new Set(allCodes.map((c) => c.stage)));
    const scopes = new Map<string, ReadonlySet<string> | null>();
    for (const rule of rules) scopes.set(rule.target, await mineralsOf(world, rule));
    const applies = (rule: Target, mineral: string) =>
      (scopes.get(rule.target)?.has(mineral) ?? true) && (!wanted || wanted.includes(mineral));
    const caps = rules.filter((r) => r.metric === 'single_country_share_max');
    const codes = allCodes.filter(
      (c) =>
        caps.some((r) => applies(r, c.mineral) && (!r.stage || r.stage === c.stage)) &&
        (!inStage?.length || inStage.includes(c.stage)),
    );
    const supplies = await declaredSupplies(world, party, codes, asked);
    const stagesOf = groupBy(codes, (c) => `${c.mineral} ${c.stage}`);
    const year = asked?.at(-1);
    const declared = [...stagesOf].map(([key, of]) => ({
      key,
      mineral: of[0]!.mineral,
      stage: of[0]!.stage,
      mix: stageMix(supplies, of, allCodes, 'origin', { year }),
    }));
    // the twelve months nearest the declared year, so that the two stand side by side
    const dispatched = () =>
      declared.map((d) => ({
        ...d,
        mix: stageMix(supplies, stagesOf.get(d.key)!, allCodes, 'dispatch', { year, near: d.mix?.year }),
      }));
    if (asked && codes.length && declared.every((d) => d.mix === null)) {
      const any = await declaredSupplies(world, party, codes);
      const known = codes.flatMap((c) =>
        [...any.years(c, 'origin'), ...any.years(c, 'dispatch')].map(String),
      );
      checkKnown('year', [String(asked[0])], known);
    }
    const used = new Set<string>(rules.length ? [registerSource(world, 'target', 'policy_targets')] : []);
    const rows: AnswerRow[] = [];
    const notes: Note[] = [];
    const take = ({ row, sources }: Found) => {
      rows.push(row);
      for (const s of sources) used.add(s);
    };

    const byLens = {
      declared,
      dispatch: params.lens.includes('dispatch') ? dispatched() : [],
    };
    const follows = params.lens.some((l) => l === 'traced' || l === 'controlled');
    const traceable = follows
      ? await traceableYears(world, [...new Set(codes.map((c) => c.mineral))])
      : new Map<string, { readonly both: readonly number[] }>();
    const cache = new Map<string, Promise<Followed | null>>();
    const throughWorld = (which: 'traced' | 'controlled', mineral: string, stage: string) => {
      const key = `${which} ${mineral} ${stage}`;
      let found = cache.get(key);
      if (!found) {
        found = followed(which, mineral, stage);
        cache.set(key, found);
      }
      return found;
    };
    async function followed(which: 'traced' | 'controlled', mineral: string, stage: string) {
      const year = asked?.at(-1) ?? traceable.get(`${mineral} ${stage}`)?.both.at(-1);
      if (year === undefined) return null;
      const request = { for: party, mineral, stage, year, method: 'gross', weight: params.weight } as const;
      const shares = await (which === 'traced' ? tracedShares : controlledShares)(world, request);
      return shares.shares ? { year, shares } : null;
    }

    for (const rule of rules) {
      if (rule.metric !== 'single_country_share_max' || rule.value === null) {
        take({
          row: notComputable(rule, whyNot[rule.metric] ?? 'no open figures for this rule'),
          sources: [],
        });
        continue;
      }
      for (const which of params.lens) {
        world.signal.throwIfAborted();
        if (which === 'declared' || which === 'dispatch') {
          const mine = byLens[which].filter((m) => applies(rule, m.mineral));
          if (rule.scope === 'aggregate')
            for (const w of ['quantity', 'value'] as const) take(inAggregate(rule, party, which, mine, w));
          else for (const m of mine) take(declaredRow(rule, party, which, m, params.weight));
        } else if (rule.scope === 'each')
          for (const m of declared.filter((d) => applies(rule, d.mineral))) {
            const found = await throughWorld(which, m.mineral, m.stage);
            if (found) take(followedRow(rule, party, which, m, found, params.weight));
          }
      }
      for (const mineral of scopes.get(rule.target) ?? [])
        if (rule.scope === 'each' && applies(rule, mineral) && !codes.some((c) => c.mineral === mineral))
          take({
            row: {
              ...notComputable(rule, 'no customs code holds this mineral alone; no open trade data'),
              mineral,
            },
            sources: [],
          });
    }
    const order = new Map(rules.map((r, k) => [r.target, k]));
    rows.sort(
      (a, b) =>
        order.get(a.target as string)! - order.get(b.target as string)! ||
        Number(b.share ?? -1) - Number(a.share ?? -1) ||
        `${a.mineral} ${a.stage} ${a.lens}`.localeCompare(`${b.mineral} ${b.stage} ${b.lens}`, 'en'),
    );
    for (const rule of rules)
      notes.push({
        code: 'rule',
        target: rule.target,
        value: rule.value,
        text: `${rule.target}: ${rule.wording ?? rule.metric}${rule.note ? ` (${rule.note})` : ''}`,
      });
    if (!rules.length)
      notes.push({ code: 'no_rule', text: `${party.name} has no published limit in the register` });
    const silent = rows.flatMap((r, k) => (r.share === null ? [k] : []));
    if (silent.length)
      notes.push({ code: 'not_computable', text: 'no share: see the row’s own note', rows: silent });
    const depends = rows.flatMap((r, k) =>
      r.status_other !== null && r.status_other !== r.status ? [k] : [],
    );
    if (depends.length)
      notes.push({
        code: 'measure_decides',
        text: 'by value and by tonnes the rule is judged differently',
        rows: depends,
      });
    const view = targetsView(rows, {
      name: party.name,
      rules,
      lenses: params.lens,
      nameOf: names.countryName,
    });
    return { rows, columns: targetsColumns, notes, sources: await cite(world, used), view };
  },
});

const blank = (rule: Target): AnswerRow => ({
  ...Object.fromEntries(targetsColumns.map((c) => [c.name, null])),
  target: rule.target,
  metric: rule.metric,
  scope: rule.scope,
  cap: rule.value,
  target_year: rule.year,
  stage: rule.stage,
  status: 'not_computable',
});

const notComputable = (rule: Target, note: string): AnswerRow => ({
  ...blank(rule),
  mineral: rule.minerals && !rule.minerals.includes(';') ? rule.minerals : null,
  evidence: 'none',
  note,
});

const terms = (rule: Target, party: Party, year: number): CapRuleTerms => ({
  comparator: rule.comparator as Comparator,
  cap: rule.value,
  targetYear: rule.year,
  exempt: exemptFrom(party, year),
  now: year,
});

/** A row of the rule on one mineral and stage, from the country that the customs paper names. */
function declaredRow(
  rule: Target,
  party: Party,
  which: string,
  { mineral, stage, mix }: { mineral: string; stage: string; mix: StageMix | null },
  wanted: Weight,
): Found {
  const row: AnswerRow = { ...blank(rule), mineral, stage, lens: which };
  if (!mix || sharesOf(amountsOf(mix, wanted)).length === 0)
    return {
      row: {
        ...row,
        evidence: 'none',
        note: 'no open figures of this supply: no trade in its codes, or codes that hold several minerals',
      },
      sources: mix?.sources ?? [],
    };
  const amounts = amountsOf(mix, wanted);
  const other = amountsOf(mix, amounts.weight === 'value' ? 'quantity' : 'value');
  const found = capStatus({ by: amounts.by }, terms(rule, party, mix.year));
  const second =
    other.weight === amounts.weight ? null : capStatus({ by: other.by }, terms(rule, party, mix.year));
  const byTonnes = amounts.weight === 'quantity';
  const caveats = [
    mix.complete ? '' : 'truncated series: shares slightly high',
    mix.missing.length ? `without codes ${mix.missing.join(', ')}: no figures` : '',
    mix.value_share_without_quantity >= 0.0005 && byTonnes
      ? `${(100 * mix.value_share_without_quantity).toFixed(1)} % of the value has no tonnes`
      : '',
    amounts.weight === wanted ? '' : `by ${amounts.weight}: the data have no other measure`,
  ].filter(Boolean);
  return {
    row: {
      ...row,
      year: mix.year,
      top_country: found.top_country,
      share: found.share,
      status: found.status,
      headroom: found.headroom,
      tonnes_to_move_t: byTonnes ? found.to_move : null,
      to_move_usd: byTonnes ? null : found.to_move,
      required_change_per_year: found.required_change_per_year,
      supply_usd: mix.value_usd > 0 ? mix.value_usd : null,
      supply_t: mix.quantity_t > 0 ? mix.quantity_t : null,
      share_other: second?.share ?? null,
      status_other: second?.status ?? null,
      basis: `imports, ${byTonnes ? `tonnes ${mix.tonnes}` : 'value'}${mix.period ? `, ${mix.period}` : ''}`,
      evidence: mix.complete ? 'complete' : 'partial',
      note: caveats.join('; ') || null,
    },
    sources: mix.sources,
  };
}

/** A row from where the supply was born, or who holds it; shares are of apparent consumption, own output included. */
function followedRow(
  rule: Target,
  party: Party,
  which: string,
  { mineral, stage }: { mineral: string; stage: string },
  { year, shares: found }: Followed,
  wanted: Weight,
): Found {
  const { exempt } = terms(rule, party, year);
  const counted = found.shares!.filter((s) => !exempt.has(s.country));
  const top = counted[0];
  const share = top?.share ?? 0;
  const consumption = found.consumption!;
  const judged = capStatus(
    { by: new Map(found.shares!.map((s) => [s.country, s.share])), total: 1 },
    terms(rule, party, year),
  );
  const byTonnes = wanted === 'quantity';
  const move = tonnesToMove(
    counted.map((s) => s.share * consumption),
    consumption,
    rule.value!,
  );
  return {
    row: {
      ...blank(rule),
      mineral,
      stage,
      lens: which,
      year,
      top_country: top?.country ?? null,
      share,
      status: judged.status,
      headroom: rule.value! - share,
      tonnes_to_move_t: byTonnes ? move : null,
      to_move_usd: byTonnes ? null : move,
      required_change_per_year: requiredChangePerYear(share, rule.value!, year, rule.year),
      supply_usd: byTonnes ? null : consumption,
      supply_t: byTonnes ? consumption : null,
      low: top?.low ?? null,
      high: top?.high ?? null,
      basis: `apparent consumption, ${byTonnes ? 'tonnes' : 'value'}`,
      evidence: found.notes.some((n) => n.code === 'partial') ? 'partial' : 'complete',
      note:
        (found.unrecordedShare ?? 0) > 0.05
          ? `${(100 * found.unrecordedShare!).toFixed(0)} % of the supply is of unrecorded birth`
          : null,
    },
    sources: found.sources,
  };
}

/** The year that most supplies are of; of two the newer. */
function commonYear(years: readonly number[]): number {
  const count = new Map<number, number>();
  for (const y of years) count.set(y, (count.get(y) ?? 0) + 1);
  return [...count].sort(([a, n], [b, m]) => m - n || b - a)[0]?.[0] ?? 0;
}

/** The rule on all minerals of its list as one supply, as it is written; once by value and once by tonnes. */
function inAggregate(
  rule: Target,
  party: Party,
  which: string,
  mine: readonly { mineral: string; stage: string; mix: StageMix | null }[],
  by: Weight,
): Found {
  const common = commonYear(mine.flatMap((m) => m.mix?.year ?? []));
  const all = aggregate(
    mine.map(({ mineral, stage, mix }) => ({
      id: `${mineral} ${stage}`,
      // one year only: adding a supply of 2020 to one of 2024 would be a supply of no year
      by: mix && mix.year === common ? (by === 'value' ? mix.value_by : mix.tonnes_by) : null,
    })),
  );
  const value = (m: StageMix | null) => (m && m.year === common ? m.value_usd : 0);
  const found = capStatus({ by: all.by }, terms(rule, party, common));
  const tonnes = by === 'quantity';
  return {
    row: {
      ...blank(rule),
      mineral: null,
      stage: null,
      lens: which,
      year: common || null,
      top_country: found.top_country,
      share: found.share,
      status: found.status,
      headroom: found.headroom,
      tonnes_to_move_t: tonnes ? found.to_move : null,
      to_move_usd: tonnes ? null : found.to_move,
      required_change_per_year: found.required_change_per_year,
      supply_usd: mine.reduce((s, m) => s + value(m.mix), 0) || null,
      supply_t: tonnes && all.total > 0 ? all.total : null,
      basis: `imports of ${all.counted.length} of ${mine.length} minerals and stages, ${tonnes ? 'tonnes' : 'value'}`,
      evidence: all.counted.length === 0 ? 'none' : all.missing.length ? 'partial' : 'complete',
      note: all.heaviest
        ? `${all.heaviest.id} alone is ${(100 * all.heaviest.share).toFixed(0)} % of the sum${tonnes ? '; ore, metal and compounds are added as the rule is written' : ''}; without ${all.missing.length} that have no figures`
        : 'no figures',
    },
    sources: mine.flatMap((m) => (m.mix && m.mix.year === common ? m.mix.sources : [])),
  };
}

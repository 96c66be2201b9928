import { z } from 'zod';
import { groupBy } from '../tables/group-by.ts';
import type { Target } from '../tables/policy.ts';
import { hs6Mineral } from '../tables/world.ts';
import { cite } from './cite.ts';
import { controlledShares } from './controlled-shares.ts';
import { declaredSupplies } from './declared-supply.ts';
import { traceableYears } from './network-of.ts';
import { importer, lens, lenses, minerals, stages, weight, years } from './parameters.ts';
import { type AnswerRow, defineQuestion, type Note } from './question.ts';
import { registerSource } from './register-source.ts';
import { checkKnown, namesOf, oneYear } from './resolve.ts';
import { mineralsOf, rulesFor } from './rule-scope.ts';
import { stageMix } from './stage-mix.ts';
import { followedInAggregate, inAggregate } from './targets/aggregate-row.ts';
import { targetsColumns } from './targets/columns.ts';
import { declaredRow } from './targets/declared-row.ts';
import { floorRowsOf } from './targets/floor-rows.ts';
import { type Followed, followedRow } from './targets/followed-row.ts';
import { type Found, notComputable } from './targets/rule-row.ts';
import { targetsView } from './targets/view.ts';
import { explainTargets } from './targets-explain.ts';
import { tracedShares } from './traced-shares.ts';

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
    year: years.describe('one year; the newest with data when left out'),
    lens: z
      .array(lens)
      .default([...lenses])
      .describe('declared, dispatch, traced, controlled; all when left out'),
    weight: weight.default('quantity'),
  }),
  example: 'headwater targets --for GBR --target uk-cap-per-mineral --lens declared',
  explain: explainTargets,
  async answer(params, world) {
    const names = await namesOf(world);
    const party = names.party(params.for);
    const wanted = names.minerals(params.mineral);
    const year = oneYear(params.year, 'targets');
    const asked = year === undefined ? undefined : [year];
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
      const of = year ?? traceable.get(`${mineral} ${stage}`)?.both.at(-1);
      if (of === undefined) return null;
      const request = {
        for: party,
        mineral,
        stage,
        year: of,
        method: 'gross',
        weight: params.weight,
      } as const;
      const shares = await (which === 'traced' ? tracedShares : controlledShares)(world, request);
      return shares.shares ? { year: of, shares } : null;
    }

    const onStage = (rule: Target, stage: string) => rule.stage === null || rule.stage === stage;
    for (const rule of rules) {
      if (rule.metric !== 'single_country_share_max' || rule.value === null) {
        const list = [...(scopes.get(rule.target) ?? [])].filter((m) => applies(rule, m));
        const floors = await floorRowsOf(world, rule, party, list, allCodes);
        for (const found of floors) take(found);
        if (floors.length) continue;
        take({
          row: notComputable(rule, whyNot[rule.metric] ?? 'no open figures for this rule'),
          sources: [],
        });
        continue;
      }
      for (const which of params.lens) {
        world.signal.throwIfAborted();
        if (which === 'declared' || which === 'dispatch') {
          const mine = byLens[which].filter((m) => applies(rule, m.mineral) && onStage(rule, m.stage));
          if (rule.scope === 'aggregate')
            for (const w of ['quantity', 'value'] as const) take(inAggregate(rule, party, which, mine, w));
          else for (const m of mine) take(declaredRow(rule, party, which, m, params.weight));
        } else {
          const parts: { id: string; found: Followed | null }[] = [];
          for (const m of declared.filter((d) => applies(rule, d.mineral) && onStage(rule, d.stage))) {
            const found = await throughWorld(which, m.mineral, m.stage);
            parts.push({ id: m.key, found });
            if (found && rule.scope === 'each')
              take(followedRow(rule, party, which, m, found, params.weight));
          }
          if (rule.scope === 'aggregate') take(followedInAggregate(rule, party, which, parts, params.weight));
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
    const silent = rows.flatMap((r, k) => (r.share === null && r.status === 'not_computable' ? [k] : []));
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

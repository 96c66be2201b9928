import { z } from 'zod';
import { type OutlookInput, outlook, type PipelineProject } from '../analysis/policy/outlook.ts';
import { projectProbability } from '../analysis/policy/probability.ts';
import { UsageError } from '../errors.ts';
import { groupBy } from '../tables/group-by.ts';
import { project } from '../tables/policy.ts';
import { type Demand, demand, type Production, production } from '../tables/quantities.ts';
import { hs6Mineral } from '../tables/world.ts';
import { cite } from './cite.ts';
import { declaredSupplies } from './declared-supply.ts';
import { traceableYears } from './network-of.ts';
import { outlookView } from './outlook-view.ts';
import { importer, minerals, stages, weight, years } from './parameters.ts';
import { plannedOutput } from './planned-output.ts';
import { preferredSource } from './preferred-source.ts';
import { type AnswerColumn, type AnswerRow, defineQuestion, type Note } from './question.ts';
import { registerSource } from './register-source.ts';
import { checkKnown, namesOf, yearsOf } from './resolve.ts';
import { exemptFrom, mineralsOf, rulesFor } from './rule-scope.ts';
import { amountsOf, sharesOf, stageMix } from './stage-mix.ts';
import { tracedShares } from './traced-shares.ts';

const columns: AnswerColumn[] = [
  { name: 'target', unit: '', about: 'id of the rule' },
  { name: 'mineral', unit: '', about: 'mineral' },
  { name: 'stage', unit: '', about: 'stage' },
  { name: 'lens', unit: '', about: 'declared or traced' },
  { name: 'year', unit: '', about: 'year looked at; the first is that of the supply' },
  { name: 'top_country', unit: '', about: 'largest supplier that the rule counts, today' },
  { name: 'share', unit: '1', about: 'largest share if nothing changes' },
  { name: 'pipeline_share', unit: '1', about: 'largest share with known projects at their chances' },
  { name: 'pipeline_country', unit: '', about: 'whose that is' },
  { name: 'pipeline_low', unit: '1', about: 'the lesser of: no project comes, all come' },
  { name: 'pipeline_high', unit: '1', about: 'the greater of the two' },
  { name: 'path_share', unit: '1', about: 'largest share that a straight line to the cap allows that year' },
  { name: 'cap', unit: '1', about: 'the limit' },
  {
    name: 'status',
    unit: '',
    about: 'met (now), on_path, off_path (with the projects, over all years to the target), not_computable',
  },
  { name: 'tonnes_to_move_t', unit: 't', about: 'max(0, share − cap) × demand of that year' },
  {
    name: 'required_change_per_year',
    unit: '1',
    about: 'fall of the share each year to meet the cap in time',
  },
  { name: 'demand_t', unit: 't', about: 'demand of that year' },
  { name: 'demand_growth', unit: '1', about: 'demand as a multiple of today’s' },
  { name: 'projects', unit: '', about: 'projects counted by that year' },
  {
    name: 'potential',
    unit: '',
    about: 'target year: what countries that send nothing today could send at most',
  },
  {
    name: 'planned_t',
    unit: 't',
    about: 'a floor on own output: what own projects give by then, at their chances',
  },
  { name: 'planned_low_t', unit: 't', about: 'the same if no project comes' },
  { name: 'planned_high_t', unit: 't', about: 'the same if all come' },
  { name: 'floor_t', unit: 't', about: 'the floor, on content' },
  { name: 'target_year', unit: '', about: 'year by which' },
  { name: 'basis', unit: '', about: 'what the share is of and in what' },
  { name: 'note', unit: '', about: 'why there is no figure, or what to beware of' },
];

export const outlookQuestion = defineQuestion({
  name: 'outlook',
  asks: 'Will the limit be met in time if nothing changes, and with the projects that are known?',
  about:
    'For each mineral and stage that a limit applies to, year by year to the target: the largest share if nothing changes, with known mines and plants at stated chances (and if none or all of them come), the straight path to the limit, and the tonnes to move as demand grows. Suppliers are assumed to sell in proportion to their output.',
  params: z.object({
    for: importer.default('GBR'),
    target: z.string().optional().describe('id of a limit; the party’s own when left out'),
    mineral: minerals,
    stage: stages,
    year: years,
    to: z.number().int().gte(2000).lte(2100).optional().describe('last year; the rule’s own when left out'),
    demand: z
      .number()
      .gt(-1)
      .lte(10)
      .optional()
      .describe('growth of demand a year, e.g. 0.03; published growth, else none, when left out'),
    lens: z.enum(['declared', 'traced']).default('declared').describe('declared origin, or traced origin'),
    weight: weight.default('quantity'),
  }),
  example: 'headwater outlook --for GBR --mineral magnesium',
  async answer(params, world) {
    const names = await namesOf(world);
    const party = names.party(params.for);
    const wanted = names.minerals(params.mineral);
    const asked = yearsOf(params.year)?.at(-1);
    const inStage = params.stage?.filter((s) => s !== 'all');
    const all = await rulesFor(world, party, params.target);
    const rules = all.filter(
      (r) => r.metric === 'single_country_share_max' && r.scope === 'each' && r.value !== null,
    );
    const floors = all.filter((r) => r.metric === 'domestic_output_min' && r.year !== null);
    if (params.target !== undefined && !rules.length && !floors.length)
      throw new UsageError(
        `neither a limit on each mineral’s largest supplier nor a floor on own output: "${params.target}"; targets shows it`,
      );
    const [allCodes, projects, demands] = await Promise.all([
      world.load(hs6Mineral),
      world.load(project),
      world.load(demand, { country: [party.id] }),
    ]);
    checkKnown('stage', inStage, new Set(allCodes.map((c) => c.stage)));
    const rows: AnswerRow[] = [];
    const used = new Set<string>();
    const notes: Note[] = [];
    const assumed = new Set<string>();
    for (const rule of rules) {
      const scope = await mineralsOf(world, rule);
      const applies = (m: string) => (scope?.has(m) ?? true) && (!wanted || wanted.includes(m));
      const codes = allCodes.filter(
        (c) => applies(c.mineral) && (!inStage?.length || inStage.includes(c.stage)),
      );
      const mineralIds = [...new Set(codes.map((c) => c.mineral))];
      const supplies = await declaredSupplies(world, party, codes, asked === undefined ? undefined : [asked]);
      const outputs = await world.load(production, { mineral: mineralIds });
      const outputsOf = groupBy(outputs, (p) => `${p.mineral} ${p.stage}`);
      const traceable = params.lens === 'traced' ? await traceableYears(world, mineralIds) : null;
      const targetYear = params.to ?? rule.year;
      used.add(registerSource(world, 'target', 'policy_targets'));
      for (const [key, of] of groupBy(codes, (c) => `${c.mineral} ${c.stage}`)) {
        world.signal.throwIfAborted();
        const { mineral, stage } = of[0]!;
        const base = {
          target: rule.target,
          mineral,
          stage,
          lens: params.lens,
          cap: rule.value,
          target_year: targetYear,
        };
        const now = await supplyNow(key, of);
        if (!now || targetYear === null) {
          rows.push({
            ...blank(),
            ...base,
            status: 'not_computable',
            note: targetYear === null ? 'the rule has no year' : 'no open figures of this supply',
          });
          continue;
        }
        for (const s of now.sources) used.add(s);
        const growth = growthOf(params.demand, demands, mineral, now.year);
        if (growth.source) used.add(growth.source);
        // the refined statistic of lithium and cobalt covers metal and chemicals together
        const own = outputNow(outputsOf.get(key) ?? [], now.year);
        const refined =
          stage === 'compound' && own.by.size === 0
            ? outputNow(outputsOf.get(`${mineral} refine`) ?? [], now.year)
            : null;
        const output = refined ?? own;
        if (output.source) used.add(output.source);
        const ofStage = projects.filter(
          (p) => p.mineral === mineral && (p.stage === stage || (refined !== null && p.stage === 'refine')),
        );
        const mine = pipeline(ofStage, party.id);
        if (mine.length) used.add(registerSource(world, 'project', 'project_register'));
        for (const p of mine) if (p.status) assumed.add(p.status);
        const demand_t = (year: number) => (now.tonnes === null ? null : now.tonnes * growth.at(year));
        const input: OutlookInput = {
          shares: new Map(now.shares.map((s) => [s.country, s.share])),
          output_t: output.by,
          projects: mine,
          demand_t,
          cap: rule.value!,
          exempt: exemptFrom(party, now.year),
          now: now.year,
          targetYear,
        };
        const result = outlook(input);
        const remarks = [
          ...now.remarks,
          growth.remark,
          result.withoutOutput.length
            ? `projects not counted, as the output of their country is not known: ${result.withoutOutput.join(', ')}`
            : '',
          refined !== null && refined.by.size > 0
            ? 'output and projects are those of refined metal and chemicals together'
            : '',
          ofStage.some((p) => p.quantity_t === null)
            ? 'some projects have no capacity on content and are left out'
            : '',
        ].filter(Boolean);
        if (!result.years.length)
          rows.push({
            ...blank(),
            ...base,
            year: now.year,
            top_country: result.top_country,
            share: result.share,
            status: result.status,
            basis: now.basis,
            note: ['the target year has come', ...remarks].join('; '),
          });
        for (const y of result.years) {
          const come = mine.filter(
            (p) => p.start_year !== null && p.start_year > now.year && p.start_year <= y.year,
          );
          rows.push({
            ...base,
            year: y.year,
            top_country: result.top_country,
            share: y.unchanged,
            pipeline_share: y.pipeline,
            pipeline_country: y.pipeline_top,
            pipeline_low: y.low,
            pipeline_high: y.high,
            path_share: y.path,
            status: result.status,
            tonnes_to_move_t: y.tonnes_to_move_t,
            required_change_per_year: result.required_change_per_year,
            demand_t: demand_t(y.year),
            demand_growth: growth.at(y.year),
            projects: come.map((p) => p.name).join('; ') || null,
            potential:
              y.year === targetYear && result.potential.length
                ? result.potential.map((p) => `${p.country} ${Math.round(p.quantity_t)} t`).join('; ')
                : null,
            basis: now.basis,
            note: remarks.join('; ') || null,
          });
        }
      }

      async function supplyNow(key: string, of: typeof codes) {
        const { mineral, stage } = of[0]!;
        if (params.lens === 'traced') {
          const year = asked ?? traceable!.get(key)?.both.at(-1);
          if (year === undefined) return null;
          const found = await tracedShares(world, {
            for: party,
            mineral,
            stage,
            year,
            method: 'gross',
            weight: params.weight,
          });
          return (
            found.shares && {
              year,
              shares: found.shares,
              tonnes: params.weight === 'quantity' ? found.consumption : null,
              basis: `apparent consumption, ${params.weight === 'quantity' ? 'tonnes' : 'value'}`,
              sources: found.sources as Iterable<string>,
              remarks: [] as string[],
            }
          );
        }
        const mix = stageMix(supplies, of, allCodes, 'origin', { year: asked });
        if (!mix) return null;
        const amounts = amountsOf(mix, params.weight);
        const shares = sharesOf(amounts);
        return shares.length === 0
          ? null
          : {
              year: mix.year,
              shares,
              tonnes: amounts.weight === 'quantity' ? amounts.total : null,
              basis: `imports, ${amounts.weight === 'quantity' ? `tonnes ${mix.tonnes}` : 'value'}`,
              sources: mix.sources as Iterable<string>,
              remarks: mix.complete ? [] : ['truncated series: shares slightly high'],
            };
      }
    }
    const thisYear = Number(world.now.slice(0, 4));
    for (const rule of floors)
      for (const mineral of rule.minerals?.split(';') ?? []) {
        if (wanted && !wanted.includes(mineral)) continue;
        const own = projects.filter((p) => p.mineral === mineral && p.country === party.id);
        // what is both mined and refined in the country stands at both stages: the one that is sold is counted
        const stage = own.some((p) => p.stage === 'refine') ? 'refine' : 'mine';
        const base = { ...blank(), target: rule.target, mineral, stage, target_year: params.to ?? rule.year };
        const planned = plannedOutput(
          rule,
          own.filter((p) => p.stage === stage),
          thisYear,
          params.to ?? rule.year!,
        );
        used.add(registerSource(world, 'target', 'policy_targets'));
        if (own.length) used.add(registerSource(world, 'project', 'project_register'));
        for (const p of own) if (p.status) assumed.add(p.status);
        if (!planned)
          rows.push({ ...base, status: 'not_computable', note: `the floor is in ${rule.unit ?? 'no unit'}` });
        for (const y of planned?.years ?? [])
          rows.push({
            ...base,
            year: y.year,
            status: planned!.status,
            planned_t: y.expected_t,
            planned_low_t: y.none_t,
            planned_high_t: y.all_t,
            floor_t: planned!.floor_t,
            projects: y.projects.join('; ') || null,
            basis: `own output, t of content; floor ${rule.value} ${rule.unit}`,
            note: `output today is not counted${planned!.withoutCapacity.length ? `; without ${planned!.withoutCapacity.join(', ')}: no capacity on content` : ''}`,
          });
      }
    if (!rules.length && !floors.length)
      notes.push({ code: 'no_rule', text: `${party.name} has no limit on each mineral in the register` });
    if (assumed.size)
      notes.push({
        code: 'chances',
        text: `chance that a project comes, by status, an assumption: ${[...assumed]
          .sort()
          .map((s) => `${s} ${projectProbability[s] ?? '?'}`)
          .join(', ')}; the band is none to all`,
      });
    const silent = rows.flatMap((r, k) => (r.share === null && (r.planned_t ?? null) === null ? [k] : []));
    if (silent.length)
      notes.push({ code: 'not_computable', text: 'no share: see the row’s own note', rows: silent });
    return {
      rows,
      columns,
      notes,
      sources: await cite(world, used),
      view: outlookView(rows, {
        name: party.name,
        lens: params.lens,
        everyYear: wanted?.length === 1,
        nameOf: names.countryName,
      }),
    };
  },
});

const blank = (): AnswerRow => Object.fromEntries(columns.map((c) => [c.name, null]));

/** Growth of demand since a year: what was asked for, else what is published for the mineral, else none. */
function growthOf(asked: number | undefined, demands: readonly Demand[], mineral: string, from: number) {
  if (asked !== undefined)
    return { at: (year: number) => (1 + asked) ** (year - from), source: null, remark: '' };
  const row = demands.find(
    (d) => d.mineral === mineral && d.growth_factor !== null && d.growth_from_year !== null,
  );
  if (!row) return { at: () => 1, source: null, remark: 'demand unchanged: no published growth' };
  const rate = Math.log(row.growth_factor!) / (row.year - row.growth_from_year!);
  return {
    at: (year: number) => Math.exp(rate * (year - from)),
    source: row.source,
    remark: `demand grows ×${row.growth_factor} from ${row.growth_from_year} to ${row.year}, as published, evenly`,
  };
}

/** Output by country in the year of the supply, or the nearest with tonnes, from the source that decides. */
function outputNow(rows: readonly Production[], year: number) {
  const withTonnes = rows.filter((r) => r.quantity_t !== null && r.status !== 'projection');
  const nearest = [...new Set(withTonnes.map((r) => r.year))].sort(
    (a, b) => Math.abs(a - year) - Math.abs(b - year) || a - b,
  )[0];
  const ofYear = withTonnes.filter((r) => r.year === nearest);
  const source = preferredSource(ofYear);
  return {
    by: new Map(ofYear.filter((r) => r.source === source).map((r) => [r.country, r.quantity_t!])),
    source,
  };
}

/** Projects with a capacity on the basis of production; what is promised to others is not for this party. */
function pipeline(
  projects: readonly {
    country: string;
    project: string;
    name: string | null;
    start_year: number | null;
    quantity_t: number | null;
    status: string | null;
    probability: number | null;
    committed_to: string | null;
  }[],
  party: string,
): (PipelineProject & { readonly name: string })[] {
  return projects.flatMap((p) => {
    if (p.quantity_t === null) return [];
    const promised = p.committed_to?.split(';').filter(Boolean) ?? [];
    return {
      country: p.country,
      name: p.name ?? p.project,
      start_year: p.start_year,
      quantity_t: p.quantity_t,
      status: p.status,
      probability: p.probability,
      committed_t: promised.length > 0 && !promised.includes(party) ? p.quantity_t : 0,
    };
  });
}

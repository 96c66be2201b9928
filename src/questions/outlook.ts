import { z } from 'zod';
import { projectProbability } from '../analysis/policy/probability.ts';
import { UsageError } from '../errors.ts';
import { groupBy } from '../tables/group-by.ts';
import { project } from '../tables/policy.ts';
import { demand, production } from '../tables/quantities.ts';
import { hs6Mineral } from '../tables/world.ts';
import { cite } from './cite.ts';
import { declaredSupplies } from './declared-supply.ts';
import { traceableYears } from './network-of.ts';
import { outlookColumns } from './outlook/columns.ts';
import { floorRows } from './outlook/floor-rows.ts';
import { limitRows, type OutlookTerms } from './outlook/limit-rows.ts';
import { declaredNow, tracedNow } from './outlook/supply-now.ts';
import { outlookView } from './outlook/view.ts';
import { importer, minerals, stages, weight, years } from './parameters.ts';
import { type AnswerRow, defineQuestion, type Note } from './question.ts';
import { registerSource } from './register-source.ts';
import { checkKnown, namesOf, oneYear } from './resolve.ts';
import { mineralsOf, rulesFor } from './rule-scope.ts';

export const outlookQuestion = defineQuestion({
  name: 'outlook',
  asks: 'Will the limit be met in time if nothing changes, and with the projects that are known?',
  about:
    'For each mineral and stage that a limit applies to, year by year to the target or beyond: the largest share if nothing changes, with known mines and plants at stated chances (and if none or all of them come), as published projections of output would have it, the straight path to the limit, and the tonnes to move as demand grows. Suppliers are assumed to sell in proportion to their output.',
  params: z.object({
    for: importer.default('GBR'),
    target: z.string().optional().describe('id of a limit; the party’s own when left out'),
    mineral: minerals,
    stage: stages,
    year: years.describe('one year to begin from; the newest with data when left out'),
    to: z.number().int().gte(2000).lte(2100).optional().describe('last year; the rule’s own when left out'),
    demand: z
      .number()
      .gt(-1)
      .lte(10)
      .optional()
      .describe('growth of demand a year, e.g. 0.03; published growth, else none, when left out'),
    scenario: z
      .enum(['steps', 'aps', 'nze'])
      .default('steps')
      .describe(
        'the world’s demand to follow where the consumer’s own growth is not published: stated policies, announced pledges, net zero',
      ),
    lens: z.enum(['declared', 'traced']).default('declared').describe('declared origin, or traced origin'),
    weight: weight.default('quantity'),
  }),
  example: 'headwater outlook --for GBR --mineral magnesium',
  async answer(params, world) {
    const names = await namesOf(world);
    const party = names.party(params.for);
    const wanted = names.minerals(params.mineral);
    const asked = oneYear(params.year, 'outlook');
    const inStage = params.stage?.filter((s) => s !== 'all');
    const all = await rulesFor(world, party, params.target);
    const limits = all.filter(
      (r) => r.metric === 'single_country_share_max' && r.scope === 'each' && r.value !== null,
    );
    const floors = all.filter((r) => r.metric === 'domestic_output_min' && r.year !== null);
    if (params.target !== undefined && !limits.length && !floors.length)
      throw new UsageError(
        `neither a limit on each mineral’s largest supplier nor a floor on own output: "${params.target}"; targets shows it`,
      );
    const [allCodes, projects, demands, worldDemand] = await Promise.all([
      world.load(hs6Mineral),
      world.load(project),
      world.load(demand, { country: [party.id] }),
      world.load(demand, { country: ['WLD'] }),
    ]);
    checkKnown('stage', inStage, new Set(allCodes.map((c) => c.stage)));
    const terms: OutlookTerms = {
      party,
      lens: params.lens,
      to: params.to,
      demand: params.demand,
      demands,
      worldDemand: { rows: worldDemand, scenario: params.scenario },
    };
    const rows: AnswerRow[] = [];
    const used = new Set<string>();
    const assumed = new Set<string>();
    const counts = (of: readonly { readonly status: string | null }[]) => {
      if (of.length) used.add(registerSource(world, 'project', 'project_register'));
      for (const p of of) if (p.status) assumed.add(p.status);
    };
    for (const rule of limits) {
      const scope = await mineralsOf(world, rule);
      const codes = allCodes.filter(
        (c) =>
          (scope?.has(c.mineral) ?? true) &&
          (!wanted || wanted.includes(c.mineral)) &&
          (rule.stage === null || rule.stage === c.stage) &&
          (!inStage?.length || inStage.includes(c.stage)),
      );
      const mineralIds = [...new Set(codes.map((c) => c.mineral))];
      const supplies = await declaredSupplies(world, party, codes, asked === undefined ? undefined : [asked]);
      const outputsOf = groupBy(await world.load(production, { mineral: mineralIds }), (p) => p.mineral);
      const traceable = params.lens === 'traced' ? await traceableYears(world, mineralIds) : null;
      used.add(registerSource(world, 'target', 'policy_targets'));
      for (const [key, of] of groupBy(codes, (c) => `${c.mineral} ${c.stage}`)) {
        world.signal.throwIfAborted();
        const { mineral, stage } = of[0]!;
        const now = traceable
          ? await tracedNow(world, party, of[0]!, params.weight, asked ?? traceable.get(key)?.both.at(-1))
          : declaredNow(supplies, of, allCodes, params.weight, asked);
        const found = limitRows(
          rule,
          {
            mineral,
            stage,
            now,
            outputs: outputsOf.get(mineral) ?? [],
            projects: projects.filter((p) => p.mineral === mineral),
          },
          terms,
        );
        rows.push(...found.rows);
        for (const s of found.sources) used.add(s);
        counts(found.counted);
      }
    }
    for (const rule of floors)
      for (const mineral of rule.minerals?.split(';') ?? []) {
        if (wanted && !wanted.includes(mineral)) continue;
        const own = projects.filter((p) => p.mineral === mineral && p.country === party.id);
        const outputs = await world.load(production, { mineral: [mineral], country: [party.id] });
        rows.push(
          ...floorRows(rule, mineral, party.id, own, outputs, Number(world.now.slice(0, 4)), params.to),
        );
        used.add(registerSource(world, 'target', 'policy_targets'));
        counts(own);
      }
    return {
      rows,
      columns: outlookColumns,
      notes: notesOf(rows, assumed, limits.length + floors.length, party.name),
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

function notesOf(
  rows: readonly AnswerRow[],
  assumed: ReadonlySet<string>,
  rules: number,
  party: string,
): Note[] {
  const notes: Note[] = [];
  if (rules === 0)
    notes.push({ code: 'no_rule', text: `${party} has no limit on each mineral in the register` });
  if (assumed.size)
    notes.push({
      code: 'chances',
      text: `chance that a project comes, by status, an assumption: ${[...assumed]
        .sort()
        .map((s) => `${s} ${projectProbability[s] ?? '?'}`)
        .join(', ')}; the band is none to all`,
    });
  const silent = rows.flatMap((r, k) => (r.share === null && r.planned_t === null ? [k] : []));
  if (silent.length)
    notes.push({ code: 'not_computable', text: 'no share: see the row’s own note', rows: silent });
  return notes;
}

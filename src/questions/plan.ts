import { z } from 'zod';
import { axes } from '../analysis/sourcing/frontier.ts';
import { objectives } from '../analysis/sourcing/objective.ts';
import { planFor } from '../analysis/sourcing/plan.ts';
import type { Bloc, Limits, Problem } from '../analysis/sourcing/problem.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { cite } from './cite.ts';
import { cap, importer, list, minerals, stages } from './parameters.ts';
import { frontierNotes } from './plan/frontier-notes.ts';
import { needsOf, type OptionsFile, offersOf, optionsFile } from './plan/options-file.ts';
import { planColumns } from './plan/plan-columns.ts';
import { dualNotes, planNotes, plannedRows, unmetNotes, unmetRows } from './plan/plan-rows.ts';
import { planOfData } from './plan/snapshot-plan.ts';
import { type Answer, defineQuestion, type View } from './question.ts';
import { checkKnown, type Names, namesOf } from './resolve.ts';

const share = z.number().min(0).max(1);
const year = z.number().int().min(1900).max(2100);

const params = z.object({
  for: importer.default('GBR'),
  mineral: minerals,
  list,
  stage: stages,
  from: year.optional().describe('first year of the plan'),
  to: year.optional().describe('last year; the year of the published rule when left out'),
  cap: cap.describe(
    'largest share of demand from one country, 0 < cap ≤ 1; the published rule when left out',
  ),
  capOn: z
    .enum(['declared', 'traced', 'controlled'])
    .default('declared')
    .describe('what the cap counts: the seller’s country, where it was born, or the owner’s home'),
  domesticMin: share.optional().describe('least share of demand from domestic supply'),
  recycledMin: share.optional().describe('least share of demand from recycling'),
  nMinus1: share.optional().describe('share of demand that may be missing after the loss of any one country'),
  surge: z.number().min(0).default(0).describe('part by which the others can deliver more after such a loss'),
  ramp: z.number().min(0).optional().describe('largest yearly rise of one supplier, as a share of demand'),
  budget: z.number().min(0).optional().describe('most that the whole plan may cost, USD'),
  objective: z
    .enum(objectives as ['cost', 'hhi', 'change'])
    .default('cost')
    .describe('cost: the cheapest; hhi: the least concentrated; change: the fewest tonnes that move'),
  blocCap: z
    .array(z.string())
    .optional()
    .describe('largest share of demand from all members of a bloc together, such as BRICS=0.7'),
  capScope: z
    .enum(['each', 'aggregate'])
    .default('each')
    .describe('the cap on each mineral, or on all minerals of a year added up by value'),
  demand: z
    .number()
    .min(-0.5)
    .max(1)
    .optional()
    .describe('growth of demand a year, e.g. 0.03; published growth, else none, when left out'),
  divert: share
    .default(0.1)
    .describe('part of what others buy, of idle capacity and of new projects that can be had'),
  freight: z.number().min(0).default(0.01).describe('freight, USD per tonne and km'),
  riskPremium: z.number().min(0).default(0.1).describe('part of the price added at the worst governance'),
  agreement: z.string().optional().describe('id of an agreement whose worth is to be told'),
  agreementPart: share.default(0.5).describe('part of what the partner has that the agreement would open'),
  shock: z
    .string()
    .optional()
    .describe('runs a shock on today’s mix and the plan’s: a shipped scenario, or COUNTRY[:SEVERITY]'),
  frontier: z
    .enum(axes as ['cap', 'hhi', 'n-minus-1'])
    .optional()
    .describe('cost against a cap, the concentration or the loss of one country, in the last year, as notes'),
  points: z.number().int().min(3).max(200).default(20).describe('points of the frontier'),
  options: optionsFile.optional(),
});
export type PlanParams = z.infer<typeof params>;

export const planQuestion = defineQuestion({
  name: 'plan',
  asks: 'What is the cheapest way to buy within the limits, and what does each limit cost?',
  about:
    'The cheapest mix of suppliers by year within caps on one country (declared, traced or controlled), availability, floors, the loss of any one country and a budget; what each limit costs; and where there is no such mix, why not and by how much.',
  params,
  body: 'options',
  example: 'headwater plan --for GBR --mineral magnesium --to 2035 --cap 0.6 --cap-on traced',
  async answer(asked, world) {
    if (asked.from !== undefined && asked.to !== undefined && asked.from > asked.to)
      throw new UsageError(`--from is after --to: "${asked.from}"`);
    if (asked.options && asked.shock !== undefined)
      throw new UsageError(
        `--shock needs the world’s trade, and with --options only the file is used: "${asked.shock}"`,
      );
    if (asked.options) return await planOfOptions(asked, asked.options, world);
    return await planOfData(asked, world, (allowed, names, year) =>
      limitsOf(asked, allowed, blocsOf(asked, names, year)),
    );
  },
});

function limitsOf(asked: PlanParams, allowed: number | null, blocs: readonly Bloc[]): Limits {
  const each = asked.capScope === 'each';
  return {
    cap: each ? allowed : null,
    aggregateCap: each ? null : allowed,
    capOn: asked.capOn,
    domesticMin: asked.domesticMin ?? null,
    recycledMin: asked.recycledMin ?? null,
    nMinus1: asked.nMinus1 ?? null,
    surge: asked.surge,
    blocs,
    ramp: asked.ramp ?? null,
    budgetUsd: asked.budget ?? null,
  };
}

/** `BRICS=0.7` → the bloc with its members of the year. */
function blocsOf(asked: PlanParams, names: Names, year: number): Bloc[] {
  return (asked.blocCap ?? []).map((text) => {
    const [id = '', value = '', ...more] = text.split('=').map((t) => t.trim());
    const allowed = Number(value);
    if (more.length || value === '' || !(allowed >= 0 && allowed <= 1))
      throw new UsageError(`--bloc-cap takes BLOC=SHARE with a share from 0 to 1: "${text}"`);
    const bloc = names.party(id);
    return { bloc: bloc.id, members: new Set(bloc.members(year)), cap: allowed };
  });
}

/** Plans with a person's own demand and offers; nothing of the data is used. */
async function planOfOptions(asked: PlanParams, file: OptionsFile, world: World): Promise<Answer> {
  const { needs, offers } = within(asked, file);
  // the file may be of an invented world: a code is taken as it is, a name has to be known
  const home = /^[A-Z]{3}$/.test(asked.for) ? asked.for : (await namesOf(world)).party(asked.for).id;
  const problem: Problem = {
    home: new Set([home]),
    needs,
    offers,
    projects: (file.projects ?? []).map((p) => ({ ...p, from_year: p.from_year ?? 1900 })),
    limits: limitsOf(
      asked,
      asked.cap ?? null,
      asked.blocCap ? blocsOf(asked, await namesOf(world), asked.to ?? thisYear(world)) : [],
    ),
  };
  const plan = await planFor(problem, asked.objective, world.solve, world.signal);
  const infeasible = plan.unmet.length > 0;
  const notes = infeasible ? unmetNotes(plan) : [...planNotes(plan), ...dualNotes(plan.limits)];
  if (asked.cap === undefined)
    notes.push({
      code: 'no_cap',
      text: 'no cap on one country: with --options only the file is used; give one with --cap',
    });
  if (asked.frontier) notes.push(...(await frontierNotes(problem, asked.frontier, asked.points, world)));
  const rows = infeasible ? unmetRows(plan) : plannedRows(plan);
  const bought = rows.flatMap((r, k) => (infeasible || (r.quantity_t as number) > 0 ? [k] : []));
  const binding = plan.limits.filter((l) => l.binding && l.shadow_price_usd_per_t !== 0);
  const view: View = {
    headline: infeasible ? notes.filter((n) => n.code === 'infeasible').map((n) => `${n.text}.`) : [],
    columns: infeasible
      ? ['mineral', 'year', 'constraint', 'short_by_t', 'demand_t']
      : ['mineral', 'year', 'supplier', 'share', 'quantity_t', 'unit_cost_usd_per_t', 'cost_usd'],
    heads: { unit_cost_usd_per_t: 'landed cost', short_by_t: 'short by' },
    sections: [{ title: infeasible ? 'What stands in the way' : 'Bought', rows: bought }],
    after: infeasible ? [] : dualNotes(binding).map((n) => n.text),
    quietNotes: ['dual', 'infeasible', 'frontier'],
  };
  return { rows, columns: planColumns, notes, sources: await cite(world, ['options']), view };
}

const thisYear = (world: World) => Number(world.now.slice(0, 4));

/** The part of the file that is asked about. */
function within(asked: PlanParams, file: OptionsFile) {
  const all = needsOf(file);
  const chosen = (texts: readonly string[] | undefined) =>
    texts === undefined || texts.includes('all') ? null : new Set(texts);
  const inMineral = chosen(asked.mineral);
  const inStage = chosen(asked.stage);
  checkKnown(
    'mineral',
    [...(inMineral ?? [])],
    all.map((n) => n.mineral),
  );
  checkKnown(
    'stage',
    [...(inStage ?? [])],
    all.map((n) => n.stage),
  );
  const needs = all.filter(
    (n) =>
      (!inMineral || inMineral.has(n.mineral)) &&
      (!inStage || inStage.has(n.stage)) &&
      n.year >= (asked.from ?? -Infinity) &&
      n.year <= (asked.to ?? Infinity),
  );
  if (!needs.length)
    throw new UsageError(
      `--options has no demand in the years asked about: "${asked.from ?? ''}–${asked.to ?? ''}"`,
    );
  return { needs, offers: offersOf(file) };
}

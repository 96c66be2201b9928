import { z } from 'zod';
import { objectives } from '../analysis/sourcing/objective.ts';
import { planFor } from '../analysis/sourcing/plan.ts';
import { type Limits, noLimits, type Problem } from '../analysis/sourcing/problem.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { cite } from './cite.ts';
import { cap, importer, list, minerals, stages } from './parameters.ts';
import { needsOf, type OptionsFile, offersOf, optionsFile } from './plan/options-file.ts';
import { planColumns } from './plan/plan-columns.ts';
import { dualNotes, planNotes, plannedRows, unmetNotes, unmetRows } from './plan/plan-rows.ts';
import { type Answer, defineQuestion } from './question.ts';
import { checkKnown, namesOf } from './resolve.ts';

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
    if (asked.options) return await planOfOptions(asked, asked.options, world);
    throw new UsageError('--options is required');
  },
});

export const limitsOf = (asked: PlanParams, allowed: number | null): Limits => ({
  ...noLimits,
  cap: allowed,
  capOn: asked.capOn,
  domesticMin: asked.domesticMin ?? null,
  recycledMin: asked.recycledMin ?? null,
  nMinus1: asked.nMinus1 ?? null,
  surge: asked.surge,
  ramp: asked.ramp ?? null,
  budgetUsd: asked.budget ?? null,
});

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
    limits: limitsOf(asked, asked.cap ?? null),
  };
  const plan = await planFor(problem, asked.objective, world.solve, world.signal);
  const infeasible = plan.unmet.length > 0;
  const notes = infeasible ? unmetNotes(plan) : [...planNotes(plan), ...dualNotes(plan.limits)];
  if (asked.cap === undefined)
    notes.push({
      code: 'no_cap',
      text: 'no cap on one country: with --options only the file is used; give one with --cap',
    });
  return {
    rows: infeasible ? unmetRows(plan) : plannedRows(plan),
    columns: planColumns,
    notes,
    sources: await cite(world, ['options']),
  };
}

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

import { limitInWords, usd } from '../../analysis/sourcing/explain.ts';
import { type LimitAt, type Plan, planFor } from '../../analysis/sourcing/plan.ts';
import { type Limits, type Problem, stockKind } from '../../analysis/sourcing/problem.ts';
import { UsageError } from '../../errors.ts';
import type { World } from '../../store/world.ts';
import { cite } from '../cite.ts';
import type { PlanParams } from '../plan.ts';
import type { Answer, View } from '../question.ts';
import { checkKnown, type Names, namesOf } from '../resolve.ts';
import { count, sentence } from '../wording.ts';
import { frontierNotes } from './frontier-notes.ts';
import { optionNotes } from './option-notes.ts';
import { needsOf, type OptionsFile, offersOf, projectsOf, stocksOf } from './options-file.ts';
import { planColumns, stockColumns } from './plan-columns.ts';
import { best } from './plan-headline.ts';
import { dualNotes, planNotes, plannedRows, unmetNotes, unmetRows } from './plan-rows.ts';

/** Plans with a person's own demand and offers; nothing of the data is used. */
export async function planOfOptions(
  asked: PlanParams,
  file: OptionsFile,
  world: World,
  /** names are read only where a bloc is named */
  limitsWith: (names: Names | null) => Limits,
): Promise<Answer> {
  const { needs, offers } = within(asked, file);
  // the file may be of an invented world: a code is taken as it is, a name has to be known
  const home = /^[A-Z]{3}$/.test(asked.for) ? asked.for : (await namesOf(world)).party(asked.for).id;
  const problem: Problem = {
    home: new Set([home]),
    needs,
    offers,
    projects: projectsOf(file),
    stocks: stocksOf(file),
    limits: limitsWith(asked.blocCap ? await namesOf(world) : null),
  };
  const plan = await planFor(problem, asked.objective, world.solve, world.signal);
  const infeasible = plan.unmet.length > 0;
  const notes = infeasible
    ? unmetNotes(plan)
    : [...planNotes(plan, asked.objective), ...dualNotes(plan.limits)];
  if (!infeasible) notes.push(...(await optionNotes(plan, asked.objective, world)));
  if (asked.cap === undefined)
    notes.push({
      code: 'no_cap',
      text: 'no cap on one country: with --options only the file is used; give one with --cap',
    });
  const unused = (['list', 'demand', 'scenario', 'agreement', 'project', 'stock'] as const).filter(
    (p) => asked[p] !== undefined,
  );
  if (unused.length)
    notes.push({
      code: 'unused',
      text: `with --options nothing else is used: not ${unused.map((p) => `--${p}`).join(', ')}`,
    });
  if (asked.frontier && problem.projects.length)
    notes.push({
      code: 'frontier_bare',
      text: 'a frontier is of what can be had without any project or agreement',
    });
  if (asked.frontier) notes.push(...(await frontierNotes(problem, asked.frontier, asked.points, world)));
  const rows = infeasible ? unmetRows(plan) : plannedRows(plan);
  const bought = rows.flatMap((r, k) =>
    infeasible || (r.quantity_t as number) > 0 || r.kind === stockKind ? [k] : [],
  );
  const binding = limitsThatGive(plan);
  const view: View = {
    headline: infeasible
      ? notes.filter((n) => n.code === 'infeasible').map((n) => `${n.text}.`)
      : [optimalHeadline(plan, asked.objective)],
    columns: infeasible
      ? ['mineral', 'year', 'constraint', 'short_by_t', 'demand_t']
      : [
          'mineral',
          'year',
          'supplier',
          'share',
          'quantity_t',
          'unit_cost_usd_per_t',
          'cost_usd',
          ...(file.stocks ? ['closing_t'] : []),
        ],
    heads: { unit_cost_usd_per_t: 'landed cost', short_by_t: 'short by', closing_t: 'in stock' },
    sections: [{ title: infeasible ? 'What stands in the way' : 'Bought', rows: bought }],
    after: infeasible
      ? []
      : [
          ...notes
            .filter((n) => ['start', 'option_value', 'gap'].includes(n.code))
            .map((n) => `${sentence(n.text)}.`),
          ...dualNotes(binding).map((n) => n.text),
        ],
    quietNotes: ['dual', 'infeasible', 'frontier', 'start', 'option_value', 'gap'],
  };
  return {
    rows,
    columns: file.stocks ? [...planColumns, ...stockColumns] : planColumns,
    notes,
    sources: await cite(world, ['options']),
    view,
  };
}

/** Limits at which the plan stands, with a price; what is not built or used has no room to give way. */
function limitsThatGive(plan: Plan): LimitAt[] {
  const started = new Set(plan.started.map((s) => s.project));
  return plan.limits.filter(
    (l) =>
      l.binding &&
      l.shadow_price_usd_per_t !== 0 &&
      (!/^(project|agreement):/.test(l.constraint) || started.has(l.constraint.replace(/^\w+:/, ''))),
  );
}

/** What the plan costs, and which limit would save most if it gave way. */
function optimalHeadline(plan: Plan, objective: PlanParams['objective']): string {
  const years = [...new Set(plan.problem.needs.map((n) => n.year))].sort((a, b) => a - b);
  const when = years.length > 1 ? `${years[0]}–${years.at(-1)}` : String(years[0]);
  const [dearest] = limitsThatGive(plan)
    .filter((l) => l.need !== null && l.shadow_price_usd_per_t! < 0)
    .sort((a, b) => a.shadow_price_usd_per_t! - b.shadow_price_usd_per_t!);
  return `The ${best[objective]} for ${count(plan.problem.needs.length, 'need')} of ${when} costs ${usd(plan.cost_usd)}${
    dearest
      ? `; of the limits ${limitInWords(dearest.constraint)} saves most if it gives way, ${usd(-dearest.shadow_price_usd_per_t!)} a tonne`
      : ''
  }.`;
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

import { usd } from '../../analysis/sourcing/explain.ts';
import type { Objective } from '../../analysis/sourcing/objective.ts';
import { type Plan, planFor } from '../../analysis/sourcing/plan.ts';
import type { World } from '../../store/world.ts';
import type { Note } from '../question.ts';
import { tonnes } from '../wording.ts';

/** Projects and agreements whose worth is told, one plan more for each. */
const mostTold = 20;

/** What each project and agreement of the best choice is worth: the plan without it against the plan, all else open. */
export async function optionNotes(plan: Plan, objective: Objective, world: World): Promise<Note[]> {
  if (objective !== 'cost') return [];
  const { problem } = plan;
  const notes: Note[] = [];
  for (const { project } of plan.started.slice(0, mostTold)) {
    const option = problem.projects.find((p) => p.project === project)!;
    const rest = { ...problem, projects: problem.projects.filter((p) => p !== option) };
    const without = await planFor(rest, objective, world.solve, world.signal);
    const short = without.unmet.reduce((sum, u) => sum + u.needs.reduce((s, n) => s + n.short_by_t, 0), 0);
    const unmet = without.unmet.length > 0;
    const saved = Math.max(0, without.cost_usd - plan.cost_usd);
    notes.push({
      code: 'option_value',
      value: unmet ? null : saved,
      [option.kind]: project,
      ...(unmet && { short_closed_t: short }),
      text: unmet
        ? `without the ${option.kind} ${project} there is no plan within the limits${short > 0 ? `: ${tonnes(short)} could not be met` : ''}`
        : `the ${option.kind} ${project} is worth ${usd(saved)}: so much more the best plan without it costs, all other choices open`,
    });
  }
  return notes;
}

import { frontiers } from '../../analysis/sourcing/frontier.ts';
import type { Plan } from '../../analysis/sourcing/plan.ts';
import type { World } from '../../store/world.ts';

/** The lowest cap that can be met, by `mineral stage`, where the one asked for cannot. */
export async function leastCaps(plan: Plan, to: number, world: World): Promise<Map<string, number>> {
  const { limits, needs: _, ...rest } = plan.problem;
  const found = new Map<string, number>();
  const failed = plan.unmet.flatMap((u) => u.needs.map((n) => n.need)).filter((n) => n.year === to);
  if (limits.cap === null || !failed.length) return found;
  const problem = {
    ...rest,
    limits,
    needs: failed,
    offers: plan.problem.offers.filter((o) => o.year === to),
  };
  for (const f of await frontiers(problem, 'cap', 3, world.solve, world.signal))
    found.set(`${f.need.mineral} ${f.need.stage}`, f.points.at(-1)!.limit!);
  return found;
}

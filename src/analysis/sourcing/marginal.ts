import type { LinearModel, LinearSolution, Solve } from '../../store/world.ts';
import type { Assembled } from './assemble.ts';
import type { Part } from './parts.ts';

/** How much more is asked for to see what a tonne more costs, relative to the need. */
const aLittle = 1e-6;

/**
 * Shadow prices of *one tonne more* of demand, all other limits held. Where the optimum is a corner at which several
 * prices are right (a supplier used up exactly where the next begins) a solver may name any of them; the part is then
 * solved for a little more demand, or for a little less where no more can be had. Parts with yes-or-no decisions are
 * priced with the decisions taken.
 */
export async function marginal(
  { rows }: Assembled,
  done: readonly { part: Part; solution: LinearSolution }[],
  solve: Solve,
  signal: AbortSignal | undefined,
): Promise<{ part: Part; solution: LinearSolution }[]> {
  const result = done.map((d) => ({ ...d }));
  const open = result.filter(
    ({ part, solution }) =>
      part.columns.length > 0 && (solution.duals === null || isCorner(part.linear, solution.values)),
  );
  const changed = (d: { part: Part; solution: LinearSolution }, factor: number): LinearModel => ({
    columns: d.part.linear.columns.map((c, j) => {
      if (!c.integer) return c;
      const { integer: _, ...plain } = c;
      return { ...plain, lower: d.solution.values[j]!, upper: d.solution.values[j]! };
    }),
    rows: d.part.linear.rows.map((r, k) => {
      const demand = rows[d.part.rows[k]!]!.label === 'demand';
      return demand ? { ...r, lower: r.lower * factor, upper: r.upper * factor } : r;
    }),
  });
  let left = open;
  for (const factor of [1 + aLittle, 1 - aLittle, 1]) {
    if (!left.length) break;
    const solutions = await solve(
      left.map((d) => changed(d, factor)),
      signal,
    );
    left = left.filter((d, k) => {
      const { status, duals, reducedCosts } = solutions[k]!;
      if (status !== 'optimal') return true;
      d.solution = { ...d.solution, duals, reducedCosts };
      return false;
    });
  }
  return result;
}

/** More limits are reached than a vertex needs: its prices are not unique. */
function isCorner({ columns, rows }: LinearModel, values: readonly number[]): boolean {
  const at = (x: number, bound: number) =>
    Number.isFinite(bound) && Math.abs(x - bound) <= 1e-9 * Math.max(1, Math.abs(bound), Math.abs(x));
  let between = 0;
  columns.forEach((c, j) => {
    if (!at(values[j]!, c.lower) && !at(values[j]!, c.upper)) between++;
  });
  for (const r of rows) {
    let used = 0;
    for (const [j, a] of r.terms) used += a * values[j]!;
    if (!at(used, r.lower) && !at(used, r.upper)) between++;
  }
  return between < rows.length;
}

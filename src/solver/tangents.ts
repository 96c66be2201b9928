import type { LinearModel, LinearSolution } from '../store/world.ts';
import { unitsOf } from './scaling.ts';

/** Relative distance between what the tangents promise and what the squares cost at which the search stops. */
const closeEnough = 1e-9;
const mostRounds = 60;
/** parts into which the range of each squared column is cut at first */
const firstParts = 8;

/**
 * Minimises a model with squares of single columns by linear models alone: each square is held from below by its
 * tangents, `x² ≥ 2px − p²`, and gets a further one where the last solution lies (Kelley 1960, 10.1137/0108053). For
 * models on which the quadratic solver gives up: it does where offers of a few kilograms stand beside thousands of
 * tonnes. The squares are separable, so every round cuts the error of a column by about four.
 * @param solve a linear model → its solution
 */
export function byTangents(
  model: LinearModel,
  solve: (linear: LinearModel) => LinearSolution,
): LinearSolution {
  const { squares = [], ...plain } = model;
  const { columns: units } = unitsOf(model);
  const squared = model.columns.flatMap((c, j) =>
    squares[j] ? [{ j, square: squares[j]!, unit: units[j]!, name: c.name }] : [],
  );
  const count = model.columns.length;
  const columns: LinearModel['columns'] = [
    ...model.columns,
    // in units of x, so that the figures of a row are near 1
    ...squared.map((s) => ({
      name: `square_${s.name}`,
      cost: s.square * s.unit ** 2,
      lower: 0,
      upper: Infinity,
    })),
  ];
  const tangents: LinearModel['rows'][number][] = [];
  const touch = (k: number, at: number) => {
    const { j, unit, name } = squared[k]!;
    const p = at / unit;
    tangents.push({
      name: `tangent_${tangents.length}_${name}`,
      terms: [
        [count + k, 1],
        [j, (-2 * p) / unit],
      ],
      lower: -p * p,
      upper: Infinity,
    });
  };
  squared.forEach((s, k) => {
    for (let part = 1; part <= firstParts; part++) touch(k, (2 * s.unit * part) / firstParts);
  });
  for (let round = 0; ; round++) {
    const found = solve({ ...plain, columns, rows: [...model.rows, ...tangents] });
    if (found.status !== 'optimal') return { ...found, values: found.values.slice(0, count) };
    const cost = model.columns.reduce((sum, c, j) => sum + c.cost * found.values[j]!, 0);
    const objective = squared.reduce((sum, s) => sum + s.square * found.values[s.j]! ** 2, cost);
    const apart = objective - found.objective!;
    if (apart <= closeEnough * Math.max(Math.abs(objective), 1e-300) || round === mostRounds)
      return {
        ...found,
        status: apart <= 1e-6 * Math.abs(objective) ? 'optimal' : 'limit',
        objective,
        values: found.values.slice(0, count),
        duals: found.duals?.slice(0, model.rows.length) ?? null,
        reducedCosts: found.reducedCosts?.slice(0, count) ?? null,
      };
    squared.forEach((s, k) => {
      const x = found.values[s.j]!;
      if ((x / s.unit) ** 2 - found.values[count + k]! > 1e-13) touch(k, x);
    });
  }
}

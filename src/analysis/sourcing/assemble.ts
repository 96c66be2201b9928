import type { LinearModel } from '../../store/world.ts';
import { constraints } from './constraints/list.ts';
import { type Constraint, columnNames, type LimitBound, type LimitRow, type SourcingModel } from './model.ts';
import { type Objective, objectiveParts } from './objective.ts';

/** A sourcing model with its limits and objective, ready for a solver. */
export interface Assembled {
  readonly sourcing: SourcingModel;
  readonly objective: Objective;
  readonly linear: LinearModel;
  /** by row of `linear` */
  readonly rows: readonly LimitRow[];
  readonly bounds: readonly LimitBound[];
}

export function assemble(
  sourcing: SourcingModel,
  objective: Objective = 'cost',
  limits: readonly Constraint[] = constraints,
): Assembled {
  const parts = objectiveParts(sourcing, objective);
  const rows = [...limits.flatMap((c) => c.rows(sourcing)), ...parts.rows];
  const bounds = limits.flatMap((c) => c.bounds?.(sourcing) ?? []);
  const upper = new Float64Array(parts.costs.length).fill(Infinity);
  for (const b of bounds) upper[b.column] = Math.min(upper[b.column]!, b.upper);
  const whole = new Set(sourcing.starts.map((s) => s.column));
  for (const column of whole) upper[column] = 1;
  const names = [...columnNames(sourcing), ...parts.names];
  return {
    sourcing,
    objective,
    rows,
    bounds,
    linear: {
      columns: names.map((name, j) => ({
        name,
        cost: parts.costs[j]!,
        lower: 0,
        upper: upper[j]!,
        ...(whole.has(j) && { integer: true }),
      })),
      rows: rows.map(({ name, lower, upper, terms }) => ({ name, lower, upper, terms })),
      ...(parts.squares && { squares: [...parts.squares] }),
    },
  };
}

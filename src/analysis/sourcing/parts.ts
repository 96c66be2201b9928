import type { LinearModel } from '../../store/world.ts';
import type { Assembled } from './assemble.ts';

/** A part of a model that shares no limit with the rest, and can be solved alone. */
export interface Part {
  /** positions in `problem.needs` */
  readonly needs: readonly number[];
  /** positions in the whole model, in the order of the part's own */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly linear: LinearModel;
}

/** Largest value of Σ a·x within the bounds of the columns. */
function most(linear: LinearModel, terms: LinearModel['rows'][number]['terms']): number {
  let sum = 0;
  for (const [j, a] of terms) {
    const { lower, upper } = linear.columns[j]!;
    if (a !== 0) sum += a > 0 ? a * upper : a * lower;
  }
  return sum;
}

/** Whether a row says more than the bounds of its columns say already. */
export function canBind(linear: LinearModel, row: LinearModel['rows'][number]): boolean {
  if (row.upper < Infinity && most(linear, row.terms) > row.upper) return true;
  if (row.lower === -Infinity) return false;
  const least = -most(
    linear,
    row.terms.map(([j, a]) => [j, -a] as const),
  );
  return least < row.lower;
}

/**
 * The model in parts that no limit joins: minerals, and years unless a ramp or a project links them. Rows that can
 * never bind are left out first, unless `keepAll`: a series of models that differ in bounds must keep its shape.
 */
export function partsOf({ linear, rows, sourcing }: Assembled, keepAll = false): Part[] {
  const kept = rows.flatMap((r, i) =>
    keepAll || r.label === 'demand' || canBind(linear, linear.rows[i]!) ? [i] : [],
  );
  // columns come first, then needs
  const parent = Int32Array.from(
    { length: linear.columns.length + sourcing.problem.needs.length },
    (_, i) => i,
  );
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const join = (a: number, b: number) => {
    parent[root(a)] = root(b);
  };
  for (const i of kept) {
    const row = rows[i]!;
    const anchor = row.need === null ? row.terms[0]?.[0] : linear.columns.length + row.need;
    if (anchor !== undefined) for (const [j] of row.terms) join(j, anchor);
  }
  const byRoot = new Map<number, { needs: number[]; columns: number[]; rows: number[] }>();
  const at = (node: number) => {
    const r = root(node);
    let part = byRoot.get(r);
    if (!part) {
      part = { needs: [], columns: [], rows: [] };
      byRoot.set(r, part);
    }
    return part;
  };
  sourcing.problem.needs.forEach((_, k) => {
    at(linear.columns.length + k).needs.push(k);
  });
  linear.columns.forEach((_, j) => {
    at(j).columns.push(j);
  });
  for (const i of kept) {
    const row = rows[i]!;
    const node = row.need === null ? row.terms[0]?.[0] : linear.columns.length + row.need;
    if (node !== undefined) at(node).rows.push(i);
  }
  const local = new Int32Array(linear.columns.length);
  return [...byRoot.values()]
    .filter((p) => p.rows.length > 0)
    .map((p) => {
      p.columns.forEach((j, k) => {
        local[j] = k;
      });
      return {
        ...p,
        linear: {
          columns: p.columns.map((j) => linear.columns[j]!),
          rows: p.rows.map((i) => ({
            ...linear.rows[i]!,
            terms: linear.rows[i]!.terms.map(([j, a]) => [local[j]!, a] as const),
          })),
          ...(linear.squares && { squares: p.columns.map((j) => linear.squares![j]!) }),
        },
      };
    });
}

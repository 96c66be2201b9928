import type { LinearModel, LinearSolution, Solve } from '../../store/world.ts';
import type { Assembled } from './assemble.ts';
import type { Part } from './parts.ts';
import type { Need } from './problem.ts';

/** A limit that stands in the way, and by how much it alone would have to give. */
export interface Obstacle {
  readonly constraint: string;
  readonly need: Need | null;
  /** the limit, t (USD for a budget); for a floor the least, else the most */
  readonly limit: number;
  /** t (USD for a budget) by which this limit alone would have to be wider; null where that alone is not enough */
  readonly short_by: number | null;
}

/** Needs that limits join and that cannot all be met. */
export interface Unmet {
  readonly needs: readonly { readonly need: Need; readonly short_by_t: number }[];
  /** a set of limits none of which can be left out of the reason; empty where none was found */
  readonly obstacles: readonly Obstacle[];
  /** true where the floors had to be given up to say how much demand can be met */
  readonly withoutFloors: boolean;
}

const isFloor = (label: string | null) =>
  label === 'domestic_min' || label === 'recycled_min' || label === 'stock_end';

/**
 * A model in which some rows and bounds may be broken at a price of 1 each per unit; floors for nothing if asked.
 * @param unsaid rows of the part that its own leaves out, because they cannot bind while every bound holds
 */
function relaxed(
  part: Part,
  labels: readonly (string | null)[],
  rows: ReadonlyMap<number, number>,
  bound: number | null,
  floorsFree = false,
  unsaid: LinearModel['rows'] = [],
): LinearModel {
  const columns: LinearModel['columns'][number][] = part.linear.columns.map((c, j) => ({
    ...c,
    cost: 0,
    ...(j === bound && { upper: Infinity }),
  }));
  const extra = part.linear.rows.map((): (readonly [number, number])[] => []);
  const give = (row: number, price: number) => {
    const { lower, upper } = part.linear.rows[row]!;
    // more in stock, less of a demand or a floor, more room under a cap
    if (lower > -Infinity && labels[row] !== 'stock') {
      extra[row]!.push([columns.length, 1]);
      columns.push({ name: `less_${row}`, cost: price, lower: 0, upper: Math.max(0, lower) });
    } else if (upper < Infinity) {
      extra[row]!.push([columns.length, -1]);
      columns.push({ name: `more_${row}`, cost: price, lower: 0, upper: Infinity });
    }
  };
  for (const [row, price] of rows) give(row, price);
  if (floorsFree)
    labels.forEach((label, row) => {
      if (isFloor(label) && !rows.has(row)) give(row, 0);
    });
  const plain = part.linear.rows.map((r, i) => ({ ...r, terms: [...r.terms, ...extra[i]!] }));
  if (bound === null) return { columns, rows: plain };
  // what the bound gives is what the column takes beyond it
  const over = columns.length;
  columns.push({ name: 'beyond', cost: 1, lower: 0, upper: Infinity });
  const { upper } = part.linear.columns[bound]!;
  return {
    columns,
    rows: [
      ...plain,
      ...unsaid,
      {
        name: 'beyond',
        lower: -Infinity,
        upper,
        terms: [
          [bound, 1],
          [over, -1],
        ],
      },
    ],
  };
}

/**
 * Rows about a column that its part leaves out: they bind once its bound is gone. Columns of other parts count in them
 * as far as they help.
 */
function unsaidOf(
  { linear }: Assembled,
  rowsOf: readonly (readonly number[] | undefined)[],
  part: Part,
  column: number,
): LinearModel['rows'] {
  const said = new Set(part.rows);
  const own = new Map(part.columns.map((j, k) => [j, k]));
  const global = part.columns[column]!;
  return (rowsOf[global] ?? []).flatMap((i) => {
    if (said.has(i)) return [];
    const row = linear.rows[i]!;
    const terms: (readonly [number, number])[] = [];
    let helped = 0;
    for (const [j, a] of row.terms) {
      const at = own.get(j);
      if (at !== undefined) terms.push([at, a]);
      else helped += a > 0 ? a * linear.columns[j]!.lower : a * linear.columns[j]!.upper;
    }
    return [{ ...row, lower: -Infinity, upper: row.upper - helped, terms }];
  });
}

/** Positions of the rows that each column is in. */
function rowsByColumn({ columns, rows }: LinearModel): (number[] | undefined)[] {
  const found: (number[] | undefined)[] = new Array(columns.length);
  rows.forEach((row, i) => {
    for (const [j, a] of row.terms) {
      if (a === 0) continue;
      const own = found[j];
      if (own) own.push(i);
      else found[j] = [i];
    }
  });
  return found;
}

/**
 * Why parts of a plan cannot be: how much demand cannot be met at the least, and an irreducible set of limits with
 * the smallest widening of each that alone would be enough.
 */
export async function explainInfeasible(
  assembled: Assembled,
  failed: readonly { readonly part: Part; readonly solution: LinearSolution | null }[],
  solve: Solve,
  signal: AbortSignal | undefined,
): Promise<Unmet[]> {
  const { rows, bounds, sourcing } = assembled;
  const { needs } = sourcing.problem;
  const boundOf = new Map(bounds.map((b) => [b.column, b]));
  const unmet: Unmet[] = [];
  const rowsOf = failed.length ? rowsByColumn(assembled.linear) : [];
  for (const { part, solution } of failed) {
    const labels = part.rows.map((i) => rows[i]!.label);
    const demandRows = labels.flatMap((l, k) => (l === 'demand' ? [k] : []));
    const kinds = new Set(part.needs.map((k) => `${needs[k]!.mineral} ${needs[k]!.stage}`));
    // tonnes of several minerals do not add: then it is the sum of shares that is smallest
    const price = (row: number) => (kinds.size > 1 ? 1 / Math.max(1e-12, part.linear.rows[row]!.lower) : 1);
    const elastic = new Map(demandRows.map((r) => [r, price(r)]));
    const conflict = solution?.irreducible ?? null;
    const conflictRows = (conflict?.rows ?? []).filter((r) => labels[r] !== null && labels[r] !== 'demand');
    const conflictBounds = (conflict?.columns ?? []).filter((c) => boundOf.has(part.columns[c]!));
    const models = [
      relaxed(part, labels, elastic, null),
      relaxed(part, labels, elastic, null, true),
      ...conflictRows.map((r) => relaxed(part, labels, new Map([[r, 1]]), null)),
      ...conflictBounds.map((c) =>
        relaxed(part, labels, new Map(), c, false, unsaidOf(assembled, rowsOf, part, c)),
      ),
    ];
    const [strict, loose, ...alone] = await solve(models, signal);
    const chosen = strict!.status === 'optimal' ? strict! : loose!;
    if (chosen.status !== 'optimal') throw new Error(`no part of demand can be met: ${chosen.status}`);
    const firstSlack = part.linear.columns.length;
    const shortOf = (k: number) => chosen.values[firstSlack + k] ?? 0;
    const found = [...conflictRows, ...conflictBounds].map((at, k): Obstacle => {
      const outcome = alone[k]!;
      const short_by = outcome.status === 'optimal' ? outcome.objective : null;
      if (k < conflictRows.length) {
        const row = rows[part.rows[at]!]!;
        return {
          constraint: row.label!,
          need: row.need === null ? null : needs[row.need]!,
          limit: row.upper < Infinity ? row.upper : row.lower,
          short_by,
        };
      }
      const bound = boundOf.get(part.columns[at]!)!;
      return { constraint: bound.label, need: needs[bound.need]!, limit: bound.upper, short_by };
    });
    unmet.push({
      needs: demandRows.map((r, k) => ({ need: needs[rows[part.rows[r]!]!.need!]!, short_by_t: shortOf(k) })),
      obstacles: found,
      withoutFloors: chosen !== strict,
    });
  }
  return unmet;
}

export interface Revision<R> {
  readonly before: R;
  readonly after: R;
  readonly was: number;
  readonly is: number;
}

/** Two figures that differ by less than this part of the larger one are one figure, written twice. */
const sameWithin = 1e-9;

/**
 * Figures that stand in both sets under the same key with another value. A figure that is in only one of them, or
 * unknown in one, is not a revision. Order of `after`.
 */
export function revisions<R>(
  before: readonly R[],
  after: readonly R[],
  keyOf: (row: R) => string,
  figureOf: (row: R) => number | null,
): Revision<R>[] {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  return after.flatMap((row) => {
    const earlier = old.get(keyOf(row));
    if (!earlier) return [];
    const was = figureOf(earlier);
    const is = figureOf(row);
    if (was === null || is === null) return [];
    if (Math.abs(is - was) <= sameWithin * Math.max(Math.abs(is), Math.abs(was))) return [];
    return [{ before: earlier, after: row, was, is }];
  });
}

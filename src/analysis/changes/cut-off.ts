/**
 * The most that a truncated record of world trade left out: `U = kept · (1/k − 1)` where `kept` is what the record
 * holds of the world's trade in a code and `k` the part of the world's trade that this is, 0 < k ≤ 1. All of it may
 * have gone to one importer, so U bounds what any one importer's record lacks. 0 for a complete record; null where k is
 * unknown: then nothing can be said of a change.
 */
export function cutOffAtMost(
  complete: boolean | null,
  kept: number,
  keptShare: number | null,
): number | null {
  if (complete !== false) return 0;
  if (keptShare === null || !(keptShare > 0)) return null;
  return kept * (1 / keptShare - 1);
}

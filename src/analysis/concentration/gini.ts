/**
 * Gini coefficient of supplier shares: mean difference between suppliers over twice their mean.
 * `G = Σ_ij |s_i − s_j| / (2 n² s̄)`, 0 (equal) … 1 − 1/n. Computed from the sorted shares,
 * `Σ_ij |s_i − s_j| = 2 Σ_k (2k − n − 1) s_(k)`. Zeros given count as suppliers. Null for no shares or all zero.
 * Source: Gini 1912.
 * @example gini([0.7, 0.15, 0.1, 0.05]) // 0.5
 */
export function gini(shares: readonly number[]): number | null {
  const n = shares.length;
  let sum = 0;
  let weighted = 0;
  shares
    .toSorted((a, b) => a - b)
    .forEach((s, k) => {
      sum += s;
      weighted += (2 * k + 1 - n) * s;
    });
  return n === 0 || sum <= 0 ? null : weighted / (n * sum);
}

/**
 * Concentration ratio: what the k largest suppliers hold together.
 * `CR_k = Σ of the k largest s_i`, 0…1; all of them where there are fewer than k. Null for no shares.
 * @example concentrationRatio([0.7, 0.15, 0.1, 0.05], 3) // 0.95
 */
export function concentrationRatio(shares: readonly number[], k: number): number | null {
  if (shares.length === 0) return null;
  let sum = 0;
  for (const s of shares.toSorted((a, b) => b - a).slice(0, k)) sum += s;
  return sum;
}

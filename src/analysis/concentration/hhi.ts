/**
 * Herfindahl–Hirschman index: how concentrated supply is; the chance that two random tonnes share a supplier.
 * `HHI = Σ s_i²`, 0…1 (times 10 000 on the scale of competition authorities). Shares that do not reach 1
 * (suppliers not named) give a lower bound. Null for no shares. Squares are of shares, never of tonnes, so
 * nothing overflows. Sum the members of a bloc first where the question is about the bloc.
 * Source: Herfindahl 1950, Hirschman 1964.
 * @example hhi([0.7, 0.15, 0.1, 0.05]) // 0.525
 */
export function hhi(shares: readonly number[]): number | null {
  if (shares.length === 0) return null;
  let sum = 0;
  for (const s of shares) sum += s * s;
  return sum;
}

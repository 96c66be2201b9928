/**
 * Shannon entropy: how spread supply is, small suppliers counting more than in the HHI.
 * `H = −Σ s_i ln s_i`, nats, 0 (one supplier) … ln n. A zero share adds nothing. Null for no shares.
 * Source: Shannon 1948.
 * @example entropy([0.7, 0.15, 0.1, 0.05]) // 0.9143
 */
export function entropy(shares: readonly number[]): number | null {
  if (shares.length === 0) return null;
  let sum = 0;
  for (const s of shares) if (s > 0) sum -= s * Math.log(s);
  return sum;
}

/**
 * Evenness: entropy over its largest value, `J = H / ln n`, 0…1, n = suppliers with a share above 0.
 * Null for fewer than two. Source: Pielou 1966.
 * @example evenness([0.7, 0.15, 0.1, 0.05]) // 0.6595
 */
export function evenness(shares: readonly number[]): number | null {
  const n = shares.filter((s) => s > 0).length;
  const h = entropy(shares);
  return n < 2 || h === null ? null : h / Math.log(n);
}

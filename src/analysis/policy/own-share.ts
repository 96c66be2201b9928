/**
 * What part of its use a country makes itself: `P/(P + I − E)`, at most 1, in t of one basis. Null where what it uses is
 * not above 0, as where it sells from stock.
 * @param output_t P
 * @param net_imports_t I − E
 * @example ownShare(10, 30) // 0.25
 */
export function ownShare(output_t: number, net_imports_t: number): number | null {
  const use = output_t + net_imports_t;
  return use > 0 ? Math.min(1, output_t / use) : null;
}

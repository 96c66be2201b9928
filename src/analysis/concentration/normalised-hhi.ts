/**
 * HHI rescaled so that equal shares of n suppliers give 0 and a single seller among many gives 1.
 * `HHI* = (HHI − 1/n) / (1 − 1/n)`, 0…1 where the shares sum to 1; below 0 where many suppliers are not named.
 * Null for fewer than two suppliers: one supplier is both equal and alone, the ratio is 0/0.
 * @example normalisedHhi(0.525, 4) // 0.3667
 */
export function normalisedHhi(hhi: number | null, suppliers: number): number | null {
  if (hhi === null || suppliers < 2) return null;
  return (hhi - 1 / suppliers) / (1 - 1 / suppliers);
}

/**
 * Domestic share: the part of apparent consumption that own output could cover.
 * `min(1, P / AC)`, 0…1. Null where either is unknown or AC ≤ 0.
 * @example domesticShare(20, 100) // 0.2
 */
export function domesticShare(production: number | null, consumption: number | null): number | null {
  if (production === null || consumption === null || consumption <= 0) return null;
  return Math.min(1, production / consumption);
}

/**
 * Apparent consumption: what stays in a country, used or stocked.
 * `AC = P + I − E (+ ΔS)`, tonnes of one basis and one stage; ΔS = stocks drawn down (> 0) or built up (< 0).
 * Null where any part is unknown: a missing export is not a zero export. May be negative with bad data.
 * Source: USGS, Mineral Commodity Summaries, appendix B.
 * @example apparentConsumption({ production: 20, imports: 90, exports: 10 }) // 100
 */
export function apparentConsumption(of: {
  production: number | null;
  imports: number | null;
  exports: number | null;
  stockChange?: number;
}): number | null {
  const { production, imports, exports, stockChange = 0 } = of;
  if (production === null || imports === null || exports === null) return null;
  return production + imports - exports + stockChange;
}

import { apparentConsumption } from './apparent-consumption.ts';

/**
 * Net import reliance: the part of apparent consumption that net imports cover.
 * `NIR = (I − E + ΔS) / AC`, AC = P + I − E + ΔS. 1 = all imported; below 0 = net exporter.
 * Null where a part is unknown or AC ≤ 0. All parts are of one stage and basis: exports of ore netted against
 * imports of metal make a dependent country look independent.
 * Source: USGS, Mineral Commodity Summaries, appendix B; Nassar et al. 2020 (10.1126/sciadv.aay8647).
 * @example netImportReliance({ production: 20, imports: 90, exports: 10 }) // 0.8
 */
export function netImportReliance(of: {
  production: number | null;
  imports: number | null;
  exports: number | null;
  stockChange?: number;
}): number | null {
  const consumption = apparentConsumption(of);
  if (consumption === null || consumption <= 0) return null;
  return (of.imports! - of.exports! + (of.stockChange ?? 0)) / consumption;
}

/**
 * Disruption potential, `DP = Σ PS_c² · ASI_c · WSI_c`: production share, ability to supply (1 − PPI/100),
 * willingness to supply (mean of trade ties and shared values), each 0…1.
 * Source: Nassar et al. 2020, Science Advances 6 eaay8647.
 */
export function disruptionPotential(
  producers: readonly { share: number; ability: number; willingness: number }[],
): number | null {
  if (producers.length === 0) return null;
  return producers.reduce((sum, p) => sum + p.share ** 2 * p.ability * p.willingness, 0);
}

/**
 * Trade exposure, the net import reliance with secondary output: `(I − E + ΔS)/(PP + SP + I − E + ΔS)`.
 * Null where the denominator is not above 0; a net exporter has 0.
 */
export function tradeExposure(of: {
  imports: number;
  exports: number;
  stockChange: number;
  primary: number;
  secondary: number;
}): number | null {
  const net = of.imports - of.exports + of.stockChange;
  const consumption = of.primary + of.secondary + net;
  return consumption > 0 ? Math.max(0, net / consumption) : null;
}

/**
 * Economic vulnerability, `EV = Σ (VA_n/GDP) · (EXP_n/OP_n)`: the industry’s part of the economy times what it spends
 * on the commodity over its operating profit. Null where no industry is given or a profit is not above 0.
 */
export function economicVulnerability(
  industries: readonly { valueAddedShare: number; expenditureOverProfit: number }[],
): number | null {
  if (industries.length === 0) return null;
  return industries.reduce((sum, i) => sum + i.valueAddedShare * i.expenditureOverProfit, 0);
}

/** USGS 2020 supply risk, the geometric mean `(DP·TE·EV)^(1/3)`; null where a term is. */
export function supplyRiskUsgs(dp: number | null, te: number | null, ev: number | null): number | null {
  return dp === null || te === null || ev === null ? null : Math.cbrt(dp * te * ev);
}

/**
 * Political instability of a supplier, g = clip((2.5 − PV)/5, 0, 1): 0 stable, 1 unstable.
 * PV is the Worldwide Governance Indicators' estimate of political stability, about −2.5…2.5.
 * Null where there is no estimate: the caller decides what stands in, and says so.
 * Source: Santillán-Saldivar et al. 2022, GeoPolRisk.
 * @example instability(-2.5) // 1
 */
export function instability(pv: number | null): number | null {
  return pv === null ? null : Math.min(1, Math.max(0, (2.5 - pv) / 5));
}

/**
 * Governance on the EU's scale, WGI = (2.5 − mean of the six estimates) · 2: 0 best, 10 worst.
 * Null where no dimension has an estimate.
 * Source: European Commission, methodology for the list of critical raw materials, 2017, 10.2873/769526.
 * @example scaledGovernance([-1.5, -1.5, -1.5, -1.5, -1.5, -1.5]) // 8
 */
export function scaledGovernance(estimates: readonly (number | null)[]): number | null {
  const known = estimates.filter((e): e is number => e !== null);
  if (known.length === 0) return null;
  return (2.5 - known.reduce((a, b) => a + b, 0) / known.length) * 2;
}

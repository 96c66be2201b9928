/** One supplier’s part of a supply: share 0…1, governance 0 (best)…10 (worst), trade parameter t (1 neutral). */
export interface GovernedShare {
  readonly country: string;
  readonly share: number;
  readonly wgi: number | null;
  readonly t: number | null;
}

/**
 * Governance- and trade-weighted concentration, `HHI_WGI,t = Σ (100·S_c)² · WGI_c · t_c`, 0…100 000.
 * Suppliers without governance are left out and named; null where none is left; t is 1 where none is given.
 * `terms` are the summands by supplier. Source: European Commission 2017, 10.2873/769526.
 */
export function governedConcentration(suppliers: readonly GovernedShare[]): {
  value: number | null;
  terms: readonly { country: string; term: number }[];
  missing: readonly string[];
} {
  const missing = suppliers.filter((s) => s.wgi === null).map((s) => s.country);
  const terms = suppliers.flatMap(({ country, share, wgi, t }) =>
    wgi === null ? [] : { country, term: (100 * share) ** 2 * wgi * (t ?? 1) },
  );
  return { value: terms.length ? terms.reduce((sum, { term }) => sum + term, 0) : null, terms, missing };
}

/** Which supplies the study trusts for a material and stage: world supply (GS), EU sourcing (EU), or both. */
export type Scope = 'GS' | 'EU' | 'GS+EU';

export interface SupplyRiskInputs {
  /** HHI_WGI,t of world supply, 0…100 000; null = none */
  readonly global: number | null;
  /** the same of EU sourcing */
  readonly sourcing: number | null;
  /** (I − E)/(D + I − E), 0…1 */
  readonly importReliance: number | null;
  /** end-of-life recycling input rate, 0…1 */
  readonly eolRir: number | null;
  /** substitution index for supply risk, 0…1 */
  readonly siSr: number | null;
  readonly scope: Scope | null;
}

/**
 * EU supply risk of one stage:
 * `SR = [HHI_GS·IR/2 + HHI_EU·(1 − IR/2)]/10 000 · (1 − EoL_RIR) · SI_SR`; where only one side is trusted or there,
 * that side alone. Null where a factor or, with both sides, the import reliance is missing. ≥ 1 is over the threshold.
 * Source: European Commission 2017, 10.2873/769526; study 2023, 10.2873/725585.
 */
export function supplyRiskEu(of: SupplyRiskInputs): number | null {
  const global = of.scope === 'EU' && of.sourcing !== null ? null : of.global;
  const sourcing = of.scope === 'GS' && of.global !== null ? null : of.sourcing;
  if (of.eolRir === null || of.siSr === null) return null;
  let hhi: number;
  if (global !== null && sourcing !== null) {
    if (of.importReliance === null) return null;
    hhi = (global * of.importReliance) / 2 + sourcing * (1 - of.importReliance / 2);
  } else if (global !== null) hhi = global;
  else if (sourcing !== null) hhi = sourcing;
  else return null;
  return (hhi / 10_000) * (1 - of.eolRir) * of.siSr;
}

/** Import reliance `(I − E)/(D + I − E)` on one stage; null where the denominator is not above 0. */
export function importReliance(imports: number, exports: number, domestic: number): number | null {
  const supply = domestic + imports - exports;
  return supply > 0 ? (imports - exports) / supply : null;
}

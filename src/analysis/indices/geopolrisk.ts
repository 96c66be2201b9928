import { hhi as herfindahl } from '../concentration/hhi.ts';
import { sharesOf } from '../concentration/shares.ts';
import { instability } from './governance-risk.ts';

/** Imports from one supplier; `pv` is its political stability estimate of the same year. */
export interface RiskFlow {
  readonly country: string;
  /** tonnes of the mineral; a flow without tonnes counts 0 t */
  readonly quantity_t: number;
  /** value of all flows, also of those without tonnes; null where no value is known */
  readonly value_usd: number | null;
  readonly pv: number | null;
}

export interface GeoPolRisk {
  /** Σ P_k² / (Σ P_k)² over world production of the stage; null where no country produces */
  readonly hhi: number | null;
  /** Σ_i g_i f_i, tonnes weighted by the suppliers’ instability */
  readonly weighted_t: number;
  readonly imports_t: number;
  /** Σ v_i; null where no flow has a value */
  readonly imports_usd: number | null;
  readonly domestic_t: number;
  /** WTA = Σ g_i f_i / (p_c + Σ f_i), 0…1; null where nothing is imported and nothing produced */
  readonly import_risk: number | null;
  /** HHI · WTA, 0…1 */
  readonly score: number | null;
  /** Σ v_i / Σ f_i, USD/kg; null without imported tonnes or without any value */
  readonly price_usd_per_kg: number | null;
  /** score · price / copper constant, kg Cu-eq per kg */
  readonly cf: number | null;
  /** suppliers without an estimate, counted with g = 0.5 */
  readonly governance_missing: readonly string[];
}

/** Mean copper midpoint, OECD countries, 2017–2021, USD/kg (Koyamparambath et al. 2024). */
export const copperMidpoint = 0.409412948;
/** Instability of a supplier that has no estimate. */
const unknownInstability = 0.5;

/**
 * GeoPolRisk of one material, importer and year (Gemechu 2016; Santillán-Saldivar 2022; Koyamparambath 2024):
 * `score = HHI · Σ g_i f_i / (p_c + Σ f_i)`, `CF = score · price / 0.409412948`. Ours by default: no data is null,
 * never 0; domestic output without imports is a risk of 0. With `compat` the published rules apply: output is cut
 * to whole tonnes before the HHI, and an importer without imports and output scores 0.
 * @param production output of every country at the same stage and year, tonnes of content
 */
export function geoPolRisk(
  production: readonly number[],
  domestic_t: number,
  flows: readonly RiskFlow[],
  { compat = false } = {},
): GeoPolRisk {
  const output = compat ? production.map(Math.trunc) : production;
  const shares = sharesOf(output);
  const hhi = shares === null ? null : herfindahl(shares);
  let weighted_t = 0;
  let imports_t = 0;
  let value_usd: number | null = null;
  const governance_missing: string[] = [];
  for (const f of flows) {
    if (f.pv === null) governance_missing.push(f.country);
    const g = instability(f.pv) ?? unknownInstability;
    weighted_t += g * f.quantity_t;
    imports_t += f.quantity_t;
    if (f.value_usd !== null) value_usd = (value_usd ?? 0) + f.value_usd;
  }
  const supply = domestic_t + imports_t;
  const import_risk = supply > 0 ? weighted_t / supply : compat ? 0 : null;
  const score = hhi === null || import_risk === null ? null : hhi * import_risk;
  const price = imports_t > 0 && value_usd !== null ? value_usd / imports_t / 1000 : null;
  return {
    hhi,
    weighted_t,
    imports_t,
    imports_usd: value_usd,
    domestic_t,
    import_risk,
    score,
    price_usd_per_kg: price,
    cf: score === null || price === null ? null : (score * price) / copperMidpoint,
    governance_missing,
  };
}

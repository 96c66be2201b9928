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
  /** a partner inside the importing bloc: g = 0, by the published rules, which count trade inside a bloc */
  readonly inside?: boolean;
}

export interface GeoPolRisk {
  /** Σ P_k² / (Σ P_k)² over world production of the stage; null where no country produces */
  readonly hhi: number | null;
  /** Σ_i g_i f_i, tonnes weighted by the suppliers’ instability */
  readonly weighted_t: number;
  readonly imports_t: number;
  /** Σ v_i; null where no flow has a value */
  readonly imports_usd: number | null;
  /** null where there is output of unknown size */
  readonly domestic_t: number | null;
  /** WTA = Σ g_i f_i / (p_c + Σ f_i), 0…1; null where nothing is imported and nothing produced */
  readonly import_risk: number | null;
  /** HHI · WTA, 0…1 */
  readonly score: number | null;
  /** Σ v_i / Σ f_i, USD/kg; null without imported tonnes or without any value */
  readonly price_usd_per_kg: number | null;
  /** score · price, the midpoint, USD/kg */
  readonly midpoint_usd_per_kg: number | null;
  /** midpoint / copper constant, kg Cu-eq per kg */
  readonly cf: number | null;
  /** suppliers without an estimate, counted with g = 0.5 */
  readonly governance_missing: readonly string[];
}

/** Mean copper midpoint, OECD countries, 2017–2021, USD/kg (Koyamparambath et al. 2024). */
export const copperMidpoint = 0.409412948;
/** Instability of a supplier that has no estimate. */
const unknownInstability = 0.5;

/** g of a supplier: its instability; 0.5 without an estimate, 0 inside the importing bloc. */
export const supplierInstability = (f: RiskFlow): number =>
  f.inside ? 0 : (instability(f.pv) ?? unknownInstability);

/** Minerals whose output the published table counts in kilograms. */
const countedInKilograms = new Set(['gold', 'silver', 'platinum', 'palladium', 'rhodium', 'rhenium']);

/**
 * World production’s `HHI = Σ P_k² / (Σ P_k)²` by the published rules: named countries only, each cut to whole units
 * of the published table (tonnes; kilograms for precious metals). Null where nothing is left. (Ours is that of
 * `analysis/concentration`: uncut, over the larger of the published world total and the rows.)
 */
export function publishedHhi(production_t: readonly number[], mineral: string): number | null {
  const perTonne = countedInKilograms.has(mineral) ? 1000 : 1;
  const shares = sharesOf(production_t.map((t) => Math.trunc(Number((t * perTonne).toPrecision(15)))));
  return shares === null ? null : herfindahl(shares);
}

/**
 * GeoPolRisk of one material, importer and year (Gemechu 2016; Santillán-Saldivar 2022; Koyamparambath 2024):
 * `score = HHI · Σ g_i f_i / (p_c + Σ f_i)`, `CF = score · price / 0.409412948`. Ours by default: no data is null,
 * never 0; domestic output without imports is a risk of 0. With `compat` an importer without imports and output has
 * an import risk of 0, as published.
 * @param hhi concentration of world output at the same stage and year, 0…1
 * @param domestic_t the importer’s own output, tonnes of content; null = output of unknown size
 */
export function geoPolRisk(
  hhi: number | null,
  domestic_t: number | null,
  flows: readonly RiskFlow[],
  { compat = false } = {},
): GeoPolRisk {
  let weighted_t = 0;
  let imports_t = 0;
  let value_usd: number | null = null;
  const governance_missing: string[] = [];
  for (const f of flows) {
    if (f.pv === null && !f.inside) governance_missing.push(f.country);
    weighted_t += supplierInstability(f) * f.quantity_t;
    imports_t += f.quantity_t;
    if (f.value_usd !== null) value_usd = (value_usd ?? 0) + f.value_usd;
  }
  const supply = domestic_t === null ? null : domestic_t + imports_t;
  const import_risk = supply === null ? null : supply > 0 ? weighted_t / supply : compat ? 0 : null;
  const score = hhi === null || import_risk === null ? null : hhi * import_risk;
  const price = imports_t > 0 && value_usd !== null ? value_usd / imports_t / 1000 : null;
  const midpoint = score === null || price === null ? null : score * price;
  return {
    hhi,
    weighted_t,
    imports_t,
    imports_usd: value_usd,
    domestic_t,
    import_risk,
    score,
    price_usd_per_kg: price,
    midpoint_usd_per_kg: midpoint,
    cf: midpoint === null ? null : midpoint / copperMidpoint,
    governance_missing,
  };
}

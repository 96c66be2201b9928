import type { Shipment } from '../dependence/supply-mix.ts';

/** What a tonne costs at the border, in parts that are each shown. USD/t. */
export interface LandedCost {
  readonly unit_value_usd_per_t: number;
  readonly freight_usd_per_t: number;
  readonly risk_premium_usd_per_t: number;
  readonly total_usd_per_t: number;
}

export interface CostAssumptions {
  /** USD for one tonne over one kilometre */
  readonly freightPerTonneKm: number;
  /** part of the unit value added at the worst governance (risk 1) */
  readonly riskPremium: number;
}

/** Assumptions, not findings: about the order of container freight, and a tenth for the worst governed. */
export const defaultCosts: CostAssumptions = { freightPerTonneKm: 0.01, riskPremium: 0.1 };

/** `c_i = v_i + f·km_i + ρ·g_i·v_i`; an unknown distance or risk adds nothing. */
export function landedCost(
  unitValue: number,
  distance_km: number | null,
  risk: number | null,
  assumed: CostAssumptions = defaultCosts,
): LandedCost {
  const freight = assumed.freightPerTonneKm * (distance_km ?? 0);
  const premium = assumed.riskPremium * (risk ?? 0) * unitValue;
  return {
    unit_value_usd_per_t: unitValue,
    freight_usd_per_t: freight,
    risk_premium_usd_per_t: premium,
    total_usd_per_t: unitValue + freight + premium,
  };
}

/** Part of the world's trade at which an exporter's own unit value counts half, the world's mean the other half. */
const halfWay = 0.01;

/** USD per t: of the world's trade, and of an exporter's. */
export interface UnitValues {
  readonly mean: number;
  readonly of: (exporter: string) => number;
}

/**
 * What a tonne of each exporter fetches: `v_i = (V_i + k·Q·v̄)/(Q_i + k·Q)` over flows that have value and tonnes, with
 * v̄ = V/Q the mean of the world's trade and k = 1 %. The unit value of a thin flow is mostly error, and is drawn
 * towards the mean the thinner it is; never more than tenfold away from it.
 * @returns null where no flow has both
 */
export function unitValues(shipments: readonly Shipment[]): UnitValues | null {
  const by = new Map<string, { value: number; tonnes: number }>();
  let value = 0;
  let tonnes = 0;
  for (const s of shipments) {
    if (s.value_usd === null || s.quantity_t === null || s.quantity_t <= 0) continue;
    const own = by.get(s.exporter) ?? { value: 0, tonnes: 0 };
    own.value += s.value_usd;
    own.tonnes += s.quantity_t;
    by.set(s.exporter, own);
    value += s.value_usd;
    tonnes += s.quantity_t;
  }
  if (tonnes <= 0 || value <= 0) return null;
  const mean = value / tonnes;
  return {
    mean,
    of: (exporter) => {
      const own = by.get(exporter) ?? { value: 0, tonnes: 0 };
      const drawn = (own.value + halfWay * value) / (own.tonnes + halfWay * tonnes);
      return Math.min(10 * mean, Math.max(mean / 10, drawn));
    },
  };
}

import { baselineOf } from './baseline.ts';
import { productionLoss, type ShockModel, type ShockNetwork, type ShockNote, shareOf } from './shock.ts';

export interface CascadeOptions {
  /** R: reserves that may be drawn, t (already times the part f_r that may be used) */
  readonly reserves?: ArrayLike<number>;
  /** f_c: part of a residual shock that consumption absorbs before trade does, 0…1 */
  readonly consumptionBuffer?: number;
  /** α: a residual shock below α·S is absorbed and not passed on */
  readonly alpha?: number;
  /** the cascade ends when no shock is larger than this, t */
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

export interface CascadeResult {
  /** ΔR, ΔC, ΔI, ΔE per country, t; losses are negative */
  readonly stockChange: Float64Array;
  readonly consumptionChange: Float64Array;
  readonly importChange: Float64Array;
  readonly exportChange: Float64Array;
  /** ΔF per flow */
  readonly flowChange: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  /** shock still on its way when the iterations ran out, t (≤ 0); it is booked as consumption forgone */
  readonly unsettled: number;
}

/**
 * How a loss of production travels through trade: each country struck draws its reserves, lets its users go
 * without a part, and passes the rest on by exporting less and importing more, link by link in proportion.
 *
 * Per iteration, with ΔS' ≤ 0 the shock a country receives and U the countries still free to export more:
 *   ΔR_j  = max(ΔS'_j, −R_j);  j with ΔS'_j < −R_j leaves U for good
 *   ΔS''_j = (ΔS'_j − ΔR_j)(1 − f_c);  absorbed if |ΔS''_j| < α·S_j, S the current net supply
 *   V_j   = Σ_k F_jk + Σ_{k∈U} F_kj;  ΔB_j = max(ΔS''_j, −V_j)
 *   ΔF_jk = [ΔB_j/V_j − 1_U(j)·ΔB_k/V_k]·F_jk
 *   ΔC_j  = ΔS'_j − ΔR_j − ΔB_j;  S_j ← S_j + ΔR_j + ΔC_j
 *   ΔS'_next,j = Σ_k ΔF_kj − Σ_k ΔF_jk + ΔB_j
 * Inserting ΔF gives the last line as Σ_k (ΔB_k/V_k)(F_kj + 1_U(j)·F_jk), which is what is computed: it has no
 * cancellation and is never positive.
 *
 * Identities: ΣΔR + ΣΔC = ΣΔP; per country ΔP + ΔI − ΔE = ΔR + ΔC.
 * Source: Marchand et al. 2016, Environ. Res. Lett. 11 095009, with the export block (without it the cascade
 * need not end).
 *
 * @param productionChange ΔP per country, t, ≤ 0
 */
export function cascade(
  network: ShockNetwork,
  productionChange: ArrayLike<number>,
  options: CascadeOptions = {},
): CascadeResult {
  const { consumptionBuffer = 0, alpha = 1e-5, tolerance = 1e-8, maxIterations = 50 } = options;
  const n = network.countries.length;
  const edges = network.flow.length;
  const { from, to } = network;
  const reserves = Float64Array.from({ length: n }, (_, j) => options.reserves?.[j] ?? 0);
  const flow = Float64Array.from(network.flow, (f, e) => (from[e] === to[e] ? 0 : f));
  const flowChange = new Float64Array(edges);
  const supply = baselineOf(network).netSupply.slice();
  const free = new Uint8Array(n).fill(1);
  let shock = Float64Array.from(productionChange);
  const stockChange = new Float64Array(n);
  const consumptionChange = new Float64Array(n);
  const volume = new Float64Array(n);
  const residual = new Float64Array(n);
  const passed = new Float64Array(n);

  const struck = () => shock.some((s) => s < -tolerance);
  let iterations = 0;
  while (iterations < maxIterations && struck()) {
    iterations++;
    for (let j = 0; j < n; j++) {
      const drawn = Math.max(shock[j]!, -reserves[j]!);
      if (shock[j]! < -reserves[j]!) free[j] = 0;
      reserves[j]! += drawn;
      stockChange[j]! += drawn;
      residual[j] = shock[j]! - drawn;
    }
    volume.fill(0);
    for (let e = 0; e < edges; e++) {
      volume[from[e]!]! += flow[e]!;
      if (free[from[e]!]) volume[to[e]!]! += flow[e]!;
    }
    for (let j = 0; j < n; j++) {
      const offered = residual[j]! * (1 - consumptionBuffer);
      const tiny = volume[j]! <= 0 || Math.abs(offered) < alpha * supply[j]!;
      const balance = tiny ? 0 : Math.max(offered, -volume[j]!);
      passed[j] = tiny ? 0 : balance / volume[j]!;
      consumptionChange[j]! += residual[j]! - balance;
      supply[j]! += shock[j]! - balance;
    }
    const next = new Float64Array(n);
    for (let e = 0; e < edges; e++) {
      const j = from[e]!;
      const k = to[e]!;
      if (j === k) continue;
      next[k]! += passed[j]! * flow[e]!;
      if (free[j]) next[j]! += passed[k]! * flow[e]!;
      const change = (passed[j]! - (free[j] ? passed[k]! : 0)) * flow[e]!;
      flow[e]! += change;
      flowChange[e]! += change;
    }
    shock = next;
  }
  const converged = !struck();
  let unsettled = 0;
  for (let j = 0; j < n; j++) {
    // what is left has left a partner's account and must arrive somewhere, else tonnes would vanish
    consumptionChange[j]! += shock[j]!;
    unsettled += shock[j]!;
  }
  const importChange = new Float64Array(n);
  const exportChange = new Float64Array(n);
  for (let e = 0; e < edges; e++) {
    importChange[to[e]!]! += flowChange[e]!;
    exportChange[from[e]!]! += flowChange[e]!;
  }
  return {
    stockChange,
    consumptionChange,
    importChange,
    exportChange,
    flowChange,
    iterations,
    converged,
    unsettled,
  };
}

/** The cascade as a shock model: one row per country, no time, no price. Only production losses strike. */
export const cascadeModel: ShockModel = (network, shocks, assumptions) => {
  const { consumption } = baselineOf(network);
  const lost = productionLoss(network, shocks);
  const change = lost.map((s, j) => (s === 0 ? 0 : -s * network.production[j]!));
  const result = cascade(network, change, {
    reserves: assumptions.stock,
    consumptionBuffer: assumptions.consumptionBuffer,
  });
  const notes: ShockNote[] = [];
  if (!result.converged)
    notes.push({
      code: 'not_converged',
      text: `the cascade did not settle in ${result.iterations} iterations; what was still on its way is counted as consumption forgone, t`,
      value: -result.unsettled,
    });
  const rows = network.countries.map((country, j) => {
    const stock = result.stockChange[j]!;
    const eaten = result.consumptionChange[j]!;
    const shortfall = Math.max(0, -eaten);
    return {
      country,
      month: null,
      baseline_t: consumption[j]!,
      supply_t: stock === 0 && eaten === 0 ? consumption[j]! : consumption[j]! + stock + eaten,
      stock_used_t: stock === 0 ? 0 : -stock,
      shortfall_t: shortfall,
      shortfall_share: shareOf(shortfall, consumption[j]!),
      price_ratio: null,
      stock_change_t: stock,
      consumption_change_t: eaten,
      import_change_t: result.importChange[j]!,
      export_change_t: result.exportChange[j]!,
    };
  });
  return { rows, notes };
};

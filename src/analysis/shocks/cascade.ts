import { baselineOf } from './baseline.ts';
import { cascadeRoom, cascadeRules, pathsOf, runCascade } from './cascade-run.ts';
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
  const n = network.countries.length;
  const paths = pathsOf(network);
  const room = cascadeRoom(paths);
  if (options.reserves) room.reserves.set(options.reserves);
  room.shock.set(productionChange);
  const end = runCascade(paths, { ...cascadeRules, ...options }, room);
  const flowChange = new Float64Array(network.flow.length);
  const importChange = new Float64Array(n);
  const exportChange = new Float64Array(n);
  paths.origin.forEach((at, e) => {
    const change = room.flowChange[e]!;
    flowChange[at] = change;
    importChange[paths.to[e]!]! += change;
    exportChange[paths.from[e]!]! += change;
  });
  const { stockChange, consumptionChange } = room;
  return { stockChange, consumptionChange, importChange, exportChange, flowChange, ...end };
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

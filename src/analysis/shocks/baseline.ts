import type { ShockNetwork } from './shock.ts';

/**
 * The year before the shock, per country, t per year:
 *   imports I = Σ_k F_kj, exports E = Σ_k F_jk, net supply S = P + I − E,
 *   unrecorded supply u = max(0, −S) (what must have come from somewhere for the exports to leave),
 *   apparent consumption c = S + u ≥ 0, throughput x = P + u + I = E + c.
 * Flows from a country to itself are not trade and are ignored.
 */
export interface Baseline {
  readonly imports: Float64Array;
  readonly exports: Float64Array;
  readonly netSupply: Float64Array;
  readonly unrecorded: Float64Array;
  readonly consumption: Float64Array;
  readonly throughput: Float64Array;
}

export function baselineOf(network: ShockNetwork): Baseline {
  const n = network.countries.length;
  const imports = new Float64Array(n);
  const exports = new Float64Array(n);
  for (let e = 0; e < network.flow.length; e++) {
    const from = network.from[e]!;
    const to = network.to[e]!;
    if (from === to) continue;
    exports[from]! += network.flow[e]!;
    imports[to]! += network.flow[e]!;
  }
  const netSupply = new Float64Array(n);
  const unrecorded = new Float64Array(n);
  const consumption = new Float64Array(n);
  const throughput = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    netSupply[j] = network.production[j]! + imports[j]! - exports[j]!;
    unrecorded[j] = Math.max(0, -netSupply[j]!);
    consumption[j] = Math.max(0, netSupply[j]!);
    throughput[j] = exports[j]! + consumption[j]!;
  }
  return { imports, exports, netSupply, unrecorded, consumption, throughput };
}

import type { Network } from './network.ts';

/** A trace whose books do not balance is a bug here, never a fact about the world; so it stops with an Error. */
const tolerance = 1e-9;

/**
 * Checks a trace to one consumer (or one bloc): `C_j ≥ 0` and `Σ_j C_j = c`. Returns the error of the sum relative to
 * c. `scale` is what the terms of the sum were rounded at, so that a hub which keeps a billionth of what it passes on
 * is not called wrong for rounding.
 */
export function checkedConsumption(traced: Float64Array, consumption: number, scale: number): number {
  let sum = 0;
  for (const t of traced) {
    if (!(t >= 0)) throw new Error(`traced supply below zero: ${t}`);
    sum += t;
  }
  const error = Math.abs(sum - consumption);
  if (error > tolerance * consumption + 1e-12 * scale)
    throw new Error(`traced origins do not add up to consumption ${consumption}: ${sum}`);
  return consumption > 0 ? error / consumption : 0;
}

/**
 * Checks a trace to all consumers, row i of `traced` = origins of consumer i: besides the rows also the columns,
 * `Σ_i C_ij = p_j + u_j`. Returns the largest relative error of a row or column.
 */
export function checkedTrace(network: Network, traced: Float64Array): number {
  const { consumption, production, unrecorded, throughput } = network;
  const n = consumption.length;
  const born = new Float64Array(n);
  let scale = 0;
  let worst = 0;
  for (let j = 0; j < n; j++) scale = Math.max(scale, throughput[j]!);
  for (let i = 0; i < n; i++) {
    const row = traced.subarray(i * n, i * n + n);
    worst = Math.max(worst, checkedConsumption(row, consumption[i]!, scale));
    for (let j = 0; j < n; j++) born[j]! += row[j]!;
  }
  for (let j = 0; j < n; j++) {
    const supply = production[j]! + unrecorded[j]!;
    const error = Math.abs(born[j]! - supply);
    if (error > tolerance * supply + 1e-12 * scale)
      throw new Error(`traced supply does not add up to what was produced, ${supply}: ${born[j]}`);
    if (supply > 0) worst = Math.max(worst, error / supply);
  }
  return worst;
}

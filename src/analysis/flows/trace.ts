import { type Components, closedLoops, components } from './closed-loops.ts';
import { checkedConsumption, checkedTrace } from './identities.ts';
import { eliminator, residual, sweep } from './linear-solve.ts';
import type { Network } from './network.ts';

export type Solver = 'gauss-seidel' | 'elimination';

/** Where the apparent consumption of one consumer, or of several taken together, was born. */
export interface Trace {
  /** c, in the network's basis */
  readonly consumption: number;
  /** C_j by origin, unrecorded supply included; Σ_j C_j = c */
  readonly traced: Float64Array;
  /** the part of C_j that is unrecorded supply of j: `C_j · u_j / (p_j + u_j)` */
  readonly unrecorded: Float64Array;
  readonly solver: Solver;
  /** sweeps of the iteration made, also where it was given up */
  readonly sweeps: number;
  /** of the equations solved, relative; ≤ 1e-12 */
  readonly residual: number;
  /** |Σ_j C_j − c| / c, checked */
  readonly identityError: number;
  /** closed loops left out, as positions of their countries */
  readonly closedLoops: readonly (readonly number[])[];
}

interface Shape {
  readonly parts: Components;
  readonly loops: readonly (readonly number[])[];
  /** the network factored, once a trace has needed it */
  solve?: ReturnType<typeof eliminator>;
}

/** What only depends on the network: worked out for the first consumer, kept for the others. */
const shapes = new WeakMap<Network, Shape>();

function shapeOf(network: Network): Shape {
  let shape = shapes.get(network);
  if (!shape) {
    const parts = components(network);
    shape = { parts, loops: closedLoops(network, parts) };
    shapes.set(network, shape);
  }
  return shape;
}

const solverOf = (network: Network) => {
  const shape = shapeOf(network);
  shape.solve ??= eliminator(network);
  return shape.solve;
};

/** Above this many sweeps elimination is the faster way: the loops are strong. */
const patience = 200;
/** Part of consumption that iteration may leave without an origin. */
const accuracy = 1e-14;
/** Sweeps that leave any equation worse than this, relative, are not accepted. */
const largestResidual = 1e-12;

/** Whether q leaves no more of `total` without an origin than `accuracy` and rounding allow. */
function accounted({ production, unrecorded, throughput }: Network, q: Float64Array, total: number): boolean {
  let missing = total;
  let scale = 0;
  for (let j = 0; j < q.length; j++) {
    missing -= q[j]! * (production[j]! + unrecorded[j]!);
    scale += q[j]! * throughput[j]!;
  }
  return Math.abs(missing) <= accuracy * total + 4 * Number.EPSILON * scale;
}

/**
 * Ultimate origins of what `consumers` use (one country, or the members of a bloc added up), under the assumption that
 * each country's exports have the origin mix of all it has. Row(s) of `C = diag(c/x) (I − A)^-1 diag(p + u)`, found
 * with one solve of the transposed system. Gauss–Seidel first: it approaches from below, so the part of consumption
 * still without origin *is* the error. Where loops are strong, elimination.
 * Source: Kastner, Kastner & Nonhebel 2011 (10.1016/j.ecolecon.2011.01.012).
 * @param consumers positions in the network
 * @param many true where many consumers are traced on this network: it is then factored at once, which serves them all
 */
export function traceTo(network: Network, consumers: readonly number[], many = false): Trace {
  const b = new Float64Array(network.consumption.length);
  for (const i of new Set(consumers)) b[i] = network.consumption[i]!;
  return traceOf(network, b, many);
}

/**
 * The same of what importers buy from others, whether they use it or ship it on: each flow has the origin mix of all that
 * its exporter has. `consumption` is then the imports. What comes from a closed loop has no origin and is left out.
 */
export function traceImports(network: Network, importers: readonly number[]): Trace {
  const { n, start, to, amount } = network.flows;
  const inside = new Set(importers);
  const circling = new Set(shapeOf(network).loops.flat());
  const b = new Float64Array(n);
  for (let j = 0; j < n; j++)
    if (!inside.has(j) && !circling.has(j))
      for (let e = start[j]!; e < start[j + 1]!; e++) if (inside.has(to[e]!)) b[j]! += amount[e]!;
  return traceOf(network, b, false);
}

/** Origins of the amounts b_j taken out of the pool of each country j. */
function traceOf(network: Network, b: Float64Array, many: boolean): Trace {
  const { production, unrecorded, throughput } = network;
  const n = b.length;
  const { parts, loops } = shapeOf(network);
  let total = 0;
  for (const taken of b) total += taken;

  let q = new Float64Array(n);
  let solver: Solver = 'gauss-seidel';
  let sweeps = 0;
  let done = total === 0;
  while (!done && !many && sweeps < patience) {
    sweep(network, b, q, parts.order);
    sweeps++;
    done = accounted(network, q, total);
  }
  // the account bounds what is missing in all; the equations are held one by one as well
  if (!done || residual(network, b, q) > largestResidual) {
    q = solverOf(network)(b) as Float64Array<ArrayBuffer>;
    solver = 'elimination';
  }

  const traced = new Float64Array(n);
  const unknown = new Float64Array(n);
  let scale = 0;
  for (let j = 0; j < n; j++) {
    traced[j] = q[j]! * (production[j]! + unrecorded[j]!);
    unknown[j] = q[j]! * unrecorded[j]!;
    scale += q[j]! * throughput[j]!;
  }
  return {
    consumption: total,
    traced,
    unrecorded: unknown,
    solver,
    sweeps,
    residual: residual(network, b, q),
    identityError: checkedConsumption(traced, total, scale),
    closedLoops: loops,
  };
}

export interface FullTrace {
  /** C by consumer (row) and origin (column), n × n */
  readonly traced: Float64Array;
  /** the unrecorded part of it */
  readonly unrecorded: Float64Array;
  readonly solver: Solver;
  readonly residual: number;
  /** largest relative error of `Σ_j C_ij = c_i` and `Σ_i C_ij = p_j + u_j`, checked */
  readonly identityError: number;
  readonly closedLoops: readonly (readonly number[])[];
}

/** Ultimate origins of every country's apparent consumption: one elimination, then one solve per consumer. */
export function traceAll(network: Network): FullTrace {
  const { production, unrecorded, consumption } = network;
  const n = consumption.length;
  const solve = solverOf(network);
  const traced = new Float64Array(n * n);
  const unknown = new Float64Array(n * n);
  let worst = 0;
  for (let i = 0; i < n; i++) {
    if (consumption[i] === 0) continue;
    const b = new Float64Array(n);
    b[i] = consumption[i]!;
    const q = solve(b);
    worst = Math.max(worst, residual(network, b, q));
    for (let j = 0; j < n; j++) {
      traced[i * n + j] = q[j]! * (production[j]! + unrecorded[j]!);
      unknown[i * n + j] = q[j]! * unrecorded[j]!;
    }
  }
  return {
    traced,
    unrecorded: unknown,
    solver: 'elimination',
    residual: worst,
    identityError: checkedTrace(network, traced),
    closedLoops: shapeOf(network).loops,
  };
}

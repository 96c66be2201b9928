import { type FlowMatrix, flowMatrix } from './flow-matrix.ts';
import { pairwiseNet } from './net-flows.ts';

/** `gross`: re-exports mix with all supply; `net`: two-way trade of a pair is netted first. */
export type Method = 'gross' | 'net';

/**
 * One mineral, stage, year and basis (contained tonnes, gross tonnes or USD) as a balanced network; per country j:
 * `x_j = p_j + u_j + Σ_k Z_kj = c_j + Σ_k Z_jk`. Every array is in that basis and ≥ 0.
 */
export interface Network {
  readonly flows: FlowMatrix;
  /** p_j, output as reported */
  readonly production: Float64Array;
  /** u_j = max(0, exports − output − imports): supply that must exist and that nobody reports */
  readonly unrecorded: Float64Array;
  /** x_j, all that passes through */
  readonly throughput: Float64Array;
  /** c_j = x_j − exports, apparent consumption */
  readonly consumption: Float64Array;
}

/** A difference of sums over up to a few hundred flows that is smaller than this, relative to them, is rounding. */
const rounding = 64 * Number.EPSILON;

/**
 * The network of flows and output. Netting comes before unrecorded supply is worked out. Unrecorded supply closes the
 * balance of a country that ships more than it has, so apparent consumption is never negative.
 * Source: Kastner, Kastner & Nonhebel 2011 (10.1016/j.ecolecon.2011.01.012), with u_j ours.
 */
export function balanced(flows: FlowMatrix, production: Float64Array, method: Method = 'gross'): Network {
  const used = method === 'net' ? pairwiseNet(flows) : flows;
  const { n, start, to, amount } = used;
  const throughput = production.slice();
  const unrecorded = new Float64Array(n);
  const consumption = new Float64Array(n);
  for (let e = 0; e < to.length; e++) throughput[to[e]!]! += amount[e]!;
  for (let j = 0; j < n; j++) {
    let out = 0;
    for (let e = start[j]!; e < start[j + 1]!; e++) out += amount[e]!;
    const rest = throughput[j]! - out;
    if (Math.abs(rest) <= rounding * out) throughput[j] = out;
    else if (rest > 0) consumption[j] = rest;
    else {
      unrecorded[j] = -rest;
      throughput[j] = out;
    }
  }
  return { flows: used, production, unrecorded, throughput, consumption };
}

export interface NamedFlow {
  readonly exporter: string;
  readonly importer: string;
  readonly amount: number;
}

/** A network whose countries have names; `countries[j]` is the name of position j. */
export interface NamedNetwork extends Network {
  readonly countries: readonly string[];
  readonly positionOf: ReadonlyMap<string, number>;
}

/** The same from named flows and output of one basis, countries in alphabetical order. */
export function namedNetwork(
  flows: Iterable<NamedFlow>,
  production: ReadonlyMap<string, number>,
  method: Method = 'gross',
): NamedNetwork {
  const all = [...flows];
  const names = new Set(production.keys());
  for (const f of all) names.add(f.exporter).add(f.importer);
  const countries = [...names].sort();
  const positionOf = new Map(countries.map((c, j) => [c, j]));
  const matrix = flowMatrix(
    countries.length,
    all.map((f) => positionOf.get(f.exporter)!),
    all.map((f) => positionOf.get(f.importer)!),
    all.map((f) => f.amount),
  );
  const output = Float64Array.from(countries, (c) => production.get(c) ?? 0);
  return { ...balanced(matrix, output, method), countries, positionOf };
}

/** World unrecorded supply over world output, `Σu / Σp`; null where no output is reported. */
export function worldUnrecordedShare({ unrecorded, production }: Network): number | null {
  let u = 0;
  let p = 0;
  for (let j = 0; j < production.length; j++) {
    u += unrecorded[j]!;
    p += production[j]!;
  }
  return p > 0 ? u / p : null;
}

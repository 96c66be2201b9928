import type { NamedNetwork } from '../../analysis/flows/network.ts';
import { traceTo } from '../../analysis/flows/trace.ts';

/**
 * Where a tonne of a country's exports was born: O_ij, from the trace of one tonne of its throughput. The part that no
 * statistic explains is counted as the largest producer's: nobody can show that it is not, and a plan that counted it
 * as the trading country's own would meet a cap on paper only.
 */
export function bornIn(network: NamedNetwork): (country: string) => ReadonlyMap<string, number> {
  const one = { ...network, consumption: new Float64Array(network.countries.length).fill(1) };
  const known = new Map<string, ReadonlyMap<string, number>>();
  const largest =
    network.countries[network.production.reduce((best, p, j, all) => (p > all[best]! ? j : best), 0)]!;
  return (country) => {
    const before = known.get(country);
    if (before) return before;
    const at = network.positionOf.get(country);
    const trace = at === undefined ? null : traceTo(one, [at]);
    const born = new Map<string, number>(trace ? [] : [[country, 1]]);
    const add = (from: string, share: number) => {
      if (share > 1e-9) born.set(from, (born.get(from) ?? 0) + share);
    };
    let unrecorded = 0;
    trace?.traced.forEach((share, j) => {
      unrecorded += trace.unrecorded[j]!;
      add(network.countries[j]!, share - trace.unrecorded[j]!);
    });
    add(largest, unrecorded);
    known.set(country, born);
    return born;
  };
}

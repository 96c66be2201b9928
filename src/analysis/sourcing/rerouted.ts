import type { ShockNetwork } from '../shocks/shock.ts';

/**
 * The world's trade in which a consumer buys the same tonnes by another mix. Each exporter ships as much as before:
 * what it sells more to the consumer it sells less to the others, in proportion, and the other way round; it
 * cannot sell more than all its exports, and what is then missing is spread over the rest of the mix.
 *
 * @param shares of the consumer's imports by country; they are scaled to add up to 1
 */
export function rerouted(
  network: ShockNetwork,
  consumers: ReadonlySet<string>,
  shares: ReadonlyMap<string, number>,
): ShockNetwork {
  const { countries, production, from, to, flow } = network;
  const buys = (e: number) => consumers.has(countries[to[e]!]!) && !consumers.has(countries[from[e]!]!);
  const exports = new Float64Array(countries.length);
  const bought = new Float64Array(countries.length);
  const byBuyer = new Float64Array(countries.length);
  let total = 0;
  for (let e = 0; e < flow.length; e++) {
    if (from[e] === to[e]) continue;
    exports[from[e]!]! += flow[e]!;
    if (!buys(e)) continue;
    bought[from[e]!]! += flow[e]!;
    byBuyer[to[e]!]! += flow[e]!;
    total += flow[e]!;
  }
  const wanted = countries.map((c) => (consumers.has(c) ? 0 : (shares.get(c) ?? 0)));
  const planned = new Float64Array(countries.length);
  let left = total;
  // filled up to what each exporter ships at all; two rounds or more where some are short
  for (let round = 0; round < countries.length && left > 1e-12 * total; round++) {
    const open = wanted.map((w, j) => (planned[j]! < exports[j]! ? w : 0));
    const weight = open.reduce((sum, w) => sum + w, 0);
    if (weight <= 0) break;
    let placed = 0;
    open.forEach((w, j) => {
      const more = Math.min(exports[j]! - planned[j]!, (left * w) / weight);
      planned[j]! += more;
      placed += more;
    });
    left -= placed;
  }
  // a mix that nobody can ship keeps the rest with today's sellers
  if (left > 0 && total > 0)
    for (let j = 0; j < countries.length; j++) planned[j]! += (left * bought[j]!) / total;

  const next: { from: number; to: number; flow: number }[] = [];
  for (let e = 0; e < flow.length; e++) {
    if (buys(e)) continue;
    const j = from[e]!;
    const others = exports[j]! - bought[j]!;
    const factor = from[e] === to[e] || others <= 0 ? 1 : Math.max(0, exports[j]! - planned[j]!) / others;
    next.push({ from: j, to: to[e]!, flow: flow[e]! * factor });
  }
  for (let j = 0; j < countries.length; j++)
    for (let k = 0; k < countries.length; k++)
      if (planned[j]! > 0 && byBuyer[k]! > 0)
        next.push({ from: j, to: k, flow: (planned[j]! * byBuyer[k]!) / total });
  return {
    countries,
    production,
    from: Int32Array.from(next, (e) => e.from),
    to: Int32Array.from(next, (e) => e.to),
    flow: Float64Array.from(next, (e) => e.flow),
  };
}

import type { Ground, Strike } from './strikes.ts';

/**
 * The countries that a set of strikes can reach, directly or along links, with their links and the orders they place:
 * the part of the network that a run has to go through. Everywhere else nothing is ever missing. Countries are
 * numbered 0 … size − 1 in the order of the network.
 */
export interface Reach {
  readonly size: number;
  /** position in the network of each country reached, ascending, and back: −1 where it is not reached */
  readonly country: Int32Array;
  readonly at: Int32Array;
  /** links of the countries reached, by exporter as in `Ground`; `begin` counts these */
  readonly begin: Int32Array;
  readonly to: Int32Array;
  readonly flow: Float64Array;
  /** t per month: production, exports, consumption, and exports + consumption */
  readonly production: Float64Array;
  readonly exports: Float64Array;
  readonly consumption: Float64Array;
  readonly throughput: Float64Array;
  /** positions in the network of those who may sell substitutes to somebody reached */
  readonly sellers: Int32Array;
  /** the orders of j are `asksFrom[j] … asksFrom[j+1]`: the seller, ascending, and for what part of j's gap */
  readonly asksFrom: Int32Array;
  readonly seller: Int32Array;
  readonly asks: Float64Array;
}

/**
 * Substitutes are sought from the remaining suppliers: producers that no strike touches, asked in proportion
 * to existing links (own output counts as a link to oneself). Which these are does not depend on how harsh a
 * shock is, only on where it strikes.
 */
export function reachOf(ground: Ground, strikes: readonly Strike[]): Reach {
  const { n, begin, to, flow, production } = ground;
  const at = new Int32Array(n).fill(-1);
  const next: number[] = [];
  const reach = (j: number) => {
    if (at[j] !== -1) return;
    at[j] = 0;
    next.push(j);
  };
  for (const { from } of strikes) reach(from);
  for (let j = next.pop(); j !== undefined; j = next.pop())
    for (let e = begin[j]!; e < begin[j + 1]!; e++) reach(to[e]!);
  const country = ground.everyone.filter((j) => at[j] === 0);
  country.forEach((j, i) => {
    at[j] = i;
  });

  const size = country.length;
  const begins = new Int32Array(size + 1);
  for (let i = 0; i < size; i++) begins[i + 1] = begins[i]! + begin[country[i]! + 1]! - begin[country[i]!]!;
  const links = begins[size]!;
  const tos = new Int32Array(links);
  const flows = new Float64Array(links);
  for (let i = 0; i < size; i++) {
    const first = begin[country[i]!]!;
    for (let e = begins[i]!; e < begins[i + 1]!; e++) {
      const old = first + e - begins[i]!;
      tos[e] = at[to[old]!]!;
      flows[e] = flow[old]!;
    }
  }
  const part = (all: Float64Array) => Float64Array.from(country, (j) => all[j]!);
  const exports = part(ground.exports);
  const consumption = part(ground.consumption);
  const throughput = exports.map((x, i) => x + consumption[i]!);
  return {
    size,
    country,
    at,
    begin: begins,
    to: tos,
    flow: flows,
    production: part(production),
    exports,
    consumption,
    throughput,
    ...ordersOf(ground, strikes, at, size),
  };
}

/** Who may sell substitutes, and who of those reached asks for how much. */
function ordersOf(
  { n, begin, from, to, flow, production }: Ground,
  strikes: readonly Strike[],
  at: Int32Array,
  size: number,
) {
  const weakened = new Uint8Array(n);
  const restricted = new Uint8Array(to.length);
  for (const s of strikes) {
    if (s.country >= 0) weakened[s.country] = 1;
    for (const e of s.links) restricted[e] = 1;
  }
  const total = Float64Array.from(production, (p, i) => (weakened[i] ? 0 : p));
  const offers = (e: number) => production[from[e]!]! > 0 && !weakened[from[e]!] && !restricted[e];
  for (let e = 0; e < to.length; e++) if (offers(e)) total[to[e]!]! += flow[e]!;
  const sellers: number[] = [];
  const orders = Array.from({ length: size }, (): { seller: number; part: number }[] => []);
  for (let j = 0; j < n; j++) {
    if (production[j]! <= 0 || weakened[j]) continue;
    let asked = false;
    const ask = (i: number, weight: number) => {
      if (at[i]! < 0) return;
      asked = true;
      orders[at[i]!]!.push({ seller: sellers.length, part: weight / total[i]! });
    };
    ask(j, production[j]!);
    for (let e = begin[j]!; e < begin[j + 1]!; e++) if (offers(e)) ask(to[e]!, flow[e]!);
    if (asked) sellers.push(j);
  }
  const asksFrom = new Int32Array(size + 1);
  orders.forEach((of, j) => {
    asksFrom[j + 1] = asksFrom[j]! + of.length;
  });
  const all = orders.flat();
  return {
    sellers: Int32Array.from(sellers),
    asksFrom,
    seller: Int32Array.from(all, (o) => o.seller),
    asks: Float64Array.from(all, (o) => o.part),
  };
}

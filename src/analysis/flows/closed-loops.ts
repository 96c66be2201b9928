import type { Network } from './network.ts';

export interface Components {
  /** component of each country */
  readonly of: Int32Array;
  readonly count: number;
  /** countries so that whoever a country ships to comes before it, except within a component */
  readonly order: Int32Array;
}

/**
 * Strongly connected components of the flows (groups in which goods can go round), and the order in which a depth-first
 * walk leaves the countries. Tarjan 1972, without recursion.
 */
export function components({ flows }: Pick<Network, 'flows'>): Components {
  const { n, start, to } = flows;
  const found = new Int32Array(n);
  const low = new Int32Array(n);
  const of = new Int32Array(n).fill(-1);
  const order = new Int32Array(n);
  const path = new Int32Array(n);
  const open = new Int32Array(n);
  const next = new Int32Array(n);
  let depth = 0;
  let opened = 0;
  let clock = 0;
  let left = 0;
  let count = 0;
  for (let root = 0; root < n; root++) {
    if (found[root]) continue;
    path[depth++] = root;
    while (depth > 0) {
      const j = path[depth - 1]!;
      if (!found[j]) {
        found[j] = low[j] = ++clock;
        open[opened++] = j;
        next[j] = start[j]!;
      }
      let deeper = false;
      for (let e = next[j]!; e < start[j + 1]!; e++) {
        const k = to[e]!;
        if (!found[k]) {
          next[j] = e; // looked at again on return, then as found
          path[depth++] = k;
          deeper = true;
          break;
        }
        if (of[k]! < 0 && low[k]! < low[j]!) low[j] = low[k]!;
      }
      if (deeper) continue;
      depth--;
      order[left++] = j;
      if (low[j] === found[j]) {
        let k: number;
        do {
          k = open[--opened]!;
          of[k] = count;
        } while (k !== j);
        count++;
      }
    }
  }
  return { of, count, order };
}

/**
 * Groups of countries among which goods go round for ever: no output or unrecorded supply enters, nothing is consumed
 * and nothing leaves. Such a loop has no origin; a trace leaves it out and names it.
 */
export function closedLoops(network: Network, { of, count }: Components): number[][] {
  const { flows, production, unrecorded, consumption } = network;
  const members: number[][] = Array.from({ length: count }, () => []);
  const closed = new Uint8Array(count).fill(1);
  for (let j = 0; j < flows.n; j++) {
    members[of[j]!]!.push(j);
    if (production[j]! + unrecorded[j]! > 0 || consumption[j]! > 0) closed[of[j]!] = 0;
    for (let e = flows.start[j]!; e < flows.start[j + 1]!; e++)
      if (of[flows.to[e]!] !== of[j]) closed[of[j]!] = 0;
  }
  return members.filter((m, k) => closed[k] && m.length > 1);
}

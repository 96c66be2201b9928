/**
 * Flows between n countries, compressed by exporter: the flows of exporter j are at positions
 * `start[j] … start[j+1]−1`, to importer `to[e]`, of `amount[e]` > 0. No flow of a country to itself, at most one per
 * pair.
 */
export interface FlowMatrix {
  readonly n: number;
  readonly start: Int32Array;
  readonly to: Int32Array;
  readonly amount: Float64Array;
}

/**
 * Flow matrix from parallel lists of exporter, importer (0…n−1) and amount. Flows of a pair are added up in the order
 * given; flows to self and flows that are not above 0 are left out.
 */
export function flowMatrix(
  n: number,
  exporter: ArrayLike<number>,
  importer: ArrayLike<number>,
  amount: ArrayLike<number>,
): FlowMatrix {
  const m = amount.length;
  const first = new Int32Array(n + 1);
  for (let e = 0; e < m; e++) if (amount[e]! > 0 && exporter[e] !== importer[e]) first[exporter[e]! + 1]!++;
  for (let j = 0; j < n; j++) first[j + 1]! += first[j]!;
  const to = new Int32Array(first[n]!);
  const value = new Float64Array(first[n]!);
  const fill = first.slice();
  for (let e = 0; e < m; e++) {
    if (!(amount[e]! > 0) || exporter[e] === importer[e]) continue;
    const at = fill[exporter[e]!]!++;
    to[at] = importer[e]!;
    value[at] = amount[e]!;
  }
  // merge what a pair has several times, in place
  const start = new Int32Array(n + 1);
  const seenAt = new Int32Array(n).fill(-1);
  let end = 0;
  for (let j = 0; j < n; j++) {
    start[j] = end;
    for (let e = first[j]!; e < first[j + 1]!; e++) {
      const k = to[e]!;
      const v = value[e]!;
      if (seenAt[k]! >= start[j]!) value[seenAt[k]!]! += v;
      else {
        seenAt[k] = end;
        to[end] = k;
        value[end++] = v;
      }
    }
  }
  start[n] = end;
  return { n, start, to: to.subarray(0, end), amount: value.subarray(0, end) };
}

/** The same flows compressed by importer: `to` then names the exporter. */
export function transposed({ n, start, to, amount }: FlowMatrix): FlowMatrix {
  const first = new Int32Array(n + 1);
  for (let e = 0; e < to.length; e++) first[to[e]! + 1]!++;
  for (let j = 0; j < n; j++) first[j + 1]! += first[j]!;
  const fill = first.slice();
  const from = new Int32Array(to.length);
  const value = new Float64Array(to.length);
  for (let j = 0; j < n; j++)
    for (let e = start[j]!; e < start[j + 1]!; e++) {
      const at = fill[to[e]!]!++;
      from[at] = j;
      value[at] = amount[e]!;
    }
  return { n, start: first, to: from, amount: value };
}

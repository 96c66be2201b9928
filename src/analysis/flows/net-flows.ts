import { type FlowMatrix, transposed } from './flow-matrix.ts';

/**
 * Pairwise net flows: `Z_jk ← max(Z_jk − Z_kj, 0)`. Two-way trade between a pair is taken as exchange, not as transit;
 * a country's imports less exports do not change. What stays can still go round in longer circles.
 */
export function pairwiseNet(flows: FlowMatrix): FlowMatrix {
  const { n, start, to, amount } = flows;
  const back = transposed(flows);
  const incoming = new Float64Array(n);
  const netStart = new Int32Array(n + 1);
  const netTo = new Int32Array(to.length);
  const net = new Float64Array(to.length);
  let end = 0;
  for (let j = 0; j < n; j++) {
    netStart[j] = end;
    for (let e = back.start[j]!; e < back.start[j + 1]!; e++) incoming[back.to[e]!] = back.amount[e]!;
    for (let e = start[j]!; e < start[j + 1]!; e++) {
      const rest = amount[e]! - incoming[to[e]!]!;
      if (rest > 0) {
        netTo[end] = to[e]!;
        net[end++] = rest;
      }
    }
    for (let e = back.start[j]!; e < back.start[j + 1]!; e++) incoming[back.to[e]!] = 0;
  }
  netStart[n] = end;
  return { n, start: netStart, to: netTo.subarray(0, end), amount: net.subarray(0, end) };
}

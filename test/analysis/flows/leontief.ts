import type { FlowMatrix } from '../../../src/analysis/flows/flow-matrix.ts';

/** Solves M X = B (n × m, row-major) by textbook LU with partial pivoting: the second route for the tests. */
export function solvePivoted(n: number, matrix: Float64Array, rhs: Float64Array, m: number): Float64Array {
  const a = matrix.slice();
  const x = rhs.slice();
  for (let p = 0; p < n; p++) {
    let best = p;
    for (let r = p + 1; r < n; r++) if (Math.abs(a[r * n + p]!) > Math.abs(a[best * n + p]!)) best = r;
    for (let k = 0; k < n; k++) [a[p * n + k], a[best * n + k]] = [a[best * n + k]!, a[p * n + k]!];
    for (let k = 0; k < m; k++) [x[p * m + k], x[best * m + k]] = [x[best * m + k]!, x[p * m + k]!];
    for (let r = p + 1; r < n; r++) {
      const f = a[r * n + p]! / a[p * n + p]!;
      for (let k = p; k < n; k++) a[r * n + k]! -= f * a[p * n + k]!;
      for (let k = 0; k < m; k++) x[r * m + k]! -= f * x[p * m + k]!;
    }
  }
  for (let p = n - 1; p >= 0; p--)
    for (let k = 0; k < m; k++) {
      for (let r = p + 1; r < n; r++) x[p * m + k]! -= a[p * n + r]! * x[r * m + k]!;
      x[p * m + k]! /= a[p * n + p]!;
    }
  return x;
}

/** C = diag(c/x) (I − A)^-1 diag(p + u), written out as in the paper. */
export function consumptionByOrigin(flows: FlowMatrix, production: ArrayLike<number>): Float64Array {
  const { n, start, to, amount } = flows;
  const out = new Float64Array(n);
  const into = new Float64Array(n);
  for (let j = 0; j < n; j++)
    for (let e = start[j]!; e < start[j + 1]!; e++) {
      out[j]! += amount[e]!;
      into[to[e]!]! += amount[e]!;
    }
  const u = Float64Array.from({ length: n }, (_, j) => Math.max(0, out[j]! - production[j]! - into[j]!));
  const x = Float64Array.from({ length: n }, (_, j) => production[j]! + u[j]! + into[j]!);
  const m = new Float64Array(n * n);
  const rhs = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    m[j * n + j]! += 1;
    rhs[j * n + j] = production[j]! + u[j]!;
    for (let e = start[j]!; e < start[j + 1]!; e++) m[to[e]! * n + j]! -= amount[e]! / x[j]!;
  }
  const r = solvePivoted(n, m, rhs, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) r[i * n + j]! *= x[i] === 0 ? 0 : (x[i]! - out[i]!) / x[i]!;
  return r;
}

import type { FlowMatrix } from './flow-matrix.ts';

/**
 * The system of a balanced network: `x_j q_j − Σ_k Z_jk q_k = b_j`, with `x_j = c_j + Σ_k Z_jk`.
 * For `b_j = c_j` on one consumer, q_j is the part of j's throughput that ends there: (I − A)ᵀ in trade terms.
 * The matrix has no positive off-diagonal and row sums c_j ≥ 0, so for b ≥ 0 the solution is ≥ 0.
 */
export interface System {
  readonly flows: FlowMatrix;
  /** c_j ≥ 0 */
  readonly consumption: Float64Array;
  /** x_j */
  readonly throughput: Float64Array;
}

/**
 * One Gauss–Seidel sweep over `order`, in place. From q = 0 every sweep raises q towards the solution and never past
 * it, so what is still missing from a known sum of q bounds the error.
 */
export function sweep(
  { flows, throughput }: System,
  b: Float64Array,
  q: Float64Array,
  order: Int32Array,
): void {
  const { start, to, amount } = flows;
  for (let i = 0; i < order.length; i++) {
    const j = order[i]!;
    const x = throughput[j]!;
    if (x === 0) continue;
    let sum = b[j]!;
    const end = start[j + 1]!;
    for (let e = start[j]!; e < end; e++) sum += amount[e]! * q[to[e]!]!;
    q[j] = sum / x;
  }
}

/** Largest `|b − Mq|` over the largest of its terms: how well q satisfies the equations, whatever found it. */
export function residual({ flows, throughput }: System, b: Float64Array, q: Float64Array): number {
  const { n, start, to, amount } = flows;
  let worst = 0;
  let scale = 0;
  for (let j = 0; j < n; j++) {
    let sum = b[j]!;
    for (let e = start[j]!; e < start[j + 1]!; e++) sum += amount[e]! * q[to[e]!]!;
    worst = Math.max(worst, Math.abs(sum - throughput[j]! * q[j]!));
    scale = Math.max(scale, sum);
  }
  return scale > 0 ? worst / scale : 0;
}

/**
 * Solves the system directly, for any number of right-hand sides. Gaussian elimination in which every pivot is built
 * as a sum, `d_m = c_m + Σ_k Z_mk`, and nothing is ever subtracted: each component comes out right to a few rounding
 * errors however near a re-export loop is to closed, which pivoting on I − A does not give.
 * Countries with few partners go first so that few new flows arise. A pivot of 0 is a closed loop: q = 0 there.
 * Source: Grassmann, Taksar & Heyman 1985 (Oper. Res. 33:1107); O'Cinneide 1993 for its accuracy.
 */
export function eliminator({ flows, consumption }: System): (b: Float64Array) => Float64Array {
  const { n, start, to, amount } = flows;
  const degree = new Int32Array(n);
  for (let j = 0; j < n; j++) {
    degree[j]! += start[j + 1]! - start[j]!;
    for (let e = start[j]!; e < start[j + 1]!; e++) degree[to[e]!]!++;
  }
  const order = Int32Array.from({ length: n }, (_, j) => j).sort((a, b) => degree[a]! - degree[b]!);
  const place = new Int32Array(n);
  order.forEach((j, r) => {
    place[j] = r;
  });
  const z = new Float64Array(n * n);
  const c = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    c[place[j]!] = consumption[j]!;
    for (let e = start[j]!; e < start[j + 1]!; e++) z[place[j]! * n + place[to[e]!]!] = amount[e]!;
  }
  const pivot = new Float64Array(n);
  const cols = new Int32Array(n);
  for (let m = 0; m < n; m++) {
    const row = m * n;
    let d = c[m]!;
    let filled = 0;
    for (let k = m + 1; k < n; k++)
      if (z[row + k]! > 0) {
        d += z[row + k]!;
        cols[filled++] = k;
      }
    pivot[m] = d;
    if (d === 0) continue;
    for (let j = m + 1; j < n; j++) {
      const into = z[j * n + m]!;
      if (into === 0) continue;
      const factor = into / d;
      z[j * n + m] = factor; // kept for the right-hand sides
      c[j]! += factor * c[m]!;
      for (let i = 0; i < filled; i++) {
        const k = cols[i]!;
        if (k !== j) z[j * n + k]! += factor * z[row + k]!;
      }
    }
  }
  // the few places that are not 0, row by row: what comes before the pivot is L, what comes after is U
  const rowStart = new Int32Array(n + 1);
  const upper = new Int32Array(n);
  let filled = 0;
  for (let j = 0; j < n * n; j++) if (z[j]! > 0) filled++;
  const col = new Int32Array(filled);
  const factor = new Float64Array(filled);
  let at = 0;
  for (let j = 0; j < n; j++) {
    for (let m = 0; m < n; m++) {
      if (m === j) upper[j] = at;
      const v = z[j * n + m]!;
      if (!(v > 0) || (m < j && pivot[m] === 0)) continue;
      col[at] = m;
      factor[at++] = v;
    }
    rowStart[j + 1] = at;
  }
  return (b) => {
    const r = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      let sum = b[order[j]!]!;
      for (let e = rowStart[j]!; e < upper[j]!; e++) sum += factor[e]! * r[col[e]!]!;
      r[j] = sum;
    }
    const q = new Float64Array(n);
    for (let m = n - 1; m >= 0; m--) {
      if (pivot[m] === 0) {
        r[m] = 0;
        continue;
      }
      let sum = r[m]!;
      for (let e = upper[m]!; e < rowStart[m + 1]!; e++) sum += factor[e]! * r[col[e]!]!;
      r[m] = sum / pivot[m]!;
      q[order[m]!] = r[m]!;
    }
    return q;
  };
}

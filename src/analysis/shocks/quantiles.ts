/**
 * The value below which a share q of the sample lies, linearly interpolated between order statistics
 * (Hyndman & Fan 1996, type 7). Null for an empty sample.
 *
 * @param sorted ascending
 */
export function quantile(sorted: ArrayLike<number>, q: number): number | null {
  const n = sorted.length;
  if (n === 0) return null;
  const at = (n - 1) * q;
  const below = Math.floor(at);
  const low = sorted[below]!;
  return below + 1 < n ? low + (at - below) * (sorted[below + 1]! - low) : low;
}

/**
 * Conditional value at risk (expected shortfall): the mean of the worst 1 − q of the sample, the worst being the
 * largest; where (1 − q)·n is not whole, the next value counts in part (Acerbi & Tasche 2002). Never below the
 * q-quantile's order statistic. Null for an empty sample.
 *
 * @param sorted ascending
 */
export function conditionalValueAtRisk(sorted: ArrayLike<number>, q: number): number | null {
  const n = sorted.length;
  if (n === 0) return null;
  // rounding as in (1 − 0.95)·100 = 5.000000000000004 would count a sliver of one more value
  const tail = Math.max(1, Math.round((1 - q) * n * 1e9) / 1e9);
  const whole = Math.floor(tail);
  let sum = 0;
  for (let i = 0; i < whole; i++) sum += sorted[n - 1 - i]!;
  if (tail > whole) sum += (tail - whole) * sorted[n - 1 - whole]!;
  return sum / tail;
}

export interface Spread {
  readonly p05: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly cvar95: number | null;
}

/**
 * Puts the k smallest values of a part of `values` in front of it, in no order, and the next smallest at position k.
 * Quickselect: Hoare 1961, with the median of three as pivot.
 */
function select(values: Float64Array, k: number, from: number): void {
  let low = from;
  let high = values.length - 1;
  while (low < high) {
    const a = values[low]!;
    const b = values[(low + high) >> 1]!;
    const c = values[high]!;
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return;
  }
}

/**
 * The four figures that every drawn quantity is reported with. Only what they rest on is put in order: the two order
 * statistics at 5 % and at 50 %, and the tail from 95 % on.
 */
export function spreadOf(sample: Float64Array): Spread {
  const sorted = sample.slice();
  const n = sorted.length;
  let ordered = 0;
  for (const q of [0.05, 0.5, 0.95]) {
    for (const k of [Math.floor((n - 1) * q), Math.floor((n - 1) * q) + 1]) {
      if (k < ordered || k >= n) continue;
      select(sorted, k, ordered);
      ordered = k + 1;
    }
  }
  // the tail counts one value more where 5 % of n is not whole; from the order statistic at 95 % on it holds them all
  sorted.subarray(Math.max(0, Math.floor((n - 1) * 0.95))).sort();
  return {
    p05: quantile(sorted, 0.05),
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    cvar95: conditionalValueAtRisk(sorted, 0.95),
  };
}

/**
 * Spearman’s rank correlation of two scores over the items that have both, −1…1; ties take the mean rank.
 * Null with fewer than 3 items or where one score does not vary.
 */
export function rankCorrelation(a: readonly (number | null)[], b: readonly (number | null)[]): number | null {
  const pairs: [number, number][] = [];
  a.forEach((x, i) => {
    const y = b[i] ?? null;
    if (x !== null && y !== null) pairs.push([x, y]);
  });
  if (pairs.length < 3) return null;
  const rx = meanRanks(pairs.map((p) => p[0]));
  const ry = meanRanks(pairs.map((p) => p[1]));
  const mean = (pairs.length + 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < pairs.length; i++) {
    xy += (rx[i]! - mean) * (ry[i]! - mean);
    xx += (rx[i]! - mean) ** 2;
    yy += (ry[i]! - mean) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}

/** Ranks 1…n from the smallest, ties share the mean of their places. */
export function meanRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Array<number>(values.length);
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j + 1 < order.length && values[order[j + 1]!] === values[order[i]!]) j++;
    for (let k = i; k <= j; k++) ranks[order[k]!] = (i + j) / 2 + 1;
    i = j + 1;
  }
  return ranks;
}

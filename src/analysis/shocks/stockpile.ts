/**
 * How many whole months a stockpile bridges: the largest n for which the gaps of the first n months add up to no
 * more than the stock. Equals `gap.length` where the stock outlasts the run: then the answer is "at least".
 *
 * @param gap what users miss each month before stocks, t (month-by-month run; stocks do not change the gap)
 */
export function monthsBought(gap: ArrayLike<number>, stock: number): number {
  let used = 0;
  for (let t = 0; t < gap.length; t++) {
    used += gap[t]!;
    // a stock given as the sum of the same gaps must cover them in spite of rounding
    if (used > stock * (1 + 1e-12)) return t;
  }
  return gap.length;
}

/**
 * The smallest stockpile that keeps users whole for n months: the sum of the gaps of these months, t. Null where
 * the run is shorter than n.
 */
export function stockToBridge(gap: ArrayLike<number>, months: number): number | null {
  if (months > gap.length) return null;
  let sum = 0;
  for (let t = 0; t < months; t++) sum += gap[t]!;
  return sum;
}

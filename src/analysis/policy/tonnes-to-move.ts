/**
 * What would have to come from elsewhere for no country to be above the limit, in tonnes (or any unit of the supplies).
 * `Σ_j max(0, supply_j − cap·D)` over the countries that the limit counts.
 * @param supplies supply_j by country, without those that the limit does not count
 * @param demand D, all supply: imports, domestic and recycled
 * @param cap 0…1
 * @returns 0 where nobody is above; null where D is not known or not positive
 * @example tonnesToMove([85, 5, 10], 100, 0.6) // 25
 */
export function tonnesToMove(supplies: Iterable<number>, demand: number | null, cap: number): number | null {
  if (demand === null || !(demand > 0)) return null;
  let sum = 0;
  for (const supply of supplies) sum += Math.max(0, supply - cap * demand);
  return sum;
}

/**
 * How much the largest share has to fall each year on a straight line to the limit, in share points a year.
 * `(s − cap)/(target year − now)`; 0 where the limit is met, null where the year has come and it is not.
 * @example requiredChangePerYear(0.82, 0.6, 2024, 2035) // 0.02
 */
export function requiredChangePerYear(
  share: number,
  cap: number,
  now: number,
  targetYear: number | null,
): number | null {
  if (share <= cap) return 0;
  if (targetYear === null || targetYear <= now) return null;
  return (share - cap) / (targetYear - now);
}

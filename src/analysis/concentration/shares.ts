/**
 * Parts of a whole: `s_i = q_i / Σ q`. Null where nothing adds up to more than 0, so that absence of data never
 * reads as absence of concentration. Quantities are ≥ 0 and of one basis.
 * @example sharesOf([30, 10]) // [0.75, 0.25]
 */
export function sharesOf(quantities: readonly number[]): number[] | null {
  let total = 0;
  for (const q of quantities) total += q;
  return total > 0 ? quantities.map((q) => q / total) : null;
}

/**
 * Quantities or shares with the members of each bloc added up under the bloc's id, to be done *before* squaring
 * where the question is about the bloc. `blocOf` gives a country's bloc, or undefined where it stands alone.
 */
export function summedByBloc(
  byCountry: ReadonlyMap<string, number>,
  blocOf: (country: string) => string | undefined,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [country, q] of byCountry) {
    const id = blocOf(country) ?? country;
    sums.set(id, (sums.get(id) ?? 0) + q);
  }
  return sums;
}

/** Rank of each quantity, 1 = largest; equal quantities share the better rank; null for null and 0. */
export function ranks(quantities: readonly (number | null)[]): (number | null)[] {
  const descending = quantities.filter((q): q is number => q !== null && q > 0).sort((a, b) => b - a);
  const rankOf = new Map<number, number>();
  descending.forEach((q, k) => {
    if (!rankOf.has(q)) rankOf.set(q, k + 1);
  });
  return quantities.map((q) => (q === null ? null : (rankOf.get(q) ?? null)));
}

/**
 * Cover without the largest supplier: `(supply − largest)/(demand outside the largest supplier’s country)`.
 * 1 or more: the others could serve the rest of the world. Null where nobody supplies or demand elsewhere is not
 * above 0. Source: IEA, Global Critical Minerals Outlook 2025.
 * @param supply tonnes by country
 * @param demand tonnes by country (one entry may stand for the rest of the world)
 */
export function nMinusOne(
  supply: ReadonlyMap<string, number>,
  demand: ReadonlyMap<string, number>,
): { largest: string; remaining_t: number; demand_t: number; cover: number; remaining_share: number } | null {
  let largest: string | null = null;
  let total = 0;
  for (const [country, t] of supply) {
    total += t;
    if (
      t > 0 &&
      (largest === null || t > supply.get(largest)! || (t === supply.get(largest) && country < largest))
    )
      largest = country;
  }
  if (largest === null) return null;
  let demand_t = 0;
  for (const [country, t] of demand) if (country !== largest) demand_t += t;
  if (demand_t <= 0) return null;
  const remaining_t = total - supply.get(largest)!;
  return {
    largest,
    remaining_t,
    demand_t,
    cover: nMinusOneCover(remaining_t, demand_t)!,
    remaining_share: remaining_t / total,
  };
}

/** What remains over the demand elsewhere; null where that is unknown or not above 0. */
export function nMinusOneCover(remaining_t: number, demandElsewhere_t: number | null): number | null {
  return demandElsewhere_t !== null && demandElsewhere_t > 0 ? remaining_t / demandElsewhere_t : null;
}

/** A mineral as one sector uses it. */
export interface Use {
  readonly mineral: string;
  /** u_ms: part of the mineral's use that is in the sector, 0…1 */
  readonly share: number;
}

/** What a consumer imports of a mineral and from whom. */
export interface MineralSupply {
  /** V_m, the weight: value in USD of the consumer's supply */
  readonly value_usd: number;
  /** s_mj by country, 0…1 */
  readonly shares: ReadonlyMap<string, number>;
}

export interface Exposure {
  /** E_sj by country, largest first, 0…1 */
  readonly by: readonly { readonly country: string; readonly share: number }[];
  /** Σ_m V_m·u_ms, USD a year of supply that the sector would use */
  readonly value_usd: number;
  readonly minerals: readonly string[];
  /** minerals of the sector without a known supply */
  readonly missing: readonly string[];
}

/**
 * How much of what a sector uses comes from each country, weighted by value:
 * `E_sj = Σ_m V_m·u_ms·s_mj / Σ_m V_m·u_ms`. The use shares are of the world or the EU where no national ones are
 * published, so it says how the sector would be exposed if the country used minerals as that area does.
 * By value a dear metal outweighs one without which nothing runs: read it beside the list of minerals.
 */
export function exposure(uses: Iterable<Use>, supplyOf: (mineral: string) => MineralSupply | null): Exposure {
  const by = new Map<string, number>();
  const minerals: string[] = [];
  const missing: string[] = [];
  let total = 0;
  for (const { mineral, share } of uses) {
    const supply = supplyOf(mineral);
    if (!supply || !(supply.value_usd > 0)) {
      missing.push(mineral);
      continue;
    }
    minerals.push(mineral);
    const weight = supply.value_usd * share;
    total += weight;
    for (const [country, s] of supply.shares) by.set(country, (by.get(country) ?? 0) + weight * s);
  }
  const shares = total > 0 ? [...by].map(([country, amount]) => ({ country, share: amount / total })) : [];
  shares.sort((a, b) => b.share - a.share || (a.country < b.country ? -1 : 1));
  return { by: shares, value_usd: total, minerals, missing };
}

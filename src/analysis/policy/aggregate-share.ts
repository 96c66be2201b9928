/** One mineral's (and stage's) supply in one unit, by country. */
export interface Part {
  readonly id: string;
  /** amount by country; null where the amounts are not known in this unit */
  readonly by: ReadonlyMap<string, number> | null;
}

export interface Aggregate {
  readonly by: ReadonlyMap<string, number>;
  readonly total: number;
  /** parts that are in the sum */
  readonly counted: readonly string[];
  /** parts left out because nothing is known of them in this unit */
  readonly missing: readonly string[];
  /** the part that weighs most, and its part of the sum: in tonnes one bulk mineral usually decides the rule */
  readonly heaviest: { readonly id: string; readonly share: number } | null;
}

/**
 * A rule "in the aggregate", as written: all minerals of a list are one supply.
 * `S_j = Σ_m a_mj / Σ_m Σ_j a_mj`, in value or in tonnes of content; the two answer differently and neither is hidden.
 * Parts without amounts are left out and named, so that the reader knows what the share is of.
 */
export function aggregate(parts: Iterable<Part>): Aggregate {
  const by = new Map<string, number>();
  const counted: string[] = [];
  const missing: string[] = [];
  let total = 0;
  let heaviest: { id: string; amount: number } | null = null;
  for (const { id, by: amounts } of parts) {
    let sum = 0;
    for (const amount of amounts?.values() ?? []) sum += amount;
    if (!amounts || !(sum > 0)) {
      missing.push(id);
      continue;
    }
    counted.push(id);
    total += sum;
    if (!heaviest || sum > heaviest.amount) heaviest = { id, amount: sum };
    for (const [country, amount] of amounts) by.set(country, (by.get(country) ?? 0) + amount);
  }
  return {
    by,
    total,
    counted,
    missing,
    heaviest: heaviest && { id: heaviest.id, share: heaviest.amount / total },
  };
}

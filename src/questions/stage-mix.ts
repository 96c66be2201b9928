import type { Hs6Mineral } from '../tables/world.ts';
import type { Basis, DeclaredSupplies, DeclaredSupply, Weight } from './declared-supply.ts';
import { hidesMineral } from './trade-rows.ts';

/** What an importer declared of one mineral at one stage, all of its codes together. */
export interface StageMix {
  readonly mineral: string;
  readonly stage: string;
  readonly year: number;
  readonly period: string | null;
  /** codes in the sum */
  readonly hs6: readonly string[];
  readonly value_by: ReadonlyMap<string, number>;
  /** t contained, or gross where the content of no code is known; empty where the codes differ in that */
  readonly tonnes_by: ReadonlyMap<string, number>;
  readonly value_usd: number;
  readonly quantity_t: number;
  readonly tonnes: 'contained' | 'gross' | 'mixed';
  /** false where a series is truncated: small flows are cut off */
  readonly complete: boolean;
  /** codes of the stage that are not in the sum: no data that year, or several minerals in one code */
  readonly missing: readonly string[];
  /** part of the value that has no tonnes */
  readonly value_share_without_quantity: number;
  readonly sources: readonly string[];
}

const addTo = (by: Map<string, number>, country: string, amount: number) => {
  if (amount > 0) by.set(country, (by.get(country) ?? 0) + amount);
};

/**
 * Adds the codes of a mineral and stage in the newest year in which there are imports. Codes that hold several minerals
 * without a known split are left out, unless an eight-digit code tells the mineral apart. `when.near` takes the year
 * nearest to another lens’s instead of the newest. Null where nothing is known.
 */
export function stageMix(
  supplies: DeclaredSupplies,
  codes: readonly Hs6Mineral[],
  allCodes: readonly Hs6Mineral[],
  basis: Basis,
  when: { readonly year?: number | undefined; readonly near?: number | undefined } = {},
): StageMix | null {
  const first = codes[0];
  if (!first) return null;
  const usable = (code: Hs6Mineral, supply: DeclaredSupply | null): supply is DeclaredSupply =>
    supply !== null && (!hidesMineral(code, allCodes) || supply.cn8 !== null);
  const { year: asked, near } = when;
  const years = new Set(asked === undefined ? codes.flatMap((c) => supplies.years(c, basis)) : [asked]);
  const away = (year: number) => (near === undefined ? 0 : Math.abs(year - near));
  let best: { year: number; found: { code: Hs6Mineral; supply: DeclaredSupply }[] } | null = null;
  for (const year of [...years].sort((a, b) => away(a) - away(b) || b - a)) {
    const found = codes.flatMap((code) => {
      const supply = supplies.of(code, basis, year);
      return usable(code, supply) ? [{ code, supply }] : [];
    });
    if (found.some((f) => f.supply.mix.suppliers.length > 0)) {
      best = { year, found };
      break;
    }
  }
  if (!best) return null;
  const value_by = new Map<string, number>();
  const tonnes_by = new Map<string, number>();
  const contents = new Set<boolean>();
  let value_usd = 0;
  let quantity_t = 0;
  let valueWithout = 0;
  for (const { code, supply } of best.found) {
    const part = supply.cn8 ? 1 : (code.share_of_code ?? 1);
    const content = code.metal_content;
    contents.add(content !== null);
    for (const s of supply.mix.suppliers) {
      addTo(value_by, s.country, s.value_usd * part);
      addTo(tonnes_by, s.country, s.quantity_t * part * (content ?? 1));
    }
    value_usd += supply.mix.value_usd * part;
    quantity_t += supply.mix.quantity_t * part * (content ?? 1);
    valueWithout += supply.mix.value_usd * part * (supply.mix.value_share_without_quantity ?? 0);
  }
  // tonnes of content and gross tonnes are not one measure: then only value can be added
  const mixed = contents.size > 1;
  return {
    mineral: first.mineral,
    stage: first.stage,
    year: best.year,
    period: best.found[0]!.supply.period,
    hs6: best.found.map((f) => f.code.hs6),
    value_by,
    tonnes_by: mixed ? new Map() : tonnes_by,
    value_usd,
    quantity_t: mixed ? 0 : quantity_t,
    tonnes: mixed ? 'mixed' : contents.has(true) ? 'contained' : 'gross',
    complete: best.found.every((f) => f.supply.complete !== false),
    missing: codes.map((c) => c.hs6).filter((hs6) => !best.found.some((f) => f.code.hs6 === hs6)),
    value_share_without_quantity: value_usd > 0 ? valueWithout / value_usd : 0,
    sources: [...new Set(best.found.map((f) => f.supply.source))],
  };
}

/** The amounts of a mix by the weight asked for; by the other where it has only that. */
export function amountsOf(
  mix: StageMix,
  wanted: Weight,
): { readonly weight: Weight; readonly by: ReadonlyMap<string, number>; readonly total: number } {
  const quantity = { weight: 'quantity' as const, by: mix.tonnes_by, total: mix.quantity_t };
  const value = { weight: 'value' as const, by: mix.value_by, total: mix.value_usd };
  const [first, other] = wanted === 'value' ? [value, quantity] : [quantity, value];
  return first.total > 0 || other.total <= 0 ? first : other;
}

/** Shares of a mix, largest first. */
export function sharesOf(amounts: {
  readonly by: ReadonlyMap<string, number>;
  readonly total: number;
}): { readonly country: string; readonly share: number }[] {
  if (!(amounts.total > 0)) return [];
  return [...amounts.by]
    .map(([country, amount]) => ({ country, share: amount / amounts.total }))
    .sort((a, b) => b.share - a.share || (a.country < b.country ? -1 : 1));
}

import { concentrationRatio } from './concentration-ratio.ts';
import { effectiveSuppliers } from './effective-suppliers.ts';
import { entropy } from './entropy.ts';
import { hhi } from './hhi.ts';
import { normalisedHhi } from './normalised-hhi.ts';
import { ranks } from './shares.ts';

/** One row of `production` of one mineral, stage, year and source. */
export interface OutputRow {
  readonly country: string;
  readonly quantity_t: number | null;
  readonly share: number | null;
  readonly status: string | null;
}

/** One named country's place; `rank` is among named countries with output, ties share the better rank. */
export interface CountryPlace {
  readonly country: string;
  readonly quantity_t: number | null;
  readonly share: number | null;
  readonly rank: number | null;
  readonly status: string | null;
}

export interface Concentration {
  /** named countries with output above 0 */
  readonly countries: number;
  /** denominator of every share, t: the larger of the published world total and the sum of the rows */
  readonly total_t: number | null;
  /** the world total as published (rounded), t; null where none is */
  readonly published_t: number | null;
  readonly hhi: number | null;
  readonly hhi_normalised: number | null;
  readonly effective_suppliers: number | null;
  readonly cr1_country: string | null;
  readonly cr1: number | null;
  readonly cr3: number | null;
  readonly entropy: number | null;
  /** part of the denominator that named countries account for, 0…1 */
  readonly coverage: number | null;
  /** largest first, then countries without a figure */
  readonly breakdown: readonly CountryPlace[];
  /** named countries whose figure is missing, with why */
  readonly missing: readonly CountryPlace[];
}

const unnamed = new Set(['WLD', 'OTH']);

/**
 * Concentration of world output over named countries, from the rows of one mineral, stage, year and source.
 * Shares are `q_j / max(WLD, Σ q incl. OTH)`: published totals are rounded and sometimes smaller than their rows.
 * `WLD` and `OTH` are never suppliers, so HHI and entropy are of the named part; `coverage` says how much that is.
 * Where the source publishes shares only, those are used, over max(1, their sum), and `total_t` is null.
 * Everything is null where no country has output; the normalised HHI also where only one has.
 */
export function concentration(rows: readonly OutputRow[]): Concentration {
  const inTonnes = rows.some((r) => r.quantity_t !== null && r.quantity_t > 0);
  const sizeOf = (r: OutputRow) => (inTonnes ? r.quantity_t : r.share);
  let sum = 0;
  let world = inTonnes ? 0 : 1;
  for (const r of rows) {
    const size = sizeOf(r);
    if (size === null) continue;
    if (r.country === 'WLD') world = Math.max(world, size);
    else sum += size;
  }
  // shares may add up to a little over 1 by binary rounding alone; published ones must then stay as published
  const total = inTonnes || sum > 1 + 1e-9 ? Math.max(world, sum) : 1;

  const named = rows.filter((r) => !unnamed.has(r.country));
  const sizes = named.map(sizeOf);
  const rankOf = ranks(sizes);
  const places = named.map((r, k): CountryPlace => {
    const size = sizes[k] ?? null;
    return {
      country: r.country,
      quantity_t: r.quantity_t,
      share: size === null || total <= 0 ? null : size / total,
      rank: rankOf[k] ?? null,
      status: r.status,
    };
  });
  const breakdown = places.sort(
    (a, b) =>
      Number(a.share === null) - Number(b.share === null) ||
      (b.share ?? 0) - (a.share ?? 0) ||
      (a.country < b.country ? -1 : 1),
  );
  const shares = breakdown.flatMap((p) => (p.share !== null && p.share > 0 ? [p.share] : []));
  const index = hhi(shares);
  return {
    countries: shares.length,
    total_t: inTonnes ? total : null,
    published_t: rows.find((r) => r.country === 'WLD')?.quantity_t ?? null,
    hhi: index,
    hhi_normalised: normalisedHhi(index, shares.length),
    effective_suppliers: effectiveSuppliers(index),
    cr1_country: shares.length > 0 ? breakdown[0]!.country : null,
    cr1: concentrationRatio(shares, 1),
    cr3: concentrationRatio(shares, 3),
    entropy: entropy(shares),
    coverage:
      shares.length > 0 || (inTonnes && sizes.some((size) => size !== null))
        ? Math.min(
            1,
            shares.reduce((a, s) => a + s, 0),
          )
        : null,
    breakdown,
    missing: breakdown.filter((p) => p.share === null),
  };
}

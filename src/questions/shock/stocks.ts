import type { Stock } from '../../tables/quantities.ts';
import type { Note } from '../question.ts';
import { newestByCountry } from './newest-by-country.ts';

/** What is held in each country, t, in the order of the network; where it is from, and what is assumed. */
export interface HeldStocks {
  readonly stock: Float64Array;
  readonly sources: readonly string[];
  readonly notes: readonly Note[];
}

/** Per country, t per year, in the order of `countries`. */
export interface StockHolders {
  readonly countries: readonly string[];
  readonly consumption: ArrayLike<number>;
  readonly imports: ArrayLike<number>;
  readonly exports: ArrayLike<number>;
}

export interface StockChoices {
  /** part of a stock that may be drawn, 0…1 */
  readonly use: number;
  /** true where months of cover, also those assumed for importers in general, count as stocks */
  readonly coverCounts: boolean;
}

/**
 * Stocks from rows of `stock`: tonnes, else months of cover times use. Net importers without a row hold what the
 * row for WLD says importers hold in general (a rule of thumb, noted); else nothing is counted.
 */
export function heldStocks(
  rows: readonly Stock[],
  of: { readonly what: string; readonly year: number },
  holders: StockHolders,
  { use, coverCounts }: StockChoices,
): HeldStocks {
  const { countries, consumption, imports, exports } = holders;
  const known = newestByCountry(rows, of.year);
  const inGeneral = coverCounts
    ? (known.get('WLD')?.find((r) => r.months_cover !== null)?.months_cover ?? null)
    : null;
  const sources: string[] = [];
  let assumed = 0;
  const stock = Float64Array.from(countries, (country, j) => {
    const monthly = consumption[j]! / 12;
    const own = known.get(country);
    if (!own && inGeneral && imports[j]! > exports[j]!) {
      assumed++;
      return inGeneral * monthly * use;
    }
    let held = 0;
    for (const row of own ?? []) {
      const tonnes = row.quantity_t ?? (coverCounts ? (row.months_cover ?? 0) * monthly : 0);
      if (tonnes > 0) sources.push(row.source);
      held += tonnes;
    }
    return held * use;
  });
  const notes: Note[] = [];
  if (assumed)
    notes.push({
      code: 'stock_assumed',
      value: inGeneral,
      text: `${assumed === 1 ? 'one net importer' : `${assumed} net importers`} without a known stock ${assumed === 1 ? 'is' : 'are'} taken to hold ${inGeneral} ${inGeneral === 1 ? 'month' : 'months'} of use: a rule of thumb`,
    });
  else if (!stock.some((s) => s > 0))
    notes.push({ code: 'no_stock', text: `no stock of ${of.what} is known: none is counted` });
  return { stock, sources, notes };
}

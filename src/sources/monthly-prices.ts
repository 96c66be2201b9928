import type { Price } from '../tables/quantities.ts';
import type { Tally } from './tally.ts';

export interface Quotation {
  readonly mineral: string;
  readonly stage: string;
  readonly basis: string;
  readonly market: string;
}

export interface MonthlyPrice {
  readonly quotation: Quotation;
  readonly year: number;
  readonly usd_per_t: number | null;
}

/**
 * Annual means, world price: x̄ = Σ xₘ / 12. Only years with all twelve months give a row, so that the mean of a
 * running year is never set beside that of a whole one.
 */
export function annualMeans(months: readonly MonthlyPrice[], source: string, tally: Tally): Price[] {
  const groups = new Map<string, MonthlyPrice[]>();
  for (const month of months) {
    const { mineral, stage } = month.quotation;
    const key = `${month.year} ${mineral} ${stage}`;
    const group = groups.get(key);
    if (group) group.push(month);
    else groups.set(key, [month]);
  }
  const rows: Price[] = [];
  for (const [key, group] of groups) {
    const known = group.flatMap((month) => (month.usd_per_t === null ? [] : [month.usd_per_t]));
    if (known.length !== 12) {
      tally.refuse('month of a year that is not complete', key, group.length);
      continue;
    }
    tally.use(group.length);
    const { quotation, year } = group[0]!;
    rows.push({
      year,
      country: 'WLD',
      mineral: quotation.mineral,
      stage: quotation.stage,
      source,
      price_usd_per_t: Number((known.reduce((sum, value) => sum + value, 0) / 12).toPrecision(12)),
      status: 'reported',
      market: quotation.market,
      basis: quotation.basis,
    });
  }
  return rows;
}

import { DataError } from '../../errors.ts';
import type { UkTradeMonth } from '../../tables/quantities.ts';
import { numberIn, readCsv } from '../csv.ts';
import { countryCodes } from '../names.ts';
import type { Raw, Reference } from '../source.ts';
import { perEuro } from './exchange-rates.ts';

/** The table that `headwater fetch hmrc_ots` puts together from the publisher's pages; whole pounds, kilograms. */
export const FETCHED = 'ots.csv';
export const FETCHED_COLUMNS = [
  'month',
  'flow',
  'cn8',
  'partner',
  'partner_name',
  'value_gbp',
  'net_mass_kg',
] as const;

/**
 * Rows of `uk_trade_month` from a fetched table. A partner without a country (stores, high seas, not told) is XXX,
 * and its rows of a month are added.
 */
export function monthsFetched(raw: Raw, reference: Reference): { months: UkTradeMonth[]; read: number } {
  const codeOf = countryCodes(reference);
  const gbp = perEuro(raw, 'GBP');
  const usd = perEuro(raw, 'USD');
  const sums = new Map<string, UkTradeMonth>();
  const rows = readCsv(raw.read(`hmrc-ots/${FETCHED}`), FETCHED, FETCHED_COLUMNS);
  for (const { line, cells } of rows) {
    const month = `${cells.month.slice(0, 4)}-${cells.month.slice(4)}`;
    const [pounds, dollars] = [gbp.get(month), usd.get(month)];
    if (pounds === undefined || dollars === undefined)
      throw new DataError(`${FETCHED}, line ${line}: no exchange rate for the month: "${month}"`);
    const partner = codeOf(cells.partner) ?? 'XXX';
    const value = numberIn(cells.value_gbp, FETCHED, line);
    const kilograms = numberIn(cells.net_mass_kg, FETCHED, line);
    const key = `${month} ${cells.flow} ${cells.cn8} ${partner}`;
    const before = sums.get(key);
    sums.set(key, {
      month,
      flow: cells.flow as 'import' | 'export',
      cn8: cells.cn8,
      hs6: cells.cn8.slice(0, 6),
      partner,
      value_usd: plus(before?.value_usd, value === null ? null : (value / pounds) * dollars),
      value_gbp: plus(before?.value_gbp, value),
      quantity_t: plus(before?.quantity_t, kilograms),
      status: partner === 'XXX' ? 'confidential' : null,
    });
  }
  const months = [...sums.values()].map((row) => ({
    ...row,
    quantity_t: row.quantity_t === null ? null : row.quantity_t / 1000,
  }));
  return { months, read: rows.length };
}

const plus = (sum: number | null | undefined, value: number | null): number | null =>
  value === null ? (sum ?? null) : (sum ?? 0) + value;

import { DataError } from '../../errors.ts';
import { numberIn, readCsv } from '../csv.ts';
import type { Raw } from '../source.ts';

/** The European Central Bank's monthly means against one euro; free to use with the ECB named. */
const FOLDER = 'hmrc-ots';
const FILES = { GBP: 'ecb_fx_gbp_per_eur_monthly.csv', USD: 'ecb_fx_usd_per_eur_monthly.csv' } as const;

/** Units of the currency for one euro, by month YYYY-MM. */
export function perEuro(
  raw: Raw,
  currency: keyof typeof FILES,
  folder: string = FOLDER,
): ReadonlyMap<string, number> {
  const file = FILES[currency];
  const rates = new Map<string, number>();
  const columns = ['CURRENCY', 'CURRENCY_DENOM', 'TIME_PERIOD', 'OBS_VALUE'] as const;
  for (const { line, cells } of readCsv(raw.read(`${folder}/${file}`), file, columns, { ignore: true })) {
    const rate = numberIn(cells.OBS_VALUE, file, line, ['NaN']);
    if (cells.CURRENCY !== currency || cells.CURRENCY_DENOM !== 'EUR') {
      throw new DataError(`${file}, line ${line}: not ${currency} per EUR: "${cells.CURRENCY}"`);
    }
    if (rate !== null) rates.set(cells.TIME_PERIOD, rate);
  }
  return rates;
}

/** Mean of a year's twelve monthly rates; DataError where a month is missing. */
export function yearMean(rates: ReadonlyMap<string, number>, year: number): number {
  let sum = 0;
  for (let month = 1; month <= 12; month++) {
    const key = `${year}-${String(month).padStart(2, '0')}`;
    const rate = rates.get(key);
    if (rate === undefined) throw new DataError(`exchange rate: no rate for the month: "${key}"`);
    sum += rate;
  }
  return sum / 12;
}

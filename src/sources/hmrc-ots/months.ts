import { DataError } from '../../errors.ts';
import type { UkTradeMonth } from '../../tables/quantities.ts';
import { numberIn, readCsv } from '../csv.ts';
import { countryCodes, unknowns } from '../names.ts';
import type { Raw, Reference } from '../source.ts';
import { perEuro } from './exchange-rates.ts';

const FILE = 'hmrc_ots_cn8_monthly_202406-202606_usd.csv';
const COLUMNS = [
  'period',
  'flow',
  'cn8',
  'hs6',
  'partner_iso3',
  'value_usd',
  'qty_kg',
  'confidential',
] as const;
const IGNORE = ['material_label', 'partner_name', 'partner_group'];
/** what HMRC names a partner that it does not tell */
const CONFIDENTIAL = 'n/a';

/**
 * Rows of `uk_trade_month`. A month, flow, code and partner may stand in several rows, which are
 * added. Pounds are recovered by the month's rates with which the extract was converted, and are whole pounds again.
 */
export function monthsOf(raw: Raw, reference: Reference): { months: UkTradeMonth[]; read: number } {
  const codeOf = countryCodes(reference);
  const labels = unknowns(FILE);
  const gbp = perEuro(raw, 'GBP');
  const usd = perEuro(raw, 'USD');
  const sums = new Map<string, UkTradeMonth>();
  const rows = readCsv(raw.read(`hmrc-ots/${FILE}`), FILE, COLUMNS, { ignore: IGNORE });
  for (const { line, cells } of rows) {
    const month = monthOf(cells.period, line);
    const rate = [gbp.get(month), usd.get(month)] as const;
    if (rate[0] === undefined || rate[1] === undefined) {
      throw new DataError(`${FILE}, line ${line}: no exchange rate for the month: "${month}"`);
    }
    const confidential = cells.partner_iso3 === CONFIDENTIAL;
    const partner = confidential
      ? 'XXX'
      : labels.known('country code', cells.partner_iso3, codeOf(cells.partner_iso3));
    const value = numberIn(cells.value_usd, FILE, line);
    const kilograms = numberIn(cells.qty_kg, FILE, line);
    const key = `${month} ${cells.flow} ${cells.cn8} ${partner}`;
    const before = sums.get(key);
    sums.set(key, {
      month,
      flow: flowOf(cells.flow, line),
      cn8: cells.cn8,
      hs6: cells.hs6,
      partner,
      value_usd: added(before?.value_usd, value),
      value_gbp: added(before?.value_gbp, value === null ? null : wholePounds((value * rate[0]) / rate[1])),
      quantity_t: added(before?.quantity_t, kilograms),
      status: confidential ? 'confidential' : null,
    });
  }
  labels.settle();
  // summed in kilograms, which are whole, and divided once
  const months = [...sums.values()].map((row) => ({
    ...row,
    quantity_t: row.quantity_t === null ? null : row.quantity_t / 1000,
  }));
  return { months, read: rows.length };
}

/** HMRC publishes whole pounds; what is left after two conversions is noise of the last digits. */
const wholePounds = (pounds: number): number => {
  const whole = Math.round(pounds);
  return Math.abs(pounds - whole) < 1e-3 ? whole : pounds;
};

const added = (sum: number | null | undefined, value: number | null): number | null =>
  value === null ? (sum ?? null) : (sum ?? 0) + value;

function monthOf(period: string, line: number): string {
  if (!/^\d{6}$/.test(period)) throw new DataError(`${FILE}, line ${line}: not a month: "${period}"`);
  return `${period.slice(0, 4)}-${period.slice(4)}`;
}

function flowOf(flow: string, line: number): 'import' | 'export' {
  if (flow !== 'import' && flow !== 'export') {
    throw new DataError(`${FILE}, line ${line}: not import or export: "${flow}"`);
  }
  return flow;
}

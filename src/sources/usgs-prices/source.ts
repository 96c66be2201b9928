import * as quantities from '../../tables/quantities.ts';
import { usdPerTonne } from '../../tables/units.ts';
import { corrector } from '../corrections.ts';
import { readCsv } from '../csv.ts';
import { unknowns } from '../names.ts';
import type { Reference } from '../source.ts';
import { harvested, type Source } from '../source.ts';
import { tally } from '../tally.ts';
import { usgsValue } from '../usgs-mcs/value.ts';

const name = 'mcs2026_prices_2021-2025.csv';
const file = `usgs-prices/${name}`;

/**
 * Annual prices 2021 to 2025, converted to dollars per tonne. Most are quotations or unit values on the US market:
 * `market` says which; WLD because they are the nearest thing to a world price that is open.
 */
export const usgsPrices: Source = {
  id: 'usgs_prices',
  title: 'Mineral Commodity Summaries 2026: prices',
  publisher: 'U.S. Geological Survey, National Minerals Information Center',
  release: '2026 (6 February 2026)',
  licence: 'CC0 1.0 (US Government public domain)',
  citation:
    'U.S. Geological Survey, 2026, Mineral Commodity Summaries 2026 data release, https://doi.org/10.5066/P1WKQ63T',
  url: 'https://doi.org/10.5066/P1WKQ63T',
  cadence: 'every year, end of January',
  folder: 'usgs-prices',
  harvest: (raw, reference) => {
    const count = tally();
    const labels = unknowns(file);
    const corrections = corrector(reference, 'usgs_prices', '2026');
    const seriesOf = priceSeries(reference);
    const read = readCsv(
      raw.read(file),
      file,
      ['Commodity', 'Statistics_detail', 'Unit', 'Year', 'Value', 'Notes'],
      { ignore: true },
    );
    count.read(read.length);
    const rows: quantities.Price[] = [];
    for (const { cells } of read) {
      const printed = {
        commodity: cells.Commodity.trim().toLowerCase(),
        detail: cells.Statistics_detail.trim().toLowerCase(),
        unit: cells.Unit.trim().toLowerCase(),
      };
      const { commodity, detail, unit } = corrections.correct(name, printed);
      const series = seriesOf(commodity, detail);
      labels.known('price series', `${commodity} | ${detail}`, series?.mineral);
      if (!series) continue;
      if (series.reason !== '') {
        count.refuse(series.reason, `${commodity}: ${detail} ${cells.Year}`);
        continue;
      }
      const value = usgsValue(cells.Value, cells.Notes);
      const factor = usdPerTonne[unit];
      if (!value) labels.known('value', cells.Value, undefined);
      if (factor === undefined) labels.known('unit', unit, undefined);
      if (!value || factor === undefined) continue;
      const isNumber = value.amount !== null && value.limit === null;
      count.use();
      rows.push({
        year: Number(cells.Year),
        country: 'WLD',
        mineral: series.mineral,
        stage: series.stage,
        source: 'usgs_prices',
        price_usd_per_t: isNumber ? Number((value.amount! * factor).toPrecision(12)) : null,
        status: isNumber
          ? cells.Year === '2025'
            ? 'estimated'
            : 'reported'
          : (value.missing ?? 'not_available'),
        market: series.market,
        basis: series.basis,
      });
    }
    labels.settle();
    count.remark(...corrections.settle());
    return count.harvest([harvested(quantities.price, rows)]);
  },
};

interface PriceSeries {
  readonly mineral: string;
  readonly stage: string;
  readonly basis: string;
  readonly market: string;
  /** why the series is not used; empty where it is */
  readonly reason: string;
}

/** What a price series is: reference/usgs-price-series.csv, one row per label. */
function priceSeries(reference: Reference): (commodity: string, detail: string) => PriceSeries | undefined {
  const all = new Map<string, PriceSeries>();
  for (const row of reference.csv('usgs-price-series')) {
    all.set(`${row.commodity}\t${row.detail}`, {
      mineral: row.mineral!,
      stage: row.stage!,
      basis: row.basis!,
      market: row.market!,
      reason: row.reason!,
    });
  }
  return (commodity, detail) => all.get(`${commodity}\t${detail}`);
}

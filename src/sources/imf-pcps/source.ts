import * as quantities from '../../tables/quantities.ts';
import { numberIn, readCsv } from '../csv.ts';
import { annualMeans, type MonthlyPrice, type Quotation } from '../monthly-prices.ts';
import { unknowns } from '../names.ts';
import { harvested, type Source } from '../source.ts';
import { tally } from '../tally.ts';

const file = 'imf-primary-commodity-prices/imf_pcps_Co_Cu_Li_Mn_Ni_monthly.csv';

/** Quotations; lithium is the metal (≥ 99 %, China), several times the price of a tonne of carbonate. */
const quotations: Readonly<Record<string, Quotation>> = {
  Cobalt: { mineral: 'cobalt', stage: 'refine', basis: 'metal', market: 'London Metal Exchange' },
  Copper: { mineral: 'copper', stage: 'refine', basis: 'metal', market: 'London Metal Exchange' },
  Lithium: { mineral: 'lithium', stage: 'refine', basis: 'lithium metal, not carbonate', market: 'China' },
  Manganese: { mineral: 'manganese', stage: 'refine', basis: 'metal', market: 'as quoted by the IMF' },
  Nickel: { mineral: 'nickel', stage: 'refine', basis: 'metal', market: 'London Metal Exchange' },
};

export const imfPcps: Source = {
  id: 'imf_pcps',
  title: 'Primary Commodity Prices: cobalt, copper, lithium, manganese, nickel',
  publisher: 'International Monetary Fund',
  release: 'to March 2026',
  licence: 'IMF terms: reuse with attribution',
  citation: 'International Monetary Fund, Primary Commodity Price System',
  url: 'https://www.imf.org/en/Research/commodity-prices',
  cadence: 'every month',
  folder: 'imf-primary-commodity-prices',
  harvest: (raw) => {
    const count = tally();
    const labels = unknowns(file);
    const read = readCsv(raw.read(file), file, ['mineral', 'date', 'data_transformation', 'obs_value']);
    count.read(read.length);
    const months: MonthlyPrice[] = [];
    for (const { line, cells } of read) {
      const quotation = quotations[cells.mineral];
      labels.known('mineral', cells.mineral, quotation?.mineral);
      if (!quotation) continue;
      if (cells.data_transformation === 'INDEX') {
        count.refuse('index of the same price', `${cells.mineral} ${cells.date}`);
        continue;
      }
      labels.known(
        'unit',
        cells.data_transformation,
        cells.data_transformation === 'USD' ? 'USD' : undefined,
      );
      months.push({
        quotation,
        year: Number(cells.date.slice(0, 4)),
        usd_per_t: numberIn(cells.obs_value, file, line),
      });
    }
    labels.settle();
    return count.harvest([harvested(quantities.price, annualMeans(months, 'imf_pcps', count))]);
  },
};

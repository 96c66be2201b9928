import type { Economy } from '../../tables/world.ts';
import * as world from '../../tables/world.ts';
import { numberIn, readCsv } from '../csv.ts';
import { fetchedRelease } from '../fetch/fetched-release.ts';
import { countryCodes } from '../names.ts';
import { harvested, type Source } from '../source.ts';
import { tally } from '../tally.ts';

/** World Development Indicators by the column they fill. */
const indicators = {
  gdp_usd: 'worldbank-wdi/ny.gdp.mktp.cd.csv',
  gdp_per_head_usd: 'worldbank-wdi/ny.gdp.pcap.cd.csv',
  logistics_index: 'worldbank-wdi/lp.lpi.ovrl.xq.csv',
} as const;

/** Governance begins in 1996; earlier output is not needed beside it. */
const firstYear = 1996;

export const wdi: Source = {
  id: 'wdi',
  title: 'World Development Indicators: GDP, GDP per head, Logistics Performance Index',
  publisher: 'World Bank',
  release: 'as of 1 July 2026',
  licence: 'CC BY 4.0',
  citation: 'World Bank, World Development Indicators, licence CC BY 4.0',
  url: 'https://datacatalog.worldbank.org/search/dataset/0037712',
  cadence: 'several times a year',
  folder: 'worldbank-wdi',
  harvest: (raw, reference) => {
    const count = tally();
    const countryOf = countryCodes(reference);
    const rows = new Map<string, Economy>();
    for (const column of ['gdp_usd', 'gdp_per_head_usd', 'logistics_index'] as const) {
      const file = indicators[column];
      const read = readCsv(raw.read(file), file, ['Country Code', 'Year', 'Value'], {
        ignore: ['Country Name'],
      });
      count.read(read.length);
      for (const { line, cells } of read) {
        const year = Number(cells.Year);
        const country = countryOf(cells['Country Code']);
        const value = numberIn(cells.Value, file, line);
        if (country === undefined)
          count.refuse('not a country: region or income group', cells['Country Code']);
        else if (year < firstYear) count.refuse(`before ${firstYear}`);
        else if (value === null) count.refuse('no value', `${country} ${year}`);
        else {
          const key = `${year} ${country}`;
          const row = rows.get(key) ?? emptyEconomy(year, country);
          rows.set(key, { ...row, [column]: value });
          count.use();
        }
      }
    }
    const harvest = count.harvest([harvested(world.economy, [...rows.values()])]);
    return { ...harvest, ...fetchedRelease(raw, 'worldbank-wdi') };
  },
};

const emptyEconomy = (year: number, country: string): Economy => ({
  year,
  country,
  gdp_usd: null,
  gdp_per_head_usd: null,
  logistics_index: null,
  source: 'wdi',
});

import type { Connector } from '../fetch/connector.ts';
import { csvText } from '../fetch/csv-text.ts';
import { indicator, lastUpdate } from '../fetch/world-bank.ts';

const indicators = ['NY.GDP.MKTP.CD', 'NY.GDP.PCAP.CD', 'LP.LPI.OVRL.XQ'] as const;

/** The files have the names and the layout that the reader of the source knows. */
export const fetchWdi: Connector = {
  id: 'wdi',
  title: 'World Development Indicators: GDP, GDP per head, Logistics Performance Index',
  publisher: 'World Bank',
  licence: 'CC BY 4.0',
  citation: 'World Bank, World Development Indicators, licence CC BY 4.0',
  url: 'https://datacatalog.worldbank.org/search/dataset/0037712',
  cadence: 'several times a year',
  folder: 'worldbank-wdi',
  about: 'three indicators, all countries and years; a handful of requests',
  takes: [],
  newest: (task) => lastUpdate(task, indicators[0]).then((date) => `as of ${date}`),
  async fetch(task) {
    let newest = '';
    for (const [n, code] of indicators.entries()) {
      task.session.progress(n / indicators.length, code);
      const { values, updated } = await indicator(task, code);
      newest = newest > updated ? newest : updated;
      const rows = values
        .filter(({ iso3, value }) => iso3 !== '' && value !== null)
        .map(({ iso3, country, year, value }) => [country, iso3, year, value])
        .sort((a, b) => (`${a[1]} ${a[2]}` < `${b[1]} ${b[2]}` ? -1 : 1));
      task.session.write(
        `${code.toLowerCase()}.csv`,
        csvText(['Country Name', 'Country Code', 'Year', 'Value'], rows),
      );
    }
    return { release: `as of ${newest}`, remarks: [] };
  },
};

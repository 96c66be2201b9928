import { DataError } from '../../errors.ts';
import type { Connector } from '../fetch/connector.ts';
import { csvText } from '../fetch/csv-text.ts';
import { indicator, lastUpdate } from '../fetch/world-bank.ts';

/** Written by the connector in the layout of the yearly file. */
export const FETCHED = 'wgi_fetched_long.csv';
const COLUMNS = [
  'codeindyr',
  'code',
  'countryname',
  'year',
  'indicator',
  'estimate',
  'stddev',
  'nsource',
  'pctrank',
  'pctranklower',
  'pctrankupper',
];
const dimensions = ['va', 'pv', 'ge', 'rq', 'rl', 'cc'] as const;
/** the number of the WGI among the World Bank's databases; its series carry a prefix since the 2025 update */
const database = '&source=3';
const series = (dimension: string, what: 'EST' | 'SE') => `GOV_WGI_${dimension.toUpperCase()}.${what}`;

export const fetchWgi: Connector = {
  id: 'wgi',
  title: 'Worldwide Governance Indicators',
  publisher: 'World Bank (Kaufmann and Kraay)',
  licence: 'CC BY 4.0',
  citation: 'World Bank, Worldwide Governance Indicators (Kaufmann and Kraay), licence CC BY 4.0',
  url: 'https://www.govindicators.org',
  cadence: 'every year, September to November',
  folder: 'worldbank-wgi',
  about: 'six dimensions with standard errors, all countries and years; a dozen requests',
  takes: [],
  newest: (task) => lastUpdate(task, series('va', 'EST'), database).then((date) => `as of ${date}`),
  async fetch(task) {
    const rows = new Map<string, { name: string; estimate: number | null; error: number | null }>();
    let newest = '';
    let years = '';
    for (const [d, dimension] of dimensions.entries()) {
      task.session.progress(d / dimensions.length, `governance: ${dimension}`);
      const estimates = await indicator(task, series(dimension, 'EST'), database);
      const errors = await indicator(task, series(dimension, 'SE'), database);
      newest = newest > estimates.updated ? newest : estimates.updated;
      for (const { iso3, country, year, value } of estimates.values) {
        if (iso3.length !== 3 || value === null) continue;
        rows.set(`${iso3} ${dimension} ${year}`, { name: country, estimate: value, error: null });
        if (year > years) years = year;
      }
      for (const { iso3, year, value } of errors.values) {
        const row = rows.get(`${iso3} ${dimension} ${year}`);
        if (row) row.error = value;
      }
      if (![...rows.keys()].some((key) => key.split(' ')[1] === dimension))
        throw new DataError(`the publisher gives no estimate for a dimension: "${series(dimension, 'EST')}"`);
    }
    const table = [...rows].map(([key, { name, estimate, error }]) => {
      const [code, dimension, year] = key.split(' ') as [string, string, string];
      return [
        `${code}${dimension}${year}`,
        code,
        name,
        year,
        dimension,
        estimate,
        error,
        null,
        null,
        null,
        null,
      ];
    });
    table.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
    task.session.write(FETCHED, csvText(COLUMNS, table));
    return { release: `as of ${newest}, to ${years}`, remarks: [`${table.length} estimates`] };
  },
};

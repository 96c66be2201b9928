import type { Governance } from '../../tables/world.ts';
import * as world from '../../tables/world.ts';
import { numberIn, readCsv } from '../csv.ts';
import { fetchedRelease } from '../fetch/fetched-release.ts';
import { countryCodes, unknowns } from '../names.ts';
import { harvested, type Source } from '../source.ts';
import { tally } from '../tally.ts';
import { FETCHED } from './fetch.ts';

const shipped = 'worldbank-wgi/wgi_2024update_1996-2023_long.csv';
const fetched = `worldbank-wgi/${FETCHED}`;
const dimensions = new Set(['va', 'pv', 'ge', 'rq', 'rl', 'cc']);

/** Six dimensions, 1996 to 2023. The file uses the old World Bank codes (ZAR, ADO, ROM, TMP, WBG, KSV). */
export const wgi: Source = {
  id: 'wgi',
  title: 'Worldwide Governance Indicators',
  publisher: 'World Bank (Kaufmann and Kraay)',
  release: '2024 update (1996 to 2023)',
  licence: 'CC BY 4.0',
  citation:
    'World Bank, Worldwide Governance Indicators, 2024 update (Kaufmann and Kraay), licence CC BY 4.0',
  url: 'https://www.govindicators.org',
  cadence: 'every year, September to November',
  folder: 'worldbank-wgi',
  harvest: (raw, reference) => {
    const count = tally();
    const file = raw.has(fetched) ? fetched : shipped;
    const labels = unknowns(file);
    const countryOf = countryCodes(reference);
    const read = readCsv(raw.read(file), file, ['code', 'year', 'indicator', 'estimate', 'stddev'], {
      ignore: ['codeindyr', 'countryname', 'nsource', 'pctrank', 'pctranklower', 'pctrankupper'],
    });
    count.read(read.length);
    const rows: Governance[] = [];
    for (const { line, cells } of read) {
      const country = labels.known('country code', cells.code, countryOf(cells.code));
      const known = dimensions.has(cells.indicator) ? cells.indicator : undefined;
      const dimension = labels.known('dimension', cells.indicator, known);
      if (country === '' || dimension === '') continue;
      count.use();
      rows.push({
        year: Number(cells.year),
        country,
        dimension,
        estimate: numberIn(cells.estimate, file, line, ['..']),
        standard_error: numberIn(cells.stddev, file, line, ['..']),
        source: 'wgi',
      });
    }
    labels.settle();
    return { ...count.harvest([harvested(world.governance, rows)]), ...fetchedRelease(raw, 'worldbank-wgi') };
  },
};

import { DataError } from '../../errors.ts';
import { readCsv } from '../csv.ts';
import { csvHeader } from '../fetch/answers.ts';
import type { Connector, Task } from '../fetch/connector.ts';
import { csvText } from '../fetch/csv-text.ts';
import { groupsOf } from '../fetch/groups.ts';
import { Refused } from '../fetch/http.ts';
import { yearsOf } from '../fetch/years.ts';

/** Written by the connector, in the columns that the reader of the source knows. */
export const FETCHED = 'eu27_imports_cn8_fetched_eur.csv';
const API = 'https://ec.europa.eu/eurostat/api/comext/dissemination/sdmx/2.1/data/DS-045409';
const BANK = 'https://data-api.ecb.europa.eu';
const COLUMNS = [
  'freq',
  'reporter',
  'partner',
  'product',
  'flow',
  'indicators',
  'TIME_PERIOD',
  'OBS_VALUE',
] as const;
const members = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

const codesOf = ({ wanted, reference }: Task): string[] =>
  [...new Set(wanted.codes ?? reference.csv('cn8-minerals').map((row) => row.cn8!))].sort();

/** Rows of some codes in one year; where the service finds the extraction too big, of half of them at a time. */
async function rowsOf(task: Task, codes: readonly string[], year: number): Promise<string[][]> {
  // frequency.reporter.partner.product.flow.indicator: reporters and partners left open are all of them
  const key = `A...${codes.join('+')}.1.VALUE_IN_EUROS`;
  const url = `${API}/${key}?startPeriod=${year}&endPeriod=${year}&format=SDMX-CSV&compressed=false`;
  const name = `${year}-${codes[0]}-${codes.length}.csv`;
  try {
    const bytes = await task.session.page(`pages/${name}`, url, {
      expected: 'CSV',
      check: (answer) => csvHeader(answer, url, COLUMNS),
    });
    return readCsv(bytes, name, COLUMNS, { ignore: true })
      .map(({ cells }) => cells)
      .filter(
        (c) =>
          members.has(countryOf(c.reporter)) &&
          /^[A-Z]{2}$/.test(c.partner) &&
          c.partner !== 'EU' &&
          c.product.length === 8,
      )
      .map((c) => [
        countryOf(c.reporter),
        countryOf(c.partner),
        c.product,
        c.flow,
        c.TIME_PERIOD.trim(),
        c.OBS_VALUE,
      ]);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // no result for a key is said with 404
    if (error.status === 404 && /no results|NoRecordsFound|No data/i.test(error.said)) return [];
    if (error.status !== 413) throw error;
    if (codes.length === 1)
      throw new DataError(`the publisher finds one code of one year too big: "${codes[0]}, ${year}"`);
    const half = Math.ceil(codes.length / 2);
    return [
      ...(await rowsOf(task, codes.slice(0, half), year)),
      ...(await rowsOf(task, codes.slice(half), year)),
    ];
  }
}

/** The Commission writes EL where the files before wrote GR. */
const countryOf = (code: string): string => (code === 'EL' ? 'GR' : code);

export const fetchEurostatComext: Connector = {
  id: 'eurostat_comext',
  title: 'EU trade since 1988 by HS2-4-6 and CN8',
  publisher: 'Eurostat',
  licence: 'CC BY 4.0',
  citation: 'Source: Eurostat, Comext; exchange rates: European Central Bank',
  url: 'https://ec.europa.eu/eurostat/comext/newxtweb/',
  cadence: 'monthly, annual totals about March',
  folder: 'eurostat-comext',
  about:
    'imports of EU members by partner and eight-digit code, annual values, from 2022 unless --years says otherwise',
  takes: ['years', 'codes'],
  async fetch(task) {
    // the running year has no annual total yet
    const [from, last] = yearsOf(task, 2022);
    const to = task.wanted.years ? last : last - 1;
    const groups = groupsOf(codesOf(task), 20);
    const rows: string[][] = [];
    for (let year = from; year <= to; year++)
      for (const [g, group] of groups.entries()) {
        task.session.progress(
          (year - from + g / groups.length) / (to - from + 1),
          `EU customs ${year}, from ${group[0]}`,
        );
        rows.push(...(await rowsOf(task, group, year)));
      }
    if (rows.length === 0) throw new DataError(`no trade in these codes and years: "${from}-${to}"`);
    rows.sort((a, b) => (a.join() < b.join() ? -1 : 1));
    task.session.write(
      FETCHED,
      csvText(['DECLARANT_ISO', 'PARTNER_ISO', 'PRODUCT_NC', 'FLOW', 'PERIOD', 'VALUE_IN_EUROS'], rows),
    );
    const rates = `${BANK}/service/data/EXR/M.USD.EUR.SP00.A?format=csvdata`;
    await task.session.page('ecb_fx_usd_per_eur_monthly.csv', rates, {
      expected: 'CSV',
      check: (bytes) => csvHeader(bytes, rates, ['CURRENCY', 'CURRENCY_DENOM', 'TIME_PERIOD', 'OBS_VALUE']),
    });
    const years = [...new Set(rows.map((row) => row[4]!))].sort();
    return { release: `${years[0]}–${years.at(-1)}, annual`, remarks: [`${rows.length} rows`] };
  },
};

import { DataError } from '../../errors.ts';
import { type ReportedImport, reportedImport } from '../../tables/quantities.ts';
import { numberIn, readCsv } from '../csv.ts';
import { fetchedRelease } from '../fetch/fetched-release.ts';
import { perEuro, yearMean } from '../hmrc-ots/exchange-rates.ts';
import { countryCodes, unknowns } from '../names.ts';
import { type Harvest, harvested, type Raw, type Reference, type Source } from '../source.ts';
import { FETCHED } from './fetch.ts';

/**
 * Imports of EU members by partner and eight-digit code, annual, values only. The partner is the country of origin
 * from outside the EU and of dispatch inside it. To update: `headwater fetch eurostat_comext`, whose table
 * takes the extract's place.
 */
export const eurostatComext: Source = {
  id: 'eurostat_comext',
  title: 'EU trade since 1988 by HS2-4-6 and CN8',
  publisher: 'Eurostat',
  release: '2022–2024, annual',
  licence: 'CC BY 4.0',
  citation: 'Source: Eurostat, Comext; exchange rates: European Central Bank',
  url: 'https://ec.europa.eu/eurostat/comext/newxtweb/',
  cadence: 'monthly, annual totals about March',
  folder: 'eurostat-comext',
  harvest,
};

const SHIPPED = 'eu27_imports_cn8_66codes_2022-2024_eur.csv';
const COLUMNS = ['DECLARANT_ISO', 'PARTNER_ISO', 'PRODUCT_NC', 'FLOW', 'PERIOD', 'VALUE_IN_EUROS'] as const;
const IMPORT = '1';

function harvest(raw: Raw, reference: Reference): Harvest {
  const codeOf = countryCodes(reference);
  const fetched = raw.has(`${eurostatComext.folder}/${FETCHED}`);
  const FILE = fetched ? FETCHED : SHIPPED;
  const labels = unknowns(FILE);
  const dollars = perEuro(raw, 'USD', fetched ? eurostatComext.folder : undefined);
  const rates = new Map<number, number>();
  const read = readCsv(raw.read(`${eurostatComext.folder}/${FILE}`), FILE, COLUMNS);
  const rows = new Map<string, ReportedImport>();
  for (const { line, cells } of read) {
    if (cells.FLOW !== IMPORT) throw new DataError(`${FILE}, line ${line}: not an import: "${cells.FLOW}"`);
    const year = Number(cells.PERIOD);
    if (!rates.has(year)) rates.set(year, yearMean(dollars, year));
    const reporter = labels.known('country code', cells.DECLARANT_ISO, codeOf(cells.DECLARANT_ISO));
    const partner = labels.known('country code', cells.PARTNER_ISO, codeOf(cells.PARTNER_ISO));
    // Ceuta and Melilla are two partners at the publisher and one area here
    const key = `${year} ${reporter} ${partner} ${cells.PRODUCT_NC}`;
    const value = numberIn(cells.VALUE_IN_EUROS, FILE, line);
    const euros = value === null ? null : value + (rows.get(key)?.value_eur ?? 0);
    rows.set(key, {
      year,
      reporter,
      partner,
      cn8: cells.PRODUCT_NC,
      source: eurostatComext.id,
      value_eur: euros,
      value_usd: euros === null ? null : euros * rates.get(year)!,
    });
  }
  labels.settle();
  const merged = read.length - rows.size;
  const zeros = read.filter(({ cells }) => Number(cells.VALUE_IN_EUROS) === 0).length;
  return {
    ...fetchedRelease(raw, eurostatComext.folder),
    tables: [harvested(reportedImport, [...rows.values()])],
    rowsRead: read.length,
    refused:
      merged > 0
        ? [{ reason: 'a second partner code of the same area, added to the first', rows: merged }]
        : [],
    remarks: [
      `${zeros} rows are reported zeros and stay zero`,
      'codes for single rare earths begin in 2023; the goods of 2022 stand under codes that are not in the extract',
    ],
  };
}

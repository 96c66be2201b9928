import { type Country, country } from '../../tables/world.ts';
import { readCsv } from '../csv.ts';
import { type Harvest, harvested, type Raw, type Reference, type Source } from '../source.ts';

/** ISO 3166-1 countries with UN regions; names for everyday use and areas without a code are kept by hand. */
export const countryCodeList: Source = {
  id: 'country_codes',
  title: 'Comprehensive country codes: ISO 3166, M49, UN regions',
  publisher: 'Open Knowledge Foundation, DataHub',
  release: '2026-05-15',
  licence: 'ODC-PDDL 1.0',
  citation:
    'datasets/country-codes, Open Knowledge Foundation, from ISO, UN Statistics Division and Unicode CLDR',
  url: 'https://github.com/datasets/country-codes',
  cadence: 'when codes change',
  folder: 'country-codes',
  harvest,
};

const FILE = 'country-codes.csv';
const COLUMNS = ['country', 'iso2', 'name', 'region', 'subregion'] as const;
const RENAME = {
  'ISO3166-1-Alpha-3': 'country',
  'ISO3166-1-Alpha-2': 'iso2',
  'CLDR display name': 'name',
  'Region Name': 'region',
  'Sub-region Name': 'subregion',
};

function harvest(raw: Raw, reference: Reference): Harvest {
  const bytes = raw.read(`${countryCodeList.folder}/${FILE}`);
  const read = readCsv(bytes, FILE, COLUMNS, { rename: RENAME, ignore: true });
  const byCode = new Map<string, Country>();
  for (const { cells } of read) byCode.set(cells.country, rowOf(cells, countryCodeList.id));
  const byHand = reference.csv('countries');
  for (const row of byHand) {
    const known = byCode.get(row.country!);
    byCode.set(row.country!, {
      ...(known ?? rowOf(row, 'own')),
      name: row.name!,
      source: known?.source ?? 'own',
    });
  }
  return {
    tables: [harvested(country, [...byCode.values()])],
    rowsRead: read.length,
    refused: [],
    remarks: [
      `${byHand.length} names and areas are kept by hand: everyday names, Kosovo, former countries, areas`,
    ],
  };
}

const rowOf = (cells: Readonly<Record<string, string>>, source: string): Country => ({
  country: cells.country!,
  name: cells.name!,
  iso2: cells.iso2 || null,
  region: cells.region || null,
  subregion: cells.subregion || null,
  source,
});

import { type TradeHeading, tradeHeading } from '../../tables/quantities.ts';
import { figureIn, numberIn, readCsv } from '../csv.ts';
import { countryCodes, unknowns } from '../names.ts';
import { type Harvest, harvested, type Raw, type Reference, type Source } from '../source.ts';
import { citation, folder, publication } from './publication.ts';

/**
 * Rare earths in 2023: the sixty largest flows of each layer (ores; compounds and metals; magnets), for which the
 * six-digit code is not told, and exports by country of three codes. A pair of countries may stand once per code of
 * the layer, so the rows of a pair are added.
 */
export const baciRareEarths: Source = {
  ...publication,
  id: 'baci_ree_2023',
  title: 'BACI: largest rare-earth flows by layer, 2023',
  release: 'V202601',
  citation: citation('V202601'),
  harvest,
};

const LAYERS = 'baci_hs12_v202601_2023_ree_top60_per_layer.csv';
const EXPORTS = 'baci_hs12_v202601_2023_ree_country_exports.csv';
const EXPORT_CODES = ['261790', '284690', '850511'] as const;
/** other mineral substances: spodumene outweighs rare-earth ores by far */
const SPODUMENE = '253090';

function harvest(raw: Raw, reference: Reference): Harvest {
  const codeOf = countryCodes(reference);
  const columns = ['year', 'codes_in_layer', 'exporter', 'importer', 'value_usd'] as const;
  const ignore = ['layer', 'hs6_if_identified'];
  const read = readCsv(raw.read(`${folder}/${LAYERS}`), LAYERS, columns, { ignore });
  const labels = unknowns(LAYERS);
  const pairs = new Map<string, TradeHeading>();
  let ores = 0;
  for (const { line, cells } of read) {
    const exporter = labels.known('country code', cells.exporter, codeOf(cells.exporter));
    const importer = labels.known('country code', cells.importer, codeOf(cells.importer));
    if (cells.codes_in_layer.split(';').includes(SPODUMENE)) {
      ores += 1;
      continue;
    }
    const key = `${cells.year} ${exporter} ${importer} ${cells.codes_in_layer}`;
    const value = (pairs.get(key)?.value_usd ?? 0) + figureIn(cells.value_usd, LAYERS, line);
    const note = 'sixty largest flows of the layer only: an absent flow is below the cut';
    pairs.set(key, row(cells.year, exporter, importer, cells.codes_in_layer, value, note));
  }
  labels.settle();
  const exported = countryExports(raw, codeOf);
  return {
    tables: [harvested(tradeHeading, [...pairs.values(), ...exported.rows])],
    rowsRead: read.length + exported.read,
    refused: [
      { reason: 'ore layer: mostly spodumene, says nothing about rare earths', rows: ores },
      {
        reason: 'a second code of the same pair and layer, added to the first',
        rows: read.length - ores - pairs.size,
      },
      ...(exported.empty > 0
        ? [{ reason: 'country without exports of any of the codes', rows: exported.empty }]
        : []),
    ],
    remarks: [
      'flows that could be given a six-digit code are all into the United States: not enough for trade_flow',
      `${EXPORTS}: one row read becomes up to ${EXPORT_CODES.length} rows, one for each code`,
    ],
  };
}

function countryExports(raw: Raw, codeOf: (code: string) => string | undefined) {
  const labels = unknowns(EXPORTS);
  const columns = ['year', 'iso3', ...EXPORT_CODES] as const;
  const rename = Object.fromEntries(EXPORT_CODES.map((code) => [`exports_usd_${code}`, code]));
  const read = readCsv(raw.read(`${folder}/${EXPORTS}`), EXPORTS, columns, { rename, ignore: ['country'] });
  const rows: TradeHeading[] = [];
  let empty = 0;
  for (const { line, cells } of read) {
    const exporter = labels.known('country code', cells.iso3, codeOf(cells.iso3));
    const before = rows.length;
    for (const code of EXPORT_CODES) {
      const value = numberIn(cells[code], EXPORTS, line);
      const note = 'exports of the countries in the extract only';
      if (value !== null) rows.push(row(cells.year, exporter, 'WLD', code, value, note));
    }
    if (rows.length === before) empty += 1;
  }
  labels.settle();
  return { rows, read: read.length, empty };
}

const row = (
  year: string,
  exporter: string,
  importer: string,
  heading: string,
  value: number,
  note: string,
): TradeHeading => ({
  year: Number(year),
  exporter,
  importer,
  heading,
  source: 'baci_ree_2023',
  value_usd: value,
  quantity_t: null,
  value_kept_share: null,
  note,
});

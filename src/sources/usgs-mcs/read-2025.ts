import { readCsv } from '../csv.ts';
import type { Raw } from '../source.ts';
import { type Figure, type FigureFile, seriesLabel, worldPart } from './figure.ts';

const path = 'usgs-mcs-2025/MCS2025_World_Data.csv';

/** The 2025 release: one line per country and series, years in columns (one header with a space in it). */
export function world2025(raw: Raw): FigureFile {
  const rows = readCsv(
    raw.read(path),
    path,
    [
      'COMMODITY',
      'COUNTRY',
      'TYPE',
      'UNIT_MEAS',
      'PROD_2023',
      'PROD_EST_ 2024',
      'PROD_NOTES',
      'CAP_2023',
      'CAP_EST_ 2024',
      'CAP_NOTES',
      'RESERVES_2024',
      'RESERVE_NOTES',
    ],
    { ignore: ['SOURCE'] },
  );
  const figures: Figure[] = [];
  for (const { cells } of rows) {
    const common = {
      series: seriesLabel(`${cells.COMMODITY} | ${cells.TYPE}${worldPart(cells.COUNTRY)}`),
      country: cells.COUNTRY,
      unit: cells.UNIT_MEAS.trim().toLowerCase(),
      title: cells.TYPE.trim(),
      chapterNotes: '',
    };
    const isProduction = cells.PROD_2023 + cells['PROD_EST_ 2024'] !== '' || /production/i.test(cells.TYPE);
    if (isProduction) {
      figures.push({
        ...common,
        table: 'production',
        year: '2023',
        value: cells.PROD_2023,
        notes: cells.PROD_NOTES,
      });
    }
    const rest = [
      ['production', '2024', cells['PROD_EST_ 2024'], cells.PROD_NOTES],
      ['capacity', '2023', cells.CAP_2023, cells.CAP_NOTES],
      ['capacity', '2024', cells['CAP_EST_ 2024'], cells.CAP_NOTES],
      ['reserves', '2024', cells.RESERVES_2024, cells.RESERVE_NOTES],
    ] as const;
    for (const [table, year, value, notes] of rest) {
      if (value !== '') figures.push({ ...common, table, year, value, notes });
    }
  }
  return { edition: '2025', file: 'MCS2025_World_Data.csv', figures };
}

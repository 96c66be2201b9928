import { readCsv } from '../csv.ts';
import type { Raw } from '../source.ts';
import { type Figure, type FigureFile, seriesLabel } from './figure.ts';

export const file2026 = 'usgs-mcs-2026/MCS2026_Commodities_Data.csv';

export interface Line2026 {
  readonly line: number;
  readonly chapter: string;
  readonly section: string;
  readonly commodity: string;
  readonly country: string;
  readonly statistics: string;
  readonly detail: string;
  readonly unit: string;
  readonly year: string;
  readonly value: string;
  readonly notes: string;
  /** what the chapter says of its table as a whole */
  readonly chapterNotes: string;
}

/** The lines of the 2026 data release, one figure each; Windows-1252 without a byte-order mark. */
export function lines2026(raw: Raw): Line2026[] {
  const rows = readCsv(
    raw.read(file2026),
    file2026,
    [
      'MCS chapter',
      'Section',
      'Commodity',
      'Country',
      'Statistics',
      'Statistics_detail',
      'Unit',
      'Year',
      'Value',
      'Notes',
      'Other notes',
    ],
    { encoding: 'windows-1252', ignore: ['Is critical mineral 2025'] },
  );
  return rows.map(({ line, cells }) => ({
    line,
    chapter: cells['MCS chapter'],
    section: cells.Section,
    commodity: cells.Commodity,
    country: cells.Country,
    statistics: cells.Statistics,
    detail: cells.Statistics_detail,
    unit: cells.Unit.trim().toLowerCase(),
    year: cells.Year,
    value: cells.Value,
    notes: cells.Notes,
    chapterNotes: cells['Other notes'],
  }));
}

export const isWorld = (line: Line2026): boolean => line.section.startsWith('World');

/** Figures of the world tables; the total stands under the same series with the mark `rounded`. */
export function world2026(lines: readonly Line2026[]): FigureFile {
  const figures = lines.filter(isWorld).map(
    (line): Figure => ({
      series: seriesLabel(`${line.commodity} | ${line.statistics} | ${line.detail}`),
      country: line.country,
      table: tables[line.statistics] ?? 'production',
      year: line.year,
      unit: line.unit,
      value: line.value,
      notes: line.notes,
      chapterNotes: line.chapterNotes,
      title: line.detail.replace(/[,:]?\s*rounded$/, '').trim(),
    }),
  );
  return { edition: '2026', file: 'MCS2026_Commodities_Data.csv', figures };
}

const tables: Readonly<Record<string, Figure['table']>> = {
  Production: 'production',
  Capacity: 'capacity',
  Reserves: 'reserves',
};

import { type Harvest, harvested, type Source } from '../../src/sources/source.ts';
import type { Table } from '../../src/tables/define.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** A publisher that was invented: gives these rows for these tables. */
export const inventedSource = (
  id: string,
  tables: readonly (readonly [Table, readonly Row[]])[],
  more: Partial<Harvest> & { readonly harvest?: Source['harvest'] } = {},
): Source => ({
  id,
  title: `Figures of ${id}`,
  publisher: 'Office of Invented Figures',
  release: '2025',
  licence: 'CC0 1.0',
  citation: 'Office of Invented Figures (2025)',
  url: 'https://example.org/figures',
  cadence: 'annual',
  folder: id,
  harvest:
    more.harvest ??
    (() => ({
      tables: tables.map(([table, rows]) => harvested(table, filled(table, rows) as never)),
      rowsRead: more.rowsRead ?? tables.reduce((sum, [, rows]) => sum + rows.length, 0),
      refused: more.refused ?? [],
      remarks: more.remarks ?? [],
    })),
});

/** Rows with every column of the table: what is not given is the fallback or null. */
const filled = (table: Table, rows: readonly Row[]): Row[] =>
  rows.map((row) => ({
    ...Object.fromEntries(Object.entries(table.columns).map(([name, c]) => [name, c.fallback ?? null])),
    ...row,
  }));

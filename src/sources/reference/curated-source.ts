import type { Table } from '../../tables/define.ts';
import { harvested, type Source } from '../source.ts';
import { type IdLists, readTable } from './read-table.ts';

/** Which file of reference/ gives rows of which table. */
export interface CuratedFile {
  readonly table: Table;
  /** name of the file in reference/, without .csv */
  readonly file: string;
  readonly lists?: IdLists;
  /** only the rows whose column `source` is this source's id */
  readonly ownRows?: boolean;
}

export interface Curated {
  readonly id: string;
  readonly title: string;
  readonly citation: string;
  readonly publisher?: string;
  readonly licence?: string;
  readonly release?: string;
  readonly url?: string;
  readonly files: readonly CuratedFile[];
}

/** Month to which the registers were followed. */
export const followedTo = '2026-08';

/**
 * A source whose file is kept by hand in reference/. To update: edit the CSV, keep `source`, `url` and `confidence`
 * on every row, set `followedTo`, build.
 */
export function curatedSource(curated: Curated): Source {
  return {
    id: curated.id,
    title: curated.title,
    publisher: curated.publisher ?? 'Headwater, from the documents named in each row',
    release: curated.release ?? followedTo,
    licence: curated.licence ?? 'MIT (compilation); facts of the documents named in each row',
    citation: curated.citation,
    url: curated.url ?? '',
    cadence: 'by hand',
    folder: '',
    harvest: (_raw, reference) => {
      const tables = curated.files.map(({ table, file, lists, ownRows }) => {
        const rows = readTable(table, file, reference, lists ?? {});
        return harvested(
          table,
          ownRows ? rows.filter((row) => (row as { source?: unknown }).source === curated.id) : rows,
        );
      });
      const rowsRead = tables.reduce((sum, { rows }) => sum + rows.length, 0);
      return { tables, rowsRead, refused: [], remarks: [] };
    },
  };
}

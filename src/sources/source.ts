import type { RowOf, Table } from '../tables/define.ts';

/** The folder the publishers' files arrived in. Paths are relative to it; reading is recorded for hashes. */
export interface Raw {
  /** bytes of a file; DataError naming it when absent */
  readonly read: (path: string) => Uint8Array;
  /** names of the files in a folder, sorted; [] when the folder is absent */
  readonly list: (folder: string) => readonly string[];
  readonly has: (path: string) => boolean;
}

/** Rows for one canonical table, in the table's own shape. */
export interface Harvested<T extends Table = Table> {
  readonly table: T;
  readonly rows: readonly RowOf<T>[];
}

export interface Refusal {
  /** why the row is not kept, in a few words */
  readonly reason: string;
  readonly rows: number;
  /** one of them, as published */
  readonly example?: string;
}

/** What one source gave: rows by table, and an account of every row read. */
export interface Harvest {
  readonly tables: readonly Harvested[];
  readonly rowsRead: number;
  /** rowsRead = rows used + Σ refusals */
  readonly refused: readonly Refusal[];
  /** things a reader of the build report should know: corrections applied, duplicates folded … */
  readonly remarks: readonly string[];
  /** the release that was read, where it is another than the one the source names */
  readonly release?: string;
}

/** Small tables kept by hand that readers need: ids of minerals, names of countries, corrections. */
export interface Reference {
  /** rows of reference/<name>.csv as text cells */
  readonly csv: (name: string) => readonly Readonly<Record<string, string>>[];
}

/** One publisher's data set: who, under which licence, and how its file becomes rows. */
export interface Source {
  /** the id that stands in the column `source` and in every answer */
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly release: string;
  readonly licence: string;
  /** the attribution the publisher asks for */
  readonly citation: string;
  readonly url: string;
  readonly cadence: string;
  /** folder under the raw directory */
  readonly folder: string;
  /** throws DataError with every unknown label, failed correction or malformed row listed */
  readonly harvest: (raw: Raw, reference: Reference) => Harvest;
}

export const harvested = <T extends Table>(table: T, rows: readonly RowOf<T>[]): Harvested =>
  ({ table, rows }) as unknown as Harvested;

import type { Column, Table } from './define.ts';

/** One file of a data package. */
export interface PackedTable {
  readonly table: Table;
  readonly path: string;
  /** Parquet when left out */
  readonly format?: 'parquet' | 'csv';
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
}

export interface PackedSource {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly release: string;
  readonly licence: string;
  readonly citation: string;
  readonly url: string;
}

const mediaTypes = { parquet: 'application/vnd.apache.parquet', csv: 'text/csv' };

const types = { text: 'string', integer: 'integer', number: 'number', boolean: 'boolean' };

const field = (name: string, column: Column) => ({
  name,
  type: types[column.type],
  description: column.about,
  ...(column.unit === undefined ? {} : { unit: column.unit }),
  constraints: {
    ...(column.nullable ? {} : { required: true }),
    ...(column.values ? { enum: column.values } : {}),
  },
});

/** The tables as a Frictionless data package: schema with units, size, hash and number of rows of each file. */
export const dataPackage = (
  version: string,
  tables: readonly PackedTable[],
  sources: readonly PackedSource[],
  called: { readonly name: string; readonly title: string } = {
    name: 'headwater-snapshot',
    title: 'Critical minerals: who produces, trades, controls, limits',
  },
) => ({
  name: called.name,
  title: called.title,
  profile: 'tabular-data-package',
  data_version: version,
  sources: sources.map((s) => ({
    name: s.id,
    title: s.title,
    path: s.url,
    release: s.release,
    licence: s.licence,
  })),
  resources: tables.map(({ table, path, format = 'parquet', bytes, sha256, rows }) => ({
    name: table.name,
    path,
    format,
    mediatype: mediaTypes[format],
    description: table.about,
    bytes,
    hash: `sha256:${sha256}`,
    rows,
    schema: {
      fields: Object.entries(table.columns).map(([name, column]) => field(name, column)),
      ...(table.key.length > 0 && { primaryKey: table.key }),
    },
  })),
});

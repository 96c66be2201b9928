import type { Table } from './define.ts';

/** The name of one row: `production:2024|CHN|lithium|mine|own`. Null parts are empty. */
export const rowKey = (table: Table, row: Readonly<Record<string, unknown>>): string =>
  `${table.name}:${table.key.map((column) => row[column] ?? '').join('|')}`;

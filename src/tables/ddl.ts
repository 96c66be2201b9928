import type { Column, ColumnType, Table } from './define.ts';

const sqlTypes: Record<ColumnType, string> = {
  text: 'VARCHAR',
  integer: 'INTEGER',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
};

export const sqlType = (column: Column): string => sqlTypes[column.type];

/** A name as SQL takes it, whatever it holds. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `year INTEGER NOT NULL, …`: the declared columns in their order. */
export const sqlColumns = (table: Table): string =>
  Object.entries(table.columns)
    .map(([name, c]) => `${sqlName(name)} ${sqlType(c)}${c.nullable ? '' : ' NOT NULL'}`)
    .join(', ');

/** The order rows are returned and stored in: the key, what is empty (everywhere, every year) first. */
export const sqlOrder = (table: Table): string =>
  table.key.map((name) => `${sqlName(name)} ASC NULLS FIRST`).join(', ');

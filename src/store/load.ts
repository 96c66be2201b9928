import { DataError } from '../errors.ts';
import { sqlName, sqlOrder } from '../tables/ddl.ts';
import type { Table } from '../tables/define.ts';
import type { Database, Parameter, Rows } from './duckdb.ts';
import { type Filters, type LoadTable, remembering } from './remembering.ts';

/** Where a table's rows are: SQL that stands after FROM, with its parameters from $1 on. */
export interface Relation {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  /** the file to name when reading fails */
  readonly file?: string;
  /** what to do about it */
  readonly remedy?: string;
  /** files with the codes that this relation leaves out: read only where such a code is asked for by name */
  readonly wider?: { readonly held: ReadonlySet<string>; readonly files: readonly string[] };
  /** looks at the file before it is first read; throws DataError */
  readonly verify?: () => void;
}

/** The relation, and with it the large files where codes are asked for that only they hold. */
function fromOf(table: Table, relation: Relation, where: Filters, parameters: Parameter[]): string {
  const { wider } = relation;
  const codes = (where.hs6 ?? []) as readonly string[];
  const outside = wider ? codes.filter((code) => !wider.held.has(code)).sort() : [];
  if (!wider || outside.length === 0) return relation.sql;
  parameters.push([...wider.files], outside[0]!, outside.at(-1)!, outside);
  const n = parameters.length;
  const columns = Object.keys(table.columns).map(sqlName).join(', ');
  // the bounds let the reader skip all parts of the sorted files but those of the codes
  const rest = `SELECT ${columns} FROM read_parquet($${n - 3}) WHERE hs6 BETWEEN $${n - 2} AND $${n - 1} AND hs6 IN (SELECT unnest($${n}))`;
  return `(SELECT ${columns} FROM ${relation.sql} UNION ALL ${rest})`;
}

function statement(table: Table, relation: Relation, where: Filters) {
  const parameters: Parameter[] = [...relation.parameters];
  const from = fromOf(table, relation, where, parameters);
  const conditions: string[] = [];
  for (const [name, values] of Object.entries(where)) {
    if (values === undefined) continue;
    const column = table.columns[name];
    if (!column) throw new Error(`no column ${name} in table ${table.name}`);
    parameters.push([...(values as (string | number | boolean)[])]);
    conditions.push(`${sqlName(name)} IN (SELECT unnest($${parameters.length}))`);
  }
  // a column that the filter pins to one value need not be read: it is the same on every row
  const pinned = new Map(
    Object.entries(where).flatMap(([name, values]) =>
      values?.length === 1 ? [[name, values[0] as string | number | boolean] as const] : [],
    ),
  );
  const read = Object.keys(table.columns).filter((name) => !pinned.has(name));
  const names = read.length ? read.map(sqlName).join(', ') : '1';
  const filter = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  return {
    sql: `SELECT ${names} FROM ${from}${filter} ORDER BY ${sqlOrder(table)}`,
    parameters,
    read,
    pinned,
  };
}

/** Columns as rows with every declared column; `pinned` ones were not read, being the same on every row. */
export function objects(
  table: Table,
  { columns, length }: Rows,
  read: readonly string[],
  pinned: ReadonlyMap<string, string | number | boolean>,
): Record<string, unknown>[] {
  const cells = Object.keys(table.columns).map((name) => {
    const column = columns[read.indexOf(name)];
    return { name, column, same: pinned.get(name) };
  });
  const rows = new Array<Record<string, unknown>>(length);
  for (let i = 0; i < length; i++) {
    const row: Record<string, unknown> = {};
    for (const { name, column, same } of cells) row[name] = same ?? column![i];
    rows[i] = row;
  }
  return rows;
}

/** Reads rows of any table from the files and tables of a database. A table without a relation is empty. */
export function loader(database: Database, relationOf: (table: Table) => Relation | undefined): LoadTable {
  return remembering(
    (table) => relationOf(table) !== undefined,
    async (table, where, signal) => {
      const relation = relationOf(table)!;
      relation.verify?.();
      const { sql, parameters, read, pinned } = statement(table, relation, where);
      try {
        return { rows: objects(table, await database.query(sql, parameters, signal), read, pinned) };
      } catch (error) {
        if (signal.aborted || !relation.file) throw error;
        const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
        throw new DataError(
          `cannot read ${relation.file}: ${why}${relation.remedy ? `; ${relation.remedy}` : ''}`,
        );
      }
    },
  );
}

import { DataError } from '../errors.ts';
import { sqlName, sqlOrder } from '../tables/ddl.ts';
import type { RowOf, Table } from '../tables/define.ts';
import type { Database, Parameter, Rows } from './duckdb.ts';
import type { Where } from './world.ts';

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

export type LoadTable = <T extends Table>(
  table: T,
  where?: Where<T>,
  signal?: AbortSignal,
) => Promise<RowOf<T>[]>;

/** Rows kept for questions that ask for the same again. */
const cachedRows = 400_000;

/** The relation, and with it the large files where codes are asked for that only they hold. */
function fromOf(
  table: Table,
  relation: Relation,
  where: Readonly<Record<string, readonly unknown[] | undefined>>,
  parameters: Parameter[],
): string {
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

function statement(
  table: Table,
  relation: Relation,
  where: Readonly<Record<string, readonly unknown[] | undefined>>,
) {
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

function objects(
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

/**
 * Reads rows of any table: the declared columns, ordered by key, what the filter keeps. A table without a
 * relation is empty. Answers are remembered, the longest unused forgotten first; a query is stopped when
 * everybody who waits for it has gone.
 */
export function loader(database: Database, relationOf: (table: Table) => Relation | undefined): LoadTable {
  const kept = new Map<string, readonly Record<string, unknown>[]>();
  const underway = new Map<
    string,
    { rows: Promise<Record<string, unknown>[]>; waiting: number; stop: AbortController }
  >();
  let size = 0;

  const remember = (id: string, rows: readonly Record<string, unknown>[]) => {
    kept.set(id, rows);
    size += rows.length;
    for (const [old, oldRows] of kept) {
      if (size <= cachedRows || old === id) break;
      kept.delete(old);
      size -= oldRows.length;
    }
  };

  const start = (id: string, table: Table, relation: Relation, where: object) => {
    const stop = new AbortController();
    const read = async () => {
      relation.verify?.();
      const { sql, parameters, read, pinned } = statement(
        table,
        relation,
        where as Record<string, readonly unknown[]>,
      );
      try {
        const rows = objects(table, await database.query(sql, parameters, stop.signal), read, pinned);
        remember(id, rows);
        return rows;
      } catch (error) {
        if (stop.signal.aborted || !relation.file) throw error;
        const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
        throw new DataError(
          `cannot read ${relation.file}: ${why}${relation.remedy ? `; ${relation.remedy}` : ''}`,
        );
      }
    };
    const entry = { rows: read().finally(() => underway.delete(id)), waiting: 0, stop };
    underway.set(id, entry);
    return entry;
  };

  return async (table, where = {}, signal) => {
    signal?.throwIfAborted();
    const filters = Object.entries(where as Record<string, readonly unknown[] | undefined>)
      .filter(([, values]) => values !== undefined)
      .map(([name, values]) => [name, [...new Set(values)].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const relation = relationOf(table);
    if (!relation || filters.some(([, values]) => values.length === 0)) return [];
    const id = JSON.stringify([table.name, filters]);
    const known = kept.get(id);
    if (known) {
      kept.delete(id);
      kept.set(id, known);
      return known.slice() as never;
    }
    const query = underway.get(id) ?? start(id, table, relation, Object.fromEntries(filters));
    query.waiting++;
    let leave = () => {};
    const gone = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
    });
    try {
      return (await Promise.race([query.rows, gone])).slice() as never;
    } finally {
      signal?.removeEventListener('abort', leave);
      if (--query.waiting === 0) query.stop.abort();
    }
  };
}

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult, DuckDBType } from '@duckdb/node-api';
import type { CellValue } from '../tables/check.ts';
import type { ColumnType } from '../tables/define.ts';
import { appendTexts, type TextVector } from './text-cells.ts';

/** A parameter of a prepared statement; an array is one list. */
export type Parameter = string | number | boolean | readonly (string | number | boolean)[];

export interface Rows {
  readonly names: readonly string[];
  /** one array per column, all of one length */
  readonly columns: readonly CellValue[][];
  readonly length: number;
}

/** An in-memory database. Everything a query needs goes in as a parameter; values come out as JS values. */
export interface Database {
  readonly query: (sql: string, parameters?: readonly Parameter[], signal?: AbortSignal) => Promise<Rows>;
  /** the same, a few thousand rows at a time */
  readonly stream: (sql: string, parameters?: readonly Parameter[]) => AsyncIterable<Rows>;
  /** appends rows given by column, in the order of the table's columns */
  readonly appender: (
    table: string,
    types: readonly ColumnType[],
  ) => Promise<{
    readonly append: (columns: readonly CellValue[][]) => void;
    readonly end: () => void;
  }>;
  readonly close: () => void;
}

export interface DatabaseOptions {
  readonly threads?: number;
  readonly memory?: string;
}

/** The one place where a database value becomes a JS value: bigint and DECIMAL → number, NULL → null. */
function jsValue(value: unknown): CellValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'object' && 'toDouble' in value && typeof value.toDouble === 'function')
    return value.toDouble() as number;
  return String(value);
}

const chunkSize = 2048;

/** Opens a database in memory. Loads the engine only now, so that what fails before it fails fast. */
export async function openDatabase({
  threads = 2,
  memory = '256MB',
}: DatabaseOptions = {}): Promise<Database> {
  const duck = await import('@duckdb/node-api');
  const instance = await duck.DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: memory,
    temp_directory: join(tmpdir(), `headwater-${process.pid}`),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const types: Record<ColumnType, DuckDBType> = {
    text: duck.VARCHAR,
    integer: duck.INTEGER,
    number: duck.DOUBLE,
    boolean: duck.BOOLEAN,
  };
  const bind = (parameter: Parameter) =>
    Array.isArray(parameter) ? duck.listValue([...parameter]) : (parameter as string | number | boolean);
  const listTypes = (parameters: readonly Parameter[]) =>
    parameters.map((p) => {
      if (!Array.isArray(p)) return undefined;
      const first = typeof p[0];
      return duck.LIST(first === 'number' ? duck.DOUBLE : first === 'boolean' ? duck.BOOLEAN : duck.VARCHAR);
    });
  const bound = (parameters: readonly Parameter[]) => {
    const values = Object.fromEntries(parameters.map((p, i) => [String(i + 1), bind(p)]));
    const kinds = Object.fromEntries(listTypes(parameters).map((t, i) => [String(i + 1), t]));
    return [values, kinds] as const;
  };
  const take = (columns: CellValue[][], chunk: DuckDBDataChunk, known: Map<number, string>) => {
    const { rowCount } = chunk; // asks the engine each time it is read
    for (let c = 0; c < chunk.columnCount; c++) {
      const vector = chunk.getColumnVector(c);
      const column = columns[c]!;
      if (vector instanceof duck.DuckDBVarCharVector)
        appendTexts(column, vector as unknown as TextVector, rowCount, known);
      else for (let i = 0; i < rowCount; i++) column.push(jsValue(vector.getItem(i)));
    }
  };
  const collect = async (result: DuckDBResult): Promise<Rows> => {
    const names = result.columnNames();
    const columns: CellValue[][] = names.map(() => []);
    const known = new Map<number, string>();
    let length = 0;
    for (const chunk of await result.fetchAllChunks()) {
      take(columns, chunk, known);
      length += chunk.rowCount;
    }
    return { names, columns, length };
  };

  // the engine falls over where it is closed under a query: the last to leave closes it
  const inUse = new Map<DuckDBConnection, NodeJS.Timeout | null>();
  let isClosing = false;
  let entering = 0;
  const closeIfUnused = () => {
    if (isClosing && entering === 0 && inUse.size === 0) instance.closeSync();
  };
  const enter = async (): Promise<DuckDBConnection> => {
    if (isClosing) throw new Error('the database is closed');
    entering++;
    try {
      const connection = await instance.connect();
      if (!isClosing) {
        inUse.set(connection, null);
        return connection;
      }
      connection.closeSync();
      throw new Error('the database is closed');
    } finally {
      entering--;
      closeIfUnused();
    }
  };
  // a query that has not begun yet overhears an interrupt
  const stop = (connection: DuckDBConnection) => {
    connection.interrupt();
    if (inUse.get(connection) === null)
      inUse.set(connection, setInterval(() => connection.interrupt(), 20).unref());
  };
  const leave = (connection: DuckDBConnection) => {
    clearInterval(inUse.get(connection) ?? undefined);
    inUse.delete(connection);
    connection.closeSync();
    closeIfUnused();
  };

  return {
    async query(sql, parameters = [], signal) {
      signal?.throwIfAborted();
      const connection = await enter();
      const giveUp = () => stop(connection);
      signal?.addEventListener('abort', giveUp);
      try {
        return await collect(await connection.run(sql, ...bound(parameters)));
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener('abort', giveUp);
        leave(connection);
      }
    },
    async *stream(sql, parameters = []) {
      const connection = await enter();
      try {
        const result = await connection.stream(sql, ...bound(parameters));
        const names = result.columnNames();
        for (;;) {
          const chunk = await result.fetchChunk();
          if (!chunk || chunk.rowCount === 0) return;
          const columns: CellValue[][] = names.map(() => []);
          take(columns, chunk, new Map());
          yield { names, columns, length: chunk.rowCount };
        }
      } finally {
        leave(connection);
      }
    },
    async appender(table, columnTypes) {
      const connection = await enter();
      const appender = await connection.createAppender(table);
      const chunkTypes = columnTypes.map((t) => types[t]);
      return {
        append(columns) {
          const length = columns[0]?.length ?? 0;
          for (let from = 0; from < length; from += chunkSize) {
            const part = columns.map((column) => column.slice(from, from + chunkSize));
            const chunk = duck.DuckDBDataChunk.create(chunkTypes, part[0]!.length);
            chunk.setColumns(part);
            appender.appendDataChunk(chunk);
          }
        },
        end() {
          appender.closeSync();
          leave(connection);
        },
      };
    },
    close() {
      isClosing = true;
      for (const connection of inUse.keys()) stop(connection);
      closeIfUnused();
    },
  };
}

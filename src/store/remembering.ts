import type { RowOf, Table } from '../tables/define.ts';
import type { Where } from './world.ts';

/** Equality filters by column, each with at least one value. */
export type Filters = Readonly<Record<string, readonly (string | number | boolean)[] | undefined>>;

export interface ReadRows {
  readonly rows: Record<string, unknown>[];
  /** parts of the store that did not answer; such rows are not kept for later */
  readonly missing?: readonly string[];
}

export type LoadTable = <T extends Table>(
  table: T,
  where?: Where<T>,
  signal?: AbortSignal,
  /** told of parts that did not answer, where rows are given without them */
  missed?: (parts: readonly string[]) => void,
) => Promise<RowOf<T>[]>;

/** Rows kept for questions that ask for the same again. */
const cachedRows = 400_000;

/**
 * Loads rows of any table: the declared columns, ordered by key, what the filter keeps. Answers are remembered, the
 * longest unused forgotten first; a query is stopped when everybody who waits for it has gone.
 *
 * @param has false for tables that are empty and need not be read
 */
export function remembering(
  has: (table: Table) => boolean,
  read: (table: Table, where: Filters, signal: AbortSignal) => Promise<ReadRows>,
): LoadTable {
  const kept = new Map<string, readonly Record<string, unknown>[]>();
  interface Underway {
    readonly read: Promise<ReadRows>;
    waiting: number;
    readonly stop: AbortController;
  }
  const underway = new Map<string, Underway>();
  /** Only this very query: another of the same rows may have taken its place. */
  const forget = (id: string, entry: Underway) => {
    if (underway.get(id) === entry) underway.delete(id);
  };
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

  const start = (id: string, table: Table, where: Filters) => {
    const stop = new AbortController();
    const reading = async () => {
      const found = await read(table, where, stop.signal);
      if (!found.missing?.length) remember(id, found.rows);
      return found;
    };
    const entry: Underway = { read: reading().finally(() => forget(id, entry)), waiting: 0, stop };
    underway.set(id, entry);
    return entry;
  };

  return async (table, where = {}, signal, missed) => {
    signal?.throwIfAborted();
    const filters = Object.entries(where as Filters)
      .filter(([, values]) => values !== undefined)
      .map(([name, values]) => [name, [...new Set(values)].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    if (!has(table) || filters.some(([, values]) => values.length === 0)) return [];
    const id = JSON.stringify([table.name, filters]);
    const known = kept.get(id);
    if (known) {
      kept.delete(id);
      kept.set(id, known);
      return known.slice() as never;
    }
    const query = underway.get(id) ?? start(id, table, Object.fromEntries(filters));
    query.waiting++;
    let leave = () => {};
    const gone = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
    });
    try {
      const { rows, missing } = await Promise.race([query.read, gone]);
      if (missing?.length) missed?.(missing);
      return rows.slice() as never;
    } finally {
      signal?.removeEventListener('abort', leave);
      if (--query.waiting === 0) {
        // whoever asks from here on starts anew: a stopped query has no rows to give
        forget(id, query);
        query.stop.abort();
      }
    }
  };
}

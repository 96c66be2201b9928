import { DataError } from '../../errors.ts';
import type { Table } from '../../tables/define.ts';
import { objects } from '../load.ts';
import type { Filters, ReadRows } from '../remembering.ts';
import { type ClickHouse, isCode, ServerError } from './connection.ts';
import { heldName, isMark, quotedName, shardColumns } from './ddl.ts';
import type { LoadEntry, Manifest } from './loads.ts';
import { selection } from './select.ts';
import { type Shard, shardError, silentShards, slotsOf } from './shards.ts';

/** Reads rows of the tables of one load; see `OpenStore`. */
export function reader(
  server: ClickHouse,
  database: string,
  entry: LoadEntry & { readonly manifest: Manifest },
  shards: readonly Shard[],
  { partial, skipsAsConfigured }: { partial: boolean; skipsAsConfigured: boolean },
) {
  const { load, manifest } = entry;
  const counted = new Map<string, Promise<void>>();
  const isSpread = (table: Table) => manifest.slots > 0 && shardColumns[table.name] !== undefined;

  /** A table that has lost rows since it was loaded, on whichever server, is an error and not a smaller answer. */
  const countOnce = (table: Table, settings: Record<string, number>, signal: AbortSignal): Promise<void> => {
    const counting =
      counted.get(table.name) ??
      (async () => {
        const marks = isSpread(table) ? manifest.slots : 0;
        for (const name of [table.name, `${table.name}_wider`]) {
          const rows = manifest.rows[name];
          if (rows === undefined) continue;
          const { columns } = await server.rows(
            `SELECT count() AS n FROM ${quotedName(database)}.${quotedName(heldName(name, load))}`,
            { settings },
          );
          const found = Number(columns[0]![0]) - marks;
          if (found !== rows)
            throw new DataError(
              `the store has ${found} rows of ${name}, not the ${rows} that were loaded: a server may not have caught up, or rows were changed; try again, or load the tables again with headwater build --store`,
            );
        }
      })();
    counted.set(table.name, counting);
    counting.catch(() => counted.delete(table.name));
    signal.throwIfAborted();
    return counting;
  };

  const silent = async (table: Table): Promise<Shard[]> => {
    const column = shardColumns[table.name];
    if (column === undefined) return [];
    const from = `${quotedName(database)}.${quotedName(heldName(table.name, load))}`;
    return await silentShards(server, { from, column, shards }).catch(() => []);
  };

  return async (table: Table, where: Filters, signal: AbortSignal): Promise<ReadRows> => {
    const vouched = partial && isSpread(table);
    const chosen = selection(table, where, { load, database, manifest }, vouched);
    if (chosen === null) return { rows: [] };
    const settings: Record<string, number> = {};
    if (vouched) settings.skip_unavailable_shards = 1;
    else if (skipsAsConfigured) settings.skip_unavailable_shards = 0;
    // the usual limit is a quarter of a megabyte
    if (chosen.sql.length > 200_000) settings.max_query_size = 2 * chosen.sql.length;
    const attempt = async (): Promise<ReadRows> => {
      if (!vouched) await countOnce(table, settings, signal);
      const found = await server.rows(chosen.sql, { settings, signal });
      const rows = objects(table, found, chosen.read, chosen.pinned);
      if (chosen.marked === null) return { rows };
      const { column, slots } = chosen.marked;
      const seen = new Set(rows.map((row) => row[column]).filter(isMark));
      const weights = slotsOf(shards);
      const gone = [...slots].filter(([name]) => !seen.has(name)).map(([, slot]) => weights[slot]!.name);
      const missing = [...new Set(gone)].sort();
      if (missing.length === shards.length)
        throw new DataError(`no shard of the cluster answers: "${missing.join(', ')}"`);
      return { rows: rows.filter((row) => !isMark(row[column])), missing };
    };
    try {
      try {
        return await attempt();
      } catch (error) {
        // a connection between servers that broke since it was last used: the next is a new one
        if (!isCode(error, 'noServer') || signal.aborted) throw error;
        return await attempt();
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ServerError)) throw error;
      throw isCode(error, 'noServer')
        ? shardError(error, await silent(table), table.name)
        : inWords(error, table);
    }
  };
}

function inWords(error: ServerError, table: Table): DataError {
  if (isCode(error, 'noTable'))
    return new DataError(
      `the tables that were opened are no longer in the store: it was loaded anew, ask again (a server must be started again), or they were removed: "${table.name}"`,
    );
  if (isCode(error, 'noRight'))
    return new DataError(
      `the user of the store may not read this, or not with the settings it takes (readonly = 2 lets them be set): "${error.message.split('\n')[0]}"`,
    );
  return new DataError(
    `the store could not read ${table.name}: "${error.message.split('\n')[0]!.slice(0, 300)}"`,
  );
}

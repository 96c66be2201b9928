import { randomBytes } from 'node:crypto';
import { DataError } from '../../errors.ts';
import type { OpenTables } from '../open.ts';
import type { StoreAddress } from './address.ts';
import { type ClickHouse, isCode, ServerError } from './connection.ts';
import {
  createStatements,
  dropStatement,
  heldName,
  quotedName,
  quotedText,
  type Spread,
  shardColumns,
} from './ddl.ts';
import {
  createLoads,
  type LoadEntry,
  type Manifest,
  newestWhole,
  readLoads,
  schemaVersion,
  writeEntry,
} from './loads.ts';
import { readShards, type Shard, slotsOf } from './shards.ts';
import { blocksOf, type Part, partsOf } from './table-parts.ts';

export interface LoadedTables {
  readonly load: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly dataVersion: string;
  readonly shards: number;
}

interface Waiting {
  readonly progress?: ((done: number, what: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A load that has told nothing for so long was stopped, and its tables may go. */
const staleSeconds = 600;
/** Servers that take longer than this to carry out a statement are taken to be down; the first statement finds out. */
const ddl = { distributed_ddl_task_timeout: 120 };
const firstDdl = { distributed_ddl_task_timeout: 15 };

/**
 * Loads tables into a store, all or nothing: they are made beside those that questions read, filled, counted, and only
 * then named as the newest whole load. The load before stays for those who are at work with it; older ones go. Every
 * server of a cluster must be there. Throws DataError, and then the store answers as it did before.
 */
export async function loadTables(
  server: ClickHouse,
  address: StoreAddress,
  from: OpenTables,
  { progress = () => {}, signal }: Waiting = {},
): Promise<LoadedTables> {
  const { database, cluster } = address;
  const spread: Spread = { database, cluster };
  try {
    const shards = cluster === null ? [] : await readShards(server, cluster, signal);
    const slots = slotsOf(shards).length;
    const copies = copiesOf(shards);
    const { parts, held } = await partsOf(from);
    const all = parts.reduce((sum, part) => sum + part.rows, 0);
    if (all === 0) throw new DataError('no row to load');
    progress(0, 'preparing the database');
    const isThere = await server.rows(
      `SELECT name FROM system.databases WHERE name = ${quotedText(database)}`,
      { signal },
    );
    const on = cluster === null ? '' : ` ON CLUSTER ${quotedName(cluster)}`;
    if (isThere.length === 0)
      await server.run(`CREATE DATABASE IF NOT EXISTS ${quotedName(database)}${on}`, { settings: firstDdl });
    await server.run(createLoads(spread), { settings: firstDdl });
    const before = await readLoads(server, database);
    await dropLoads(
      server,
      spread,
      before.filter((l) => l.state === 'begun' && l.age > staleSeconds),
      copies.everywhere,
    );

    const manifest: Manifest = {
      rows: Object.fromEntries(parts.map((part) => [part.name, part.rows])),
      data: from.data,
      cluster,
      slots,
      ...(held && { held }),
    };
    const entry = {
      load: `${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}_${randomBytes(3).toString('hex')}`,
      sequence: nextSequence(before),
      dataVersion: from.dataVersion,
      schema: schemaVersion,
      manifest,
    };
    const tell = (state: LoadEntry['state'], sequence = entry.sequence) =>
      writeEntry(server, database, { ...entry, sequence, state }, { insert_quorum: copies.everywhere });
    await tell('begun');
    const heart = setInterval(() => void tell('begun').catch(() => {}), (staleSeconds / 5) * 1000);
    try {
      let done = 0;
      for (const part of parts) {
        signal?.throwIfAborted();
        progress((0.95 * done) / all, `loading ${part.name}`);
        for (const sql of createStatements(part.table, entry.load, spread, part))
          await server.run(sql, { settings: ddl });
        const isSpread = slots > 0 && shardColumns[part.table.name] !== undefined;
        const names = Object.keys(part.table.columns).map(quotedName).join(', ');
        const told = (rows: number) => {
          done += rows;
          progress((0.95 * done) / all, `loading ${part.name}`);
        };
        await server.insert(
          `INSERT INTO ${quotedName(database)}.${quotedName(heldName(part.name, entry.load))} (${names})`,
          blocksOf(from.database, part, slots, { signal, told }),
          {
            signal,
            settings: {
              insert_quorum: isSpread ? copies.ofShard : copies.everywhere,
              ...(isSpread && { insert_distributed_sync: 1 }),
            },
          },
        );
        await checkCount(server, database, part, entry.load, isSpread ? slots : 0);
      }
      signal?.throwIfAborted();
      progress(0.95, 'changing over');
      await tell('whole', nextSequence(await readLoads(server, database)));
    } catch (error) {
      clearInterval(heart);
      // what cannot be tidied up now goes with the next load
      await dropLoads(server, spread, [{ ...entry, state: 'begun', age: 0 }], copies.everywhere).catch(
        () => {},
      );
      throw error;
    } finally {
      clearInterval(heart);
    }
    const after = await readLoads(server, database);
    const whole = after.filter((l) => l.state === 'whole');
    const keep = [newestWhole(after), whole.at(-2)];
    await dropLoads(
      server,
      spread,
      whole.filter((l) => !keep.includes(l)),
      copies.everywhere,
    ).catch(() => {});
    progress(1, 'done');
    return { load: entry.load, rows: manifest.rows, dataVersion: entry.dataVersion, shards: shards.length };
  } catch (error) {
    signal?.throwIfAborted();
    throw await inWords(error, server, address);
  }
}

const nextSequence = (loads: readonly LoadEntry[]): number =>
  loads.reduce((most, l) => Math.max(most, l.sequence), 0) + 1;

/** Servers that must have rows before they count as written: all that hold them. 0 where there is only one. */
function copiesOf(shards: readonly Shard[]): { everywhere: number; ofShard: number } {
  const counts = shards.map((shard) => shard.copies);
  const all = counts.reduce((sum, n) => sum + n, 0);
  const least = Math.min(...counts);
  return { everywhere: all > 1 ? all : 0, ofShard: least > 1 && Number.isFinite(least) ? least : 0 };
}

async function checkCount(server: ClickHouse, database: string, part: Part, load: string, marks: number) {
  const { columns } = await server.rows(
    `SELECT count() AS n FROM ${quotedName(database)}.${quotedName(heldName(part.name, load))}`,
  );
  const found = Number(columns[0]![0]) - marks;
  if (found !== part.rows)
    throw new DataError(`${part.rows} rows of ${part.name} were sent, but ${found} are in the store`);
}

/** Marks loads as gone, so that nobody opens them any more, then removes their tables. */
async function dropLoads(server: ClickHouse, spread: Spread, loads: readonly LoadEntry[], copies: number) {
  for (const { age: _, ...entry } of loads) {
    await writeEntry(server, spread.database, { ...entry, state: 'gone' }, { insert_quorum: copies });
    const { columns } = await server.rows(
      `SELECT name FROM system.tables WHERE database = ${quotedText(spread.database)} AND position(name, ${quotedText(`_${entry.load}`)}) > 0 ORDER BY name`,
    );
    // those that reach over all servers first, then what is on each
    const names = (columns[0] ?? [])
      .map(String)
      .sort((a, b) => Number(a.endsWith('_local')) - Number(b.endsWith('_local')));
    for (const name of names) await server.run(dropStatement(name, spread), { settings: ddl });
  }
}

async function inWords(error: unknown, server: ClickHouse, address: StoreAddress): Promise<unknown> {
  if (!(error instanceof ServerError)) return error;
  const said = error.message.split('\n')[0]!.slice(0, 300);
  if (isCode(error, 'noRight'))
    return new DataError(`the user of the store may not make tables in it ("${said}"): "${address.user}"`);
  if (isCode(error, 'ddlUnfinished'))
    return new DataError(
      `not every server of the cluster carried out a statement, and a load needs them all (questions do not): "${await unfinished(error, server, address)}"`,
    );
  return new DataError(`the store could not be loaded and is as it was before: "${said}"`);
}

/** The servers that did not carry out a statement, by what the others left in ZooKeeper. */
async function unfinished(error: ServerError, server: ClickHouse, address: StoreAddress): Promise<string> {
  const path = /(\/\S*query-\d+)/.exec(error.message)?.[1];
  try {
    const finished = await server.rows(
      `SELECT name FROM system.zookeeper WHERE path = ${quotedText(`${path}/finished`)}`,
    );
    const done = new Set(finished.columns[0]!.map((name) => decodeURIComponent(String(name))));
    const shards = await readShards(server, address.cluster!);
    const silent = shards.flatMap((s) => s.servers).filter((name) => !done.has(name));
    if (silent.length > 0) return [...new Set(silent)].join(', ');
  } catch {}
  return error.message.split('\n')[0]!.slice(0, 300);
}

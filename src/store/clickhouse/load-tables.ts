import { randomBytes } from 'node:crypto';
import { DataError } from '../../errors.ts';
import type { CellValue } from '../../tables/check.ts';
import { sqlName } from '../../tables/ddl.ts';
import type { Table } from '../../tables/define.ts';
import { tables } from '../../tables/list.ts';
import type { Database, Parameter } from '../duckdb.ts';
import type { OpenTables } from '../open.ts';
import type { StoreAddress } from './address.ts';
import { type ClickHouse, isCode, ServerError } from './connection.ts';
import {
  createStatements,
  dropStatement,
  heldName,
  isMark,
  mark,
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
import { encodeBlock } from './native.ts';
import { readShards, type Shard, slotsOf } from './shards.ts';

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

/** Rows sent as one block. */
const blockRows = 65_536;
/** A load that has told nothing for so long was stopped, and its tables may go. */
const staleSeconds = 600;
/** Servers that take longer than this to carry out a statement are taken to be down; the first statement finds out. */
const ddl = { distributed_ddl_task_timeout: 120 };
const firstDdl = { distributed_ddl_task_timeout: 15 };

/** One table to load: its rows as SQL of the database in memory. */
interface Part {
  readonly table: Table;
  readonly name: string;
  readonly wider: boolean;
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  readonly rows: number;
}

/** Tables with rows; the codes of a whole release that its tables leave out are tables of their own. */
async function partsOf({
  database,
  relationOf,
}: OpenTables): Promise<{ parts: Part[]; held: readonly string[] | null }> {
  const parts: Part[] = [];
  let held: readonly string[] | null = null;
  const add = async (table: Table, wider: boolean, from: string, parameters: readonly Parameter[]) => {
    const { columns } = await database.query(`SELECT count(*) FROM ${from}`, parameters);
    const rows = Number(columns[0]![0]);
    if (rows === 0) return;
    const names = Object.keys(table.columns).map(sqlName).join(', ');
    const name = wider ? `${table.name}_wider` : table.name;
    parts.push({ table, name, wider, sql: `SELECT ${names} FROM ${from}`, parameters, rows });
  };
  for (const table of tables) {
    const relation = relationOf(table);
    if (!relation) continue;
    relation.verify?.();
    await add(table, false, relation.sql, relation.parameters);
    if (!relation.wider) continue;
    held = [...relation.wider.held].sort();
    await add(table, true, 'read_parquet($1)', [[...relation.wider.files]]);
  }
  return { parts, held };
}

const cellsOf = (table: Table) => Object.entries(table.columns);

async function* blocksOf(
  database: Database,
  part: Part,
  slots: number,
  { signal, told }: { signal?: AbortSignal | undefined; told: (rows: number) => void },
): AsyncGenerator<Uint8Array> {
  const columns = cellsOf(part.table);
  const shardColumn = slots > 0 ? shardColumns[part.table.name] : undefined;
  const shardAt = columns.findIndex(([name]) => name === shardColumn);
  if (shardColumn !== undefined) {
    const marks = columns.map(([name]) =>
      Array.from(
        { length: slots },
        (_, slot): CellValue => (name === shardColumn ? mark(slot, part.wider) : null),
      ),
    );
    yield encodeBlock(columns, marks, slots);
  }
  let values: CellValue[][] = columns.map(() => []);
  for await (const chunk of database.stream(part.sql, part.parameters)) {
    signal?.throwIfAborted();
    for (const [c, column] of chunk.columns.entries()) {
      const into = values[c]!;
      for (const value of column) into.push(value);
    }
    if (shardAt >= 0) {
      const wrong = chunk.columns[shardAt]!.find(isMark);
      if (wrong !== undefined)
        throw new DataError(`${part.name}: a ${shardColumn} may not begin with #: "${wrong}"`);
    }
    if (values[0]!.length < blockRows) continue;
    told(values[0]!.length);
    yield encodeBlock(columns, values, values[0]!.length);
    values = columns.map(() => []);
  }
  if (values[0]!.length > 0) yield encodeBlock(columns, values, values[0]!.length);
  told(values[0]!.length);
}

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

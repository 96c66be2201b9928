import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { wholeFolder } from '../sources/fetch/folder-swap.ts';
import type { Known } from '../tables/check.ts';
import { sqlName } from '../tables/ddl.ts';
import type { Table } from '../tables/define.ts';
import { tableNamed } from '../tables/list.ts';
import { rowKey } from '../tables/row-key.ts';
import { country, mineral } from '../tables/world.ts';
import { type Database, type DatabaseOptions, openDatabase } from './duckdb.ts';
import { opensAsSnapshot } from './folder-options.ts';
import { laidOver } from './laid-over.ts';
import { loader, type Relation } from './load.ts';
import { type OwnData, readOwnData } from './own-data.ts';
import { packageRoot } from './package-root.ts';
import type { LoadTable } from './remembering.ts';
import { openSnapshot } from './snapshot.ts';
import { sha256 } from './version.ts';
import type { World } from './world.ts';

/** What one person waiting brings along. */
export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: World['progress'] | undefined;
  readonly solve?: World['solve'] | undefined;
  readonly now?: string | undefined;
}

export interface WorldOptions extends Waiting {
  /** folder of own tables instead of the snapshot */
  readonly data?: string | undefined;
  /** folder of own tables laid over the snapshot */
  readonly with?: string | undefined;
  /** a distributed store instead of files: `clickhouse://user:password@host:8123/database` */
  readonly store?: string | undefined;
  /** answers from the shards of the store that are there, marked as partial, instead of an error where one is not */
  readonly partial?: boolean | undefined;
  /** used where the address of the store has no password */
  readonly storePassword?: string | undefined;
  /** where the snapshot is; the package's own `data` unless told otherwise */
  readonly snapshotDir?: string | undefined;
  readonly database?: DatabaseOptions | undefined;
}

export interface OpenWorld extends World {
  /** the same data for another request, with its own signal and progress */
  readonly for: (waiting: Waiting) => World;
  readonly close: () => void | Promise<void>;
}

const ownRelation = (held: string): Relation => ({ sql: held, parameters: [] });

/** The snapshot's rows whose key the own table does not have, and the own rows. */
function overlaid(table: Table, below: Relation | undefined, held: string): Relation {
  if (!below) return ownRelation(held);
  const columns = Object.keys(table.columns).map(sqlName).join(', ');
  const same = table.key.map((k) => `o.${sqlName(k)} IS NOT DISTINCT FROM s.${sqlName(k)}`).join(' AND ');
  const kept = `SELECT ${columns} FROM ${below.sql} s WHERE NOT EXISTS (SELECT 1 FROM ${held} o WHERE ${same})`;
  return { ...below, sql: `(${kept} UNION ALL SELECT ${columns} FROM ${held})` };
}

async function ownKeys(database: Database, own: OwnData): Promise<Set<string>> {
  const keys = new Set<string>();
  for (const [name, held] of own.held) {
    const table = tableNamed(name)!;
    const sql = `SELECT ${table.key.map(sqlName).join(', ')} FROM ${held}`;
    for await (const { columns, length } of database.stream(sql))
      for (let i = 0; i < length; i++)
        keys.add(rowKey(table, Object.fromEntries(table.key.map((k, c) => [k, columns[c]![i]]))));
  }
  return keys;
}

const versionOver = (below: string, over: OwnData): string => sha256(`${below} ${over.version}`);

/** Ids that own rows may use besides those of their own tables. */
const knownIds = async (load: LoadTable, signal?: AbortSignal): Promise<Known> => ({
  countries: new Set((await load(country, {}, signal)).map((c) => c.country)),
  minerals: new Set((await load(mineral, {}, signal)).map((m) => m.mineral)),
});

const unsolved: World['solve'] = () => Promise.reject(new Error('this world was opened without a solver'));
const today = () => new Date().toISOString().slice(0, 10);

/** Tables of files, in a database in memory. */
export interface OpenTables {
  readonly database: Database;
  /** where a table's rows are; undefined = it has none */
  readonly relationOf: (table: Table) => Relation | undefined;
  readonly dataVersion: string;
  readonly data: World['data'];
  readonly own: ReadonlySet<string>;
}

/**
 * Opens the snapshot, a folder of own tables instead, or the one with the other over it. Throws UsageError for a
 * folder that is not there, DataError with every problem for bad data.
 */
export async function openTables(asked: WorldOptions = {}): Promise<OpenTables> {
  const options = asked.data === undefined ? asked : { ...asked, data: wholeFolder(asked.data) };
  if (options.data !== undefined && options.with === undefined && opensAsSnapshot(options.data)) {
    const { data, ...rest } = options;
    return await openTables({ ...rest, snapshotDir: data });
  }
  if (options.data !== undefined && options.with !== undefined)
    throw new UsageError('--data is instead of the snapshot, --with is laid over it: give one of them');
  const snapshot =
    options.data === undefined
      ? openSnapshot(wholeFolder(options.snapshotDir ?? join(packageRoot(), 'data')))
      : null;
  const database = await openDatabase(options.database);
  try {
    let relationOf = (table: Table): Relation | undefined => snapshot?.relations.get(table.name);
    if (options.data !== undefined) {
      const { held, version } = await readOwnData(
        options.data,
        '--data',
        database,
        undefined,
        options.signal,
      );
      relationOf = (table) => (held.has(table.name) ? ownRelation(held.get(table.name)!) : undefined);
      return { database, relationOf, dataVersion: version, data: 'own', own: new Set() };
    }
    const dataVersion = snapshot!.version;
    if (options.with === undefined)
      return { database, relationOf, dataVersion, data: 'snapshot', own: new Set() };
    const base = await knownIds(loader(database, relationOf), options.signal);
    const over = await readOwnData(options.with, '--with', database, base, options.signal);
    const under = relationOf;
    relationOf = (table) => {
      const held = over.held.get(table.name);
      return held === undefined ? under(table) : overlaid(table, under(table), held);
    };
    return {
      database,
      relationOf,
      dataVersion: versionOver(dataVersion, over),
      data: 'snapshot+own',
      own: await ownKeys(database, over),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What a world is made of, whichever store its tables are in. */
interface Opened extends Pick<World, 'dataVersion' | 'data' | 'own'> {
  readonly load: LoadTable;
  readonly close: () => void | Promise<void>;
}

async function openFiles(options: WorldOptions): Promise<Opened> {
  const { database, relationOf, ...rest } = await openTables(options);
  return { ...rest, load: loader(database, relationOf), close: () => database.close() };
}

async function openDistributed(store: string, options: WorldOptions): Promise<Opened> {
  if (options.data !== undefined)
    throw new UsageError(
      `--store is instead of the files of --data: give one of them, or load the folder with headwater build --store URL --data DIR: "${options.data}"`,
    );
  const { openStore } = await import('./clickhouse.ts');
  const opened = await openStore(store, {
    partial: options.partial ?? false,
    password: options.storePassword ?? '',
    signal: options.signal,
  });
  const { dataVersion, manifest } = opened.entry;
  const below = { load: opened.load, close: opened.close, dataVersion, data: manifest.data };
  if (options.with === undefined) return { ...below, own: new Set() };
  try {
    return await openOver(below, options.with, options);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Tables of a store with a folder of own tables over them. */
async function openOver(
  below: Omit<Opened, 'own'>,
  dir: string,
  { signal, database: size }: WorldOptions,
): Promise<Opened> {
  const base = await knownIds(below.load, signal);
  const database = await openDatabase(size);
  try {
    const over = await readOwnData(dir, '--with', database, base, signal);
    const own = await ownKeys(database, over);
    const above = loader(database, ({ name }) => {
      const held = over.held.get(name);
      return held === undefined ? undefined : ownRelation(held);
    });
    return {
      load: laidOver(below.load, above, own),
      dataVersion: versionOver(below.dataVersion, over),
      data: below.data === 'own' ? 'own' : 'snapshot+own',
      own,
      close: async () => {
        database.close();
        await below.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens the data that questions are asked of: the snapshot, a folder of own tables instead, the one with the other
 * over it, or a distributed store. Throws UsageError for a folder or an address that is none, DataError with every
 * problem for bad data and for a store that cannot be read.
 */
export async function openWorld(options: WorldOptions = {}): Promise<OpenWorld> {
  if (options.store === undefined && options.partial)
    throw new UsageError('--partial is for a store of several machines; name it with --store');
  const { load, dataVersion, data, own, close } = await (options.store === undefined
    ? openFiles(options)
    : openDistributed(options.store, options));
  const forWaiting = (waiting: Waiting): World => {
    const signal = waiting.signal ?? new AbortController().signal;
    // every query in hand listens for the end; many at once are no leak
    setMaxListeners(0, signal);
    const missing = new Set<string>();
    const missed = (parts: readonly string[]) => {
      for (const part of parts) missing.add(part);
    };
    return {
      load: (table, where) => load(table, where, signal, missed),
      missing: () => [...missing].sort(),
      now: waiting.now ?? options.now ?? today(),
      dataVersion,
      data,
      own,
      solve: waiting.solve ?? options.solve ?? unsolved,
      progress: waiting.progress ?? options.progress ?? (() => {}),
      signal,
    };
  };
  return { ...forWaiting(options), for: forWaiting, close };
}

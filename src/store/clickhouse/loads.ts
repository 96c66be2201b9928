import { createHash } from 'node:crypto';
import { DataError } from '../../errors.ts';
import { tables } from '../../tables/list.ts';
import type { World } from '../world.ts';
import type { StoreAddress } from './address.ts';
import { type ClickHouse, isCode } from './connection.ts';
import { everywhere, quotedName, quotedText, type Spread } from './ddl.ts';

/**
 * Every load makes tables of its own; the table `headwater_load` says which of them are whole. A question reads the
 * newest whole load, so that a load is there all at once or not at all, on every server.
 */
export const loadsTable = 'headwater_load';

/** What is known of the tables of one load. */
export interface Manifest {
  /** rows by table; `trade_flow_wider` are codes that are read only when asked for by name */
  readonly rows: Readonly<Record<string, number>>;
  readonly data: World['data'];
  readonly cluster: string | null;
  /** marks of each sharded table, see ddl.ts; 0 on one server */
  readonly slots: number;
  /** codes that the tables themselves hold, where there are wider ones */
  readonly held?: readonly string[];
}

export interface LoadEntry {
  readonly load: string;
  readonly sequence: number;
  readonly state: 'begun' | 'whole' | 'gone';
  readonly dataVersion: string;
  readonly schema: string;
  readonly manifest: Manifest | null;
  /** seconds since the entry was written, by the clock of the server */
  readonly age: number;
}

/** The shape of all tables: a store filled by code with other tables is not read. */
export const schemaVersion: string = createHash('sha256')
  .update(
    JSON.stringify(
      tables.map(({ name, key, columns }) => [
        name,
        key,
        Object.entries(columns).map(([n, c]) => [n, c.type, c.nullable]),
      ]),
    ),
  )
  .digest('hex')
  .slice(0, 12);

const columns =
  'load String, sequence Int32, state String, data_version String, shape String, manifest String, at DateTime';

export const createLoads = (spread: Spread): string =>
  `CREATE TABLE IF NOT EXISTS ${quotedName(spread.database)}.${loadsTable}${spread.cluster === null ? '' : ` ON CLUSTER ${quotedName(spread.cluster)}`} (${columns}) ENGINE = ${everywhere(spread, loadsTable)} ORDER BY (sequence, load)`;

export async function writeEntry(
  server: ClickHouse,
  database: string,
  entry: Omit<LoadEntry, 'age'>,
  settings: Readonly<Record<string, number>>,
): Promise<void> {
  const texts = [
    entry.state,
    entry.dataVersion,
    entry.schema,
    entry.manifest ? JSON.stringify(entry.manifest) : '',
  ];
  await server.run(
    `INSERT INTO ${quotedName(database)}.${loadsTable} (load, sequence, state, data_version, shape, manifest, at) SELECT ${quotedText(entry.load)}, toInt32(${entry.sequence}), ${texts.map(quotedText).join(', ')}, now()`,
    { settings },
  );
}

/** Every load's newest entry, the oldest load first. */
export async function readLoads(
  server: ClickHouse,
  database: string,
  signal?: AbortSignal,
): Promise<LoadEntry[]> {
  const sql = `SELECT load, sequence, state, data_version, shape, manifest, toInt32(now() - at) AS age FROM ${quotedName(database)}.${loadsTable} ORDER BY sequence, load, at`;
  const { columns: c, length } = await server.rows(sql, { signal });
  const newest = new Map<string, LoadEntry>();
  const rank = { begun: 0, whole: 1, gone: 2 };
  for (let i = 0; i < length; i++) {
    const [load, sequence, state, dataVersion, schema, manifest, age] = c.map((column) => column[i]);
    const entry: LoadEntry = {
      load: String(load),
      sequence: Number(sequence),
      state: state as LoadEntry['state'],
      dataVersion: String(dataVersion),
      schema: String(schema),
      manifest: manifest === '' ? null : JSON.parse(String(manifest)),
      age: Number(age),
    };
    const before = newest.get(entry.load);
    if (!before || rank[entry.state] >= rank[before.state]) newest.set(entry.load, entry);
  }
  return [...newest.values()].sort((a, b) => a.sequence - b.sequence || (a.load < b.load ? -1 : 1));
}

export const newestWhole = (loads: readonly LoadEntry[]): LoadEntry | undefined =>
  loads.findLast((entry) => entry.state === 'whole');

const remedy = 'load the tables with headwater build --store';

/** The load that questions read. Throws DataError where there is none, or not one that this code can read. */
export async function currentLoad(
  server: ClickHouse,
  address: StoreAddress,
  signal?: AbortSignal,
): Promise<LoadEntry & { readonly manifest: Manifest }> {
  let loads: LoadEntry[];
  try {
    loads = await readLoads(server, address.database, signal);
  } catch (error) {
    if (isCode(error, 'noDatabase'))
      throw new DataError(`no such database in the store; ${remedy}: "${address.database}"`);
    if (isCode(error, 'noTable'))
      throw new DataError(`nothing of headwater is in this database; ${remedy}: "${address.database}"`);
    if (isCode(error, 'noRight'))
      throw new DataError(`the user of the store may not read this database: "${address.user}"`);
    throw error;
  }
  const entry = newestWhole(loads);
  if (!entry?.manifest)
    throw new DataError(`no load of this database is whole yet; ${remedy}: "${address.database}"`);
  if (entry.schema !== schemaVersion)
    throw new DataError(
      `the tables of the store were loaded by another version of headwater; ${remedy}: "${entry.schema}, not ${schemaVersion}"`,
    );
  if (address.version !== null && entry.dataVersion !== address.version)
    throw new DataError(
      `the store holds another data version than the address asks for ("${address.version}"): "${entry.dataVersion}"`,
    );
  return { ...entry, manifest: entry.manifest };
}

import { storeAddress } from './clickhouse/address.ts';
import { connect } from './clickhouse/connection.ts';
import { type LoadedTables, loadTables } from './clickhouse/load-tables.ts';
import { openTables } from './open.ts';

export interface LoadStoreOptions {
  /** address of the store */
  readonly store: string;
  /** used where the address has no password */
  readonly password?: string | undefined;
  /** folder of own tables, or of a whole release; the snapshot when left out */
  readonly data?: string | undefined;
  /** where the snapshot is; the package's own `data` unless told otherwise */
  readonly snapshotDir?: string | undefined;
  readonly progress?: ((done: number, what: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Seconds for a single answer of a server that is being loaded. */
const patience = 900;

/** Loads the snapshot or a folder of own tables into a store, all of it or nothing; see `loadTables`. */
export async function loadStore(options: LoadStoreOptions): Promise<LoadedTables> {
  const { data, snapshotDir, signal, progress } = options;
  const address = storeAddress(options.store, options.password);
  const server = await connect(address, { timeoutSeconds: patience, keepAlive: false });
  try {
    // every row is checked before the store is touched
    const from = await openTables({ data, snapshotDir, signal, database: { memory: '1GB' } });
    try {
      return await loadTables(server, address, from, { progress, signal });
    } finally {
      from.database.close();
    }
  } finally {
    await server.close();
  }
}

import { DataError } from '../errors.ts';
import { storeAddress } from './clickhouse/address.ts';
import { connect } from './clickhouse/connection.ts';
import { currentLoad, type LoadEntry, type Manifest } from './clickhouse/loads.ts';
import { reader } from './clickhouse/read-rows.ts';
import { readShards, slotsOf } from './clickhouse/shards.ts';
import { type LoadTable, remembering } from './remembering.ts';

/** The tables of a store, ready to be asked. */
export interface OpenStore {
  readonly load: LoadTable;
  readonly entry: LoadEntry & { readonly manifest: Manifest };
  readonly close: () => Promise<void>;
}

/**
 * Opens the newest whole load of a store. Throws UsageError for an address that is none, DataError where the store
 * cannot be reached, lets us not in or holds nothing that this code can read.
 */
export async function openStore(
  text: string,
  {
    partial = false,
    password = '',
    signal,
  }: { partial?: boolean; password?: string; signal?: AbortSignal | undefined } = {},
): Promise<OpenStore> {
  const address = storeAddress(text, password);
  const server = await connect(address);
  try {
    const entry = await currentLoad(server, address, signal);
    const { cluster } = entry.manifest;
    const shards = cluster === null ? [] : await readShards(server, cluster, signal);
    if (slotsOf(shards).length !== entry.manifest.slots)
      throw new DataError(
        `the cluster has other shards than when its tables were loaded; load them again with headwater build --store: "${cluster}"`,
      );
    const skips = await server.rows(
      "SELECT value FROM system.settings WHERE name = 'skip_unavailable_shards'",
      { signal },
    );
    const read = reader(server, address.database, entry, shards, {
      partial: partial || address.partial,
      skipsAsConfigured: skips.columns[0]?.[0] === '1',
    });
    return {
      load: remembering(
        (table) =>
          entry.manifest.rows[table.name] !== undefined ||
          entry.manifest.rows[`${table.name}_wider`] !== undefined,
        read,
      ),
      entry,
      close: server.close,
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

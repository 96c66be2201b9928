import { DataError } from '../../errors.ts';
import type { ClickHouse, ServerError } from './connection.ts';
import { mark, quotedName, quotedText } from './ddl.ts';

/** A part of a cluster that holds rows no other part has; its servers hold the same rows. */
export interface Shard {
  /** `shard 2 of 3 (10.0.0.4:9000, 10.0.0.5:9000)` */
  readonly name: string;
  readonly weight: number;
  /** how many servers hold its rows */
  readonly copies: number;
  /** as errors of the servers name them */
  readonly servers: readonly string[];
}

/** The shards of a cluster as the server's configuration has them. Throws DataError where it has no such cluster. */
export async function readShards(
  server: ClickHouse,
  cluster: string,
  signal?: AbortSignal,
): Promise<Shard[]> {
  const { columns, length } = await server.rows(
    `SELECT toInt32(shard_num), toInt32(shard_weight), host_name, host_address, toInt32(port) FROM system.clusters WHERE cluster = ${quotedText(cluster)} ORDER BY shard_num, replica_num`,
    { signal },
  );
  if (length === 0) {
    const there = await server.rows('SELECT DISTINCT cluster FROM system.clusters ORDER BY cluster', {
      signal,
    });
    throw new DataError(
      `the server knows no such cluster, only ${there.columns[0]?.join(', ') || 'none'}: "${cluster}"`,
    );
  }
  const found = new Map<number, { weight: number; shown: string[]; servers: string[] }>();
  for (let i = 0; i < length; i++) {
    const [number, weight, host, address, port] = columns.map((c) => c[i]!);
    const shard = found.get(number as number) ?? { weight: weight as number, shown: [], servers: [] };
    shard.shown.push(`${host}:${port}`);
    shard.servers.push(`${host}:${port}`, `${address}:${port}`);
    found.set(number as number, shard);
  }
  return [...found].map(([number, { weight, shown, servers }]) => ({
    name: `shard ${number} of ${found.size} (${shown.join(', ')})`,
    weight,
    copies: shown.length,
    servers,
  }));
}

/** Marks of sharded tables, see ddl.ts: by slot, the shard whose rows it vouches for. */
export const slotsOf = (shards: readonly Shard[]): Shard[] =>
  shards.flatMap((shard) => Array.from({ length: shard.weight }, () => shard));

/** The shards that a server of the cluster cannot reach, by the marks of a table that are missing; see ddl.ts. */
export async function silentShards(
  server: ClickHouse,
  { from, column, shards }: { from: string; column: string; shards: readonly Shard[] },
): Promise<Shard[]> {
  const slots = slotsOf(shards);
  const marks = slots.map((_, slot) => mark(slot));
  const { columns } = await server.rows(
    `SELECT DISTINCT ${quotedName(column)} FROM ${from} WHERE ${quotedName(column)} IN (${marks.map(quotedText).join(', ')})`,
    { settings: { skip_unavailable_shards: 1 } },
  );
  const seen = new Set(columns[0]);
  return [...new Set(slots.filter((_, slot) => !seen.has(mark(slot))))];
}

/** An error of a query over several servers, in words that name the shards. */
export function shardError(error: ServerError, silent: readonly Shard[], table: string): DataError {
  const who = silent.length > 0 ? silent.map((s) => s.name).join(' and ') : 'a server of the cluster';
  return new DataError(
    `${who} does not answer, so a part of the rows of ${table} is out of reach; start it again, or ask with --partial for an answer without them: "${firstLine(error.message)}"`,
  );
}

const firstLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 2)
    .join(' ')
    .slice(0, 200);

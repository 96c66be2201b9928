import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { DataError, UsageError } from '../../errors.ts';
import type { Rows } from '../duckdb.ts';
import type { StoreAddress } from './address.ts';
import { decodeBlocks } from './native.ts';

export type Settings = Readonly<Record<string, string | number>>;

interface Asking {
  readonly settings?: Settings | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A server of a store. SQL stays within what ClickHouse has understood since 2018. */
export interface ClickHouse {
  /** a SELECT without FORMAT */
  readonly rows: (sql: string, asking?: Asking) => Promise<Rows>;
  /** a statement whose result is of no interest */
  readonly run: (sql: string, asking?: Asking) => Promise<void>;
  /** an INSERT without FORMAT, and blocks of rows for it; see native.ts */
  readonly insert: (sql: string, blocks: AsyncIterable<Uint8Array>, asking?: Asking) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a server answered instead of rows; `code` is ClickHouse's own. */
export class ServerError extends Error {
  override name = 'ServerError';
  readonly code: number;

  constructor(code: number, text: string) {
    super(text);
    this.code = code;
  }
}

/** ClickHouse's numbers of the errors that mean something to us. */
export const codes = {
  noTable: [60],
  noDatabase: [81],
  noAccount: [192, 193, 194, 516],
  noRight: [164, 497],
  noServer: [32, 33, 101, 209, 210, 279],
  ddlUnfinished: [159],
} as const;

export const isCode = (error: unknown, which: keyof typeof codes): boolean =>
  error instanceof ServerError && (codes[which] as readonly number[]).includes(error.code);

async function clientPackage(): Promise<typeof import('@clickhouse/client')> {
  try {
    return await import('@clickhouse/client');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError(
      'a store needs one more package, which is installed beside headwater: "npm install @clickhouse/client"',
    );
  }
}

/** Reasons for which the next server is tried: nothing was answered. */
const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it ended the connection',
  EPIPE: 'it ended the connection',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  EHOSTUNREACH: 'no way to it',
  ENETUNREACH: 'no way to it',
  ETIMEDOUT: 'no answer in time',
  EPROTO: 'it does not speak TLS',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP',
};

function whyUnreachable(error: unknown): string | null {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== undefined && code in unreachable) return unreachable[code]!;
  if (/socket hang up|^aborted$/i.test(message)) return unreachable.ECONNRESET!;
  if (/^timeout/i.test(message)) return unreachable.ETIMEDOUT!;
  return code !== undefined && /^(HPE|ERR_SSL|ERR_TLS|CERT|DEPTH|SELF_SIGNED|UNABLE)/.test(code)
    ? message
    : null;
}

/** ClickHouse's own error from what the client throws; its texts differ between the ages of the server. */
function serverError(error: unknown): unknown {
  const { message = '', code } = error as { message?: string; code?: string };
  const said = /^Code: (\d+)[.,]\s*(?:e\.displayText\(\) = )?(?:DB::\w+: ?)?([\s\S]*)/.exec(message.trim());
  if (said) {
    const text = said[2]!.replace(/,? e\.what\(\) = [\s\S]*$/, '').trim();
    return new ServerError(Number(said[1]), text);
  }
  return code !== undefined && /^\d+$/.test(code) ? new ServerError(Number(code), message.trim()) : error;
}

/**
 * Connects to the first server of the address that answers; another takes over when it stops answering. Throws
 * UsageError where the client package is not installed, DataError where no server answers or lets us in.
 *
 * @param options `timeoutSeconds` for a server that is silent; `keepAlive` false where a connection that was ended in
 *   between would spoil work that cannot be done twice
 */
export async function connect(
  address: StoreAddress,
  { timeoutSeconds = 60, keepAlive = true }: { timeoutSeconds?: number; keepAlive?: boolean } = {},
): Promise<ClickHouse> {
  const { createClient, ClickHouseLogLevel } = await clientPackage();
  const clients: ClickHouseClient[] = address.servers.map((url) =>
    createClient({
      url,
      username: address.user,
      password: address.password,
      request_timeout: timeoutSeconds * 1000,
      max_open_connections: 8,
      // servers end idle connections after three seconds
      keep_alive: { enabled: keepAlive, idle_socket_ttl: 1500 },
      log: { level: ClickHouseLogLevel.OFF },
    }),
  );
  const close = async () => void (await Promise.all(clients.map((client) => client.close())));
  let current = 0;

  const inWords = (error: unknown): unknown => {
    const known = serverError(error);
    if (isCode(known, 'noAccount'))
      return new DataError(
        `the store does not know this user with this password, ${address.shown}: "${address.user}"`,
      );
    return known;
  };

  /** Tries the servers in turn, beginning with the one that answered last. */
  async function anywhere<T>(
    work: (client: ClickHouseClient) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const silent: string[] = [];
    const again = new Set<number>();
    for (let tried = 0; tried < clients.length; tried++) {
      const at = current;
      signal?.throwIfAborted();
      try {
        return await work(clients[at]!);
      } catch (error) {
        signal?.throwIfAborted();
        const why = whyUnreachable(error);
        if (why === null) throw inWords(error);
        // an idle connection may have been ended just as it was used
        if (why === unreachable.ECONNRESET && !again.has(at)) {
          again.add(at);
          tried--;
          continue;
        }
        silent.push(`${address.servers[at]} (${why})`);
        if (current === at) current = (at + 1) % clients.length;
      }
    }
    throw new DataError(
      `no server of the store answers; look at the address and whether they run: "${silent.join(', ')}"`,
    );
  }

  // an answer is sent once it is whole: else a part of it would look like all
  const whole = { wait_end_of_query: 1 } as const;
  const asked = ({ settings, signal }: Asking) => ({
    clickhouse_settings: { ...settings, ...whole } as Record<string, string | number>,
    ...(signal && { abort_signal: signal }),
  });

  const connection: ClickHouse = {
    rows: (sql, asking = {}) =>
      anywhere(async (client) => {
        const { stream } = await client.exec({ query: `${sql} FORMAT Native`, ...asked(asking) });
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        return decodeBlocks(Buffer.concat(chunks));
      }, asking.signal),
    run: (sql, asking = {}) =>
      anywhere(
        async (client) => void (await client.command({ query: sql, ...asked(asking) })),
        asking.signal,
      ),
    insert: async (sql, blocks, asking = {}) => {
      try {
        // rows that were read once cannot be sent twice: no other server is tried
        const { stream } = await clients[current]!.exec({
          query: `${sql} FORMAT Native`,
          values: Readable.from(blocks, { objectMode: false }),
          ...asked(asking),
        });
        for await (const _ of stream);
      } catch (error) {
        asking.signal?.throwIfAborted();
        const why = whyUnreachable(error);
        if (why !== null)
          throw new DataError(`the server stopped answering (${why}): "${address.servers[current]}"`);
        throw inWords(error);
      }
    },
    close,
  };
  try {
    // a server that hangs costs seconds here, not a minute
    for (let tried = 0; ; tried++) {
      const limit = AbortSignal.timeout(5000);
      try {
        await connection.rows('SELECT 1', { signal: limit });
        return connection;
      } catch (error) {
        if (!limit.aborted) throw error;
        if (tried === clients.length - 1)
          throw new DataError(
            `no server of the store answers within 5 seconds: "${address.servers.join(', ')}"`,
          );
        current = (current + 1) % clients.length;
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
}

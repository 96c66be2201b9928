import { join } from 'node:path';
import type { Connector, Wanted } from '../../src/sources/fetch/connector.ts';
import { type HttpOptions, http } from '../../src/sources/fetch/http.ts';
import { type FetchLog, runSession, type SessionOptions } from '../../src/sources/fetch/session.ts';
import type { Reference } from '../../src/sources/source.ts';
import { referenceFolder } from '../../src/store/reference-folder.ts';

export const reference: Reference = referenceFolder(join(import.meta.dirname, '../../reference'));

/** Runs a connector against another server than the publisher's, without waiting. */
export function fetching(
  connector: Connector,
  to: string,
  mirrors: Readonly<Record<string, string>>,
  more: {
    wanted?: Wanted;
    key?: string;
    http?: HttpOptions;
    session?: Partial<SessionOptions>;
    reference?: Reference;
  } = {},
): Promise<FetchLog> {
  const client = http({ interval: 0, sleep: async () => {}, random: () => 0, mirrors, ...more.http });
  return runSession(
    { connector, to, http: client, now: () => new Date('2026-11-20T10:00:00Z'), ...more.session },
    (session) =>
      connector.fetch({
        session,
        wanted: more.wanted ?? {},
        reference: more.reference ?? reference,
        key: more.key,
        today: '2026-11-20',
      }),
  );
}

import { UsageError } from '../../errors.ts';
import { didYouMean } from '../../tables/nearest.ts';

/** Where a distributed store is, and how it is to be asked. */
export interface StoreAddress {
  /** tried in this order, until one answers */
  readonly servers: readonly string[];
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** the cluster, as the servers' configuration names it, that a load spreads its tables over; null = one server */
  readonly cluster: string | null;
  /** answers from the shards that are there, marked as partial */
  readonly partial: boolean;
  /** the data version that must be in the store; null = whichever is */
  readonly version: string | null;
  /** as it may be printed: without the password */
  readonly shown: string;
}

const shape = 'clickhouse://user:password@host:8123/database';
const ports = { plain: 8123, secure: 8443 };
const known = ['cluster', 'partial', 'secure', 'version'];

/** What stands between the user's name and the host is nobody's business, however the rest is mistyped. */
export const withoutPassword = (text: string): string =>
  text.replace(/(\/\/[^:@/]*):.*@/, '$1:***@').replace(/^([^/]*?:[^/]*?):[^@]*@/, '$1:***@');

function decoded(text: string, what: string, whole: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError(
      `${what} of a store must be percent-encoded (% is %25): "${withoutPassword(whole)}"`,
    );
  }
}

function flag(value: string | null, name: string): boolean {
  if (value === null || value === '0' || value === 'false') return false;
  if (value === '1' || value === 'true') return true;
  throw new UsageError(`${name} of a store is 1 or 0: "${value}"`);
}

/**
 * Reads `clickhouse://user:password@host:8123,otherhost:8123/database?cluster=NAME&partial=1&secure=1&version=HASH`.
 *
 * @param password used where the address has none
 * @throws UsageError
 */
export function storeAddress(text: string, password = ''): StoreAddress {
  const wrong = () =>
    new UsageError(`not the address of a store, such as ${shape}: "${withoutPassword(text)}"`);
  const m = /^clickhouse:\/\/(?:(.*)@)?([^@/?#]+)(?:\/([^?#]*))?(?:\?([^#]*))?$/s.exec(text);
  if (!m) throw wrong();
  const [, account = '', hosts, database = '', query = ''] = m;
  const options = new URLSearchParams(query);
  for (const name of options.keys())
    if (!known.includes(name))
      throw new UsageError(
        `unknown option of a store: "${name}"${didYouMean(name, known) || `; there are ${known.join(', ')}`}`,
      );
  const secure = flag(options.get('secure'), 'secure');
  const servers = hosts!.split(',').map((host) => {
    const part = /^(\[[0-9a-f:.]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/i.exec(host);
    const port = part?.[2] === undefined ? (secure ? ports.secure : ports.plain) : Number(part[2]);
    if (!part || port < 1 || port > 65_535) throw wrong();
    return `${secure ? 'https' : 'http'}://${part[1]}:${port}`;
  });
  const colon = account.indexOf(':');
  const user = decoded(colon < 0 ? account : account.slice(0, colon), 'the user', text) || 'default';
  const name = decoded(database, 'the database', text) || 'default';
  if (!/^[A-Za-z_]\w{0,63}$/.test(name))
    throw new UsageError(`not a name of a database (letters, digits and _): "${name}"`);
  const cluster = options.get('cluster');
  if (cluster !== null && !/^[\w.-]{1,64}$/.test(cluster))
    throw new UsageError(`not a name of a cluster: "${cluster}"`);
  const version = options.get('version');
  return {
    servers,
    user,
    password: colon < 0 ? password : decoded(account.slice(colon + 1), 'the password', text),
    database: name,
    cluster,
    partial: flag(options.get('partial'), 'partial'),
    version,
    shown: `clickhouse://${user}@${hosts}/${name}`,
  };
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's packages: an old ClickHouse (18.16), and the ZooKeeper that its replicas agree by. */
const server = '/usr/sbin/clickhouse-server';
const zookeeperJar = '/usr/share/java/zookeeper.jar';
const packages = ['clickhouse-server', 'zookeeper'];

const there = (): boolean => existsSync(server) && existsSync(zookeeperJar);

/**
 * Makes sure of the two servers, installing Debian's packages where this process may.
 *
 * @returns null, or why they are not to be had
 */
export function clusterMissing(): string | null {
  if (there()) return null;
  if (process.platform !== 'linux') return `Debian's packages are for Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return `${packages.join(' and ')} are not installed, and only root may`;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...words: string[]) =>
    spawnSync('apt-get', words, { env, encoding: 'utf8', timeout: 300_000 });
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
  let done = install();
  if (done.status !== 0) {
    apt('update');
    done = install();
  }
  if (there()) return null;
  const why = done.error?.message ?? done.stderr?.trim().split('\n').at(-1) ?? '';
  return `apt-get install ${packages.join(' ')} did not bring them: ${why}`;
}

export interface Node {
  readonly shard: number;
  readonly replica: number;
  readonly http: number;
  readonly tcp: number;
  readonly log: string;
  readonly start: () => Promise<void>;
  /** at once, as a machine that loses its power */
  readonly kill: () => Promise<void>;
  /** stands still without closing its connections, and goes on */
  readonly freeze: () => void;
  readonly thaw: () => void;
}

export interface Cluster {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly node: (shard: number, replica: number) => Node;
  /** the address of a store on it; every node's port unless told otherwise */
  readonly url: (options?: {
    readonly user?: string;
    readonly database?: string;
    readonly nodes?: readonly Node[];
    readonly query?: string;
  }) => string;
  /** runs SQL on one node and returns its text */
  readonly sql: (text: string, node?: Node) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Accounts of the test servers: one that may do all, one that reads, one that may not even change settings. */
export const accounts = { writer: 'right+word/1', reader: 'reads', strict: 'looks' } as const;

function freePorts(count: number): Promise<number[]> {
  const opened = Array.from({ length: count }, () => createServer());
  return Promise.all(
    opened.map(
      (s) =>
        new Promise<number>((resolve, reject) => {
          s.once('error', reject);
          s.listen(0, '127.0.0.1', () => resolve((s.address() as { port: number }).port));
        }),
    ),
  ).finally(() => Promise.all(opened.map((s) => new Promise((closed) => s.close(closed)))));
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

async function until(
  what: string,
  ready: () => Promise<boolean>,
  process: () => ChildProcess | undefined,
  log: string,
) {
  const end = Date.now() + 60_000;
  for (;;) {
    if (await ready().catch(() => false)) return;
    const tail = () => (existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : '');
    if (process()?.exitCode != null) throw new Error(`${what} ended: ${tail()}`);
    if (Date.now() > end) throw new Error(`${what} is not ready after a minute: ${tail()}`);
    await new Promise((later) => setTimeout(later, 50));
  }
}

/** Starts a cluster on this machine's loopback address: servers with their own folders and ports, and one ZooKeeper. */
export async function startCluster(shards = 2, replicas = 2): Promise<Cluster> {
  const root = mkdtempSync(join(tmpdir(), 'headwater-cluster-'));
  const name = 'minerals';
  const [keeperPort, ...ports] = await freePorts(1 + shards * replicas * 3);
  const running = new Set<ChildProcess>();
  const launch = (file: string, args: string[], log: string, env: Record<string, string> = {}) => {
    const child = spawn('sh', ['-c', 'exec "$0" "$@" >"$LOG" 2>&1', file, ...args], {
      stdio: 'ignore',
      env: { ...process.env, ...env, LOG: log },
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  };
  const ended = (child: ChildProcess) =>
    new Promise<void>((done) =>
      child.exitCode !== null || child.signalCode !== null ? done() : child.once('exit', () => done()),
    );
  // a test run that is killed leaves no servers behind
  const tidy = () => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  };
  process.once('exit', tidy);

  const keeper = join(root, 'zookeeper');
  mkdirSync(keeper);
  writeFileSync(
    join(keeper, 'zoo.cfg'),
    `tickTime=500\nmaxClientCnxns=0\nforceSync=no\nadmin.enableServer=false\ndataDir=${keeper}\nclientPort=${keeperPort}\nclientPortAddress=127.0.0.1\n4lw.commands.whitelist=srvr\n`,
  );
  const keeperLog = join(keeper, 'log');
  const zookeeper = launch(
    'java',
    [
      '-Xmx128m',
      '-XX:+UseSerialGC',
      '-cp',
      `/etc/zookeeper/conf:${zookeeperJar}`,
      'org.apache.zookeeper.server.quorum.QuorumPeerMain',
      join(keeper, 'zoo.cfg'),
    ],
    keeperLog,
  );

  const places = Array.from({ length: shards * replicas }, (_, i) => ({
    shard: Math.floor(i / replicas) + 1,
    replica: (i % replicas) + 1,
    http: ports[3 * i]!,
    tcp: ports[3 * i + 1]!,
    between: ports[3 * i + 2]!,
  }));
  const remote = Array.from({ length: shards }, (_, s) => {
    const members = places
      .filter((p) => p.shard === s + 1)
      .map(
        (p) =>
          `<replica><host>127.0.0.1</host><port>${p.tcp}</port><user>writer</user><password>${xml(accounts.writer)}</password></replica>`,
      );
    return `<shard><internal_replication>true</internal_replication>${members.join('')}</shard>`;
  }).join('');
  const user = (account: keyof typeof accounts, profile: string) =>
    `<${account}><password>${xml(accounts[account])}</password><networks><ip>::/0</ip></networks><profile>${profile}</profile><quota>default</quota></${account}>`;

  const nodes = places.map(({ shard, replica, http, tcp, between }): Node => {
    const dir = join(root, `s${shard}r${replica}`);
    mkdirSync(join(dir, 'data'), { recursive: true });
    const log = join(dir, 'log');
    writeFileSync(
      join(dir, 'users.xml'),
      `<yandex><profiles><default><max_memory_usage>2000000000</max_memory_usage><load_balancing>random</load_balancing></default><reads><readonly>2</readonly></reads><looks><readonly>1</readonly></looks></profiles>
<users>${user('writer', 'default')}${user('reader', 'reads')}${user('strict', 'looks')}</users><quotas><default/></quotas></yandex>`,
    );
    writeFileSync(
      join(dir, 'config.xml'),
      `<yandex><logger><level>warning</level><console>1</console></logger>
<http_port>${http}</http_port><tcp_port>${tcp}</tcp_port><interserver_http_port>${between}</interserver_http_port><interserver_http_host>127.0.0.1</interserver_http_host>
<listen_host>127.0.0.1</listen_host><keep_alive_timeout>3</keep_alive_timeout>
<path>${dir}/data/</path><tmp_path>${dir}/data/tmp/</tmp_path><user_files_path>${dir}/data/user_files/</user_files_path>
<users_config>${dir}/users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database><timezone>UTC</timezone>
<mark_cache_size>5368709</mark_cache_size><uncompressed_cache_size>8388608</uncompressed_cache_size><mlock_executable>false</mlock_executable>
<zookeeper><node><host>127.0.0.1</host><port>${keeperPort}</port></node><session_timeout_ms>10000</session_timeout_ms></zookeeper>
<macros><shard>0${shard}</shard><replica>r${replica}</replica></macros>
<remote_servers><${name}>${remote}</${name}></remote_servers>
<distributed_ddl><path>/clickhouse/task_queue/ddl</path></distributed_ddl></yandex>`,
    );
    let child: ChildProcess | undefined;
    return {
      shard,
      replica,
      http,
      tcp,
      log,
      start: async () => {
        child = launch(server, [`--config-file=${dir}/config.xml`], log);
        const ready = async () => (await fetch(`http://127.0.0.1:${http}/ping`)).ok;
        await until(`clickhouse-server ${shard}/${replica}`, ready, () => child, log);
      },
      kill: async () => {
        child!.kill('SIGKILL');
        await ended(child!);
      },
      freeze: () => void child!.kill('SIGSTOP'),
      thaw: () => void child!.kill('SIGCONT'),
    };
  });
  const stop = async () => {
    process.off('exit', tidy);
    const all = [...running];
    for (const child of all) child.kill('SIGKILL');
    await Promise.all(all.map(ended));
    // thousands of small files: nobody waits for them to go
    spawn('rm', ['-rf', root], { detached: true, stdio: 'ignore' }).unref();
  };
  try {
    // it answers "imok" before it takes sessions, and a ClickHouse that is refused one at its start falls over later
    await until(
      'zookeeper',
      async () => {
        const { connect } = await import('node:net');
        return await new Promise<boolean>((done) => {
          const socket = connect(keeperPort!, '127.0.0.1', () => socket.end('srvr'));
          let said = '';
          socket.on('data', (bytes) => {
            said += bytes;
          });
          socket.setTimeout(500, () => socket.destroy());
          socket.on('error', () => done(false));
          socket.on('close', () => done(/^Mode: /m.test(said)));
        });
      },
      () => zookeeper,
      keeperLog,
    );
    await Promise.all(nodes.map((n) => n.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name,
    nodes,
    node: (shard, replica) => nodes.find((n) => n.shard === shard && n.replica === replica)!,
    url: ({ user = 'writer', database = 'headwater', nodes: of = nodes, query = `cluster=${name}` } = {}) => {
      const password = encodeURIComponent(accounts[user as keyof typeof accounts] ?? 'wrong');
      const hosts = of.map((n) => `127.0.0.1:${n.http}`).join(',');
      return `clickhouse://${user}:${password}@${hosts}/${database}${query ? `?${query}` : ''}`;
    },
    sql: async (text, node = nodes[0]!) => {
      const response = await fetch(`http://127.0.0.1:${node.http}/`, {
        method: 'POST',
        headers: { 'x-clickhouse-user': 'writer', 'x-clickhouse-key': accounts.writer },
        body: text,
      });
      const said = await response.text();
      if (!response.ok) throw new Error(said);
      return said;
    },
    stop,
  };
}

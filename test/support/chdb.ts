import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Half a gigabyte once unpacked: not a dependency, but brought when this is tested, and kept for the next time. */
const wanted = 'chdb@3.4.0';
const root = join(import.meta.dirname, '../..');
const cache = process.env.HEADWATER_TEST_CACHE ?? join(tmpdir(), 'headwater-test-cache');

const from = (folder: string): string | null => {
  try {
    return createRequire(join(folder, 'package.json')).resolve('chdb') && folder;
  } catch {
    return null;
  }
};

/** The folder from which chdb, ClickHouse in a process, can be read; or why it is not to be had. */
export function findChdb(): { folder: string } | { missing: string } {
  const folder = join(cache, wanted);
  const known = from(root) ?? from(folder);
  if (known) return { folder: known };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const done = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', wanted],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: 180_000,
    },
  );
  return from(folder)
    ? { folder }
    : {
        missing: `npm install ${wanted} did not bring it: ${(done.error?.message ?? done.stderr ?? '').trim().split('\n')[0]}`,
      };
}

/** Starts chdb behind ClickHouse's HTTP interface; the password of `default` is `word`. */
export async function startChdb(
  folder: string,
): Promise<{ url: (password?: string) => string; stop: () => void }> {
  const script = join(import.meta.dirname, 'chdb-server.mjs');
  const child: ChildProcess = spawn(process.execPath, [script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => void child.kill('SIGKILL');
  process.once('exit', stop);
  const port = await new Promise<string>((ready, failed) => {
    child.stdout!.once('data', (bytes) => ready(String(bytes).trim()));
    child.once('exit', (code) => failed(new Error(`chdb ended: ${code}`)));
  });
  return {
    url: (password = 'word') => `clickhouse://default:${password}@127.0.0.1:${port}/headwater`,
    stop: () => {
      process.off('exit', stop);
      stop();
    },
  };
}

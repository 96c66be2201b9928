// Finds a Chromium that starts for the browser tests: the one named, one on the PATH, else the one that a dev
// dependency brings (with the libraries it brings too, where the system has none), else Debian's, installed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

// the tests' own: flags made for other uses, such as one process for all or no same-origin rule, would hide faults of the pages
const args = ['--no-sandbox', '--no-zygote'];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser that is there can still lack a library, be a stub, or fall over when its first window closes. */
async function starts(executablePath, libraries) {
  try {
    const { chromium } = await import('playwright-core');
    const env = { ...process.env, ...libraries };
    const browser = await chromium.launch({ executablePath, args, env, timeout: 30_000 });
    try {
      for (let window = 0; window < 2; window++) {
        const context = await browser.newContext();
        await context.newPage();
        await context.close();
      }
    } finally {
      await browser.close();
    }
    return true;
  } catch {
    return false;
  }
}

async function firstThatStarts(paths) {
  for (const path of paths) if (await starts(path)) return path;
  return null;
}

const onPath = (env) =>
  [...(env.PATH ?? '').split(delimiter), '/usr/bin']
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter(isExecutable);

/** Unpacks the libraries that the package carries for systems without NSS, and says where the linker finds them. */
function broughtLibraries() {
  const packed = join(
    dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')),
    '../../bin/al2023.tar.br',
  );
  const into = join(tmpdir(), 'chromium-libraries');
  mkdirSync(into, { recursive: true });
  spawnSync('tar', ['-x', '-C', into], { input: brotliDecompressSync(readFileSync(packed)) });
  return { LD_LIBRARY_PATH: join(into, 'lib') };
}

async function brought() {
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const path = await chromium.executablePath();
    const how = 'brought by the package @sparticuz/chromium';
    if (await starts(path)) return { path, args, how };
    const libraries = broughtLibraries();
    if (await starts(path, libraries))
      return { path, args, how: `${how}, with its libraries`, env: libraries };
  } catch {
    // not installed, or not made for this processor
  }
  return null;
}

async function installed() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return null;
  process.stdout.write('no Chromium starts here: installing the system package chromium\n');
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update'], quiet);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quiet);
  const path = await firstThatStarts(onPath({}));
  return path ? { path, args, how: 'installed with apt-get' } : null;
}

/** @returns {Promise<{ path: string, args: string[], how: string, env?: Record<string, string> } | null>} null where none starts */
export async function findChromium(env = process.env) {
  if (env.CHROME_PATH && isExecutable(env.CHROME_PATH))
    return { path: env.CHROME_PATH, args, how: 'named by CHROME_PATH' };
  const path = await firstThatStarts(onPath(env));
  if (path) return { path, args, how: 'found on the PATH' };
  return (await brought()) ?? (await installed());
}

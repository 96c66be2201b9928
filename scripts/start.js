#!/usr/bin/env node
// npm start: sets up what is missing, prints the UK board, serves the API and the pages.
// Arguments go to `headwater serve` (--port, --host, --data, --with).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const bin = join(root, 'bin', 'headwater.js');

if (!existsSync(join(root, 'node_modules', 'commander'))) {
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

/** True where a source is newer than what was built from it. */
function isStale() {
  const built = statSync(join(root, 'dist', 'main.js'), { throwIfNoEntry: false })?.mtimeMs;
  if (built === undefined) return true;
  if (!existsSync(join(root, 'src'))) return false;
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).some(
    (f) => statSync(join(root, 'src', f)).mtimeMs > built,
  );
}

if (isStale()) {
  const done = spawnSync(process.execPath, [join(root, 'scripts', 'build.js')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const given = (name) => args.some((a) => a === name || a.startsWith(`${name}=`));
const dataArgs = args.flatMap((a, i) =>
  /^--(data|with)=/.test(a) ? [a] : /^--(data|with)$/.test(a) ? [a, args[i + 1] ?? ''] : [],
);
const board = given('--data') ? ['board'] : ['board', '--for', 'GBR', '--list', 'uk-2024'];
const shown = spawnSync(process.execPath, [bin, ...board, ...dataArgs], { stdio: 'inherit' });
// own tables need not hold the United Kingdom; what is wrong with them `serve` says
if (shown.status !== 0 && !given('--data')) process.exit(shown.status ?? 1);

const isFree = (port) =>
  new Promise((tell) => {
    const probe = createServer();
    probe.once('error', () => tell(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => tell(true)));
  });
let port = 8300;
if (!given('--port')) while (port < 8400 && !(await isFree(port))) port++;

process.stdout.write('\nServing the API and the pages; Ctrl-C ends it.\n');
const portArgs = given('--port') ? [] : ['--port', String(port)];
const server = spawn(process.execPath, [bin, 'serve', ...portArgs, ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));

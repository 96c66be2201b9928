#!/usr/bin/env node
// Builds dist/: the command line and workers with tsdown, the pages with vite where there are any.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What a tool says is of interest only when it fails. */
function run(script, args) {
  const done = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (done.status === 0) return;
  process.stderr.write(`${done.stdout}${done.stderr}`);
  process.exit(done.status ?? 1);
}

// installed as a package: dist is shipped, and the tools to build it are not there
if (!existsSync(join(root, 'src')) || !existsSync(join(root, 'node_modules/tsdown'))) process.exit(0);

const dist = join(root, 'dist');
if (existsSync(dist))
  for (const name of readdirSync(dist))
    if (name !== 'web' && name !== 'site') rmSync(join(dist, name), { recursive: true });
run('tsdown/dist/run.mjs', []);
if (existsSync(join(root, 'vite.config.ts')) && existsSync(join(root, 'src/web/index.html')))
  for (const mode of ['production', 'site'])
    run('vite/bin/vite.js', ['build', '--mode', mode, '--logLevel', 'warn']);

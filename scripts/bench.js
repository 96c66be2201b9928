#!/usr/bin/env node
// npm run bench [name …]: runs bench/*.bench.ts one after the other, or those whose name holds a word given.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const words = process.argv.slice(2);
const files = readdirSync(join(root, 'bench'), { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.bench.ts') && (words.length === 0 || words.some((w) => f.includes(w))))
  .sort();
if (files.length === 0) {
  process.stderr.write(`no benchmark${words.length ? ` named like: "${words.join(' ')}"` : 's'} in bench/\n`);
  process.exit(2);
}
let failed = 0;
for (const file of files) {
  process.stdout.write(`\n${file}\n`);
  const script = join(root, 'bench', file);
  const done = spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) failed++;
}
process.exit(failed ? 1 : 0);

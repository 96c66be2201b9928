#!/usr/bin/env node
// Writes docs/questions.md, docs/tables.md, docs/sources.md and the board in the README from the lists and the
// snapshot. With --check it writes nothing and fails if something would change.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';

register();
const root = join(import.meta.dirname, '..');
const { generatedDocs } = await import('../test/support/generated-docs.ts');
let changed = 0;
for (const [name, text] of await generatedDocs()) {
  const file = join(root, name);
  let before = '';
  try {
    before = readFileSync(file, 'utf8');
  } catch {}
  if (before === text) continue;
  changed++;
  if (process.argv.includes('--check')) process.stderr.write(`${name} is not what the lists say\n`);
  else {
    writeFileSync(file, text);
    process.stdout.write(`wrote ${name}\n`);
  }
}
process.exit(process.argv.includes('--check') && changed ? 1 : 0);

#!/usr/bin/env node
// npm test: builds, checks style and types, makes sure of a browser, runs every test. Arguments go to vitest; with
// arguments only the tests they name are run. The last line counts what passed and failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.js';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const results = join(root, 'test-results', 'vitest.json');
const env = { ...process.env };

function node(script, ...rest) {
  const done = spawnSync(process.execPath, [join(root, script), ...rest], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  return done.status === 0;
}

function finish(passed, failed, ok) {
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exit(ok && failed === 0 && passed > 0 ? 0 : 1);
}

if (!existsSync(join(root, 'node_modules', 'vitest'))) {
  process.stdout.write('installing what the tests need (npm ci)\n');
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit', env });
  if (done.status !== 0) finish(0, 1, false);
}
if (!node('scripts/build.js')) finish(0, 1, false);

const refused = [];
if (args.length === 0) {
  if (!node('node_modules/@biomejs/biome/bin/biome', 'check', '.')) refused.push('style (biome check)');
  if (!node('node_modules/typescript/bin/tsc', '--noEmit')) refused.push('types (tsc --noEmit)');
}

const chromium = await findChromium();
if (chromium) {
  Object.assign(env, chromium.env, { CHROME_PATH: chromium.path });
  process.stdout.write(`browser tests use ${chromium.path}, ${chromium.how}\n`);
} else
  process.stdout.write(
    'no Chromium found: browser tests will fail; name one with CHROME_PATH=/path/to/chromium\n',
  );

mkdirSync(join(root, 'test-results'), { recursive: true });
rmSync(results, { force: true });
const ok = node(
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...args,
);

for (const what of refused) process.stdout.write(`failed: ${what}\n`);
if (!existsSync(results)) finish(0, 1 + refused.length, false);
const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
  readFileSync(results, 'utf8'),
);
if (numPendingTests > 0)
  process.stdout.write(`${numPendingTests} tests were SKIPPED; the lines with SKIPPED above say why\n`);
// a file that could not even be read has no failing test of its own
const unread = testResults.filter(
  (f) => f.status === 'failed' && !f.assertionResults.some((t) => t.status === 'failed'),
);
finish(numPassedTests, numFailedTests + unread.length + refused.length, ok);

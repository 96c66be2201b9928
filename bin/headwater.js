#!/usr/bin/env node
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { setFlagsFromString } from 'node:v8';

// where Node can (from 22.8), the compiled code is kept for the next start
module.enableCompileCache?.();

// answers are made and printed once: collecting short-lived objects early costs little and saves a tenth of the memory
setFlagsFromString('--max-semi-space-size=8');
setFlagsFromString('--semi-space-growth-factor=1');

const built = new URL('../dist/main.js', import.meta.url);
if (existsSync(built)) await (await import(built.href)).main();
else {
  process.stderr.write('headwater: not built yet; run "npm run build" in the package folder\n');
  process.exitCode = 1;
}

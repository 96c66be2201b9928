#!/usr/bin/env node
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { setFlagsFromString } from 'node:v8';

// where Node can (from 22.8), the compiled code is kept for the next start
module.enableCompileCache?.();

// answers are made and printed once: a nursery that stays small costs little and saves a tenth of the memory, and
// collecting it is too little work to be shared between threads
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--no-parallel-scavenge');

const built = new URL('../dist/main.js', import.meta.url);
if (existsSync(built)) await (await import(built.href)).main();
else {
  process.stderr.write('headwater: not built yet; run "npm run build" in the package folder\n');
  process.exitCode = 1;
}

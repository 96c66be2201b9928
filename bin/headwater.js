#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/main.js', import.meta.url);
if (existsSync(built)) await (await import(built.href)).main();
else {
  process.stderr.write('headwater: not built yet; run "npm run build" in the package folder\n');
  process.exitCode = 1;
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];
let registered = false;

/** A temporary folder with these files, gone when the test file is done. */
export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'headwater-test-'));
  made.push(dir);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  return dir;
}

/** Call once at the top of a test file that makes folders. */
export function removeFoldersAfterwards(): void {
  if (registered) return;
  registered = true;
  afterAll(() => {
    for (const dir of made) rmSync(dir, { recursive: true, force: true });
  });
}

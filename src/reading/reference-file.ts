import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { DataError } from '../errors.ts';

/** Rows of a file in `reference/reading`, found from this file upward, so that it works from source and when built. */
export function referenceRows(file: string): Record<string, string>[] {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const path = join(folder, 'reference', 'reading', file);
    if (existsSync(path))
      return parse(readFileSync(path), { columns: true, skip_empty_lines: true, bom: true });
    const above = dirname(folder);
    if (above === folder)
      throw new DataError(`word list not found beside the program: reference/reading/${file}`);
    folder = above;
  }
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../errors.ts';
import type { Reference } from '../sources/source.ts';
import { csvReader } from '../tables/csv.ts';

/** Small tables kept by hand, and the hash of those read. */
export interface ReferenceFolder extends Reference {
  readonly files: () => { readonly path: string; readonly sha256: string }[];
}

function rowsOf(text: string, file: string): Record<string, string>[] {
  const problems: string[] = [];
  const rows: Record<string, string>[] = [];
  let header: readonly string[] | null = null;
  const csv = csvReader({
    record(line, cells) {
      if (header === null) header = cells;
      else if (cells.length !== header.length)
        problems.push(
          `${file} line ${line}: ${cells.length} cells in the row, but the header has ${header.length}`,
        );
      else rows.push(Object.fromEntries(header.map((name, i) => [name, cells[i]!])));
    },
    malformed: (line, cell, why) =>
      problems.push(`${file} line ${line}, column ${header?.[cell] ?? cell + 1}: ${why}`),
  });
  csv.push(text);
  csv.end();
  if (header === null) problems.push(`${file}: no header`);
  if (problems.length > 0) throw new DataError(problems);
  return rows;
}

/** The folder `reference/`: each file is read once. */
export function referenceFolder(dir: string): ReferenceFolder {
  const read = new Map<string, { rows: Record<string, string>[]; sha256: string }>();
  const table = (name: string) => {
    const known = read.get(name);
    if (known) return known;
    const file = `${name}.csv`;
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(join(dir, file));
    } catch {
      throw new DataError(`no such reference file: "${file}"`);
    }
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw new DataError(`${file}: not UTF-8 text`);
    }
    const entry = { rows: rowsOf(text, file), sha256: createHash('sha256').update(bytes).digest('hex') };
    read.set(name, entry);
    return entry;
  };
  return {
    csv: (name) => table(name).rows,
    files: () =>
      [...read]
        .map(([name, { sha256 }]) => ({ path: `${name}.csv`, sha256 }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, UsageError } from '../errors.ts';
import type { Raw } from '../sources/source.ts';

/** Hashes of the files read, by path, in the order of their paths. */
export interface ReadRecord {
  readonly raw: Raw;
  readonly files: () => { readonly path: string; readonly sha256: string }[];
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * The folder of publishers' files, as one source sees it: what it reads is recorded. A folder that keeps them in a
 * folder `raw` of its own will do.
 */
export function rawFolder(given: string): ReadRecord {
  if (!isFolder(given))
    throw new UsageError(
      `no such folder: "${given}"; --raw takes the folder the publishers' files arrived in`,
    );
  const dir = isFolder(join(given, 'raw')) ? join(given, 'raw') : given;
  const read = new Map<string, string>();
  const raw: Raw = {
    read(path) {
      let bytes: Uint8Array;
      try {
        bytes = readFileSync(join(dir, path));
      } catch {
        throw new DataError(`no such file in the raw folder: "${path}"`);
      }
      read.set(path, createHash('sha256').update(bytes).digest('hex'));
      return bytes;
    },
    list(folder) {
      const path = join(dir, folder);
      return existsSync(path) ? readdirSync(path).sort() : [];
    },
    has: (path) => existsSync(join(dir, path)),
  };
  const files = () =>
    [...read].map(([path, sha256]) => ({ path, sha256 })).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { raw, files };
}

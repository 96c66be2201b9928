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

/** The folder of publishers' files, as one source sees it: what it reads is recorded. */
export function rawFolder(dir: string): ReadRecord {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`no such folder: "${dir}"; --raw takes the folder the publishers' files arrived in`);
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

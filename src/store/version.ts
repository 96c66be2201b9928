import { createHash } from 'node:crypto';

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** The version of a set of tables: a hash of their hashes, whatever order they are listed in. */
export const dataVersion = (tables: readonly { readonly name: string; readonly sha256: string }[]): string =>
  sha256(
    tables
      .map((t) => `${t.name} ${t.sha256}\n`)
      .sort()
      .join(''),
  ).slice(0, 16);

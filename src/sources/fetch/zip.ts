import { createWriteStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { DataError } from '../../errors.ts';
import { diskError } from './disk.ts';

export interface ZipEntry {
  /** name without folders */
  readonly name: string;
  readonly bytes: number;
  readonly open: () => Promise<Readable>;
}

export interface Zip {
  readonly entries: readonly ZipEntry[];
  readonly close: () => void;
}

const broken = (file: string, error: unknown): DataError =>
  new DataError(
    `the archive is cut short or damaged (${error instanceof Error ? error.message : String(error)}); delete it and fetch it again: "${file}"`,
  );

/** The files of a zip archive, by their list at its end: an archive that was cut short has none. */
export async function openZip(file: string): Promise<Zip> {
  let zip: yauzl.ZipFile;
  try {
    zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
      yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, opened) =>
        error ? reject(error) : resolve(opened!),
      );
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new DataError(`no such archive: "${file}"`);
    throw broken(file, error);
  }
  const entries: ZipEntry[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry) => {
        if (!entry.fileName.endsWith('/'))
          entries.push({
            name: entry.fileName.split('/').at(-1)!,
            bytes: entry.uncompressedSize,
            open: () =>
              new Promise<Readable>((opened, failed) => {
                zip.openReadStream(entry, (error, stream) =>
                  error ? failed(broken(file, error)) : opened(stream!),
                );
              }),
          });
        zip.readEntry();
      });
      zip.on('end', resolve);
      zip.on('error', reject);
      zip.readEntry();
    });
  } catch (error) {
    zip.close();
    throw broken(file, error);
  }
  return { entries, close: () => zip.close() };
}

/** Writes one file of an archive to `target`, a piece at a time. */
export async function extract(
  entry: ZipEntry,
  target: string,
  archive: string,
  signal?: AbortSignal,
): Promise<void> {
  const stream = await entry.open();
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, count, createWriteStream(target), signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    const told = diskError(error, target);
    throw told instanceof DataError ? told : broken(archive, error);
  }
  if (bytes !== entry.bytes)
    throw broken(archive, new Error(`${entry.name} has ${bytes} bytes, not ${entry.bytes}`));
}

/** The whole of a small file of an archive. */
export async function bytesOf(entry: ZipEntry, archive: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of await entry.open()) chunks.push(chunk as Buffer);
  } catch (error) {
    throw broken(archive, error);
  }
  return Buffer.concat(chunks);
}

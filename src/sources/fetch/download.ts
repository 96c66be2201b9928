import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { DataError } from '../../errors.ts';
import { notAWebPage } from './answers.ts';
import { diskError } from './disk.ts';
import { type Http, Unfinished } from './http.ts';

/** What a server says about the state of a file, to ask later whether it changed. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface Downloaded extends Validators {
  /** false where the publisher's file is the one known already: then nothing was written */
  readonly changed: boolean;
  readonly bytes: number;
  readonly sha256: string;
}

export interface DownloadOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly interval?: number;
  /** of the copy at hand: 304 then means that it is still the one */
  readonly known?: Validators | undefined;
  /** what should come, for the message where a web page does: CSV, a zip archive … */
  readonly expected: string;
  /** a web page is what is wanted */
  readonly webPage?: boolean;
  readonly progress?: (bytes: number, total: number | null) => void;
  /** opens the file to write; for tests of a full disk */
  readonly openFile?: (path: string, flags: string) => Promise<Pick<FileHandle, 'write' | 'close' | 'sync'>>;
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Brings one file: into `<target>.part`, which takes the target's name only when every byte promised is there. What an
 * interrupted download left is gone on with (Range), if the publisher's file is still the same one (If-Range).
 */
export async function download(
  http: Http,
  url: string,
  target: string,
  options: DownloadOptions,
): Promise<Downloaded> {
  const part = `${target}.part`;
  const about = `${target}.part.json`;
  const openFile = options.openFile ?? open;
  let offset = 0;

  const resumable = (): string | null => {
    offset = 0;
    if (!existsSync(part) || !existsSync(about)) return null;
    try {
      const noted = JSON.parse(readFileSync(about, 'utf8')) as Validators & { url: string };
      // a weak tag does not promise the same bytes
      const strong = noted.etag?.startsWith('W/') ? null : noted.etag;
      const validator = strong ?? noted.lastModified;
      if (noted.url !== url || !validator) return null;
      offset = statSync(part).size;
      return offset > 0 ? validator : null;
    } catch {
      return null;
    }
  };

  const headers = (): Record<string, string> => {
    const validator = resumable();
    if (validator !== null) return { ...options.headers, range: `bytes=${offset}-`, 'if-range': validator };
    offset = 0;
    const { etag, lastModified } = options.known ?? {};
    return {
      ...options.headers,
      ...(etag ? { 'if-none-match': etag } : lastModified ? { 'if-modified-since': lastModified } : {}),
    };
  };

  const found = await http.ask(url, {
    headers,
    accept: [206, 304, 416],
    ...(options.interval !== undefined && { interval: options.interval }),
    use: async (response, alive) => {
      const validators = {
        etag: response.headers.get('etag'),
        lastModified: response.headers.get('last-modified'),
      };
      if (response.status === 304) return { changed: false, ...validators };
      if (response.status === 416) {
        const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
        await response.body?.cancel();
        if (Number(total) === offset) return { changed: true, ...validators };
        rmSync(part, { force: true });
        throw new Unfinished('the part at hand does not fit');
      }
      if (response.status === 206) {
        const from = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
        if (Number(from) !== offset) {
          rmSync(part, { force: true });
          throw new Unfinished('the publisher sent another part than the one asked for');
        }
      } else offset = 0;
      await receive(response, alive);
      return { changed: true, ...validators };
    },
  });
  if (!found.changed) return { ...found, bytes: 0, sha256: '' };
  const bytes = statSync(part).size;
  const sha256 = await sha256OfFile(part);
  renameSync(part, target);
  rmSync(about, { force: true });
  return { ...found, bytes, sha256 };

  async function receive(response: Response, alive: () => void): Promise<void> {
    const length = response.headers.get('content-length');
    const total = length === null ? null : offset + Number(length);
    let written = offset;
    let handle: Awaited<ReturnType<typeof openFile>> | undefined;
    try {
      for await (const chunk of response.body ?? []) {
        alive();
        if (handle === undefined) {
          if (offset === 0 && !options.webPage) notAWebPage(chunk, url, options.expected);
          const { headers: h } = response;
          const note = { url, etag: h.get('etag'), lastModified: h.get('last-modified') };
          writeFileSync(about, JSON.stringify(note));
          handle = await openFile(part, offset > 0 ? 'a' : 'w');
        }
        await writeAll(handle, chunk);
        written += chunk.length;
        options.progress?.(written, total);
      }
      await handle?.sync();
    } catch (error) {
      throw diskError(error, part);
    } finally {
      await handle?.close();
    }
    if (written === 0) throw new DataError(`the publisher sent an empty file: "${url}"`);
    if (total !== null && written !== total)
      throw new Unfinished(`cut short: ${written} of ${total} bytes came`);
  }
}

async function writeAll(handle: Pick<FileHandle, 'write'>, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
}

import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DataError } from '../../errors.ts';
import type { Connector, Fetched } from './connector.ts';
import { diskError } from './disk.ts';
import { type DownloadOptions, download, type Validators } from './download.ts';
import { besideFolder, putBack, takePlace } from './folder-swap.ts';
import type { Http } from './http.ts';
import { lock } from './lock.ts';

/** One file as it lies beside the log. */
export interface LoggedFile extends Validators {
  readonly path: string;
  /** where it was asked for; absent where it was put together from others */
  readonly url: string | null;
  readonly bytes: number;
  readonly sha256: string;
  /** when it came */
  readonly fetched: string;
}

/** fetch-log.json: what was fetched from whom, when, under which licence. */
export interface FetchLog {
  readonly source: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly citation: string;
  readonly url: string;
  readonly release: string | null;
  /** unfinished: an interrupted run, whose files the next one takes up */
  readonly state: 'complete' | 'unfinished';
  readonly started: string;
  readonly finished: string | null;
  readonly files: readonly LoggedFile[];
  readonly remarks: readonly string[];
}

export const LOG = 'fetch-log.json';

/** How long the pages of an interrupted run may be gone on with: later, the publisher's pages may have shifted. */
const pagesKeptMs = 24 * 3600 * 1000;

export interface Session {
  readonly http: Http;
  /** folder in which the run's files are; what is written there appears only when the run is complete */
  readonly dir: string;
  /** a small answer, kept as it came; `check` throws where it is not what was asked for. An interrupted run's is reused */
  readonly page: (
    path: string,
    url: string,
    options: Omit<DownloadOptions, 'known'> & { readonly check?: (bytes: Uint8Array) => void },
  ) => Promise<Uint8Array>;
  /** a large file; where it is the same as the one at hand, that one is kept. `check` as above. Returns its place */
  readonly file: (
    path: string,
    url: string,
    options: Omit<DownloadOptions, 'known'> & { readonly check?: (place: string) => Promise<void> },
  ) => Promise<string>;
  /** a file put together from others */
  readonly write: (path: string, content: string | Uint8Array) => void;
  readonly progress: (done: number, what: string) => void;
  readonly signal: AbortSignal;
}

export function readLog(dir: string): FetchLog | null {
  try {
    const log = JSON.parse(readFileSync(join(dir, LOG), 'utf8')) as FetchLog;
    return Array.isArray(log.files) ? log : null;
  } catch {
    return null;
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A second name of a file where the disk allows it, else a copy. */
function same(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { force: true });
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

export interface SessionOptions {
  readonly connector: Connector;
  /** folder of all publishers' folders */
  readonly to: string;
  readonly http: Http;
  readonly progress?: (done: number, what: string) => void;
  readonly now?: () => Date;
  readonly openFile?: DownloadOptions['openFile'];
}

/**
 * Runs a connector so that its folder changes whole or not at all: files gather beside it and take its place at the
 * end. Where the run is interrupted or fails, the folder stays as it was, and what came is taken up by the next run.
 * Files in the folder that no run brought are kept. Throws DataError where another process is at it.
 */
export async function runSession(
  { connector, to, http, progress = () => {}, now = () => new Date(), openFile }: SessionOptions,
  work: (session: Session) => Promise<Fetched>,
): Promise<FetchLog> {
  const target = join(to, connector.folder);
  const staging = besideFolder(target, 'fetching');
  try {
    mkdirSync(to, { recursive: true });
  } catch (error) {
    throw diskError(error, to);
  }
  const unlock = lock(besideFolder(target, 'lock'), `${connector.id} is being fetched into this folder`);
  try {
    putBack(target);
    const before = readLog(target);
    const left = readLog(staging);
    const started = now().toISOString();
    const fresh = left !== null && Date.parse(started) - Date.parse(left.started) < pagesKeptMs;
    const files = new Map<string, LoggedFile>(fresh ? left.files.map((file) => [file.path, file]) : []);
    const head = {
      source: connector.id,
      title: connector.title,
      publisher: connector.publisher,
      licence: connector.licence,
      citation: connector.citation,
      url: connector.url,
    };
    const save = (log: Pick<FetchLog, 'release' | 'state' | 'finished' | 'remarks'>): FetchLog => {
      const all = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
      const whole: FetchLog = { ...head, started: fresh ? left.started : started, ...log, files: all };
      put(join(staging, LOG), `${JSON.stringify(whole, null, 2)}\n`);
      return whole;
    };
    const unfinished = () => save({ release: null, state: 'unfinished', finished: null, remarks: [] });
    const noted = (file: Omit<LoggedFile, 'fetched'>) => {
      files.set(file.path, { ...file, fetched: now().toISOString() });
      unfinished();
    };
    const atHand = (path: string, url: string): LoggedFile | undefined => {
      const file = before?.files.find((f) => f.path === path && f.url === url);
      const size = file && statSync(join(target, path), { throwIfNoEntry: false })?.size;
      return file && size === file.bytes ? file : undefined;
    };
    /** from an interrupted run, and whole */
    const already = (path: string, url: string): LoggedFile | undefined => {
      const file = files.get(path);
      const size = statSync(join(staging, path), { throwIfNoEntry: false })?.size;
      return file?.url === url && size === file.bytes ? file : undefined;
    };

    const bring = async (path: string, url: string, options: Omit<DownloadOptions, 'known'>) => {
      const place = join(staging, path);
      mkdirSync(dirname(place), { recursive: true });
      const known = atHand(path, url);
      const got = await download(http, url, place, {
        ...options,
        known,
        ...(openFile && { openFile }),
      });
      if (got.changed) noted({ path, url, ...pick(got) });
      else if (known) {
        same(join(target, path), place);
        noted({ ...known });
      } else throw new DataError(`the publisher says "not changed" of a file that is not here: "${url}"`);
      return place;
    };

    /** an answer that is not what was asked for is not kept for the next run */
    const kept = async (path: string, check: () => Promise<void>) => {
      try {
        await check();
      } catch (error) {
        files.delete(path);
        rmSync(join(staging, path), { force: true });
        unfinished();
        throw error;
      }
    };

    const session: Session = {
      http,
      dir: staging,
      progress,
      signal: http.signal,
      async page(path, url, { check, ...options }) {
        const place = already(path, url) ? join(staging, path) : await bring(path, url, options);
        const bytes = readFileSync(place);
        await kept(path, async () => check?.(bytes));
        return bytes;
      },
      async file(path, url, { check, ...options }) {
        const place = already(path, url) ? join(staging, path) : await bring(path, url, options);
        await kept(path, async () => check?.(place));
        return place;
      },
      write(path, content) {
        const bytes = typeof content === 'string' ? Buffer.from(content) : content;
        put(join(staging, path), bytes);
        noted({
          path,
          url: null,
          bytes: bytes.length,
          sha256: sha256(bytes),
          etag: null,
          lastModified: null,
        });
      },
    };

    if (!fresh) rmSync(staging, { recursive: true, force: true });
    try {
      mkdirSync(staging, { recursive: true });
      unfinished();
    } catch (error) {
      throw diskError(error, staging);
    }
    const fetched = await work(session);
    http.signal.throwIfAborted();
    const log = save({
      release: fetched.release,
      state: 'complete',
      finished: now().toISOString(),
      remarks: fetched.remarks,
    });
    bringAlong(staging, target, before);
    return log;
  } finally {
    unlock();
  }
}

/** Pages only to be looked at, for asking which release is the newest: nothing is kept. */
export async function peek<T>(http: Http, look: (session: Session) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'headwater-peek-'));
  const never = () => {
    throw new Error('only pages are looked at');
  };
  try {
    return await look({
      http,
      dir,
      async page(path, url, { check, ...options }) {
        const place = join(dir, path);
        mkdirSync(dirname(place), { recursive: true });
        await download(http, url, place, options);
        const bytes = readFileSync(place);
        check?.(bytes);
        return bytes;
      },
      file: never,
      write: never,
      progress: () => {},
      signal: http.signal,
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const pick = (got: Validators & { bytes: number; sha256: string }) => ({
  bytes: got.bytes,
  sha256: got.sha256,
  etag: got.etag,
  lastModified: got.lastModified,
});

/** Writes a small file whole or not at all. */
function put(path: string, content: string | Uint8Array): void {
  const part = `${path}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(part, content);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw diskError(error, path);
  }
}

/** The new folder takes the old one's place; what somebody else put into the old one comes along. */
function bringAlong(staging: string, target: string, before: FetchLog | null): void {
  try {
    if (existsSync(target)) {
      const ours = new Set([LOG, ...(before?.files.map((file) => file.path) ?? [])]);
      const names = readdirSync(target, { recursive: true, encoding: 'utf8' });
      for (const name of names)
        if (!ours.has(name) && statSync(join(target, name)).isFile() && !existsSync(join(staging, name)))
          same(join(target, name), join(staging, name));
    }
    takePlace(staging, target);
  } catch (error) {
    throw diskError(error, target);
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { DataError } from '../../errors.ts';

/** How requests are made; everything a test wants to hold in its hand is a field. */
export interface HttpOptions {
  readonly signal?: AbortSignal;
  /** tries before giving up */
  readonly attempts?: number;
  /** first pause after a failure, in ms; doubles with each further one */
  readonly backoff?: number;
  /** longest pause a publisher may ask for before we give up instead of waiting, in ms */
  readonly longestWait?: number;
  /** a connection on which nothing comes for so long is given up, in ms */
  readonly idle?: number;
  /** the least time between two requests to one host, in ms, unless a connector asks for more */
  readonly interval?: number;
  /** publisher's origin → origin to ask instead: a mirror, or a server on this machine */
  readonly mirrors?: Readonly<Record<string, string>>;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  readonly random?: () => number;
  readonly now?: () => number;
  /** called before each wait */
  readonly waiting?: (ms: number, why: string) => void;
}

export interface Request<T> {
  /** made anew for each try, so that a download can go on where it stopped */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** least time between two requests to this host, in ms */
  readonly interval?: number;
  /** statuses besides 200 that `use` understands */
  readonly accept?: readonly number[];
  /** reads the answer; an `Unfinished` thrown here is tried again, any other error is final */
  readonly use: (response: Response, alive: () => void) => Promise<T>;
}

export interface Http {
  readonly ask: <T>(url: string, request: Request<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

/** The answer broke off or is not what was promised: worth another try. */
export class Unfinished extends Error {}

const worthRetrying = new Set([408, 425, 429, 500, 502, 503, 504]);
const agent = 'headwater (open tool on mineral supply; one request at a time)';

/** How long a publisher asks to wait: seconds or a date; null where it says nothing. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/**
 * Requests that do not bother a publisher: one at a time and not too often for each host, tried again after failures
 * that pass (429, 5xx, broken connections) with growing pauses or the pause the publisher asks for.
 * Throws DataError naming the address where there is no answer; the reason of the signal where it is aborted.
 */
export function http(options: HttpOptions = {}): Http {
  const {
    signal = new AbortController().signal,
    attempts = 6,
    backoff = 1000,
    longestWait = 600_000,
    idle = 60_000,
    interval = 1000,
    mirrors = {},
    sleep = (ms, stop) => pause(ms, undefined, stop ? { signal: stop } : {}),
    random = Math.random,
    now = Date.now,
    waiting = () => {},
  } = options;
  const turns = new Map<string, Promise<void>>();
  const last = new Map<string, number>();

  const mirrored = (url: string): string => {
    const from = Object.keys(mirrors).find((origin) => url.startsWith(`${origin}/`));
    return from === undefined ? url : mirrors[from] + url.slice(from.length);
  };

  async function inTurn<T>(host: string, least: number, work: () => Promise<T>): Promise<T> {
    const before = turns.get(host) ?? Promise.resolve();
    let done = () => {};
    const mine = new Promise<void>((resolve) => {
      done = resolve;
    });
    turns.set(
      host,
      before.then(() => mine),
    );
    await before;
    try {
      const since = now() - (last.get(host) ?? Number.NEGATIVE_INFINITY);
      if (since < least) await sleep(least - since, signal);
      return await work();
    } finally {
      last.set(host, now());
      done();
    }
  }

  async function once<T>(url: string, request: Request<T>): Promise<T | Failure> {
    const stalled = new AbortController();
    let watch: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => stalled.abort(), idle);
    };
    alive();
    try {
      const response = await fetch(mirrored(url), {
        headers: { 'user-agent': agent, 'accept-encoding': 'identity', ...request.headers?.() },
        signal: AbortSignal.any([signal, stalled.signal]),
      });
      if (response.status === 200 || request.accept?.includes(response.status))
        return await request.use(response, alive);
      const text = await response.text().catch(() => '');
      if (!worthRetrying.has(response.status)) throw refused(url, response, text);
      return new Failure(
        `status ${response.status}`,
        retryAfter(response.headers.get('retry-after'), now()),
        text,
      );
    } catch (error) {
      signal.throwIfAborted();
      if (stalled.signal.aborted) return new Failure(`nothing came for ${Math.round(idle / 1000)} s`);
      if (error instanceof Unfinished) return new Failure(error.message);
      const code = networkCode(error);
      if (code === null) throw error;
      return new Failure(code);
    } finally {
      clearTimeout(watch);
    }
  }

  return {
    signal,
    async ask(url, request) {
      const host = new URL(url).host;
      for (let attempt = 1; ; attempt++) {
        signal.throwIfAborted();
        const least = Math.max(interval, request.interval ?? 0);
        const result = await inTurn(host, least, () => once(url, request));
        if (!(result instanceof Failure)) return result;
        if (attempt === attempts)
          throw new DataError(
            `no answer after ${attempts} tries (${result.why}${said(result.text)}); what was fetched is kept, ask again later: "${url}"`,
          );
        const wait = result.wait ?? backoff * 2 ** (attempt - 1) * (1 + random() / 4);
        if (wait > longestWait)
          throw new DataError(
            `the publisher asks to wait ${Math.ceil(wait / 60_000)} minutes (${result.why}); ask again then: "${url}"`,
          );
        waiting(wait, result.why);
        await sleep(wait, signal);
        signal.throwIfAborted();
      }
    },
  };
}

class Failure {
  readonly why: string;
  readonly wait: number | null;
  readonly text: string;
  constructor(why: string, wait: number | null = null, text = '') {
    this.why = why;
    this.wait = wait;
    this.text = text;
  }
}

const said = (text: string): string => {
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? '' : `: ${plain.slice(0, 160)}`;
};

/** An answer that will not get better by asking again. `status` lets a connector put it into its own words. */
export class Refused extends DataError {
  readonly status: number;
  readonly said: string;
  constructor(message: string, status: number, said: string) {
    super(message);
    this.status = status;
    this.said = said;
  }
}

const refused = (url: string, response: Response, text: string): Refused =>
  new Refused(
    `the publisher refuses with status ${response.status}${said(text)}: "${url}"`,
    response.status,
    text,
  );

/** The code of a broken connection; null for an error that is none. */
function networkCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  if (cause?.code) return cause.code;
  if (error.message === 'terminated' || error.message === 'fetch failed') return 'the connection broke';
  return null;
}

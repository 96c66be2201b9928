import type { Names } from '../../http/names.ts';
import type { Reply } from '../../questions/reply.ts';
import { queryOf } from './router.ts';
import { siteData } from './site-data.ts';

export type { Names, Reply };

/** What the API says of a question; see GET /api. */
export interface Entry {
  readonly name: string;
  readonly asks: string;
  readonly about: string;
  readonly methods: readonly string[];
  readonly example: string;
  readonly body?: unknown;
  readonly params: {
    readonly required?: readonly string[];
    readonly properties: Readonly<Record<string, ParamSchema>>;
  };
}

export interface ParamSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: ParamSchema;
}

export interface Listing {
  readonly questions: readonly Entry[];
  readonly data_version: string;
  readonly code_version: string;
}

/** What went wrong, in the words of the server. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Params = Parameters<typeof queryOf>[0];
type Entered = { readonly etag: string | null; readonly value: unknown; at: number };

/** Answers younger than this are taken as they are; older ones are confirmed by their ETag. */
const freshMs = 60_000;
const mostEntries = 120;

const isSite = typeof HEADWATER_SITE !== 'undefined' && HEADWATER_SITE;
const entered = new Map<string, Entered>();
const running = new Map<
  string,
  { readonly answer: Promise<unknown>; waiting: number; readonly stop: () => void }
>();

/** One address for one question: also the name of the answer in a static export. */
export const addressOf = (path: string, params: Params): string => {
  const query = queryOf(params);
  return query === '' ? path : `${path}?${query}`;
};

/** The answer to a question. Equal questions asked at once are asked once; it is given up when nobody waits for it. */
export const ask = (question: string, params: Params = {}, signal?: AbortSignal): Promise<Reply> =>
  get<Reply>(addressOf(question, params), signal);

export const listing = (): Promise<Listing> => get<Listing>('');
export const loadNames = (): Promise<Names> => get<Names>('names');

/** An answer that is at hand without asking, for views that must not flicker. */
export function atHand(question: string, params: Params = {}): Reply | undefined {
  return entered.get(addressOf(question, params))?.value as Reply | undefined;
}

/** Asks with a text as the body (an article, a scenario). Nothing is kept, here or there. */
export async function post(
  question: string,
  params: Params,
  body: string,
  type: string,
  signal?: AbortSignal,
) {
  if (isSite)
    throw new ApiError(
      'static',
      'this export cannot read texts; run "npx headwater serve" and open it there',
    );
  const response = await fetch(`./api/${addressOf(question, params)}`, {
    method: 'POST',
    body,
    headers: { 'content-type': type },
    signal: signal ?? null,
  });
  return (await read(response)) as Reply;
}

async function get<T>(address: string, signal?: AbortSignal): Promise<T> {
  signal?.throwIfAborted();
  if (isSite) return (await siteData(address)) as T;
  const known = entered.get(address);
  if (known && performance.now() - known.at < freshMs) return known.value as T;
  let run = running.get(address);
  if (!run) {
    const abort = new AbortController();
    const answer = fetched(address, known, abort.signal).finally(() => running.delete(address));
    answer.catch(() => {});
    run = { answer, waiting: 0, stop: () => abort.abort() };
    running.set(address, run);
  }
  const mine = run;
  mine.waiting++;
  return await new Promise<T>((resolve, reject) => {
    const leave = () => {
      reject(signal!.reason);
      if (--mine.waiting === 0) {
        mine.stop();
        running.delete(address);
      }
    };
    signal?.addEventListener('abort', leave, { once: true });
    mine.answer
      .then((value) => resolve(value as T), reject)
      .finally(() => signal?.removeEventListener('abort', leave));
  });
}

async function fetched(address: string, known: Entered | undefined, signal: AbortSignal): Promise<unknown> {
  const headers: Record<string, string> = known?.etag ? { 'if-none-match': known.etag } : {};
  const response = await fetch(address === '' ? './api' : `./api/${address}`, { headers, signal });
  if (response.status === 304 && known) {
    known.at = performance.now();
    return known.value;
  }
  const value = await read(response);
  entered.delete(address);
  entered.set(address, { etag: response.headers.get('etag'), value, at: performance.now() });
  for (const [oldest] of entered) {
    if (entered.size <= mostEntries) break;
    entered.delete(oldest);
  }
  return value;
}

async function read(response: Response): Promise<unknown> {
  const value = await response.json().catch(() => null);
  if (response.ok && value !== null) return value;
  const error = (value as { error?: { code: string; message: string } } | null)?.error;
  throw new ApiError(
    error?.code ?? String(response.status),
    error?.message ?? `the server answered ${response.status}`,
  );
}

import { setMaxListeners } from 'node:events';
import { Hono } from 'hono';
import { bodyLimit as limitBody } from 'hono/body-limit';
import { LRUCache } from 'lru-cache';
import type { SharedWorld } from '../cli/shell.ts';
import { UsageError } from '../errors.ts';
import { answered, isPartial } from '../questions/answered.ts';
import { codeVersion } from '../questions/code-version.ts';
import type { Listed } from '../questions/list.ts';
import type { Question } from '../questions/question.ts';
import { reply } from '../questions/reply.ts';
import { didYouMean } from '../tables/nearest.ts';
import { etagOf, matches } from './etag.ts';
import { bodyLimit, failure, failureOf } from './failure.ts';
import { createMetrics } from './metrics.ts';
import { namesOf } from './names.ts';
import { openApi, questionEntry } from './openapi.ts';
import { firstPage, styleSheet } from './page.ts';
import { places } from './places.ts';
import { requestParams } from './request-params.ts';
import { isLoopback, securityHeaders } from './security.ts';
import type { ServerLog } from './server-log.ts';
import { staticFile } from './static-files.ts';

export interface AppOptions {
  readonly questions: readonly Listed[];
  readonly world: SharedWorld;
  /** folder of built pages; without one the first page is plain */
  readonly pages?: string | undefined;
  /** refuses requests that name another host: a page elsewhere must not read this machine's data (DNS rebinding) */
  readonly loopbackOnly?: boolean;
  /** where bugs are told */
  readonly log?: (line: string) => void;
  /** answers worked on at once, and how many more may wait */
  readonly atOnce?: number;
  readonly waiting?: number;
  /** seconds after which an answer is given up and its queries are stopped */
  readonly timeoutSeconds?: number;
  /** bytes of answers kept to be given again */
  readonly cacheBytes?: number;
  /** told of every response */
  readonly requests?: ServerLog['request'];
  /** true once the server has been told to end: new work should go elsewhere */
  readonly isEnding?: () => boolean;
}

/** The API and the pages as a function from request to response: tests need no port. */
export function createApp(options: AppOptions): Hono {
  const { questions, world, log = () => {} } = options;
  const app = new Hono();
  const inPlace = places(options.atOnce ?? 4, options.waiting ?? 64);
  const cacheBytes = options.cacheBytes ?? 32 * 1024 * 1024;
  // answers by ETag; one that would take an eighth of the room is not kept
  const cache = new LRUCache<string, string>({
    maxSize: cacheBytes,
    maxEntrySize: Math.ceil(cacheBytes / 8),
    sizeCalculation: (body) => 2 * body.length + 1,
  });
  const metrics = createMetrics();
  const timeout = options.timeoutSeconds ?? 60;
  const started = performance.now();
  let served = 0;
  const all = () => Promise.all(questions.map((q) => q.load()));

  app.use(async (c, next) => {
    const begun = performance.now();
    const id = ++served;
    await next();
    const { status, headers } = c.res;
    const ms = Math.round(performance.now() - begun);
    const { path } = c.req;
    metrics.count(routeOf(path, status), status, ms / 1000);
    const cached = status === 304 ? 'same' : headers.get('x-cache') === 'hit' ? 'hit' : undefined;
    options.requests?.({ id, method: c.req.method, path, status, ms, ...(cached && { cache: cached }) });
    if (options.isEnding?.()) headers.set('connection', 'close');
  });
  /** Few names, however many paths callers try. */
  const routeOf = (path: string, status: number): string => {
    const name = /^\/api\/([^/]+)$/.exec(path)?.[1];
    if (name !== undefined && questions.some((q) => q.name === name)) return name;
    if (path === '/api' || path === '/api/openapi.json' || path === '/healthz' || path === '/metrics')
      return path.slice(1);
    return status === 404 ? 'unknown' : 'page';
  };
  app.use(async (c, next) => {
    const host = c.req.header('host')?.replace(/:\d+$/, '');
    if (options.loopbackOnly && host !== undefined && !isLoopback(host))
      c.res = failure(421, 'wrong_host', `this server answers on this machine only, not as: "${host}"`);
    else await next();
    for (const [name, value] of Object.entries(securityHeaders)) c.res.headers.set(name, value);
  });
  app.use(
    limitBody({
      maxSize: bodyLimit,
      onError: () => failure(413, 'too_large', `the body is over ${bodyLimit / 1024 / 1024} MB`),
    }),
  );
  app.onError((error, c) => failureOf(error, c.req.raw.signal.aborted, log));
  app.notFound((c) => noSuchPath(c.req.path));

  const noSuchPath = (path: string) =>
    failure(404, 'not_found', `no such path; GET /api lists the questions: "${path.slice(0, 200)}"`);

  app.all('/healthz', (c) => {
    if (!isGet(c.req.method)) return notAllowed(c.req.method, 'GET, HEAD');
    const ending = options.isEnding?.() ?? false;
    return c.json(
      { status: ending ? 'ending' : 'ok', data_version: world.dataVersion, code_version: codeVersion },
      ending ? 503 : 200,
      { 'cache-control': 'no-store' },
    );
  });

  app.all('/metrics', (c) => {
    if (!isGet(c.req.method)) return notAllowed(c.req.method, 'GET, HEAD');
    const gauges = {
      ...inPlace.counts(),
      cachedBytes: cache.calculatedSize,
      uptimeSeconds: (performance.now() - started) / 1000,
      residentBytes: process.memoryUsage.rss(),
    };
    return c.text(metrics.text(gauges, { data: world.dataVersion, code: codeVersion }), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  app.all('/api', async (c) => {
    if (!isGet(c.req.method)) return notAllowed(c.req.method, 'GET, HEAD');
    if (c.req.raw.url.includes('?')) requestParamsOfNone(new URL(c.req.url).searchParams);
    return c.json({
      questions: (await all()).map(questionEntry),
      data_version: world.dataVersion,
      code_version: codeVersion,
    });
  });

  app.all('/api/openapi.json', async (c) =>
    isGet(c.req.method) ? c.json(openApi(await all())) : notAllowed(c.req.method, 'GET, HEAD'),
  );

  // what ids are called: for forms, not a question
  app.all('/api/names', async (c) => {
    if (!isGet(c.req.method)) return notAllowed(c.req.method, 'GET, HEAD');
    const etag = etagOf([world.dataVersion, codeVersion, 'names']);
    const headers = { etag, 'cache-control': 'no-cache', 'content-type': 'application/json' };
    if (matches(c.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });
    const text = cache.get(etag) ?? JSON.stringify(await namesOf(world));
    cache.set(etag, text);
    return new Response(text, { headers });
  });

  app.all('/api/:question', async (c) => {
    const name = c.req.param('question');
    const listed = questions.find((q) => q.name === name);
    if (!listed) {
      const names = questions.map((q) => q.name);
      const wayOut = didYouMean(name, names) || '; GET /api lists them';
      return failure(404, 'not_found', `unknown question: "${name.slice(0, 100)}"${wayOut}`);
    }
    const question = await listed.load();
    const { method } = c.req;
    const isPost = method === 'POST' && question.body !== undefined;
    if (!isGet(method) && !isPost) return notAllowed(method, question.body ? 'GET, HEAD, POST' : 'GET, HEAD');
    const body = isPost
      ? { text: await utf8(c.req.raw), type: c.req.header('content-type') ?? '' }
      : undefined;
    if (body?.text === null) return failure(400, 'bad_request', 'the body is not text in UTF-8');
    const query = new URL(c.req.url).searchParams;
    const params = requestParams(question, query, body as { text: string; type: string } | undefined);
    return await response(question, params, c.req.raw);
  });

  async function response(
    question: Question,
    params: Record<string, unknown>,
    request: Request,
  ): Promise<Response> {
    const limit = AbortSignal.timeout(timeout * 1000);
    const signal = AbortSignal.any([request.signal, limit]);
    // every table that a question reads at once listens to it: no leak
    setMaxListeners(0, signal);
    const asked = world.for ? world.for({ signal }) : { ...world, signal };
    const etag = etagOf([world.dataVersion, codeVersion, question.name, params, asked.now]);
    const headers = { etag, 'cache-control': 'no-cache' };
    if (isGet(request.method) && matches(request.headers.get('if-none-match'), etag))
      return new Response(null, { status: 304, headers });
    const json = { ...headers, 'content-type': 'application/json' };
    const known = cache.get(etag);
    if (known !== undefined) {
      metrics.cacheHit();
      return new Response(known, { headers: { ...json, 'x-cache': 'hit' } });
    }
    let partial = false;
    const work = inPlace(async () => {
      signal.throwIfAborted();
      const answer = await answered(question, params, asked);
      // an answer that was cut short is not the answer
      signal.throwIfAborted();
      partial = isPartial(answer);
      return JSON.stringify(reply(question.name, params, answer, world.dataVersion));
    });
    let body: string | null;
    try {
      // work that does not listen keeps its place, but nobody is kept waiting for it
      body = await Promise.race([work, given(signal)]);
    } catch (error) {
      if (limit.aborted && !request.signal.aborted)
        return failure(504, 'timeout', `no answer within ${timeout} s; ask for less at once`);
      throw error;
    }
    if (body === null)
      return failure(503, 'busy', 'too many questions at once; try again in a moment', {
        'retry-after': '1',
      });
    // nobody may keep a part under the name of the whole
    if (partial)
      return new Response(body, {
        headers: { 'cache-control': 'no-store', 'content-type': 'application/json' },
      });
    cache.set(etag, body);
    return new Response(body, { headers: json });
  }

  app.all('*', async (c) => {
    if (!isGet(c.req.method)) return notAllowed(c.req.method, 'GET, HEAD');
    const { pathname } = new URL(c.req.url);
    if (options.pages !== undefined)
      return (
        (await staticFile(options.pages, pathname)) ??
        // one page shows all: its script reads the path
        (isPagePath(pathname) && c.req.header('accept')?.includes('text/html')
          ? await staticFile(options.pages, '/')
          : null) ??
        noSuchPath(pathname)
      );
    if (pathname === '/headwater.css')
      return new Response(styleSheet, { headers: { 'content-type': 'text/css; charset=utf-8' } });
    if (pathname !== '/') return noSuchPath(pathname);
    const page = await inPlace(() =>
      firstPage(questions, world.for?.({ signal: c.req.raw.signal }) ?? world),
    );
    return page === null ? failure(503, 'busy', 'too many questions at once') : c.html(page);
  });
  return app;
}

const isPagePath = (path: string) => /^\/[a-z]+$/.test(path);

/** Never settles, except that it fails when nobody waits any more. */
const given = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const isGet = (method: string) => method === 'GET' || method === 'HEAD';

const notAllowed = (method: string, allow: string) =>
  failure(405, 'method_not_allowed', `only ${allow} here: "${method}"`, { allow });

function requestParamsOfNone(query: URLSearchParams): void {
  const [name] = [...query.keys()];
  if (name !== undefined)
    throw new UsageError(`unknown parameter: "${name}"; the list of questions takes none`);
}

async function utf8(request: Request): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await request.arrayBuffer());
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

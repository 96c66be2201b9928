import { describe, expect, it } from 'vitest';
import { type AppOptions, createApp } from '../../src/http/app.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { places } from '../../src/http/places.ts';
import { serve } from '../../src/http/serve.ts';
import { serveCommand } from '../../src/http/serve-command.ts';
import { serverLog } from '../../src/http/server-log.ts';
import type { Question } from '../../src/questions/question.ts';
import { emptyWorld, riverList, riverQuestion, testShell } from '../support/shell.ts';

const make = (changes: Partial<AppOptions> = {}) =>
  createApp({ questions: riverList, world: emptyWorld(), ...changes });

/** The river, counting how often it was asked and remembering the signal it was given. */
function counted() {
  const seen = { times: 0, signal: undefined as AbortSignal | undefined };
  const question: Question = {
    ...(riverQuestion as unknown as Question),
    answer: (params, world) => {
      seen.times++;
      seen.signal = world.signal;
      return riverQuestion.answer(params as never, world);
    },
  };
  return { seen, questions: [{ name: 'river', asks: riverQuestion.asks, load: async () => question }] };
}

describe('an answer that takes too long', () => {
  it('is given up with 504, the question is told to stop, and its place is free again', async () => {
    const { seen, questions } = counted();
    const app = make({ questions, timeoutSeconds: 0.05, atOnce: 1, waiting: 0 });
    const response = await app.request('/api/river?for=GBR&fails=wait');
    expect(response.status).toBe(504);
    expect((await response.json()).error).toMatchObject({ code: 'timeout' });
    expect(seen.signal!.aborted).toBe(true);
    expect((await app.request('/api/river?for=GBR')).status).toBe(200);
  });

  it('is stopped when the caller goes, which is no timeout', async () => {
    const { seen, questions } = counted();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    const request = new Request('http://localhost/api/river?for=GBR&fails=wait', { signal: stop.signal });
    expect((await make({ questions }).request(request)).status).toBe(499);
    expect(seen.signal!.aborted).toBe(true);
  });

  it('holds its place while it does not listen, so that work in hand stays bounded', async () => {
    let release = () => {};
    const question: Question = {
      ...(riverQuestion as unknown as Question),
      answer: () =>
        new Promise((done) => {
          release = () => done({ rows: [], columns: [], notes: [], sources: [] });
        }),
    };
    const questions = [{ name: 'river', asks: riverQuestion.asks, load: async () => question }];
    const app = make({ questions, timeoutSeconds: 0.05, atOnce: 1, waiting: 0 });
    expect((await app.request('/api/river?for=GBR')).status).toBe(504);
    const second = await app.request('/api/river?for=FRA');
    expect(second.status).toBe(503);
    expect(second.headers.get('retry-after')).toBe('1');
    release();
    await new Promise((next) => setTimeout(next, 5));
    const metrics = await app.request('/metrics');
    expect(await metrics.text()).toContain('headwater_running 0');
  });
});

describe('answers kept', () => {
  it('are given again without asking the question, byte for byte', async () => {
    const { seen, questions } = counted();
    const app = make({ questions });
    const first = await app.request('/api/river?for=GBR');
    const again = await app.request('/api/river?for=GBR');
    expect(await again.text()).toBe(await first.text());
    expect([first.headers.get('x-cache'), again.headers.get('x-cache')]).toEqual([null, 'hit']);
    expect(seen.times).toBe(1);
    const etag = again.headers.get('etag')!;
    expect((await app.request('/api/river?for=GBR', { headers: { 'if-none-match': etag } })).status).toBe(
      304,
    );
    await app.request('/api/river?for=FRA');
    expect(seen.times).toBe(2);
  });

  it('failures are not', async () => {
    const { seen, questions } = counted();
    const app = make({ questions });
    for (const _ of [1, 2]) expect((await app.request('/api/river?for=GBR&fails=data')).status).toBe(503);
    expect(seen.times).toBe(2);
  });

  it('never take more than their room; the longest unused goes first, and the largest is not kept', async () => {
    const hit = async (app: ReturnType<typeof make>, who: string) =>
      (await app.request(`/api/river?for=${who}`)).headers.get('x-cache');
    const bytes = async (app: ReturnType<typeof make>) =>
      Number(/^headwater_cache_bytes (\d+)$/m.exec(await (await app.request('/metrics')).text())![1]);
    const { questions } = counted();
    const whole = make({ questions });
    await hit(whole, 'GBR');
    const one = await bytes(whole);

    const app = make({ questions, cacheBytes: 8 * one });
    const others = ['FRA', 'DEU', 'ITA', 'ESP', 'USA', 'JPN', 'KOR', 'IND'];
    await hit(app, 'GBR');
    for (const who of others) {
      expect(await hit(app, who)).toBeNull();
      expect(await hit(app, 'GBR')).toBe('hit');
      expect(await bytes(app)).toBeLessThanOrEqual(8 * one);
    }
    expect(await hit(app, 'FRA')).toBeNull();

    const narrow = make({ questions, cacheBytes: 8 * one - 8 });
    await hit(narrow, 'GBR');
    expect([await hit(narrow, 'GBR'), await bytes(narrow)]).toEqual([null, 0]);
  });
});

describe('places', () => {
  it('count what runs and what waits, and never let more run than there is room for', async () => {
    const inPlace = places(2, 3);
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await new Promise((next) => setTimeout(next, 5));
      running--;
      return 1;
    };
    const all = [1, 2, 3, 4, 5, 6].map(() => inPlace(work));
    expect(inPlace.counts()).toEqual({ running: 2, waiting: 3 });
    expect((await Promise.all(all)).filter((r) => r === null)).toHaveLength(1);
    expect(most).toBe(2);
    expect(inPlace.counts()).toEqual({ running: 0, waiting: 0 });
  });
});

describe('/healthz and /metrics', () => {
  it('tell that it is well, of which data, and that it is about to end', async () => {
    expect(await (await make().request('/healthz')).json()).toMatchObject({
      status: 'ok',
      data_version: 'test-data',
    });
    const ending = await make({ isEnding: () => true }).request('/healthz');
    expect([ending.status, ending.headers.get('connection')]).toEqual([503, 'close']);
    expect((await make().request('/healthz', { method: 'POST' })).status).toBe(405);
  });

  it('count responses by question and status, however many paths are tried', async () => {
    const app = make();
    for (const path of ['/api/river?for=GBR', '/api/river?for=GBR', '/api/river', '/a"\n', '/b', '/api/nope'])
      await app.request(path);
    const response = await app.request('/metrics');
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    expect(text).toContain('headwater_requests_total{route="river",status="200"} 2');
    expect(text).toContain('headwater_requests_total{route="river",status="400"} 1');
    expect(text).toContain('headwater_requests_total{route="unknown",status="404"} 3');
    expect(text).toContain('headwater_cache_hits_total 1');
    expect(text).toMatch(/headwater_info\{data_version="test-data",code_version="[^"]+"\} 1/);
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="(\\.|[^"\\])*",?)+\})? [\d.e+-]+)$/);
  });

  it('buckets are cumulative and end in all', () => {
    const metrics = createMetrics();
    for (const seconds of [0.005, 0.02, 500]) metrics.count('river', 200, seconds);
    const gauges = { running: 0, waiting: 0, cachedBytes: 0, uptimeSeconds: 1, residentBytes: 1 };
    const text = metrics.text(gauges, { data: 'a"b\\c\nd', code: '1' });
    const counts = [...text.matchAll(/_bucket\{route="river",le="([^"]+)"\} (\d+)/g)].map((m) => [
      m[1],
      Number(m[2]),
    ]);
    expect(counts[0]).toEqual(['0.01', 1]);
    expect(counts[1]).toEqual(['0.03', 2]);
    expect(counts.at(-1)).toEqual(['+Inf', 3]);
    expect(text).toContain('headwater_request_seconds_count{route="river"} 3');
    expect(text).toContain('data_version="a\\"b\\\\c\\nd"');
  });
});

describe('the log', () => {
  const clock = () => new Date('2026-03-01T12:00:00Z');
  it('is one JSON object to a line, without parameters', async () => {
    let text = '';
    const log = serverLog('json', (t) => (text += t), clock);
    const app = make({ requests: log.request, log: log.bug });
    for (const path of ['/api/river?for=SECRET', '/api/river?for=SECRET', '/api/river?for=SECRET&fails=bug'])
      await app.request(path);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((l) => JSON.parse(l));
    expect(lines.map((l) => [l.level, l.msg, l.status, l.cache])).toEqual([
      ['info', 'request', 200, undefined],
      ['info', 'request', 200, 'hit'],
      ['error', 'bug', undefined, undefined],
      ['info', 'request', 500, undefined],
    ]);
    expect(lines[0]).toMatchObject({
      time: '2026-03-01T12:00:00.000Z',
      method: 'GET',
      path: '/api/river',
      id: 1,
    });
    expect(text).not.toContain('SECRET');
  });

  it('lets nobody write lines of their own into it', () => {
    let text = '';
    serverLog('text', (t) => (text += t), clock).request({
      id: 1,
      method: 'GET',
      path: `/a\nforged\u001b[2K${'x'.repeat(999)}`,
      status: 404,
      ms: 2,
    });
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(text).not.toContain('\u001b');
    expect(text.length).toBeLessThan(300);
  });
});

describe('headwater serve', () => {
  it('answers on its port, logs, and ends in order: what was begun is answered', async () => {
    const stop = new AbortController();
    let release = () => {};
    const slow: Question = {
      ...(riverQuestion as unknown as Question),
      answer: (params, world) =>
        new Promise((done) => {
          release = () => done(riverQuestion.answer(params as never, world));
        }),
    };
    const shell = testShell({
      signal: stop.signal,
      questions: [{ name: 'river', asks: slow.asks, load: async () => slow }],
    });
    const server = await serve({ port: 0, host: '127.0.0.1', log: 'json' }, shell);
    const answer = fetch(`${server.url}/api/river?for=GBR`);
    await expect
      .poll(async () => (await (await fetch(`${server.url}/metrics`)).text()).includes('headwater_running 1'))
      .toBe(true);
    stop.abort();
    await new Promise((next) => setTimeout(next, 20));
    release();
    expect((await answer).status).toBe(200);
    await server.ended;
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    const said = shell.printed.err
      .trimEnd()
      .split('\n')
      .map((l) => JSON.parse(l).msg);
    expect(said[0]).toBe('ready');
    expect(said).toContain('ending');
    expect(said.at(-1)).toBe('request');
  });

  it.each([
    [{ log: 'xml' }, '--log must be one of off, text, json: "xml"'],
    [{ atOnce: '0' }, '--at-once must be a whole number between 1 and 64: "0"'],
    [{ timeout: '1.5' }, '--timeout must be a whole number between 1 and 3600: "1.5"'],
    [{ port: '70000' }, '--port must be a whole number between 0 and 65535: "70000"'],
  ])('refuses %j', async (options, text) => {
    await expect(serveCommand.run(options as never, testShell())).rejects.toThrow(text);
  });
});

import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AppOptions, createApp } from '../../src/http/app.ts';
import { emptyWorld, riverList } from '../support/shell.ts';

const make = (changes: Partial<AppOptions> = {}) =>
  createApp({ questions: riverList, world: emptyWorld(), loopbackOnly: true, ...changes });
const app = make();
const get = (path: string, init?: RequestInit) => app.request(path, init);
const post = (body: BodyInit, type: string, query = 'for=GBR') =>
  app.request(`/api/river?${query}`, { method: 'POST', body, headers: { 'content-type': type } });

describe('API', () => {
  it('lists the questions with JSON Schema', async () => {
    const { questions, data_version } = await (await get('/api')).json();
    expect(data_version).toBe('test-data');
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({
      name: 'river',
      methods: ['GET', 'POST'],
      params: { type: 'object', required: ['for'], additionalProperties: false },
    });
    expect(questions[0].params.properties.cap).toMatchObject({ exclusiveMinimum: 0, maximum: 1 });
  });

  it('answers as the command line does', async () => {
    const response = await get('/api/river?for=GBR&mineral=a,b&mineral=c&n-minus-1=true&cap=0.5');
    expect(response.status).toBe(200);
    const made = await response.json();
    expect(made.params).toMatchObject({ for: 'GBR', mineral: ['a', 'b', 'c'], nMinus1: true, cap: 0.5 });
    expect(made.rows[2]).toHaveProperty('over_cap', null);
  });

  it.each([
    ['/api/river', 400, 'for is required'],
    ['/api/river?for=GBR&cap=1.7', 400, '"1.7"'],
    ['/api/river?for=GBR&lnes=x', 400, 'unknown parameter: "lnes"; did you mean lens?'],
    ['/api/river?for=GBR&for=FRA', 400, 'given 2 times'],
    ['/api/river?for=GBR&fails=usage', 400, 'did you mean lithium?'],
    ['/api/river?for=GBR&fails=data', 503, 'a.csv line 2'],
    ['/api/river?for=GBR&fails=bug', 500, 'mistake in headwater'],
    ['/api?x=1', 400, '"x"'],
    ['/api/rivr', 404, 'did you mean river?'],
    ['/nowhere', 404, 'no such path'],
    ['/api/river/deeper', 404, 'no such path'],
  ])('%s → %i', async (path, status, text) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    const { error } = await response.json();
    expect(error.code).toMatch(/^\w+$/);
    expect(error.message).toContain(text);
  });

  it('does not tell callers what a bug was, but tells the log', async () => {
    const told: string[] = [];
    const text = await (
      await make({ log: (l) => told.push(l) }).request('/api/river?for=GBR&fails=bug')
    ).text();
    expect(text).not.toContain('cannot read the river');
    expect(told.join()).toContain('cannot read the river');
  });

  it('refuses methods it does not have with 405 and says which it has', async () => {
    for (const [path, method, allow] of [
      ['/api', 'POST', 'GET, HEAD'],
      ['/api/river?for=GBR', 'DELETE', 'GET, HEAD, POST'],
      ['/', 'PUT', 'GET, HEAD'],
    ] as const) {
      const response = await get(path, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe(allow);
    }
    expect((await get('/api/river?for=GBR', { method: 'HEAD' })).status).toBe(200);
  });

  it('reads a body as parameters, as the value of the body parameter, and refuses what is neither', async () => {
    const demand = [{ quantity_t: 5 }];
    const whole = await (
      await post(JSON.stringify({ for: 'GBR', options: { demand } }), 'application/json', '')
    ).json();
    expect(whole.params).toMatchObject({ for: 'GBR', options: { demand } });
    const only = await (await post(JSON.stringify({ demand }), 'application/json')).json();
    expect(only.params.options).toEqual({ demand });
    expect((await post('{"demand":', 'application/json')).status).toBe(400);
    expect((await post('[1]', 'application/json')).status).toBe(400);
    expect((await post(new Uint8Array([0xff, 0xfe, 0x80]), 'text/plain')).status).toBe(400);
    const wrong = await (
      await post('{"options":{"demand":[{"quantity_t":"x"}]}}', 'application/json')
    ).json();
    expect(wrong.error.message).toBe('options.demand[0].quantity_t must be a number: "x"');
  });

  it('refuses a body over 2 MB with 413, with and without its length told', async () => {
    const large = 'x'.repeat(2 * 1024 * 1024 + 1);
    expect((await post(large, 'text/plain')).status).toBe(413);
    const stream = new Blob([large]).stream();
    const request = new Request('http://localhost/api/river?for=GBR', {
      method: 'POST',
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect((await app.request(request)).status).toBe(413);
  });

  it('tags an answer by data, code and parameters, and says 304 to who has it', async () => {
    const first = await get('/api/river?for=GBR');
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const again = await get('/api/river?for=GBR&severity=1', {
      headers: { 'if-none-match': `"x", W/${etag}` },
    });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect((await get('/api/river?for=FRA')).headers.get('etag')).not.toBe(etag);
    const other = make({ world: { ...emptyWorld(), dataVersion: 'other' } });
    expect((await other.request('/api/river?for=GBR')).headers.get('etag')).not.toBe(etag);
  });

  it('describes itself as OpenAPI', async () => {
    const made = await (await get('/api/openapi.json')).json();
    expect(made.openapi).toBe('3.1.0');
    expect(Object.keys(made.paths)).toEqual(['/api', '/api/river']);
    const names = made.paths['/api/river'].get.parameters.map((p: { name: string }) => p.name);
    expect(names).toContain('nMinus1');
    expect(made.paths['/api/river'].post.requestBody.required).toBe(true);
  });

  it('sends strict headers with everything, also with errors', async () => {
    for (const path of ['/', '/api', '/nowhere', '/api/river']) {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('answers to the names of this machine only', async () => {
    for (const host of ['127.0.0.1:8300', 'localhost:1', '[::1]:8300'])
      expect((await get('/api', { headers: { host } })).status).toBe(200);
    expect((await get('/api', { headers: { host: 'evil.example:8300' } })).status).toBe(421);
  });

  it('gives up an answer when the caller has gone', async () => {
    const abort = new AbortController();
    const running = get('/api/river?for=GBR&fails=wait', { signal: abort.signal });
    setTimeout(() => abort.abort(), 5);
    expect((await running).status).toBe(499);
  });

  it('works on a few at a time and refuses when too many wait', async () => {
    const busy = make({ atOnce: 1, waiting: 1 });
    const abort = new AbortController();
    const ask = (query: string) => busy.request(`/api/river?for=GBR${query}`, { signal: abort.signal });
    const slow = ask('&fails=wait');
    await new Promise((done) => setTimeout(done, 5));
    const queued = ask('');
    await new Promise((done) => setTimeout(done, 5));
    const refused = await ask('');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    abort.abort();
    expect((await slow).status).toBe(499);
    await queued;
  });
});

describe('pages', () => {
  it('has a first page without script or inline style', async () => {
    const response = await get('/');
    expect(response.headers.get('content-type')).toContain('text/html');
    const html = await response.text();
    expect(html).toContain('<h1>Headwater</h1>');
    expect(html).toContain('href="/api/river"');
    expect(html).not.toMatch(/<script|<style| style=| on\w+=/);
    const css = await get('/headwater.css');
    expect(await css.text()).toContain('prefers-color-scheme: dark');
  });

  it('serves files of one folder only, whatever the path looks like', async () => {
    const base = mkdtempSync(join(tmpdir(), 'headwater-'));
    const pages = join(base, 'web');
    mkdirSync(join(pages, 'assets'), { recursive: true });
    writeFileSync(join(pages, 'index.html'), '<p>home</p>');
    writeFileSync(join(pages, 'assets', 'app-Ab3dEf9h.js'), '1');
    writeFileSync(join(pages, '.hidden.txt'), 'hidden');
    writeFileSync(join(base, 'secret.txt'), 'secret');
    symlinkSync(join(base, 'secret.txt'), join(pages, 'link.txt'));
    const served = make({ pages });
    expect(await (await served.request('/')).text()).toBe('<p>home</p>');
    const script = await served.request('/assets/app-Ab3dEf9h.js');
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/%252e%252e%252fsecret.txt',
      '/..%5csecret.txt',
      '/link.txt',
      '/.hidden.txt',
      '/%00',
      '/%zz',
      '/assets',
    ]) {
      const response = await served.request(path);
      expect({ path, status: response.status }).toEqual({ path, status: 404 });
      expect((await response.json()).error.code).toBe('not_found');
    }
  });
});

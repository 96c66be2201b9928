import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { DataError } from '../../../src/errors.ts';
import { download } from '../../../src/sources/fetch/download.ts';
import { type HttpOptions, http, retryAfter } from '../../../src/sources/fetch/http.ts';
import { folder, removeFoldersAfterwards } from '../../support/folder.ts';
import { type Publisher, publisher, text } from '../../support/publisher.ts';

removeFoldersAfterwards();

const waits: number[] = [];
const quick: HttpOptions = {
  interval: 0,
  random: () => 0,
  sleep: async (ms) => {
    waits.push(ms);
  },
};
const body = (response: Response) => response.text();

let server: Publisher;
beforeEach(async () => {
  waits.length = 0;
  server ??= await publisher();
  server.asked.length = 0;
});

describe('retryAfter', () => {
  const noon = Date.parse('2026-01-01T12:00:00Z');
  it('reads seconds', () => expect(retryAfter('7', noon)).toBe(7000));
  it('reads a date', () => expect(retryAfter('Thu, 01 Jan 2026 12:00:30 GMT', noon)).toBe(30_000));
  it('does not wait for the past', () => expect(retryAfter('Thu, 01 Jan 2026 11:00:00 GMT', noon)).toBe(0));
  it('is null without a word', () => {
    expect(retryAfter(null, noon)).toBeNull();
    expect(retryAfter('soon', noon)).toBeNull();
  });
});

describe('requests', () => {
  it('waits as long as a 429 asks, then goes on', async () => {
    let n = 0;
    server.answer = (_, response) => {
      if (n++ > 0) return text(response, 'fine');
      response.writeHead(429, { 'retry-after': '3' });
      response.end();
    };
    expect(await http(quick).ask(`${server.origin}/a`, { use: body })).toBe('fine');
    expect(waits).toEqual([3000]);
  });

  it('waits twice as long after each further 500', async () => {
    let n = 0;
    server.answer = (_, response) =>
      n++ < 3 ? text(response, '', 'text/html', 500) : text(response, 'fine');
    expect(await http(quick).ask(`${server.origin}/a`, { use: body })).toBe('fine');
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  it('gives up after its tries, naming status and address', async () => {
    server.answer = (_, response) => text(response, '<h1>Down for repair</h1>', 'text/html', 503);
    const asked = http({ ...quick, attempts: 3 }).ask(`${server.origin}/a`, { use: body });
    await expect(asked).rejects.toThrow(DataError);
    await expect(asked).rejects.toThrow(/after 3 tries \(status 503: Down for repair\).*\/a"$/);
    expect(server.asked).toHaveLength(3);
  });

  it('does not wait for hours: says how long the publisher asks for', async () => {
    server.answer = (_, response) => {
      response.writeHead(429, { 'retry-after': '7200' });
      response.end();
    };
    await expect(http(quick).ask(`${server.origin}/a`, { use: body })).rejects.toThrow('120 minutes');
    expect(server.asked).toHaveLength(1);
  });

  it('does not ask twice for what is refused', async () => {
    server.answer = (_, response) => text(response, 'no such thing', 'text/plain', 404);
    await expect(http(quick).ask(`${server.origin}/a`, { use: body })).rejects.toThrow(
      'status 404: no such thing',
    );
    expect(server.asked).toHaveLength(1);
  });

  it('tries again where the connection breaks', async () => {
    let n = 0;
    server.answer = (request, response) => {
      if (n++ === 0) request.socket.destroy();
      else text(response, 'fine');
    };
    expect(await http(quick).ask(`${server.origin}/a`, { use: body })).toBe('fine');
    expect(waits).toEqual([1000]);
  });

  it('tries again where nothing comes', async () => {
    let n = 0;
    server.answer = (_, response) => {
      if (n++ > 0) text(response, 'fine');
    };
    expect(await http({ ...quick, idle: 60 }).ask(`${server.origin}/a`, { use: body })).toBe('fine');
  });

  it('leaves the time between two requests to one host', async () => {
    let clock = 0;
    server.answer = (_, response) => text(response, 'fine');
    const client = http({
      interval: 500,
      now: () => clock,
      sleep: async (ms) => {
        waits.push(ms);
        clock += ms;
      },
    });
    await Promise.all([1, 2, 3].map((n) => client.ask(`${server.origin}/${n}`, { use: body })));
    expect(waits).toEqual([500, 500]);
    expect(server.asked.map(({ path }) => path)).toEqual(['/1', '/2', '/3']);
  });

  it('stops when the person stops', async () => {
    server.answer = () => {};
    const stop = new AbortController();
    const asked = http({ ...quick, signal: stop.signal }).ask(`${server.origin}/a`, { use: body });
    setTimeout(() => stop.abort(new Error('interrupted')), 30);
    await expect(asked).rejects.toThrow('interrupted');
  });

  it('asks a mirror in the publisher’s place', async () => {
    server.answer = (_, response) => text(response, 'fine');
    const client = http({ ...quick, mirrors: { 'https://publisher.example': server.origin } });
    expect(await client.ask('https://publisher.example/x?y=1', { use: body })).toBe('fine');
    expect(server.asked[0]!.path).toBe('/x?y=1');
  });
});

describe('download', () => {
  const content = Buffer.from(Array.from({ length: 200_000 }, (_, n) => n % 251));
  const sha = createHash('sha256').update(content).digest('hex');
  /** answers ranges as a real file server does; `cut` breaks the connection after so many bytes, once */
  const fileServer =
    (etag: string, cut: { after: number | null }): Publisher['answer'] =>
    (request, response) => {
      const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304, { etag });
        return response.end();
      }
      const from = range && request.headers['if-range'] === etag ? Number(range) : 0;
      const part = content.subarray(from);
      response.writeHead(from ? 206 : 200, {
        etag,
        'content-type': 'application/zip',
        'content-length': part.length,
        ...(from && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
      });
      if (cut.after === null) return response.end(part);
      response.write(part.subarray(0, cut.after), () => setTimeout(() => response.destroy(), 20));
      cut.after = null;
    };
  const options = { expected: 'a zip archive' };

  it('goes on where it was cut off', async () => {
    server.answer = fileServer('"v1"', { after: 70_000 });
    const target = join(folder(), 'a.zip');
    const got = await download(http(quick), `${server.origin}/a.zip`, target, options);
    expect(got).toMatchObject({ changed: true, bytes: content.length, sha256: sha, etag: '"v1"' });
    expect(readFileSync(target).equals(content)).toBe(true);
    expect(server.asked).toHaveLength(2);
    expect(server.asked[0]!.headers.range).toBeUndefined();
    const from = Number(/^bytes=(\d+)-$/.exec(server.asked[1]!.headers.range!)![1]);
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThanOrEqual(70_000);
    expect(existsSync(`${target}.part`) || existsSync(`${target}.part.json`)).toBe(false);
  });

  it('goes on in the next run', async () => {
    server.answer = fileServer('"v1"', { after: 70_000 });
    const target = join(folder(), 'a.zip');
    await expect(
      download(http({ ...quick, attempts: 1 }), `${server.origin}/a.zip`, target, options),
    ).rejects.toThrow(DataError);
    expect(existsSync(target)).toBe(false);
    const { size } = statSync(`${target}.part`);
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThanOrEqual(70_000);
    const got = await download(http(quick), `${server.origin}/a.zip`, target, options);
    expect(got.sha256).toBe(sha);
    expect(server.asked.at(-1)!.headers.range).toBe(`bytes=${size}-`);
  });

  it('starts over where the publisher’s file is another one by now', async () => {
    const target = join(folder(), 'a.zip');
    server.answer = fileServer('"v1"', { after: 70_000 });
    await expect(
      download(http({ ...quick, attempts: 1 }), `${server.origin}/a.zip`, target, options),
    ).rejects.toThrow();
    server.answer = fileServer('"v2"', { after: null });
    expect((await download(http(quick), `${server.origin}/a.zip`, target, options)).sha256).toBe(sha);
    expect(readFileSync(target).equals(content)).toBe(true);
  });

  it('leaves a file that has not changed', async () => {
    server.answer = fileServer('"v1"', { after: null });
    const target = join(folder(), 'a.zip');
    const known = { etag: '"v1"', lastModified: null };
    const got = await download(http(quick), `${server.origin}/a.zip`, target, { ...options, known });
    expect(got.changed).toBe(false);
    expect(existsSync(target)).toBe(false);
  });

  it('refuses a web page in place of a file, keeping nothing', async () => {
    server.answer = (_, response) =>
      text(response, '<!DOCTYPE html><html><head><title>Just a moment…</title></head></html>', 'text/html');
    const target = join(folder(), 'a.zip');
    await expect(download(http(quick), `${server.origin}/a.zip`, target, options)).rejects.toThrow(
      'a web page came instead of a zip archive ("Just a moment…")',
    );
    expect(existsSync(target) || existsSync(`${target}.part`)).toBe(false);
  });

  it('tells of a full disk, keeps what came, and goes on when there is room', async () => {
    server.answer = fileServer('"v1"', { after: null });
    const target = join(folder(), 'a.zip');
    const small = async (path: string, flags: string) => {
      const handle: FileHandle = await open(path, flags);
      let room = 100_000;
      return {
        close: () => handle.close(),
        sync: () => handle.sync(),
        write: async (chunk: Uint8Array, at: number) => {
          if (room === 0) throw Object.assign(new Error('write'), { code: 'ENOSPC' });
          const piece = chunk.subarray(at, at + room);
          room -= piece.length;
          return await handle.write(piece);
        },
      } as unknown as FileHandle;
    };
    await expect(
      download(http(quick), `${server.origin}/a.zip`, target, { ...options, openFile: small }),
    ).rejects.toThrow(/no room left on the disk.*make room/);
    expect(existsSync(target)).toBe(false);
    expect(statSync(`${target}.part`).size).toBe(100_000);
    expect((await download(http(quick), `${server.origin}/a.zip`, target, options)).sha256).toBe(sha);
    expect(server.asked.at(-1)!.headers.range).toBe('bytes=100000-');
  });
});

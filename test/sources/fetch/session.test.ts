import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/errors.ts';
import type { Connector } from '../../../src/sources/fetch/connector.ts';
import { LOG, readLog } from '../../../src/sources/fetch/session.ts';
import { fetching } from '../../support/fetching.ts';
import { folder, removeFoldersAfterwards } from '../../support/folder.ts';
import { publisher, text } from '../../support/publisher.ts';

removeFoldersAfterwards();
const server = await publisher();
const HOST = 'https://river.example';
const mirrors = { [HOST]: server.origin };

/** Three pages, put together to one table. */
const river: Connector = {
  id: 'river',
  title: 'River Survey',
  publisher: 'River Office',
  licence: 'CC0 1.0',
  citation: 'River Office, River Survey',
  url: HOST,
  cadence: 'yearly',
  folder: 'river-survey',
  about: 'invented',
  takes: [],
  async fetch({ session }) {
    const parts: string[] = [];
    for (const n of [1, 2, 3]) {
      const bytes = await session.page(`pages/${n}.csv`, `${HOST}/${n}.csv`, { expected: 'CSV' });
      parts.push(new TextDecoder().decode(bytes));
    }
    session.write('all.csv', parts.join(''));
    return { release: '2025', remarks: [] };
  },
};
const asked = () => server.asked.splice(0).map(({ path }) => path);

describe('a run', () => {
  it('leaves files, a log with licence, hashes and times, and nothing else', async () => {
    server.answer = (_, response, url) => text(response, `page ${url.pathname}\n`);
    const to = folder();
    await fetching(river, to, mirrors);
    const log = readLog(join(to, 'river-survey'))!;
    expect(log).toMatchObject({ source: 'river', licence: 'CC0 1.0', release: '2025', state: 'complete' });
    expect(log.files.map(({ path, url }) => [path, url])).toEqual([
      ['all.csv', null],
      ['pages/1.csv', `${HOST}/1.csv`],
      ['pages/2.csv', `${HOST}/2.csv`],
      ['pages/3.csv', `${HOST}/3.csv`],
    ]);
    // sha256 of "page /1.csv\n", by sha256sum
    expect(log.files[1]!.sha256).toBe('4128151362861120c8baa2475ff9d6e314f504fc34cea8e49cde71ac3671c916');
    expect(readdirSync(to)).toEqual(['river-survey']);
    expect(asked()).toEqual(['/1.csv', '/2.csv', '/3.csv']);
  });

  it('that fails leaves the old folder whole, and the next goes on where it stopped', async () => {
    server.answer = (_, response, url) => text(response, `old ${url.pathname}\n`);
    const to = folder();
    await fetching(river, to, mirrors);
    asked();
    const table = () => readFileSync(join(to, 'river-survey/all.csv'), 'utf8');
    const before = table();
    server.answer = (_, response, url) =>
      url.pathname === '/3.csv'
        ? text(response, 'no', 'text/plain', 403)
        : text(response, `new ${url.pathname}\n`);
    await expect(fetching(river, to, mirrors)).rejects.toThrow(DataError);
    expect(table()).toBe(before);
    expect(readLog(join(to, 'river-survey'))!.state).toBe('complete');
    asked();
    server.answer = (_, response, url) => text(response, `new ${url.pathname}\n`);
    await fetching(river, to, mirrors);
    expect(asked()).toEqual(['/3.csv']);
    expect(table()).toBe('new /1.csv\nnew /2.csv\nnew /3.csv\n');
    expect(readdirSync(to)).toEqual(['river-survey']);
  });

  it('that was interrupted two days ago is not gone on with', async () => {
    const to = folder();
    server.answer = (_, response, url) =>
      url.pathname === '/3.csv' ? text(response, '', 'text/plain', 403) : text(response, 'old\n');
    const early = { session: { now: () => new Date('2026-11-18T09:00:00Z') } };
    await expect(fetching(river, to, mirrors, early)).rejects.toThrow();
    asked();
    server.answer = (_, response) => text(response, 'new\n');
    await fetching(river, to, mirrors);
    expect(asked()).toHaveLength(3);
    expect(readFileSync(join(to, 'river-survey/all.csv'), 'utf8')).toBe('new\nnew\nnew\n');
  });

  it('keeps what the publisher says has not changed', async () => {
    const to = folder();
    server.answer = (request, response, url) => {
      const etag = `"${url.pathname}"`;
      const same = request.headers['if-none-match'] === etag;
      response.writeHead(same ? 304 : 200, { etag });
      response.end(same ? undefined : `page ${url.pathname}\n`);
    };
    const first = await fetching(river, to, mirrors);
    const second = await fetching(river, to, mirrors);
    expect(second.files.map(({ sha256 }) => sha256)).toEqual(first.files.map(({ sha256 }) => sha256));
    expect(server.asked.splice(0).filter(({ headers }) => headers['if-none-match'])).toHaveLength(3);
    expect(readFileSync(join(to, 'river-survey/all.csv'), 'utf8')).toMatch(/^page \/1.csv/);
  });

  it('keeps files that somebody else put into the folder', async () => {
    const to = folder({ 'river-survey/SOURCE.md': 'by hand' });
    server.answer = (_, response) => text(response, 'a\n');
    await fetching(river, to, mirrors);
    expect(readFileSync(join(to, 'river-survey/SOURCE.md'), 'utf8')).toBe('by hand');
  });

  it('does not start while another is at it', async () => {
    const to = folder();
    let go = () => {};
    server.answer = (_, response) => {
      go = () => text(response, 'a\n');
    };
    const first = fetching(river, to, mirrors);
    await expect.poll(() => server.asked.length).toBeGreaterThan(0);
    await expect(fetching(river, to, mirrors)).rejects.toThrow(/by another process \(\d+\)/);
    server.answer = (_, response) => text(response, 'a\n');
    go();
    await first;
    expect(readdirSync(to)).toEqual(['river-survey']);
  });

  it('takes over from a process that has ended', async () => {
    const to = folder({ '.river-survey.lock': '999999999' });
    server.answer = (_, response) => text(response, 'a\n');
    await fetching(river, to, mirrors);
    expect(existsSync(join(to, 'river-survey', LOG))).toBe(true);
  });

  it('stopped by the person leaves what was there', async () => {
    const to = folder();
    server.answer = (_, response) => text(response, 'a\n');
    await fetching(river, to, mirrors);
    const stop = new AbortController();
    server.answer = (_, response, url) => {
      if (url.pathname === '/2.csv') stop.abort(new Error('interrupted'));
      else text(response, 'b\n');
    };
    await expect(fetching(river, to, mirrors, { http: { signal: stop.signal } })).rejects.toThrow(
      'interrupted',
    );
    expect(readFileSync(join(to, 'river-survey/all.csv'), 'utf8')).toBe('a\na\na\n');
  });

  it('says where it cannot write', async () => {
    const to = folder();
    writeFileSync(join(to, 'file'), '');
    await expect(fetching(river, join(to, 'file/below'), mirrors)).rejects.toThrow();
  });
});

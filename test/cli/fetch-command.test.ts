import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchCommand, mirrorsIn } from '../../src/cli/fetch-command.ts';
import { run } from '../../src/cli/run.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';
import { json, publisher } from '../support/publisher.ts';
import { testShell } from '../support/shell.ts';

removeFoldersAfterwards();
const server = await publisher((_, response) =>
  json(response, [
    { page: 1, pages: 1, per_page: '10000', total: 1, lastupdated: '2026-07-01' },
    [{ country: { id: 'GB', value: 'United Kingdom' }, countryiso3code: 'GBR', date: '2024', value: 3.6e12 }],
  ]),
);
const shell = (env: Record<string, string> = {}) =>
  testShell({
    commands: [fetchCommand],
    env: { HEADWATER_MIRRORS: `https://api.worldbank.org=${server.origin}`, ...env },
  });

describe('headwater fetch', () => {
  it('lists the sources with licence and key, asking nobody', async () => {
    const s = shell();
    expect(await run(['fetch', '--list', '--to', folder()], s)).toBe(0);
    expect(s.printed.out).toMatch(/^baci +BACI/m);
    expect(s.printed.out).toMatch(/^hmrc_ots +UK/m);
    expect(s.printed.out).toContain('Open Government Licence v3.0');
    expect(s.printed.out).toContain('COMTRADE_API_KEY');
    expect(server.asked).toHaveLength(0);
  });

  it('fetches what is named, and the list then shows it', async () => {
    const to = folder();
    const s = shell();
    expect(await run(['fetch', 'wdi', '--to', to], s)).toBe(0);
    expect(s.printed.err).toContain('wdi as of 2026-07-01: 6 files');
    expect(readFileSync(join(to, 'worldbank-wdi/ny.gdp.mktp.cd.csv'), 'utf8')).toBe(
      'Country Name,Country Code,Year,Value\nUnited Kingdom,GBR,2024,3600000000000\n',
    );
    const after = shell();
    await run(['fetch', '--list', '--to', to], after);
    expect(after.printed.out).toContain('here: as of 2026-07-01');
  });

  it.each([
    [['fetch'], 'name a source'],
    [['fetch', 'bacci'], 'unknown source: "bacci"; did you mean baci'],
    [['fetch', 'wdi', '--years', '2024'], 'wdi takes no options: "--years"'],
    [['fetch', 'hmrc_ots', '--years', 'soon'], '--years takes one year or two'],
    [['fetch', 'hmrc_ots', '--years', '2025-2024'], '--years ends before it begins'],
    [['fetch', 'hmrc_ots', '--codes', 'copper'], '--codes takes customs codes'],
    [['fetch', 'iea_cm'], 'sign in'],
  ])('%j is a usage error', async (words, told) => {
    const s = shell();
    const to = folder();
    expect(await run([...words, '--to', to], s)).toBe(2);
    expect(s.printed.err).toContain(told);
  });

  it('fails with data where the publisher does, leaving no folder', async () => {
    const to = folder();
    const s = testShell({
      commands: [fetchCommand],
      env: { HEADWATER_MIRRORS: `https://api.worldbank.org=${server.origin}` },
    });
    const before = server.answer;
    server.answer = (_, response) => json(response, {}, 404);
    expect(await run(['fetch', 'wdi', '--to', to], s)).toBe(3);
    server.answer = before;
    expect(s.printed.err).toContain('status 404');
    expect(existsSync(join(to, 'worldbank-wdi'))).toBe(false);
  });
});

describe('mirrors', () => {
  it('are pairs of addresses', () => {
    expect(
      mirrorsIn({
        HEADWATER_MIRRORS: 'https://a.example/=http://b.example, https://c.example=http://d.example',
      }),
    ).toEqual({
      'https://a.example': 'http://b.example',
      'https://c.example': 'http://d.example',
    });
    expect(mirrorsIn({})).toEqual({});
    expect(() => mirrorsIn({ HEADWATER_MIRRORS: 'nonsense' })).toThrow('address=address');
  });
});

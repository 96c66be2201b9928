import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shell } from '../../src/cli/shell.ts';
import { exportSite } from '../../src/http/export-site.ts';
import { nameInSite } from '../../src/http/name-in-site.ts';
import { siteAnswers } from '../../src/http/site-answers.ts';
import { questions } from '../../src/questions/list.ts';
import { openWorld } from '../../src/store/open.ts';
import { addressOf } from '../../src/web/state/api.ts';
import { launchBrowser } from '../support/browser.ts';
import { folder } from '../support/folder.ts';
import { builtPages } from '../support/workbench.ts';

const dir = folder({});
const board = 'board?for=GBR&list=uk-2024';
const told: string[] = [];
let browser: Browser;
beforeAll(async () => {
  builtPages('site');
  const shell = {
    questions,
    openWorld: (options: object) => openWorld({ ...options, now: '2026-03-01' }),
    env: {},
    err: (text: string) => told.push(text),
    errIsTerminal: false,
    signal: new AbortController().signal,
  } as unknown as Shell;
  await exportSite(dir, {}, shell, [
    '',
    'names',
    board,
    `board?for=GBR&lens=dispatch&list=uk-2024`,
    'board?nonsense=1',
  ]);
  browser = await launchBrowser();
}, 90_000);
afterAll(async () => {
  await browser?.close();
});

describe('a static export', () => {
  it('holds one script for each answer that there is, and says how many', () => {
    const answers = readdirSync(join(dir, 'answers'));
    // four of the five and the map
    expect(answers).toHaveLength(5);
    expect(answers).toContain(`${nameInSite(board)}.js`);
    expect(told.join()).toContain('4 answers');
    for (const file of answers) expect(readFileSync(join(dir, 'answers', file), 'utf8')).not.toContain('<');
  });

  it('asks for the names that the pages ask for', () => {
    const names = {
      countries: {},
      blocs: [],
      minerals: [{ id: 'tin', name: 'tin', symbol: null, stages: ['mine'] }],
      lists: [],
      agreements: [],
      targets: [],
    };
    const asked = siteAnswers(names, ['tin'], ['PER']);
    expect(asked).toContain(addressOf('board', { for: 'GBR', list: 'uk-2024' }));
    expect(asked).toContain(addressOf('origins', { for: 'GBR', mineral: 'tin', stage: 'mine' }));
    expect(asked).toContain(addressOf('shock', { mineral: 'tin', stop: 'CHN', for: 'GBR' }));
    expect(asked).toContain(addressOf('profile', { country: 'PER', list: 'uk-2024' }));
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('opens from disk, switches the lens, and says what it does not hold', async () => {
    const page = await browser.newPage();
    const wrong: string[] = [];
    const strangers: string[] = [];
    page.on('pageerror', (e) => wrong.push(e.message));
    page.on('console', (m) => {
      if (m.type() === 'error') wrong.push(m.text());
    });
    page.on('request', (r) => {
      if (!/^(file|data):/.test(r.url())) strangers.push(r.url());
    });
    const home = pathToFileURL(join(dir, 'index.html')).href;
    await page.goto(home);
    const niobium = page.locator('tr[data-mineral="niobium"][data-hs6="720293"]');
    await niobium.locator('.top-name', { hasText: 'Brazil' }).waitFor();
    await page.goto(`${home}#/board?lens=dispatch`);
    await niobium.locator('.top-name', { hasText: 'Netherlands' }).waitFor();
    expect(wrong.filter((w) => !w.includes('ERR_FILE_NOT_FOUND'))).toEqual([]);
    await page.goto(`${home}#/mineral?mineral=tin`);
    await page.getByText('cannot be shown yet').or(page.getByRole('alert')).first().waitFor();
    expect(strangers).toEqual([]);
  }, 40_000);
});

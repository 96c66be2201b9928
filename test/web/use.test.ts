import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk, settled, wordsIn } from '../support/pages.ts';

const root = join(import.meta.dirname, '../..');
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  // what `headwater serve` does on its own: the first answer is made before somebody waits for it
  for (const path of ['/api', '/api/names', '/api/board?for=GBR&list=uk-2024'])
    await (await fetch(desk.url + path)).text();
}, 90_000);
afterAll(async () => {
  await desk?.close();
});

const niobium = (page: Page) => page.locator('tr[data-mineral="niobium"][data-hs6="720293"]');
const text = async (download: Download) => readFileSync(await download.path(), 'utf8');

describe('first view', () => {
  it('needs less than 200 kB of script', async () => {
    const { page, close } = await desk.open('/methods');
    const scripts: number[] = [];
    page.on('response', async (r) => {
      if (r.url().endsWith('.js')) scripts.push(gzipSync(await r.body().catch(() => Buffer.alloc(0))).length);
    });
    await page.goto(`${desk.url}/`);
    await niobium(page).waitFor();
    await page.waitForLoadState('networkidle');
    await close();
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.reduce((a, b) => a + b)).toBeLessThan(200_000);
  }, 60_000);
});

describe('the lens switch', () => {
  it('turns ferro-niobium from Brazil (declared) to the Netherlands (dispatch), and back with the back button', async () => {
    const { page, complaints, close } = await desk.open('/');
    await niobium(page).waitFor();
    expect(await wordsIn(niobium(page))).toMatch(/Brazil/);
    expect(await wordsIn(niobium(page))).toMatch(/7[56]\.\d %/);
    await page.getByRole('radio', { name: 'Dispatch' }).check();
    await page.waitForURL(/lens=dispatch/);
    await niobium(page).locator('.top-name', { hasText: 'Netherlands' }).waitFor();
    expect(await wordsIn(niobium(page))).toMatch(/9[01]\.\d %/);
    await page.goBack();
    await niobium(page).locator('.top-name', { hasText: 'Brazil' }).waitFor();
    expect(page.url()).not.toContain('lens=');
    expect(complaints).toEqual([]);
    await close();
  }, 30_000);

  it('is part of the address: a link reproduces the view', async () => {
    const { page, close } = await desk.open('/board?lens=dispatch&show=over');
    await niobium(page).waitFor();
    expect(await wordsIn(niobium(page).locator('.top-name'))).toBe('Netherlands');
    expect(await page.locator('.board tbody tr:not(.warn)').count()).toBe(0);
    await close();
  });

  it('says for which minerals the lens decides', async () => {
    const { page, close } = await desk.open('/board?show=depends');
    await page.getByRole('heading', { name: 'Why the answer depends on the lens' }).waitFor();
    const rows = await page.locator('.board tbody tr').count();
    expect(rows).toBeGreaterThan(2);
    expect(await page.locator('main li strong').count()).toBeGreaterThanOrEqual(rows);
    await close();
  });
});

describe('the board', () => {
  it('counts in its line on lenses what its headline counts', async () => {
    const { page, close } = await desk.open('/');
    const counts = async (inLine: RegExp) => {
      await page.locator('main h1', { hasText: 'depends on the lens' }).waitFor();
      const head = /For (\d+) of the \d+ over or within/.exec(await wordsIn(page.locator('main h1')));
      const line = inLine.exec(await wordsIn(page.locator('.lens-words').last()));
      return [head?.[1] ?? 'not told', line?.[1]];
    };
    const [head, line] = await counts(/decides for (\d+):/);
    expect(line).toBe(head);
    await page.goto(`${desk.url}/?lens=traced`);
    const [traced, here] = await counts(/decides for \d+ of all lines, (\d+) of them with a share/);
    expect(here).toBe(traced);
    await close();
  }, 40_000);
});

describe('the shock', () => {
  it('of Chinese gallium is told for the world and the United Kingdom; the slider changes it while it moves', async () => {
    const { page, complaints, close } = await desk.open('/shock?stop=CHN&mineral=gallium');
    await page.locator('main h1', { hasText: 'If China stops all of its refined gallium' }).waitFor();
    const whole = await wordsIn(page.locator('main h1'));
    expect(whole).toMatch(/the world lacks \d+ t of \d+ t/);
    expect(whole).toContain('United Kingdom');
    const slider = page.getByRole('slider', { name: /How much of its output stops/ });
    const steps = await page.evaluate(() => history.length);
    await slider.focus();
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft');
    await page.locator('main h1', { hasText: 'stops 50 %' }).waitFor();
    expect(page.url()).toContain('severity=50');
    expect(await page.evaluate(() => history.length)).toBe(steps);
    await page.keyboard.press('Home');
    await page.locator('main h1', { hasText: 'lacks 0 t' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 40_000);
});

describe('a shock in the form of the API', () => {
  it('is the same stop, and its slider goes on from there', async () => {
    const { page, complaints, close } = await desk.open('/shock?mineral=gallium&stop=CHN:0');
    await page.locator('main h1', { hasText: 'If China stops 0 % of its refined gallium' }).waitFor();
    const slider = page.getByRole('slider', { name: 'How much of its output stops: 0 %' });
    const ahead = page.waitForResponse((r) => r.url().includes('stop=CHN%3A0.05'));
    await ahead;
    await slider.focus();
    await page.keyboard.press('End');
    await page.locator('main h1', { hasText: 'If China stops all of its refined gallium' }).waitFor();
    expect(page.url()).toContain('stop=CHN');
    expect(page.url()).not.toContain('%3A');
    expect(complaints).toEqual([]);
    await close();
  }, 40_000);
});

describe('two shocks', () => {
  it('stand side by side, of other countries too', async () => {
    const { page, complaints, close } = await desk.open('/shock?stop=CHN&mineral=magnesium&against=50');
    const table = page.getByRole('region', { name: /magnesium metal, 12 months/ });
    await table.locator('tbody tr').nth(1).getByText('China, 50 %').waitFor();
    await page.getByRole('combobox', { name: 'Who stops instead' }).selectOption('RUS');
    await table.locator('tbody tr').nth(1).getByText('Russia, 50 %').waitFor();
    expect(page.url()).toContain('instead=RUS');
    expect(complaints).toEqual([]);
    await close();
  }, 40_000);
});

describe('a trace', () => {
  it('tells of one country when its ribbon is clicked, and of one path where makers are known', async () => {
    const { page, complaints, close } = await desk.open('/origins?mineral=titanium&stage=refine');
    await page.locator('figure rect[data-key="JPN"]').last().click();
    await page
      .getByRole('status')
      .filter({ hasText: /Japan: .* declared .* traced/ })
      .waitFor();
    await page.locator('figure path[data-key*="@make|"]').first().waitFor();
    await page.getByRole('combobox', { name: 'See one path' }).selectOption({ index: 1 });
    await page
      .getByRole('status')
      .filter({ hasText: /→ .* → United Kingdom/ })
      .waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 40_000);
});

describe('an agreement', () => {
  it('with Kazakhstan says what it could change at most, and that it binds nobody', async () => {
    const { page, close } = await desk.open('/agreement?id=uk-kz-2026');
    await page.locator('main h1', { hasText: 'Kazakhstan is known to produce' }).waitFor();
    expect(await wordsIn(page.locator('main h1'))).toMatch(
      /^Roadmap on Strategic Partnership .* with Kazakhstan, not binding: at most it could lower .*magnesium.*not binding/s,
    );
    await close();
  });
});

describe('an article', () => {
  it('is checked claim by claim; markup in it shows as text and runs nowhere', async () => {
    const { page, complaints, close } = await desk.open('/check');
    let asked = false;
    page.on('dialog', (d) => {
      asked = true;
      void d.dismiss();
    });
    await page
      .getByRole('textbox', { name: /Text, HTML/ })
      .fill(
        'China produces 98% of the world gallium. <img src=x onerror=alert(1)><script>alert(2)</script> Kazakhstan mines 90% of all copper.',
      );
    await page.getByRole('button', { name: 'Check the text' }).click();
    await page.locator('#claim-1').waitFor();
    const cards = await page.locator('article.card').allInnerTexts();
    expect(cards.find((c) => c.includes('gallium'))).toMatch(/supported/i);
    expect(cards.find((c) => c.includes('copper'))).toMatch(/contradicted|overstated/i);
    expect(await wordsIn(page.locator('section.text'))).toContain('<script>alert(2)</script>');
    expect(await page.locator('section.text img, section.text script').count()).toBe(0);
    expect(asked).toBe(false);
    await page.getByRole('link', { name: /claim 1/ }).click();
    expect(page.url()).toMatch(/#claim-1$/);
    expect(complaints).toEqual([]);
    await close();
  }, 30_000);

  it('of nothing is refused with what to do', async () => {
    const { page, close } = await desk.open('/check');
    await page.getByRole('button', { name: 'Check the text' }).click();
    expect(await wordsIn(page.getByRole('alert'))).toContain('paste an article');
    await close();
  });
});

describe('a plan', () => {
  it('changes with its cap, and says what cannot be met', async () => {
    const { page, complaints, close } = await desk.open('/plan?mineral=magnesium');
    await page.getByRole('heading', { name: /the plan buys 60\.0\s% from China/ }).waitFor();
    await page.getByRole('spinbutton', { name: /Cap on one country/ }).fill('30');
    await page.keyboard.press('Enter');
    await page.waitForURL(/cap=0\.3/);
    await page.getByRole('heading', { name: /the plan buys 30\.0\s% from/ }).waitFor();
    // a point of the frontier is a cap to plan with
    const point = page.locator('circle[data-key]').first();
    const cap = await point.getAttribute('data-key');
    await point.click();
    await page.waitForURL(new RegExp(`cap=${cap}(&|$)`));
    await page.getByRole('button', { name: /^Let .* stop$/ }).click();
    await page.getByText(/missing with today’s mix, .* with the plan’s/).waitFor();
    await page.goto(`${desk.url}/plan?mineral=magnesium&cap=0.1&divert=0&from=2030&to=2030`);
    await page.locator('main h1', { hasText: 'cannot' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 40_000);
});

describe('options of somebody’s own', () => {
  it('are planned with instead of the data, and refused with the place of the fault', async () => {
    const { page, complaints, close } = await desk.open('/plan?mineral=magnesium&cap=0.6');
    await page.getByRole('heading', { name: /the plan buys/ }).waitFor();
    const offer = (supplier: string, country: string, available_t: number, cost_usd_per_t: number) => ({
      supplier,
      kind: 'import',
      country,
      mineral: 'flint',
      stage: 'refine',
      available_t,
      cost_usd_per_t,
    });
    const options = {
      demand: [{ mineral: 'flint', stage: 'refine', year: 2035, quantity_t: 100 }],
      suppliers: [offer('CN', 'CHN', 500, 100), offer('CL', 'CHL', 60, 120)],
    };
    const give = (content: string, name = 'options.json') =>
      page
        .locator('input[type=file]')
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
    await give(JSON.stringify(options));
    // 60 t at 100 and 40 t at 120 USD
    await page.locator('main h1', { hasText: '10,800 USD' }).waitFor();
    await page.getByText('Planned from options.json alone').waitFor();
    expect(page.url()).not.toContain('flint');
    await give('a\0', '<b>.json');
    await page.getByRole('alert').filter({ hasText: 'not JSON: "<b>.json"' }).waitFor();
    // the answer before stays while what was dropped is refused
    await page.locator('main h1', { hasText: '10,800 USD' }).waitFor();
    expect(complaints).toEqual([]);
    await give('{"demand": 1}');
    await page.getByRole('alert').filter({ hasText: 'options.demand' }).waitFor();
    await page.getByRole('button', { name: 'Plan from the data again' }).click();
    await page.getByRole('heading', { name: /the plan buys 60\.0\s% from China/ }).waitFor();
    await close();
  }, 40_000);
});

describe('charts', () => {
  it('are downloaded as CSV, SVG and PNG, and shown as a table', async () => {
    const { page, complaints, close } = await desk.open('/mineral?mineral=magnesium');
    const chart = page.locator('figure.chart').first();
    await chart.locator('svg').waitFor();
    const get = async (name: string) => {
      const coming = page.waitForEvent('download');
      await chart.getByRole('button', { name, exact: true }).click();
      return await coming;
    };
    const csv = await text(await get('CSV'));
    expect(csv).toMatch(/^mineral,stage,year,/);
    expect(csv).toMatch(/\r\nmagnesium,refine,\d{4},usgs_mcs,CHN,/);
    const svg = await text(await get('SVG'));
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toContain('var(');
    const png = readFileSync(await (await get('PNG')).path());
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(png.length).toBeGreaterThan(3000);
    await chart.getByRole('button', { name: 'Table' }).click();
    await chart
      .getByRole('columnheader', { name: /quantity/ })
      .getByRole('button')
      .click();
    expect(await wordsIn(chart.locator('tbody tr').first())).toContain('China');
    expect(complaints).toEqual([]);
    await close();
  }, 40_000);
});

describe('the keyboard alone', () => {
  it('finds a mineral, changes the lens and the theme', async () => {
    const { page, close } = await desk.open('/');
    await niobium(page).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('To the answer');
    await page.keyboard.press('/');
    await page.keyboard.type('magnes');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/mineral\?mineral=magnesi/);
    await page.goBack();
    await niobium(page).waitFor();
    const lens = page.getByRole('radio', { name: 'Declared' });
    for (let i = 0; i < 40 && !(await lens.evaluate((e) => e === document.activeElement)); i++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/lens=dispatch/);
    const theme = page.getByRole('button', { name: /^Theme/ });
    await theme.focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await page.reload();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await close();
  }, 40_000);
});

describe('own files', () => {
  it('are checked in the page with the words of the command line, and answer there without a request', async () => {
    const { page, complaints, close } = await desk.open('/data');
    await page.locator('input[type=file]').waitFor();
    await settled(page);
    const requests: string[] = [];
    page.on('request', (r) => requests.push(r.url()));
    await page.locator('input[type=file]').setInputFiles({
      name: 'production.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('year,country,mineral,stage,quantity_t,source\n2024,GBR,gallum,refine,-3,own\n'),
    });
    expect(await wordsIn(page.getByRole('alert'))).toContain('"gallum"; did you mean gallium?');
    const world = ['country', 'mineral', 'hs6_mineral', 'trade_flow', 'production'];
    await page
      .locator('input[type=file]')
      .setInputFiles(world.map((t) => join(root, `example/world/${t}.csv`)));
    await page.getByRole('button', { name: 'Draw the board from these files' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    const importer = readFileSync(join(root, 'example/world/trade_flow.csv'), 'utf8').split('\n');
    const at = importer[0]!.split(',').indexOf('importer');
    const code = importer[1]!.split(',')[at]!;
    await page.getByRole('textbox', { name: /Whose board/ }).fill(code);
    await page.getByRole('button', { name: 'Draw the board from these files' }).click();
    await page.getByRole('region', { name: 'Board from your own files' }).waitFor();
    expect(
      await page.getByRole('region', { name: 'Board from your own files' }).locator('tbody tr').count(),
    ).toBeGreaterThan(0);
    expect(requests.filter((r) => r.includes('/api/'))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  }, 40_000);
});

describe('hostile files', () => {
  const header = 'year,country,mineral,stage,source,quantity_t\n';
  const file = (name: string, content: string | Buffer) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(content),
  });

  it('are refused with what to do, before they fill the memory; what is in them or in their names runs nowhere', async () => {
    const { page, complaints, close } = await desk.open('/data');
    const dialogs: string[] = [];
    page.on('dialog', (d) => {
      dialogs.push(d.message());
      void d.dismiss();
    });
    await page.locator('input[type=file]').waitFor();
    await settled(page);
    const refusal = async (...files: ReturnType<typeof file>[]) => {
      await page.locator('input[type=file]').setInputFiles([]);
      await page.evaluate(() => document.querySelector<HTMLButtonElement>('.drop button')?.click());
      await page.locator('input[type=file]').setInputFiles(files);
      await page.getByRole('alert').waitFor({ timeout: 20_000 });
      expect(await page.getByRole('button', { name: /Draw the board/ }).count()).toBe(0);
      return await wordsIn(page.getByRole('alert'));
    };
    expect(await refusal(file('production.csv', Buffer.alloc(20_000_001, 'a')))).toContain(
      'over 20 MB: "production.csv"; use "npx headwater board --data DIR"',
    );
    expect(
      await refusal(file('production.csv', header + '2024,GBR,gallium,refine,own,1\n'.repeat(300_001))),
    ).toContain('over 300,000 rows');
    const bytes = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7) % 256));
    expect(await refusal(file('production.csv', bytes))).toBe(
      'production.csv: not UTF-8 text; save the sheet as CSV (UTF-8)',
    );
    expect(await refusal(file('production.xlsx', bytes))).toContain('not a .csv file; save the sheet as CSV');
    expect(await refusal(file('production.csv', 'jahr,land\n2024,GBR\n'))).toContain(
      'unknown column "jahr"; columns of production: year, country',
    );
    expect(await refusal(file('production.csv', ''))).toContain('empty, not even a header');
    const sound = file('production.csv', `${header}2024,GBR,gallium,refine,own,1\n`);
    expect(await refusal(sound, { ...sound, name: 'production.CSV' })).toContain(
      '"production.csv" is the same table',
    );
    const scripts = '2024,<script>alert(1)</script>,"<img src=x onerror=alert(2)>",refine,own,1\n';
    expect(await refusal(file('production.csv', header + scripts))).toContain('<img src=x onerror=alert(2)>');
    for (const name of [
      '<img src=x onerror=alert(3)>.csv',
      '__proto__.csv',
      'constructor.csv',
      '..\\..\\win.ini.csv',
    ])
      expect(await refusal(file(name, header)), name).toContain('unknown table');
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(dialogs).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  }, 90_000);

  it('with formulas are tables like others: what is saved of them is harmless in a spreadsheet', async () => {
    const { page, complaints, close } = await desk.open('/data');
    await page.locator('input[type=file]').waitFor();
    await settled(page);
    const formula = '"=HYPERLINK(""http://127.0.0.1:1/"",""x"")"';
    await page
      .locator('input[type=file]')
      .setInputFiles([
        file('country.csv', 'country,name\nAAA,Alder\nBBB,Birch\n'),
        file('mineral.csv', 'mineral,name\nflint,Flint\n'),
        file('hs6_mineral.csv', 'hs6,mineral,stage,form\n990101,flint,mine,raw flint\n'),
        file(
          'trade_flow.csv',
          `year,exporter,importer,hs6,source,value_usd,quantity_t\n2024,AAA,BBB,990101,${formula},5,1\n`,
        ),
      ]);
    await page.getByRole('textbox', { name: /Whose board/ }).fill('BBB');
    await page.getByRole('button', { name: 'Draw the board from these files' }).click();
    await page.getByRole('region', { name: 'Board from your own files' }).waitFor();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV of the board' }).click();
    const csv = await text(await coming);
    expect(csv).toContain(`"'=HYPERLINK(""http://127.0.0.1:1/"",""x"")"`);
    expect(csv).not.toMatch(/(^|,|\n)"?=/);
    expect(complaints).toEqual([]);
    await close();
  }, 40_000);

  it('are no articles; an article that begins as a formula is saved as text', async () => {
    const { page, complaints, close } = await desk.open('/check');
    await page
      .locator('input[type=file]')
      .setInputFiles(file('speech.docx', Buffer.from([80, 75, 3, 4, 0, 0, 0, 8, 0])));
    expect(await wordsIn(page.getByRole('alert'))).toContain('not a text: "speech.docx"');
    await page.locator('input[type=file]').setInputFiles(file('long.txt', 'a'.repeat(1_500_001)));
    await page.getByRole('alert').filter({ hasText: 'over 1.50 MB' }).waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles(file('speech.txt', '=1+1 China produces 98% of the world’s refined gallium.'));
    await page.locator('#claim-1').waitFor();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV of the claims' }).click();
    const csv = await text(await coming);
    expect(csv).toContain("'=1+1 China produces 98%");
    expect(complaints).toEqual([]);
    await close();
  }, 40_000);
});

describe('the policy of the pages', () => {
  it('lets no inline script run, and nothing be sent elsewhere', async () => {
    const { page, close } = await desk.open('/methods');
    await settled(page);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.__ran = true';
      document.body.append(script);
      return '__ran' in window;
    });
    expect(ran).toBe(false);
    expect(
      await page.evaluate(() =>
        fetch('http://localhost:1/').then(
          () => 'sent',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
    const headers = (await fetch(desk.url)).headers.get('content-security-policy')!;
    expect(headers).toContain("default-src 'none'");
    expect(headers).not.toContain('unsafe-inline');
    await close();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../../src/web/state/pages.ts';
import { addresses, type Desk, openDesk, settled, violations, wordsIn } from '../support/pages.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 90_000);
afterAll(async () => {
  await desk?.close();
});

const list = Object.entries(addresses);

describe('every page', () => {
  it('is looked at', () =>
    expect(Object.keys(addresses).sort()).toEqual([...pages.map((p) => p.id), 'ask', 'gallery'].sort()));

  it.each(list)(
    '%s answers with real figures, fits every width, and neither the console nor axe complains',
    async (name, address) => {
      const { page, complaints, strangers, close } = await desk.open(address);
      // the answer is a sentence with a figure; methods and an empty check have none to tell
      const figure = ['methods', 'check', 'ask', 'gallery'].includes(name) ? /\w/ : /\d/;
      await page.locator('main h1').filter({ hasText: figure }).waitFor();
      await settled(page);
      const title = await wordsIn(page.locator('main h1'));
      expect(title.length, title).toBeGreaterThan(15);
      expect(await page.getByText('mistake in headwater').count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      for (const width of [360, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        await settled(page);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          `${width} px`,
        ).toBe(0);
      }
      expect(complaints).toEqual([]);
      // no request left the machine
      expect(strangers).toEqual([]);
      await close();
    },
    120_000,
  );

  it.each(list.filter(([name]) => ['board', 'shock', 'check'].includes(name)))(
    '%s satisfies axe on a small screen in the dark',
    async (_, address) => {
      const { page, close } = await desk.open(address, { width: 360, height: 740, theme: 'dark' });
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
      expect(await violations(page)).toEqual([]);
      await close();
    },
    120_000,
  );
});

describe('the menu', () => {
  it('offers every page before the listing has come, and where it does not come', async () => {
    const { page, close } = await desk.open('/methods');
    const titles = () => page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents();
    let listed: () => void = () => {};
    const asked = new Promise<void>((told) => {
      listed = told;
    });
    await page.route('**/api', async (request) => {
      await asked;
      await request.abort();
    });
    await page.reload();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').first().waitFor();
    expect(await titles()).toEqual(pages.map((p) => p.title));
    listed();
    await page.getByRole('alert').waitFor();
    expect(await titles()).toEqual(pages.map((p) => p.title));
    await close();
  });
});

describe('addresses', () => {
  it('of no page lead back', async () => {
    const { page, close } = await desk.open('/nowhere');
    await page.getByRole('heading', { name: 'There is no page “nowhere”.' }).waitFor();
    await page.getByRole('link', { name: 'board', exact: true }).click();
    await page.locator('main .board tbody tr').first().waitFor();
    await close();
  });

  it('with a wrong parameter show the error in the words of the command line', async () => {
    const { page, close } = await desk.open('/board?for=GBR&mineral=galium');
    await page.getByRole('alert').waitFor();
    expect(await wordsIn(page.getByRole('alert'))).toContain(
      'unknown mineral: "galium"; did you mean gallium',
    );
    await close();
  });
});

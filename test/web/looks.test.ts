import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../../src/web/state/pages.ts';
import { addresses, type Desk, openDesk, settled } from '../support/pages.ts';

/**
 * Every page against a small picture of it that somebody looked at (REGEN=1 takes new ones). What is compared is where
 * the page is dark and where it is light, block by block: faces and figures may differ from machine to machine, a
 * page without its table, its chart or its style may not.
 */
const folder = join(import.meta.dirname, '../golden/pages');
const blocks = { across: 16, down: 10 };

let desk: Desk;
let table: Page;
beforeAll(async () => {
  desk = await openDesk();
  table = await (await desk.browser.newContext()).newPage();
}, 90_000);
afterAll(async () => {
  await desk?.close();
});

/** A picture in another size, and how much ink each of its blocks holds. */
const measured = async (png: Buffer, width: number, height: number) =>
  await table.evaluate(
    async ([data, w, h, across, down]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = w;
      canvas.height = h;
      const pen = canvas.getContext('2d')!;
      pen.imageSmoothingQuality = 'high';
      pen.drawImage(image, 0, 0, w, h);
      const ink: number[] = [];
      for (let y = 0; y < down; y++)
        for (let x = 0; x < across; x++) {
          const { data: dots } = pen.getImageData(
            Math.round((x * w) / across),
            Math.round((y * h) / down),
            Math.floor(w / across),
            Math.floor(h / down),
          );
          let sum = 0;
          for (let i = 0; i < dots.length; i += 4) sum += 765 - dots[i]! - dots[i + 1]! - dots[i + 2]!;
          ink.push(sum / (dots.length / 4) / 765);
        }
      return { png: canvas.toDataURL('image/png').split(',')[1]!, ink };
    },
    [png.toString('base64'), width, height, blocks.across, blocks.down] as const,
  );

/** Pearson's r of the ink, the best of standing as it is and one block higher or lower (a title one line longer). */
function alike(a: readonly number[], b: readonly number[]): number {
  const r = (x: readonly number[], y: readonly number[]) => {
    const mean = (v: readonly number[]) => v.reduce((p, q) => p + q, 0) / v.length;
    const [mx, my] = [mean(x), mean(y)];
    const dot = (f: (i: number) => number) => x.reduce((sum, _, i) => sum + f(i), 0);
    const spread = Math.sqrt(dot((i) => (x[i]! - mx) ** 2) * dot((i) => (y[i]! - my) ** 2));
    return spread === 0 ? 0 : dot((i) => (x[i]! - mx) * (y[i]! - my)) / spread;
  };
  const { across } = blocks;
  return Math.max(r(a, b), r(a.slice(across), b.slice(0, -across)), r(a.slice(0, -across), b.slice(across)));
}

describe('pages look as reviewed', () => {
  it.each(Object.entries(addresses))(
    '%s',
    async (name, address) => {
      const { page, close } = await desk.open(address, { width: 1280, height: 800 });
      const figure = ['methods', 'check', 'ask', 'gallery'].includes(name) ? /\w/ : /\d/;
      await page.locator('main h1').filter({ hasText: figure }).waitFor();
      await page
        .getByRole('navigation', { name: 'Pages' })
        .getByRole('link')
        .nth(pages.length - 1)
        .waitFor();
      await settled(page);
      const shot = await page.screenshot();
      await close();
      const file = join(folder, `${name}.png`);
      const seen = await measured(shot, 480, 300);
      if (process.env.REGEN) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, Buffer.from(seen.png, 'base64'));
      }
      expect(existsSync(file), `no reference ${name}.png; REGEN=1 takes it`).toBe(true);
      const known = await measured(readFileSync(file), 480, 300);
      expect(alike(seen.ink, known.ink)).toBeGreaterThan(0.6);
    },
    60_000,
  );

  it('and a page without its style or its figures would not', async () => {
    const known = await measured(readFileSync(join(folder, 'board.png')), 480, 300);
    const { page, close } = await desk.open('/');
    await settled(page);
    await page.evaluate(() => document.querySelector('link[rel=stylesheet]')!.remove());
    const bare = await measured(await page.screenshot(), 480, 300);
    await page.evaluate(() => document.body.replaceChildren());
    const empty = await measured(await page.screenshot(), 480, 300);
    await close();
    expect(alike(bare.ink, known.ink)).toBeLessThan(0.6);
    expect(alike(empty.ink, known.ink)).toBeLessThan(0.6);
  }, 60_000);
});

import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { addresses, settled } from '../test/support/pages.ts';
import { serveWorkbench } from '../test/support/workbench.ts';

/**
 * The pages in a real browser over loopback, on the shipped snapshot: the first view of the board from an empty
 * browser against 1 s, and against what the same browser needs for the smallest document of the same server; its
 * script against 200 kB after gzip; a switch of the lens and a step of the shock's slider against 100 ms; then every
 * page until it has settled. The best of several runs counts, as a busy machine only ever adds.
 *
 *   npm run build && npm run bench web
 */
const limit = { first: 1000, interaction: 100, script: 200 };
const runs = Number(process.env.RUNS ?? 5);

const bench = await serveWorkbench();
const browser = await launchBrowser();

/** In a context of its own, so that nothing is cached. */
async function fresh<T>(of: Browser, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await of.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

async function best(measure: () => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) least = Math.min(least, await measure());
  return least;
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

function tell(what: string, value: number, most?: number, beside = '', unit = 'ms'): void {
  const isMissed = most !== undefined && value > most;
  if (isMissed) process.exitCode = 1;
  const against =
    most === undefined
      ? ''
      : `, ${(value / most).toFixed(2)} of ${most} ${unit}${isMissed ? ' — missed' : ''}`;
  console.log(`${what.padEnd(52)} ${value.toFixed(0).padStart(6)} ${unit}${against}${beside}`);
}

/** What the scripts of a first view weigh as they may be sent, in kB after gzip. */
async function scriptsOf(page: Page, address: string): Promise<number> {
  const weights: Promise<number>[] = [];
  page.on('response', (r) => {
    if (r.url().endsWith('.js')) weights.push(r.body().then((b) => gzipSync(b).length));
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  return (await Promise.all(weights)).reduce((a, b) => a + b, 0) / 1000;
}

/**
 * Until a frame in which `seen` has another text than before `act`; inside the page, so that no message counts. No
 * function in it has a name: what runs this file would call a helper that the page does not have.
 */
const interaction = (page: Page, act: string, seen: string) =>
  page.evaluate(
    async ([act, seen]) => {
      const before = document.querySelector(seen)?.textContent;
      const input = document.querySelector<HTMLInputElement>(act)!;
      const began = performance.now();
      if (input.type === 'radio') input.click();
      else {
        input.value = String(Number(input.value) - 5);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }
      while (document.querySelector(seen)?.textContent === before)
        await new Promise((done) => requestAnimationFrame(done));
      return performance.now() - began;
    },
    [act, seen] as const,
  );

try {
  // what `headwater serve` does on its own: the first answer is made before somebody waits for it
  for (const path of ['/api', '/api/names', '/api/board?for=GBR&list=uk-2024'])
    await (await fetch(bench.url + path)).text();

  const peer = await best(() => fresh(browser, (page) => timed(() => page.goto(`${bench.url}/api`))));
  tell('the list of questions as plain text', peer);
  const niobium = 'tr[data-mineral="niobium"][data-hs6="720293"]';
  const first = await best(() =>
    fresh(browser, (page) =>
      timed(async () => {
        await page.goto(`${bench.url}/`);
        await page.locator(niobium).waitFor();
      }),
    ),
  );
  tell('first view of the board', first, limit.first, `, ${(first / peer).toFixed(1)} times plain text`);

  const script = await fresh(browser, (page) => scriptsOf(page, `${bench.url}/`));
  tell('script of that view, after gzip', script, limit.script, '', 'kB');

  const lens = await fresh(browser, async (page) => {
    await page.goto(`${bench.url}/`);
    await page.locator(niobium).waitFor();
    await settled(page);
    await page.waitForTimeout(2000);
    let to = 'declared';
    return await best(() => {
      to = to === 'dispatch' ? 'declared' : 'dispatch';
      return interaction(page, `input[name=lens][value=${to}]`, `${niobium} .top-name`);
    });
  });
  tell('switch of the lens', lens, limit.interaction);

  const slider = await fresh(browser, async (page) => {
    await page.goto(`${bench.url}/shock?stop=CHN&mineral=gallium`);
    await settled(page);
    await page.waitForTimeout(2000);
    return await best(() => interaction(page, 'input[type=range]', 'main h1'));
  });
  tell('step of the slider of the shock', slider, limit.interaction);

  for (const [name, address] of Object.entries(addresses)) {
    const took = await fresh(browser, (page) =>
      timed(async () => {
        await page.goto(bench.url + address);
        await settled(page);
      }),
    );
    tell(`${name} until it is quiet`, took);
  }
} finally {
  await browser.close();
  await bench.close();
}

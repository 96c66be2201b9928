import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { serveWorkbench, type Workbench } from './workbench.ts';

/** Every page with an address that shows real figures. */
export const addresses: Readonly<Record<string, string>> = {
  board: '/',
  mineral: '/mineral?mineral=magnesium',
  country: '/country?country=KAZ',
  origins: '/origins?mineral=aluminium&stage=mine',
  risk: '/risk?terms=magnesium-refine',
  shock: '/shock?mineral=gallium&stop=CHN',
  plan: '/plan?mineral=magnesium',
  check: '/check',
  timeline: '/timeline?mineral=gallium',
  outlook: '/outlook',
  agreement: '/agreement?id=uk-kz-2026',
  data: '/data',
  methods: '/methods',
  ask: '/ask?question=lists&mineral=gallium',
  gallery: '/gallery',
};

export interface Desk {
  readonly url: string;
  readonly browser: Browser;
  /** a page whose every complaint is kept */
  readonly open: (
    address: string,
    options?: { readonly width?: number; readonly height?: number; readonly theme?: 'light' | 'dark' },
  ) => Promise<Watched>;
  readonly close: () => Promise<void>;
}

export interface Watched {
  readonly page: Page;
  /** console errors, exceptions, failed answers, refusals of the policy */
  readonly complaints: string[];
  /** requests that would have left the machine */
  readonly strangers: string[];
  readonly close: () => Promise<void>;
}

/** The workbench on the shipped snapshot and a browser to look at it. */
export async function openDesk(options: { readonly data?: string } = {}): Promise<Desk> {
  const bench: Workbench = await serveWorkbench(options);
  const browser = await launchBrowser();
  return {
    url: bench.url,
    browser,
    async open(address, { width = 1280, height = 800, theme = 'light' } = {}) {
      const context: BrowserContext = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        acceptDownloads: true,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      const strangers: string[] = [];
      page.on('console', (m) => {
        if (m.type() === 'error') complaints.push(m.text());
      });
      page.on('pageerror', (e) => complaints.push(e.message));
      page.on('request', (r) => {
        if (!/^(data|blob):/.test(r.url()) && !r.url().startsWith(bench.url)) strangers.push(r.url());
      });
      page.on('response', (r) => {
        if (r.status() >= 400) complaints.push(`${r.status()} ${r.url()}`);
      });
      await page.goto(bench.url + address);
      return { page, complaints, strangers, close: () => context.close() };
    },
    async close() {
      await browser.close();
      await bench.close();
    },
  };
}

/** Waits until the page has said its answer and nothing is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  // quiet for a quarter of a second: what is asked ahead of need (the steps of a slider) is not waited for
  await page.waitForFunction(() => {
    const seen = window as unknown as { __quiet?: number | undefined };
    if (document.querySelector('main .busy, main .wait, main figure > div:empty')) seen.__quiet = undefined;
    else seen.__quiet ??= performance.now();
    return seen.__quiet !== undefined && performance.now() - seen.__quiet > 250;
  });
}

/** The text of an element in one line. */
export const wordsIn = async (element: Locator): Promise<string> =>
  ((await element.textContent()) ?? '').replace(/\s+/g, ' ').trim();

/** What axe finds wrong, one line for each rule. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0]?.html.slice(0, 160)}`);
}

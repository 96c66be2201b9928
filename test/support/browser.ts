import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.js';

/** A headless Chromium: the one that the test command found, or found here when a test is run by itself. */
export async function launchBrowser(): Promise<Browser> {
  const found = await findChromium();
  if (!found) throw new Error('no Chromium found; name one with CHROME_PATH=/path/to/chromium');
  const env = { ...process.env, ...found.env } as Record<string, string>;
  return await chromium.launch({ executablePath: found.path, args: found.args, env, headless: true });
}

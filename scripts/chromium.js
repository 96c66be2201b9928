// Finds a Chromium for the browser tests: the one named, one on the PATH, else the one that a dev dependency brings.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<{ path: string, args: string[], how: string } | null>} null where there is none */
export async function findChromium(env = process.env) {
  if (env.CHROME_PATH && isExecutable(env.CHROME_PATH))
    return { path: env.CHROME_PATH, args: ['--no-sandbox'], how: 'named by CHROME_PATH' };
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin'].filter(Boolean);
  for (const folder of folders)
    for (const name of names)
      if (isExecutable(join(folder, name)))
        return { path: join(folder, name), args: ['--no-sandbox'], how: 'found on the PATH' };
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    return {
      path: await chromium.executablePath(),
      args: chromium.args,
      how: 'brought by the package @sparticuz/chromium',
    };
  } catch {
    return null;
  }
}

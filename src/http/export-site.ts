import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataOf } from '../cli/ask.ts';
import type { CommonOptions } from '../cli/options.ts';
import type { Shell } from '../cli/shell.ts';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../store/package-root.ts';
import { criticalList } from '../tables/policy.ts';
import { production } from '../tables/quantities.ts';
import { createApp } from './app.ts';
import { nameInSite } from './name-in-site.ts';
import { namesOf } from './names.ts';
import { siteAnswers } from './site-answers.ts';

/** A script may be read as part of a page: nothing in it may look like the end of one. */
const asScript = (name: string, json: string) =>
  `headwater(${JSON.stringify(name)},${json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')});\n`;

const policy =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'";

/** Writes the pages and what they ask (or just `only` that) to a folder. */
export async function exportSite(
  dir: string,
  options: Readonly<Record<string, string | undefined>>,
  shell: Shell,
  only?: readonly string[],
): Promise<void> {
  const built = join(packageRoot(), 'dist', 'site');
  if (!existsSync(join(built, 'index.html')))
    throw new UsageError(`the pages are not built; run "npm run build" first: "${built}"`);
  if (existsSync(dir) && (await readdir(dir)).some((f) => !['answers', 'assets', 'index.html'].includes(f)))
    throw new UsageError(`--site needs an empty folder or an earlier export: "${dir}"`);
  if (options.partial !== undefined)
    throw new UsageError(
      '--partial is for questions; pages that open from disk are not made from a part of the data',
    );
  const world = await shell.openWorld({ ...dataOf(options as CommonOptions, shell), signal: shell.signal });
  try {
    await mkdir(join(dir, 'answers'), { recursive: true });
    await mkdir(join(dir, 'assets'), { recursive: true });
    await copyPages(built, dir);
    const app = createApp({ questions: shell.questions, world, atOnce: 2 });
    const listed = await world.load(criticalList, { list: ['uk-2024'] });
    const makers = await world.load(production, { mineral: [...new Set(listed.map((l) => l.mineral))] });
    const asked =
      only ??
      siteAnswers(
        await namesOf(world),
        [...new Set(listed.filter((l) => l.status === 'critical').map((l) => l.mineral))].sort(),
        [...new Set(makers.map((r) => r.country))].filter((c) => !['WLD', 'OTH'].includes(c)).sort(),
      );
    let written = 0;
    for (const address of asked) {
      shell.signal.throwIfAborted();
      const response = await app.request(address === '' ? '/api' : `/api/${address}`);
      // what cannot be asked of these data has no page either
      if (!response.ok) continue;
      const name = nameInSite(address);
      await writeFile(join(dir, 'answers', `${name}.js`), asScript(name, await response.text()));
      written++;
      if (shell.errIsTerminal) shell.err(`\r${written} of ${asked.length} answers`);
    }
    shell.err(
      `${shell.errIsTerminal ? '\r' : ''}${written} answers and the pages are in ${dir}; open index.html\n`,
    );
  } finally {
    await world.close();
  }
}

/** The built pages; the map, which a page on disk may not fetch, becomes a script like the answers. */
async function copyPages(built: string, dir: string): Promise<void> {
  for (const file of await readdir(join(built, 'assets'))) {
    if (file.startsWith('countries-') && file.endsWith('.json')) {
      const name = nameInSite('atlas');
      const json = await readFile(join(built, 'assets', file), 'utf8');
      await writeFile(join(dir, 'answers', `${name}.js`), asScript(name, json));
    } else await copyFile(join(built, 'assets', file), join(dir, 'assets', file));
  }
  const html = await readFile(join(built, 'index.html'), 'utf8');
  await writeFile(
    join(dir, 'index.html'),
    html
      .replace(
        '<meta charset="utf-8">',
        `<meta charset="utf-8">\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`,
      )
      .replace(/<script type="module" crossorigin/g, '<script defer')
      .replace(/<link rel="stylesheet" crossorigin/g, '<link rel="stylesheet"')
      .replace('<a href="/api">/api</a>', '<code>npx headwater serve</code>'),
  );
}

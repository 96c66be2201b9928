import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'tsdown';

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

/** A hash over the sources: the same sources give the same code version on every machine. */
function sourceHash(): string {
  const hash = createHash('sha256');
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((f) => f.replaceAll('\\', '/'))
    .filter((f) => /\.(ts|sql)$/.test(f) && !f.startsWith('web/'))
    .sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, 'src', file)));
  return hash.digest('hex').slice(0, 12);
}

/** Worker threads are entries of their own: a worker is started from a built file. */
const workers = existsSync(join(root, 'src/workers'))
  ? readdirSync(join(root, 'src/workers')).filter((f) => f.endsWith('.ts'))
  : [];

/** Beside the code, the licences of the packages that it holds: whoever passes it on owes their authors that. */
const licences = {
  name: 'licences',
  generateBundle(
    this: { emitFile: (file: { type: 'asset'; fileName: string; source: string }) => unknown },
    _: unknown,
    bundle: Record<string, { moduleIds?: readonly string[] }>,
  ) {
    const modules = Object.values(bundle).flatMap((chunk) => chunk.moduleIds ?? []);
    const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
    const texts = [...new Set(folders)].sort().map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
      if (!file) throw new Error(`no licence in the package that is bundled: ${name}`);
      return `## ${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    });
    const head = 'Licences of the packages whose code is in these files:';
    this.emitFile({
      type: 'asset',
      fileName: 'third-party-licences.md',
      source: `${[head, ...texts].join('\n\n')}`,
    });
  },
};

const shared = {
  outDir: 'dist',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  fixedExtension: false,
  // dist/web is built by another tool
  clean: false,
  logLevel: 'warn',
} as const;

const code = defineConfig({
  ...shared,
  entry: {
    main: 'src/main.ts',
    index: 'src/index.ts',
    ...Object.fromEntries(workers.map((f) => [`workers/${f.slice(0, -3)}`, `src/workers/${f}`])),
  },
  dts: false,
  plugins: [licences],
  define: { HEADWATER_CODE: JSON.stringify(`${version}+${sourceHash()}`) },
  // read in one piece: the many small files of these packages are most of the time it takes to start
  noExternal: ['zod', 'commander', '@duckdb/node-api', 'lru-cache'],
  // the engine itself, which the package manager picks for the machine
  external: ['@duckdb/node-bindings'],
});

/** The types of the library alone, in one file. */
const types = defineConfig({
  ...shared,
  entry: { index: 'src/index.ts' },
  dts: { emitDtsOnly: true },
});

export default [code, types].flat();

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Folders in import order: a file imports only from its own folder and those before it. */
const layers = [
  'errors.ts',
  'tables',
  'sources',
  'store',
  'analysis',
  'reading',
  'solver',
  'workers',
  'questions',
  'cli',
  'http',
  'mcp',
  'web',
  'index.ts',
  'main.ts',
];
/** Folders that import no package at all. */
const pure = ['tables', 'analysis'];
/** Packages that only one folder may import. */
const owned: Record<string, string> = {
  '@duckdb/node-api': 'store',
  highs: 'solver',
  '@clickhouse/client': 'store',
};

const src = join(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
const importsOf = (file: string) =>
  [
    ...readFileSync(join(src, file), 'utf8').matchAll(
      /^(?:import|export)\s(?:[^;'"]*?\sfrom\s)?'([^']+)'|import\('([^']+)'\)/gm,
    ),
  ].map((m) => m[1] ?? m[2]!);
const layerOf = (file: string) => file.split('/')[0]!;

describe('layers', () => {
  it('finds the source files', () => expect(files.length).toBeGreaterThan(5));

  it.each(files)('%s imports only from its own layer or those before it', (file) => {
    const own = layers.indexOf(layerOf(file));
    expect(own, `${file} is in no known folder`).toBeGreaterThanOrEqual(0);
    for (const target of importsOf(file)) {
      if (target.startsWith('.')) {
        const layer = layerOf(relative(src, normalize(join(src, dirname(file), target))));
        expect(layers.indexOf(layer), `${file} imports ${target}`).toBeLessThanOrEqual(own);
      } else {
        expect(pure, `${file} imports package ${target}`).not.toContain(layerOf(file));
        const owner = Object.entries(owned).find(([name]) => target.startsWith(name))?.[1];
        if (owner) expect(layerOf(file), `${file} imports ${target}`).toBe(owner);
      }
    }
  });

  it('has no room for odds and ends', () => {
    expect(files.filter((f) => /(^|\/)(utils?|helpers?|common|lib)(\/|\.ts$)/.test(f))).toEqual([]);
  });
});

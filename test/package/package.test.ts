import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const npm = (args: string[], cwd = root) =>
  execFileSync('npm', [...args, '--ignore-scripts', '--offline', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
  });

interface PackedFile {
  readonly path: string;
  readonly size: number;
}

describe('npm pack', () => {
  let packed: { readonly size: number; readonly unpackedSize: number; readonly files: readonly PackedFile[] };
  beforeAll(() => {
    packed = JSON.parse(npm(['pack', '--dry-run', '--json']))[0];
  });
  const paths = () => packed.files.map((f) => f.path);

  it('holds what is needed to run, to cite and to read', () => {
    for (const path of [
      'package.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'bin/headwater.js',
      'dist/main.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/workers/solve.js',
      'data/datapackage.json',
      'data/trade_flow.parquet',
      'data/LICENCES.md',
      'docs/library.md',
    ])
      expect(paths(), path).toContain(path);
    const { resources } = JSON.parse(readFileSync(join(root, 'data/datapackage.json'), 'utf8'));
    for (const { path } of resources) expect(paths()).toContain(`data/${path}`);
  });

  it('holds nothing else, and is under 25 MB', () => {
    const first = new Set(paths().map((p) => p.split('/')[0]!));
    expect([...first].sort()).toEqual(
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'bin',
        'data',
        'dist',
        'docs',
        'example',
        'package.json',
        'reference',
        'scripts',
      ].sort(),
    );
    expect(packed.size).toBeGreaterThan(1e6);
    expect(packed.size).toBeLessThan(25e6);
    expect(packed.unpackedSize).toBeLessThan(25e6);
  });
});

describe('packages whose code is in the built files', () => {
  it.each([
    ['dist', 'src', /(?:from |import\()'([^.'][^']*)'/g],
    ['dist/web', 'src/web', /from '(d3[^']*|svelte|topojson-client)'/g],
  ])('have their licences in %s', (built, sources, imports) => {
    const text = readFileSync(join(root, built, 'third-party-licences.md'), 'utf8');
    const files = readdirSync(join(root, sources), { recursive: true, encoding: 'utf8' }).filter(
      (f) => /\.(ts|svelte)$/.test(f) && (sources === 'src/web' || !f.startsWith('web')),
    );
    const names = new Set(
      files
        .flatMap((f) => [...readFileSync(join(root, sources, f), 'utf8').matchAll(imports)])
        .map(([, name]) => /^(@[^/]+\/)?[^/]+/.exec(name!)![0])
        .filter((name) => name in manifest.devDependencies && !(name in manifest.peerDependencies)),
    );
    expect(names.size).toBeGreaterThan(1);
    for (const name of names) expect(text).toMatch(new RegExp(`^## ${name} .*\\(.+\\)$`, 'm'));
    expect(text).toContain('Copyright');
  });
});

describe('dependencies', () => {
  it('are what the built files import, nothing less and nothing more', () => {
    const dist = join(root, 'dist');
    const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
      (f) => /\.(js|d\.ts)$/.test(f) && !f.startsWith('web'),
    );
    expect(files.length).toBeGreaterThan(10);
    const imported = new Set<string>();
    for (const file of files)
      for (const [, name] of readFileSync(join(dist, file), 'utf8').matchAll(
        /(?:^(?:import|export)\s[^'"`;]*?from\s*|^import\s*|\bimport\(\s*|\b(?:__)?require\(\s*|\bcreateRequire[\w$]*\([^()]*\)\(\s*)["']([^"'./][^"'\s]*)["']/gm,
      ))
        imported.add(name!.startsWith('@') ? name!.split('/').slice(0, 2).join('/') : name!.split('/')[0]!);
    const packages = [...imported].filter(
      (name) => !name.startsWith('node:') && !builtinModules.includes(name),
    );
    // the client of a distributed store is installed by those who have one
    const optional = Object.keys(manifest.peerDependenciesMeta);
    expect(optional).toEqual(Object.keys(manifest.peerDependencies));
    expect(packages.sort()).toEqual([...Object.keys(manifest.dependencies), ...optional].sort());
  });
});

describe('installed elsewhere', () => {
  /** A folder with the package as npm unpacks it and its dependencies, and none of what only building needs. */
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'headwater-installed-'));
    const [{ filename }] = JSON.parse(npm(['pack', '--json', '--pack-destination', home]));
    const modules = join(home, 'node_modules');
    mkdirSync(join(modules, 'headwater'), { recursive: true });
    execFileSync('tar', [
      '-xzf',
      join(home, filename),
      '--strip-components=1',
      '-C',
      join(modules, 'headwater'),
    ]);
    for (const name of Object.keys(manifest.dependencies)) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
    writeFileSync(join(home, 'package.json'), '{"type":"module"}\n');
  }, 60_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const node = (...args: string[]) =>
    spawnSync(process.execPath, args, {
      cwd: home,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });

  it('answers on the command line', () => {
    const bin = join(home, 'node_modules/headwater', manifest.bin.headwater);
    const { status, stdout, stderr } = node(bin, 'board', '--for', 'GBR', '--format', 'json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { rows } = JSON.parse(stdout);
    expect(rows.find((r: { hs6: string }) => r.hs6 === '720293')).toMatchObject({ top_country: 'BRA' });
  });

  const doc = readFileSync(join(root, 'docs/library.md'), 'utf8');
  const examples = [...doc.matchAll(/```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)].map(
    (m) => [m[1]!, m[2]!] as const,
  );

  it('has examples in docs/library.md', () => expect(examples.length).toBe(doc.match(/```js/g)!.length));

  it.each(examples)('runs the example of the documentation as it says: %s', (code, said) => {
    const file = join(home, 'example.js');
    writeFileSync(file, code);
    const { stdout, stderr } = node(file);
    expect(stderr).toBe('');
    expect(stdout).toBe(said);
  });

  it('has types that a strict program can use', () => {
    writeFileSync(
      join(home, 'typed.ts'),
      `import { ask, concentration, openWorld, production, type Reply, type World } from 'headwater';
const made: Reply = await ask('board', { for: 'GBR' });
const share: string | number | boolean | null | undefined = made.rows[0]?.top_share;
const world: World = await openWorld();
const rows = await world.load(production, { year: [2024] });
const tonnes: number | null = rows[0]!.quantity_t;
const hhi: number | null = concentration(rows).hhi;
// @ts-expect-error a year is a number
await world.load(production, { year: ['2024'] });
export { hhi, share, tonnes };
`,
    );
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
    const types = ['--typeRoots', join(root, 'node_modules/@types')];
    const tsc = node(join(root, 'node_modules/typescript/bin/tsc'), ...options, ...types, 'typed.ts');
    expect(tsc.stdout).toBe('');
    expect(tsc.status).toBe(0);
  }, 180_000);
});

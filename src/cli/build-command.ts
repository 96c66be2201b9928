import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { OtherCommand, Shell } from './shell.ts';

/** `headwater build`: the publishers' files become the tables of the snapshot. */
export const buildCommand: OtherCommand = {
  name: 'build',
  about:
    'Builds the snapshot from the publishers’ files, or loads it into a store; the old stays until the new is whole.',
  options: [
    { flags: '--raw <dir>', about: 'folder with one folder of files for each publisher (required)' },
    { flags: '--out <dir>', about: 'folder that the snapshot replaces; the package’s data when left out' },
    {
      flags: '--previous <dir>',
      about: 'snapshot of the release before, which rows are counted against; --out, else the package’s data',
    },
    { flags: '--accept-missing', about: 'go on although rows of the release before are missing' },
    {
      flags: '--store <url>',
      about:
        'loads the tables into ClickHouse, all or nothing: clickhouse://user:password@host:8123/database[?cluster=NAME]; without --raw those of --data, else of the snapshot',
    },
    {
      flags: '--data <dir>',
      about: 'with --store: the folder of own tables, or of a whole release, to load',
    },
  ],
  readsData: false,
  async run(options, shell) {
    const { raw, store, data } = options;
    if (data !== undefined && (store === undefined || raw !== undefined))
      throw new UsageError(
        `--data names tables to load into a store: give it with --store and without --raw: "${data}"`,
      );
    if (raw === undefined && store === undefined)
      throw new UsageError(
        '--raw DIR is required: the folder of the publishers’ files; or --store URL, to load what is built',
      );
    if (raw !== undefined) await buildFrom(raw, options, shell);
    if (store !== undefined) await loadInto(store, options, shell);
  },
};

type Given = Readonly<Record<string, string | undefined>>;

async function loadInto(store: string, options: Given, shell: Shell): Promise<void> {
  const { loadStore } = await import('../store/load-store.ts');
  const { snapshotNamed } = await import('../store/folder-options.ts');
  const loud = shell.errIsTerminal && !options.quiet;
  // what --raw was just built into is what is loaded
  const built = options.raw !== undefined && options.out !== undefined ? { snapshotDir: options.out } : {};
  const loaded = await loadStore({
    ...snapshotNamed(shell.env),
    ...built,
    store,
    password: shell.env.CLICKHOUSE_PASSWORD,
    data: options.data,
    signal: shell.signal,
    progress: (done, what) => {
      if (loud) shell.err(`\r\u001b[2K${Math.round(done * 100)} % ${what}`);
    },
  });
  if (loud) shell.err('\r\u001b[2K');
  const rows = Object.values(loaded.rows).reduce((sum, n) => sum + n, 0);
  const where = loaded.shards > 0 ? `${loaded.shards} shards` : 'one server';
  shell.err(
    `${Object.keys(loaded.rows).length} tables, ${rows} rows on ${where}, data version ${loaded.dataVersion}, load ${loaded.load}; ask it with --store\n`,
  );
}

async function buildFrom(raw: string, options: Given, shell: Shell): Promise<void> {
  if (!existsSync(raw) || !statSync(raw).isDirectory())
    throw new UsageError(`--raw is not a folder: "${raw}"`);
  const [{ build }, { sources }, { packageRoot }] = await Promise.all([
    import('../store/build.ts'),
    import('../sources/list.ts'),
    import('../store/package-root.ts'),
  ]);
  const out = options.out ?? join(packageRoot(), 'data');
  const shipped = join(packageRoot(), 'data');
  const isThere = (dir: string) => existsSync(join(dir, 'datapackage.json'));
  const previous = options.previous ?? (isThere(out) ? out : isThere(shipped) ? shipped : undefined);
  const loud = shell.errIsTerminal && !options.quiet;
  const report = await build({
    raw,
    out,
    sources,
    reference: join(packageRoot(), 'reference'),
    ...(previous !== undefined && { previous }),
    acceptMissing: options.acceptMissing !== undefined,
    signal: shell.signal,
    progress: (done, what) => {
      if (loud) shell.err(`\r\u001b[2K${Math.round(done * 100)} % ${what}`);
    },
  });
  if (loud) shell.err('\r\u001b[2K');
  const read = report.sources.reduce((sum, s) => sum + s.rowsRead, 0);
  const refused = report.sources.reduce((sum, s) => sum + s.refused.reduce((n, r) => n + r.rows, 0), 0);
  shell.err(
    `${report.tables.length} tables, ${report.bytes} bytes, data version ${report.dataVersion}; ${read} rows read, ${refused} refused (why: ${join(out, 'build-report.md')})\n`,
  );
  const { vanished, unexplained } = report.compared;
  for (const line of [...(vanished ?? []), ...unexplained.map((d) => `sources disagree: ${d}`)])
    if (!options.quiet) shell.err(`warning: ${line}\n`);
}

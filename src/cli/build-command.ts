import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { OtherCommand } from './shell.ts';

/** `headwater build`: the publishers' files become the tables of the snapshot. */
export const buildCommand: OtherCommand = {
  name: 'build',
  about: 'Builds the snapshot from the publishers’ files; the old one stays until the new one is whole.',
  options: [
    { flags: '--raw <dir>', about: 'folder with one folder of files for each publisher (required)' },
    { flags: '--out <dir>', about: 'folder that the snapshot replaces; the package’s data when left out' },
    {
      flags: '--previous <dir>',
      about: 'snapshot of the release before, which rows are counted against; --out, else the package’s data',
    },
    { flags: '--accept-missing', about: 'go on although rows of the release before are missing' },
  ],
  readsData: false,
  async run(options, shell) {
    const { raw } = options;
    if (raw === undefined) throw new UsageError('--raw DIR is required: the folder of the publishers’ files');
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
  },
};

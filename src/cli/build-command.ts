import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { OtherCommand } from './shell.ts';

/** `headwater build`: publishers' files and the tables kept by hand become the snapshot. */
export const buildCommand: OtherCommand = {
  name: 'build',
  about:
    'Builds the snapshot from a folder of publishers’ files; the old one stays until the new one is whole.',
  options: [
    { flags: '--raw <dir>', about: 'folder the publishers’ files are in, one folder per source' },
    { flags: '--out <dir>', about: 'folder to replace (default: the package’s own data)' },
  ],
  readsData: false,
  async run(options, shell) {
    if (!options.raw)
      throw new UsageError('build needs the folder the publishers’ files are in: headwater build --raw DIR');
    const [{ build }, { packageRoot }, { sources }] = await Promise.all([
      import('../store/build.ts'),
      import('../store/package-root.ts'),
      import('../sources/list.ts'),
    ]);
    const root = packageRoot();
    const out = options.out ?? join(root, 'data');
    const report = await build({
      raw: options.raw,
      out,
      sources,
      reference: join(root, 'reference'),
      signal: shell.signal,
      progress: (done, what) => {
        if (shell.errIsTerminal) shell.err(`${String(Math.round(done * 100)).padStart(3)} % ${what}\n`);
      },
    });
    const refused = report.sources.reduce((sum, s) => sum + s.refused.reduce((n, r) => n + r.rows, 0), 0);
    const read = report.sources.reduce((sum, s) => sum + s.rowsRead, 0);
    shell.err(
      `${report.tables.length} tables, ${report.bytes} bytes, data version ${report.dataVersion}; ${read} rows read, ${refused} refused (why: ${join(out, 'build-report.md')})\n`,
    );
  },
};

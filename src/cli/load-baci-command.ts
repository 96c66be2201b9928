import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { OtherCommand } from './shell.ts';

/** `headwater load-baci`: the whole release becomes tables that every question can be asked of. */
export const loadBaciCommand: OtherCommand = {
  name: 'load-baci',
  about: 'Makes tables of a whole BACI release, every six-digit code; ask them with --data.',
  arguments: [{ name: '[from]', about: 'the archive BACI_HS17_V202601.zip, or a folder of its files' }],
  options: [
    { flags: '--out <dir>', about: 'folder that is made or replaced (required)' },
    {
      flags: '--base <dir>',
      about: 'snapshot whose other tables are taken over; the package’s data when left out',
    },
    { flags: '--accept-missing', about: 'go on although rows of the snapshot are missing' },
  ],
  readsData: false,
  async run(options, shell, words = []) {
    const from = words[0];
    if (from === undefined)
      throw new UsageError('name the archive or folder; headwater fetch baci brings it');
    const { out } = options;
    if (out === undefined) throw new UsageError('--out DIR is required: the folder to make');
    const [{ loadBaci }, { packageRoot }] = await Promise.all([
      import('../store/load-baci.ts'),
      import('../store/package-root.ts'),
    ]);
    const loud = shell.errIsTerminal && !options.quiet;
    const made = await loadBaci({
      from,
      out,
      base: options.base ?? join(packageRoot(), 'data'),
      reference: join(packageRoot(), 'reference'),
      acceptMissing: options.acceptMissing !== undefined,
      signal: shell.signal,
      progress: (done, what) => {
        if (loud) shell.err(`\r\u001b[2K${Math.round(done * 100)} % ${what}`);
      },
    });
    if (loud) shell.err('\r\u001b[2K');
    const rows = made.years.reduce((sum, year) => sum + year.rows, 0);
    for (const warning of made.warnings) if (!options.quiet) shell.err(`warning: ${warning}\n`);
    shell.err(
      `BACI ${made.release}: ${made.years.length} years, ${rows} rows, ${made.minerals.rows} of minerals; data version ${made.dataVersion}; ask it with --data ${out}\n`,
    );
  },
};

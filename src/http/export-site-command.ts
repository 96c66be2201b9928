import type { OtherCommand } from '../cli/shell.ts';

/** `headwater export --site DIR` beside the export of tables and answers. */
export const withSite = (exportCommand: OtherCommand): OtherCommand => ({
  ...exportCommand,
  options: [
    ...exportCommand.options,
    {
      flags: '--site <dir>',
      about: 'the pages with their answers, as a folder that opens from disk or any web server',
    },
  ],
  async run(options, shell, words) {
    if (options.site === undefined) return await exportCommand.run(options, shell, words);
    await (await import('./export-site.ts')).exportSite(options.site, options, shell);
  },
});

import type { OtherCommand } from './shell.ts';

/** `headwater export`: tables, or a question's answer, as files for a spreadsheet, a notebook or another program. */
export const exportCommand: OtherCommand = {
  name: 'export',
  about:
    'Writes tables, or a question’s answer with its options, as xlsx, parquet or csv: headwater export board --for GBR.',
  options: [
    {
      flags: '--format <format>',
      about: 'xlsx, parquet or csv; by the end of --out when left out, else xlsx',
    },
    {
      flags: '--out <path>',
      about: 'file, or folder for parquet and csv; named for what it holds when left out',
    },
  ],
  readsData: true,
  async extend(command, words, shell) {
    await (await import('./export/write-export.ts')).addExportWords(command, words, shell);
  },
  async run(options, shell, words = []) {
    await (await import('./export/write-export.ts')).writeExport(options, shell, words);
  },
};

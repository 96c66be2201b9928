import type { Reply } from '../../questions/reply.ts';
import { type Sheet, sheetOf } from './sheet.ts';

const texts = (...names: string[]) => names.map((name) => ({ name, unit: '', about: '' }));

/** The sources to be cited, one to a row. */
export const sourceSheet = (sources: readonly object[]): Sheet =>
  sheetOf(
    'sources',
    'whose data these are: release, licence, the attribution to repeat',
    texts('id', 'title', 'release', 'licence', 'citation'),
    sources as readonly Record<string, unknown>[],
  );

/** An answer as sheets: its rows, what each column is, the remarks, the sources, and how it was asked. */
export function answerSheets(asks: string, made: Reply): Sheet[] {
  const about = [
    ['question', asks],
    ['asked', made.question],
    ...Object.entries(made.params)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
    ['data_version', made.data_version],
    ['code_version', made.code_version],
  ].map(([what, value]) => ({ what, value }));
  return [
    sheetOf(made.question, asks, made.columns, made.rows),
    sheetOf(
      'columns',
      'what each column is, and its unit (1 = a share, 0 to 1)',
      texts('name', 'unit', 'about'),
      made.columns as readonly object[] as readonly Record<string, unknown>[],
    ),
    sheetOf(
      'notes',
      'remarks on the answer; rows are counted from 1, without the head',
      texts('code', 'text', 'rows', 'value'),
      made.notes.map((n) => ({
        code: n.code,
        text: n.text,
        rows: n.rows?.map((r) => r + 1).join(', ') || null,
        value: n.value ?? null,
      })),
    ),
    sourceSheet(made.sources),
    sheetOf('about', 'how it was asked, and of which data', texts('what', 'value'), about),
  ];
}

import { UsageError } from '../errors.ts';
import type { Answer } from '../questions/question.ts';
import type { Reply } from '../questions/reply.ts';
import { groupBy } from '../tables/group-by.ts';
import { csvText } from './csv.ts';
import { markdownText } from './markdown.ts';
import type { Format } from './options.ts';
import type { Shell } from './shell.ts';
import { styleFor } from './style.ts';
import { tableText } from './table.ts';

/** Columns taken where stdout is not a terminal. */
const pipedWidth = 80;

/** An answer in the format asked for, ending in a line break. */
export function print(format: Format, asks: string, answer: Answer, made: Reply, shell: Shell): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(made, null, 2)}\n`;
    case 'csv':
      return csvText(
        made.columns.map((c) => c.name),
        made.rows,
      );
    case 'md':
      return markdownText(asks, answer);
    case 'html':
      if (answer.document) return `${answer.document.html.trimEnd()}\n`;
      throw new UsageError(
        `--format html is for answers that are a document (brief, check); use table, csv, json or md for "${made.question}"`,
      );
    case 'table':
      if (answer.document) return `${answer.document.md.trimEnd()}\n`;
      return tableText(
        asks,
        answer,
        Math.max(40, shell.columns ?? pipedWidth),
        styleFor(shell.columns !== null, shell.env),
      );
  }
}

/** Notes of one code that stderr lists, of those that a screen does not show either. */
const mostOfACode = 20;

/** Notes and sources for stderr, where stdout holds nothing but the rows. */
export const remarks = (answer: Answer): string =>
  [
    ...remarked(answer).map((text) => `note: ${text.replace(/\s+/g, ' ')}`),
    ...answer.sources.map((s) => `source: ${s.title}, ${s.release}, ${s.licence}`),
  ]
    .map((l) => `${l}\n`)
    .join('');

/** Hundreds of notes that are data (prices of limits, points of a curve) are counted, not listed. */
function remarked({ notes, view }: Answer): string[] {
  const quiet = groupBy(
    notes.filter((n) => view?.quietNotes?.includes(n.code)),
    (n) => n.code,
  );
  const many = [...quiet].filter(([, own]) => own.length > mostOfACode).map(([code]) => code);
  return [
    ...notes.filter((n) => !many.includes(n.code)).map((n) => n.text),
    ...many.map((code) => `${quiet.get(code)!.length} notes "${code}" are in --format json`),
  ];
}

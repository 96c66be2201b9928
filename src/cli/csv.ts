import type { AnswerRow, Value } from '../questions/question.ts';

/**
 * RFC 4180: comma, CRLF, quotes doubled. Numbers at full precision, null an empty cell. A text that a spreadsheet
 * would run as a formula (beginning = + - @, tab or return) gets an apostrophe in front; numbers never do.
 */
export const csvText = (names: readonly string[], rows: readonly AnswerRow[]): string =>
  [names.map(field), ...rows.map((row) => names.map((n) => field(row[n])))]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');

function field(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  // a sign that stands alone is no formula, and a comparator of a rule
  const safe = /^[=+\-@\t\r]./s.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

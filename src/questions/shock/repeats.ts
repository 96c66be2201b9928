import type { AnswerRow } from '../question.ts';

/** Fewer equal months than this are shown: a sentence would be no shorter. */
const worthASentence = 2;

const printed = ['shortfall_t', 'baseline_t', 'supply_t', 'stock_used_t', 'price_ratio', 'p05', 'p95'];
const asPrinted = (row: AnswerRow) =>
  printed
    .map((name) => (typeof row[name] === 'number' ? (row[name] as number).toPrecision(3) : '–'))
    .join(' ');

/** Months that print like the one before them are left out of a table, and named in a sentence. */
export function repeats(
  rows: readonly AnswerRow[],
  months: readonly number[],
): { readonly kept: readonly number[]; readonly sentences: readonly string[] } {
  const kept: number[] = [];
  const sentences: string[] = [];
  for (let i = 0; i < months.length; ) {
    const first = rows[months[i]!]!;
    let end = i + 1;
    while (end < months.length && asPrinted(rows[months[end]!]!) === asPrinted(first)) end++;
    const more = end - i - 1;
    if (more < worthASentence) kept.push(...months.slice(i, end));
    else {
      kept.push(months[i]!);
      sentences.push(
        `Months ${Number(first.month) + 1} to ${rows[months[end - 1]!]!.month} are as month ${first.month}.`,
      );
    }
    i = end;
  }
  return { kept, sentences };
}

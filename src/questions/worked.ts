import type { AnswerRow, Explanation, Value } from './question.ts';

/** Where binary sums taken in another order may differ, and nothing else. */
const rounding = 1e-9;

const same = (a: Value | undefined, b: number | boolean): boolean =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= rounding * Math.max(Math.abs(a), Math.abs(b))
    : a === b;

/**
 * The formula behind a cell as a person reads it: `column = words = figures = value`. Where what was worked from the
 * rows is not what the cell says, there is no formula, and that is said instead.
 *
 * @param figures the same with numbers in it: digits, signs, roots, max, min and brackets; left out for a sum over rows
 */
export function worked(
  row: AnswerRow,
  column: string,
  words: string,
  value: number | boolean,
  figures?: string,
): Pick<Explanation, 'formula' | 'behind'> {
  if (!same(row[column], value)) return { formula: null, behind: notFromRows };
  return { formula: [column, words, ...(figures === undefined ? [] : [figures]), value].join(' = ') };
}

/** What a cell rests on in words, where no formula gives it. */
export const said = (behind: string, more: Partial<Explanation> = {}): Explanation => ({
  formula: null,
  behind,
  inputs: [],
  ...more,
});

export const notFromRows =
  'The rows shown do not give this value again; take them as what it is about, not as its sum.';

import type { Shock } from '../../analysis/shocks/shock.ts';
import type { AnswerRow, Note } from '../question.ts';
import { plainly } from '../wording.ts';
import type { ShockCase } from './cases.ts';

/** What a row keeps where a shock cannot be followed: whose it is, and what was before. */
const before = new Set(['country', 'month', 'baseline_t', 'output_baseline_t']);

/** True of rows in which nothing is missing and nothing was done about it. */
const unmoved = (rows: readonly AnswerRow[]) =>
  rows.every((r) => r.shortfall_t === 0 && r.stock_used_t === 0);

/**
 * Where a shock meets neither output nor trade that is known, a row that came out as no loss does not say that there is
 * none: its figures are emptied. Returns true where that was done.
 */
export function emptied(rows: readonly AnswerRow[]): boolean {
  if (!unmoved(rows)) return false;
  for (const row of rows) for (const name of Object.keys(row)) if (!before.has(name)) row[name] = null;
  return true;
}

/**
 * Says of each shock that cannot be followed that this is not the same as harmless, and where others could be that what
 * is missing is at least so much.
 *
 * @param empty positions of the rows without figures, `least` of those that hold what the other shocks do
 */
export function unfollowedNotes(
  lost: readonly Shock[],
  one: ShockCase,
  empty: readonly number[],
  least: readonly number[],
): Note[] {
  const of = `${plainly(one.mineral)} (${plainly(one.stage)})`;
  const notes = lost.map(
    (s): Note => ({
      code: 'not_struck',
      rows: empty,
      text:
        s.kind === 'corridor_closed'
          ? `no trade in ${of} is recorded on the links that close: what they carry is not known`
          : s.kind === 'production_loss'
            ? `no output of ${of} from ${s.country} is known: this shock cannot be followed`
            : `no exports of ${of} from ${s.country} are known: this shock cannot be followed`,
    }),
  );
  if (lost.length && least.length)
    notes.push({
      code: 'lower_bound',
      rows: least,
      text: 'what is missing is what the shocks that can be followed do: at least so much',
    });
  return notes;
}

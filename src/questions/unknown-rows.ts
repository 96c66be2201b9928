import { lenses } from './parameters.ts';
import type { AnswerRow } from './question.ts';

/** Whether another lens has a share, so that there are figures of imports. */
const isBought = (row: AnswerRow): boolean => lenses.some((lens) => typeof row[`${lens}_share`] === 'number');
const stageOf = (row: AnswerRow): string => `${row.mineral}|${row.stage}`;

/**
 * Rows of a board without a share, by the reason that can be given. A stage that is shown by one of its codes while
 * another has no open data stands apart: its share is not of the whole stage.
 */
export function unknownByReason(rows: readonly AnswerRow[]): { reason: string; rows: AnswerRow[] }[] {
  const unknown = rows.filter((row) => typeof row.top_share !== 'number');
  const shown = new Set(rows.filter((row) => !unknown.includes(row)).map(stageOf));
  const hidden = unknown.filter((row) => row.evidence === 'basket');
  const silent = unknown.filter((row) => row.supply_usd === 0);
  const small = unknown.filter((row) => row.evidence === 'partial');
  const known = new Set([...hidden, ...silent, ...small]);
  const bought = unknown.filter((row) => !known.has(row) && isBought(row));
  const rest = unknown.filter((row) => !known.has(row) && !isBought(row));
  return [
    { reason: 'Hidden in codes that hold several minerals', rows: hidden },
    { reason: 'No imports recorded', rows: silent },
    { reason: 'Below the cut of a truncated series, so small but not zero', rows: small },
    { reason: 'Bought, but not known by this lens (each row’s note says why)', rows: bought },
    {
      reason: 'Shown by some of their codes only, the others have no open data',
      rows: rest.filter((row) => shown.has(stageOf(row))),
    },
    { reason: 'No open data in use', rows: rest.filter((row) => !shown.has(stageOf(row))) },
  ].filter((group) => group.rows.length > 0);
}

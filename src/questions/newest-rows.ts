import type { AnswerRow } from './question.ts';

/** Of the rows of one mineral, stage and code those of the newest year: an answer of several years counts each once. */
export function newestRows<R extends AnswerRow>(rows: readonly R[]): R[] {
  const key = (r: AnswerRow) => `${r.mineral} ${r.stage} ${r.hs6 ?? ''}`;
  const newest = new Map<string, number>();
  for (const r of rows) newest.set(key(r), Math.max(newest.get(key(r)) ?? -Infinity, Number(r.year)));
  return rows.filter((r) => Number(r.year) === newest.get(key(r)));
}

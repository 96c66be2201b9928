import type { AnswerRow, Note } from '../../questions/question.ts';
import type { Stake } from '../charts/ribbons.ts';

const number = (value: unknown) => (typeof value === 'number' ? value : 0);

/** Declared and traced shares of each country, for ribbons; empty where nothing could be traced. */
export function stakes(rows: readonly AnswerRow[], nameOf: (code: unknown) => string): Stake[] {
  const traced = rows.reduce((sum, r) => sum + number(r.traced_t ?? r.traced_usd), 0);
  return rows.map((r) => {
    const whole = number(r.traced_t ?? r.traced_usd);
    const hidden = number(r.unrecorded_t ?? r.unrecorded_usd);
    return {
      country: String(r.country),
      label: nameOf(r.country),
      left: number(r.direct_share),
      right: number(r.traced_share),
      unrecorded: whole > 0 && traced > 0 ? (number(r.traced_share) * hidden) / whole : 0,
    };
  });
}

/** Where supply stands and who owns it, from a controlled trace; hatched is what stays in place as no owner is known. */
export function held(rows: readonly AnswerRow[], nameOf: (code: unknown) => string): Stake[] {
  return rows
    .filter((r) => number(r.located_share) > 0 || number(r.traced_share) > 0)
    .map((r) => ({
      country: String(r.country),
      label: nameOf(r.country),
      left: number(r.located_share),
      right: number(r.traced_share),
      unrecorded: Math.min(number(r.unattributed_share), number(r.traced_share)),
    }));
}

export const isTraced = (rows: readonly AnswerRow[]): boolean =>
  rows.some((r) => typeof r.traced_share === 'number');

export const noteValue = (notes: readonly Note[], code: string): number | null =>
  notes.find((n) => n.code === code)?.value ?? null;

export const largest = (rows: readonly AnswerRow[], column: string): AnswerRow | undefined =>
  rows.reduce<AnswerRow | undefined>(
    (best, r) =>
      typeof r[column] === 'number' && (best === undefined || number(r[column]) > number(best[column]))
        ? r
        : best,
    undefined,
  );

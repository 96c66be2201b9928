import type { AnswerRow } from '../../questions/question.ts';
import type { Happening } from '../charts/events.ts';
import { ruleWords, wordOf } from '../format.ts';

/** Dated entries of the register in lanes by who acts, the busiest first. */
export function happeningsOf(
  rows: readonly AnswerRow[],
  nameOf: (code: unknown) => string,
  most = 16,
): Happening[] {
  const count = new Map<string, number>();
  for (const r of rows)
    if (r.date !== null) count.set(String(r.country), (count.get(String(r.country)) ?? 0) + 1);
  const lanes = [...count]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most)
    .map(([c]) => c);
  return lanes.flatMap((c) =>
    rows
      .filter((r) => r.country === c && r.date !== null)
      .map((r) => ({
        date: String(r.date),
        lane: nameOf(c),
        short: c.replaceAll(';', ', '),
        kind: String(r.kind),
        about: `${ruleWords(String(r.title))} (${wordOf(r.kind)}, ${wordOf(r.status)})`,
      })),
  );
}

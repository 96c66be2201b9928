import type { AnswerRow, View } from './question.ts';
import { count, named, plainly, positions } from './wording.ts';

const verdicts = [
  'supported',
  'outdated',
  'overstated',
  'understated',
  'contradicted',
  'not_in_data',
  'not_checkable',
] as const;

const words: Readonly<Record<string, string>> = {
  outdated: 'outdated (true of an earlier year)',
  not_in_data: 'not in the data',
  not_checkable: 'not checkable',
};

/** How judged claims are best read: how many of each verdict, then a line a claim in the order of the text. */
export function checkView(rows: readonly AnswerRow[]): View {
  const with_ = (verdict: string) => positions(rows, (r) => r.verdict === verdict);
  const parts = verdicts.flatMap((v) => {
    const n = with_(v).length;
    return n ? [`${n} ${words[v] ?? v}`] : [];
  });
  const wrong = positions(rows, (r) =>
    ['outdated', 'overstated', 'understated', 'contradicted'].includes(String(r.verdict)),
  );
  return {
    headline: [
      rows.length === 0
        ? 'No checkable claim about minerals was found in this text.'
        : `${count(rows.length, 'claim')}: ${named(parts)}.`,
      ...(wrong.length
        ? [
            `What does not hold as it stands: ${named(
              wrong.map((k) => `claim ${rows[k]!.n} (${about(rows[k]!)})`),
              6,
            )}.`,
          ]
        : []),
    ],
    columns: [
      'n',
      'verdict',
      'country',
      'mineral',
      'claimed',
      'found',
      'found_year',
      'why',
      'kind',
      'stage',
      'sentence',
    ],
    heads: { country: 'who', found_year: 'in' },
    mixed: { value: ['claimed', 'found'], name: 'measure', unit: 'unit' },
    least: { verdict: 12, mineral: 10, why: 20, found: 8 },
    sections: [{ title: '', rows: positions(rows, () => true) }].filter((s) => s.rows.length > 0),
    after: wrong.map((k) => `${rows[k]!.n}. ${plainly(rows[k]!.verdict)}: ${rows[k]!.why ?? ''}`),
    inSections: true,
    quietNotes: ['no_claims', 'not_judged'],
  };
}

const about = (r: AnswerRow): string =>
  [r.mineral === null ? plainly(r.kind) : plainly(r.mineral), r.country].filter(Boolean).join(', ');

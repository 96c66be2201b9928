import type { AnswerRow } from '../../questions/question.ts';

export interface Piece {
  readonly text: string;
  /** claims made in this piece, by their number; none for text between claims */
  readonly claims: readonly AnswerRow[];
}

/**
 * The text cut into pieces at the sentences that hold claims. Where the places of the answer do not fit the text (it was
 * HTML or Markdown, read before it was judged) a sentence is looked for by its words; one that is not found is left
 * to its card.
 */
export function pieces(text: string, rows: readonly AnswerRow[]): Piece[] {
  const bySentence = new Map<string, { start: number; end: number; claims: AnswerRow[] }>();
  let from = 0;
  for (const row of rows) {
    const sentence = String(row.sentence ?? '');
    const known = bySentence.get(`${row.start}`);
    if (known) {
      known.claims.push(row);
      continue;
    }
    let start = Number(row.start);
    if (text.slice(start, Number(row.end)) !== sentence) start = text.indexOf(sentence, from);
    if (start < 0 || sentence === '') continue;
    from = start;
    bySentence.set(`${row.start}`, { start, end: start + sentence.length, claims: [row] });
  }
  const made: Piece[] = [];
  let at = 0;
  for (const s of [...bySentence.values()].sort((a, b) => a.start - b.start)) {
    if (s.start < at) continue;
    if (s.start > at) made.push({ text: text.slice(at, s.start), claims: [] });
    made.push({ text: text.slice(s.start, s.end), claims: s.claims });
    at = s.end;
  }
  if (at < text.length) made.push({ text: text.slice(at), claims: [] });
  return made;
}

/** Whether the series behind a claim can be drawn: a country's share of world output, found in one source. */
export const hasSeries = (row: AnswerRow): boolean =>
  row.unit === 'share' &&
  row.measure === 'production' &&
  typeof row.found === 'number' &&
  [row.country, row.mineral, row.stage, row.sources].every((v) => typeof v === 'string') &&
  !String(row.sources).includes(';');

/** How many claims have each verdict, the gravest first. */
export function verdicts(rows: readonly AnswerRow[]): [string, number][] {
  const order = [
    'contradicted',
    'overstated',
    'understated',
    'outdated',
    'supported',
    'not_in_data',
    'not_checkable',
  ];
  const count = new Map<string, number>();
  for (const r of rows) count.set(String(r.verdict), (count.get(String(r.verdict)) ?? 0) + 1);
  return [...count].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

/** The gravest verdict of a sentence, for its underline. */
export const gravest = (rows: readonly AnswerRow[]): string => verdicts(rows)[0]?.[0] ?? 'not_checkable';

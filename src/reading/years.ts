import type { Token } from './tokens.ts';

export interface YearAt {
  readonly year: number;
  /** ISO date as precise as written: 2025, 2025-04, 2025-04-04 */
  readonly date: string;
  readonly at: number;
  /** how it is meant: of the figure, by when, since when, before */
  readonly role: 'in' | 'by' | 'since' | 'until';
  /** said as `last year`, told by when the text was written */
  readonly relative?: boolean;
}

export const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
export const monthOf = (word: string | undefined) =>
  word === undefined || word.length < 3
    ? 0
    : months.findIndex((m) => m === word || (word.length <= 4 && word !== 'may' && m.startsWith(word))) + 1;
export const pad = (n: number) => String(n).padStart(2, '0');

/** Years written in figures, 1900–2100, with the month and day beside them. */
export function yearsIn(tokens: readonly Token[]): YearAt[] {
  const found: YearAt[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const t = tokens[i]!;
    if (t.kind !== 'number' && t.lower !== 'decade') continue;
    const iso = isoDate(tokens, i);
    if (iso) {
      found.push({ year: Number(t.text), date: iso.date, at: i, role: roleOf(tokens, i) });
      i = iso.to - 1;
      continue;
    }
    // the end of the decade is the same year for whoever writes in it
    if (
      t.lower === 'decade' &&
      /^(this|the)$/.test(tokens[i - 1]?.lower ?? '') &&
      tokens[i - 2]?.lower === 'of'
    ) {
      if (/^(end|close)$/.test(tokens[i - 3]?.lower ?? ''))
        found.push({ year: 2030, date: '2030', at: i, role: roleOf(tokens, i - 2) });
      continue;
    }
    if (t.kind !== 'number' || !/^(19|20)\d\d$/.test(t.text)) continue;
    const next = tokens[i + 1];
    if (
      next &&
      (/^(%|percent|pct|per|tonnes?|tons?|t|kt|mt|kg|minerals?|metric)$/.test(next.lower) ||
        next.text === '/')
    ) {
      if (next.text !== '/') continue;
    }
    if (tokens[i - 1] && /^[$£€/(]$/.test(tokens[i - 1]!.text) && tokens[i - 1]!.text !== '(') continue;
    let first = i;
    let date = t.text;
    let k = i - 1;
    if (tokens[k]?.text === ',') k--;
    const before = tokens[k];
    if (before && monthOf(before.lower)) {
      // 4 April 2025, April 2025
      date = `${t.text}-${pad(monthOf(before.lower))}`;
      first = k;
      const day = tokens[k - 1];
      if (day?.kind === 'number' && Number(day.text) >= 1 && Number(day.text) <= 31) {
        date += `-${pad(Number(day.text))}`;
        first = k - 1;
      }
    } else if (
      before?.kind === 'number' &&
      monthOf(tokens[k - 1]?.lower) &&
      Number(before.text) >= 1 &&
      Number(before.text) <= 31
    ) {
      // April 4, 2025
      date = `${t.text}-${pad(monthOf(tokens[k - 1]!.lower))}-${pad(Number(before.text))}`;
      first = k - 1;
    }
    found.push({ year: Number(t.text), date, at: i, role: roleOf(tokens, first) });
  }
  return found;
}

function isoDate(tokens: readonly Token[], i: number): { date: string; to: number } | null {
  if (tokens[i + 1]?.text !== '-') return null;
  const [y, d1, m, d2, d] = [0, 1, 2, 3, 4].map((k) => tokens[i + k]?.text ?? '');
  if (!/^(19|20)\d\d$/.test(y!) || d1 !== '-' || !/^\d\d$/.test(m!) || Number(m) < 1 || Number(m) > 12)
    return null;
  return d2 === '-' && /^\d\d$/.test(d!)
    ? { date: `${y}-${m}-${d}`, to: i + 5 }
    : { date: `${y}-${m}`, to: i + 3 };
}

export function roleOf(tokens: readonly Token[], first: number): YearAt['role'] {
  for (let k = first - 1; k >= Math.max(0, first - 4); k--) {
    const word = tokens[k]!.lower;
    if (word === 'by' || word === 'before') return 'by';
    if (word === 'since' || word === 'from' || word === 'after') return 'since';
    if (word === 'until' || word === 'till' || word === 'through') return 'until';
    if (!/^(the|end|of|early|late|mid|year|beginning|start|at|least|on)$/.test(word)) break;
  }
  return 'in';
}

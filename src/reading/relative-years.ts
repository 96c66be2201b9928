import { numberAt } from './numbers.ts';
import type { Token } from './tokens.ts';
import { monthOf, months, pad, roleOf, type YearAt } from './years.ts';

/**
 * Years said from when the text was written: `last year`, `this year`, `two years ago`, `in the past year`, `the year
 * before last`, with the month before them (`in July last year`). Spans such as `the last two years` are no year.
 */
export function relativeYears(tokens: readonly Token[], textYear: () => number | null): YearAt[] {
  const found: YearAt[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const word = tokens[i]!.lower;
    if (word !== 'year' && word !== 'years' && word !== 'decade') continue;
    const said = yearsBack(tokens, i);
    if (!said) continue;
    const year = textYear();
    if (year === null) return found;
    // compared with it: the figure is not that year's
    if (/^(than|on|over|versus|against)$/.test(tokens[said.from - 1]?.lower ?? '') && !said.span) continue;
    const month = monthOf(tokens[said.from - 1]?.lower);
    const then = year - said.back;
    found.push({
      year: then,
      date: month ? `${then}-${pad(month)}` : String(then),
      at: i,
      role: roleOf(tokens, month ? said.from - 1 : said.from),
      relative: true,
    });
  }
  return found;
}

/** How many years back the word `year` at `i` means, and where the phrase begins. */
function yearsBack(
  tokens: readonly Token[],
  i: number,
): { back: number; from: number; span?: boolean } | null {
  const at = (k: number) => tokens[i + k]?.lower ?? '';
  if (at(0) === 'year') {
    if (at(1) === 'before' && at(2) === 'last') return { back: 2, from: at(-1) === 'the' ? i - 1 : i };
    if (at(-1) === 'last' && at(-2) !== 'the') return { back: 1, from: i - 1 };
    if (at(-1) === 'this') return { back: 0, from: i - 1 };
    // the twelve months before: the last full year
    if (/^(past|last)$/.test(at(-1)) && at(-2) === 'the') return { back: 1, from: i - 2, span: true };
  }
  if (at(1) !== 'ago') return null;
  const unit = at(0) === 'decade' ? 10 : 1;
  if (/^(a|one)$/.test(at(-1))) return { back: unit, from: i - 1 };
  const longer = i >= 2 ? numberAt(tokens, i - 2) : null;
  const n = longer?.to === i ? longer : numberAt(tokens, i - 1);
  return n && n.to === i && Number.isInteger(n.value) && n.value <= 60
    ? { back: n.value * unit, from: i - 1 }
    : null;
}

const monthNames = months.map((m) => `${m}|${m.slice(0, 3)}`).join('|');
const fullDates = new RegExp(
  `\\b(?:\\d{1,2}(?:st|nd|rd|th)? (?:${monthNames})\\.?,? ((?:19|20)\\d\\d)|(?:${monthNames})\\.? \\d{1,2}(?:st|nd|rd|th)?, ((?:19|20)\\d\\d)|((?:19|20)\\d\\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01]))\\b`,
  'gi',
);
/** A date this near the top is that of the text. */
const head = 300;

/** The year in which a text was written: of the date in its head, else of the newest full date in it; null if there is none. */
export function yearOfText(text: string): number | null {
  let newest: number | null = null;
  for (const match of text.matchAll(fullDates)) {
    const year = Number(match[1] ?? match[2] ?? match[3]);
    if (match.index < head) return year;
    newest = Math.max(newest ?? year, year);
  }
  return newest;
}

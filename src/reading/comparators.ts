import type { Token } from './tokens.ts';

/**
 * How a figure is meant: at least, at most, roughly, or just so.
 * Words before the figure and a few after it decide; the longest phrase wins.
 */
export type Comparator = '>=' | '<=' | '~' | '=';

const before: Readonly<Record<Exclude<Comparator, '='>, string>> = {
  '>=': 'more than|over|above|at least|upwards of|upward of|in excess of|exceeding|exceeds|exceeded|greater than|higher than|well over|well above|far more than|no less than|not less than|no fewer than|north of|minimum of|a minimum of|better than|topping|fully|surpassing|tops|topped|passed|has passed|crossed|surpassed|surpasses|beyond',
  '<=': 'less than|under|below|no more than|not more than|at most|up to|fewer than|lower than|a maximum of|maximum of|not exceed|not to exceed|no greater than|within|well under|well below|south of|as little as|capped at|a ceiling of|limited to|not exceeding|must not exceed|should not exceed|only|just',
  '~': 'about|around|roughly|approximately|some|close to|nearly|almost|circa|approaching|an estimated|estimated|or so|just over|just under|just above|just below|a little over|a little under|slightly more than|slightly less than|slightly over|slightly under|in the region of|on the order of|near|near to|virtually|more or less|somewhere around|little more than|barely|a mere|just shy of|shy of|a little more than|a little less than|as much as|as many as',
};
const after: Readonly<Record<string, Comparator>> = {
  'or more': '>=',
  'or higher': '>=',
  'or above': '>=',
  'and above': '>=',
  'at least': '>=',
  plus: '>=',
  '+': '>=',
  'or less': '<=',
  'or lower': '<=',
  'or fewer': '<=',
  'at most': '<=',
  'or below': '<=',
  'or so': '~',
};
const phrases = new Map<string, Comparator>();
for (const [comparator, list] of Object.entries(before))
  for (const phrase of list.split('|')) phrases.set(phrase, comparator as Comparator);
// `only 5 %`, `just 5 %` stress a figure without bounding it
for (const stress of ['only', 'just', 'fully']) phrases.set(stress, '=');
for (const sign of ['>', '≥']) phrases.set(sign, '>=');
for (const sign of ['<', '≤']) phrases.set(sign, '<=');
for (const sign of ['~', '≈', 'c', 'ca']) phrases.set(sign, '~');

export interface Compared {
  readonly comparator: Comparator;
  /** first token of the phrase, or the figure's own first token */
  readonly from: number;
  readonly to: number;
}

/** The comparator of a figure that stands at tokens `from` … `to`. */
export function comparatorOf(tokens: readonly Token[], from: number, to: number): Compared {
  let start = from;
  let comparator: Comparator = '=';
  // an article may stand between: `more than a third` begins at `a`
  let phrase = '';
  for (let first = from - 1; first >= Math.max(0, from - 4); first--) {
    phrase = phrase === '' ? tokens[first]!.lower : `${tokens[first]!.lower} ${phrase}`;
    const found = phrases.get(phrase);
    // the longest phrase is found last
    if (found) {
      comparator = found;
      start = first;
    }
  }
  if (comparator === '~' && start > 0) {
    // `more than about 40 %` is still a bound
    const outer = phrases.get(
      tokens
        .slice(Math.max(0, start - 2), start)
        .map((t) => t.lower)
        .join(' '),
    );
    if (outer === '>=' || outer === '<=') return { comparator: outer, from: start - 2, to };
  }
  for (let length = 2; length >= 1 && comparator === '='; length--) {
    const found =
      after[
        tokens
          .slice(to, to + length)
          .map((t) => t.lower)
          .join(' ')
      ];
    if (found) return { comparator: found, from: start, to: to + length };
  }
  return { comparator, from: start, to };
}

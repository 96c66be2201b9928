/** A word, a number or a sign of the text, with its place in it. */
export interface Token {
  readonly kind: 'word' | 'number' | 'sign';
  /** as written */
  readonly text: string;
  /** in small letters, curly apostrophes straightened, dots of an abbreviation gone: `U.K.` is `uk` */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** true for `China’s`, `states'`; the mark is not part of the word */
  readonly possessive: boolean;
  /** true where the token before it touches it through a hyphen: `top-ten`, `rare-earth` */
  readonly joined: boolean;
}

const isLetter = (c: number) =>
  (c >= 97 && c <= 122) ||
  (c >= 65 && c <= 90) ||
  (c >= 0xc0 && c < 0x2000 && c !== 0xd7 && c !== 0xf7) ||
  c >= 0x2c00;
const isDigit = (c: number) => c >= 48 && c <= 57;
const isApostrophe = (c: number) => c === 39 || c === 0x2019;
const isHyphen = (c: number) => c === 45 || c === 0x2010 || c === 0x2011;

/** Cuts a text into words, numbers and signs; time grows with length only. Spaces and hyphens inside words are no tokens. */
export function tokensOf(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = [];
  let joined = false;
  let i = from;
  while (i < to) {
    const c = text.charCodeAt(i);
    const start = i;
    if (isLetter(c)) {
      i = endOfWord(text, i, to);
      let end = i;
      let possessive = false;
      // the 's of China's, and the bare apostrophe of states'
      const last = text.charCodeAt(i - 1);
      if (last === 115 || last === 83) {
        if (i - 2 > start && isApostrophe(text.charCodeAt(i - 2))) {
          possessive = true;
          end -= 2;
        } else if (isApostrophe(text.charCodeAt(i)) && !isLetter(text.charCodeAt(i + 1))) {
          possessive = true;
          i++;
        }
      }
      const shown = text.slice(start, end);
      tokens.push({ kind: 'word', text: shown, lower: lowerOf(shown), start, end, possessive, joined });
      joined = false;
    } else if (isDigit(c)) {
      i = endOfNumber(text, i, to);
      const shown = text.slice(start, i);
      tokens.push({ kind: 'number', text: shown, lower: shown, start, end: i, possessive: false, joined });
      joined = false;
    } else if (isHyphen(c) && tokens.length > 0 && joins(text, i)) {
      joined = true;
      i++;
    } else if (c === 32 || c === 10 || c === 9 || c === 13 || c === 0xa0 || c === 0x2009 || c === 0x202f) {
      joined = false;
      i++;
    } else {
      i++;
      const shown = text.slice(start, i);
      tokens.push({
        kind: 'sign',
        text: shown,
        lower: shown,
        start,
        end: i,
        possessive: false,
        joined: false,
      });
      joined = false;
    }
  }
  return tokens;
}

/** A hyphen between a letter or digit and a letter is part of a compound; between two numbers it stays a sign. */
const joins = (text: string, i: number) => {
  const before = text.charCodeAt(i - 1);
  const after = text.charCodeAt(i + 1);
  return (
    (isLetter(before) && (isLetter(after) || isDigit(after))) ||
    (isDigit(before) && isLetter(after)) ||
    (before === 46 && isLetter(after))
  );
};

function endOfWord(text: string, start: number, to: number): number {
  let i = start + 1;
  while (i < to) {
    const c = text.charCodeAt(i);
    if (isLetter(c) || isDigit(c)) i++;
    else if (isApostrophe(c) && isLetter(text.charCodeAt(i + 1))) i += 2;
    // the dots of U.K. and e.g.: a single letter before and after each
    else if (
      c === 46 &&
      isLone(text, i, start) &&
      isLetter(text.charCodeAt(i + 1)) &&
      !isLetter(text.charCodeAt(i + 2))
    )
      i += 2;
    else if (c === 46 && text.charCodeAt(i - 2) === 46 && isLone(text, i, start)) {
      i++;
      break;
    } else break;
  }
  return Math.min(i, to);
}

const isLone = (text: string, dot: number, start: number) =>
  dot - 1 === start || text.charCodeAt(dot - 2) === 46;

function endOfNumber(text: string, start: number, to: number): number {
  let i = start + 1;
  while (i < to) {
    const c = text.charCodeAt(i);
    if (isDigit(c)) i++;
    else if ((c === 46 || c === 44) && isDigit(text.charCodeAt(i + 1))) i += 2;
    else break;
  }
  return Math.min(i, to);
}

const lowered = new Map<string, string>();
/** Small letters of a word; the few thousand words of which most of a text consists are worked out once. */
const lowerOf = (word: string): string => {
  const known = lowered.get(word);
  if (known !== undefined) return known;
  const lower = workedOut(word);
  if (lowered.size < 20_000) lowered.set(word, lower);
  return lower;
};

const workedOut = (word: string) => {
  const small = word.toLowerCase();
  // most words have neither a mark nor a dot, and this is done for each
  if (!small.includes('.') && !small.includes('’')) return small;
  const lower = small.replaceAll('’', "'");
  return /^\p{L}(\.\p{L})+\.?$/u.test(lower) ? lower.replaceAll('.', '') : lower;
};

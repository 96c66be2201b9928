/** A sentence by its place in the text: `text.slice(start, end)`, without the spaces around it. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
}

/** Abbreviations whose dot does not end a sentence unless a new one plainly begins. */
const abbreviations = new Set(
  'mr mrs ms dr prof st gen gov sen rep col lt capt sgt no nos vs etc inc ltd co corp plc jr sr al approx est ca cf eg ie fig figs eq vol ed eds pp jan feb mar apr jun jul aug sep sept oct nov dec dept mt ft art sec ave resp incl excl min max bn mn tn'.split(
    ' ',
  ),
);
/** Abbreviations that always run on to a name or number. */
const titles = new Set(
  'mr mrs ms dr prof st gen gov sen rep col lt capt sgt no nos fig figs vol vs cf eg ie approx ca'.split(' '),
);
/** Words that begin a sentence after `U.S.` or `Inc.` */
const starters = new Set(
  'the a an this that these those it its he she they we but and in on at by for as while when if however meanwhile after before since there his her their our some many most such nor yet so both'.split(
    ' ',
  ),
);

const isSpace = (c: string | undefined) =>
  c === ' ' || c === '\n' || c === '\r' || c === '\t' || c === '\u00a0' || c === '\u2009';
const closing = new Set(['"', "'", '”', '’', ')', ']', '»']);

/**
 * Sentences with exact offsets: cut after . ! ? … and their closing quotes, at blank lines, before list items, and after
 * short lines such as headings; not at decimals, initials and abbreviations. Time grows with length only.
 */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  const cut = (end: number) => {
    let s = start;
    let e = end;
    while (s < e && isSpace(text[s])) s++;
    while (e > s && isSpace(text[e - 1])) e--;
    if (e > s) sentences.push({ start: s, end: e });
    start = end;
  };
  let lineStart = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // letters and digits, nearly all of a text, end nothing
    if (code > 63 && code !== 0x2026) continue;
    const c = text[i];
    if (c === '\n') {
      if (breaksHere(text, lineStart, i)) cut(i);
      lineStart = i + 1;
    } else if (c === '.' || c === '!' || c === '?' || c === '…') {
      let end = i + 1;
      while (
        end < text.length &&
        end - i < 8 &&
        (closing.has(text[end]!) || text[end] === '.' || text[end] === '!' || text[end] === '?')
      )
        end++;
      if (end < text.length && !isSpace(text[end])) continue;
      if (c === '.' && end === i + 1 && !endsSentence(text, i)) continue;
      let next = end;
      while (isSpace(text[next])) next++;
      const first = text[next];
      // a quoted exclamation that runs on in small letters
      if (first !== undefined && first >= 'a' && first <= 'z' && text[end] !== '\n') continue;
      cut(end);
      i = end - 1;
    }
  }
  cut(text.length);
  return sentences;
}

/** Whether the dot at `i` ends a sentence, by the word before it and the word after. */
function endsSentence(text: string, i: number): boolean {
  let from = i;
  while (from > 0 && i - from < 24 && /[\p{L}.]/u.test(text[from - 1]!)) from--;
  const word = text.slice(from, i).toLowerCase();
  const next = /^\s*["“'(‘[]?(\p{L}+|\d+)/u.exec(text.slice(i + 1, i + 40))?.[1];
  if (next === undefined) return true;
  const bare = word.replaceAll('.', '');
  // `31,000 t. Vietnam`: a unit after its number is no initial
  if (bare === 't' && next !== undefined && /\d\s?$/.test(text.slice(Math.max(0, from - 2), from)))
    return next[0] !== next[0]!.toLowerCase();
  const dotted =
    word.includes('.') ||
    (bare.length === 1 && /\p{L}/u.test(bare) && text[from - 1] !== "'" && text[from - 1] !== '’');
  if (!dotted && !abbreviations.has(bare)) return true;
  if (titles.has(bare)) return false;
  // an initial such as "J. Smith"
  if (!word.includes('.') && dotted) return !!(starters.has(next.toLowerCase()) && bare !== 'a');
  return starters.has(next.toLowerCase()) && next[0] !== next[0]!.toLowerCase();
}

/** Whether a line end is more than a wrapped line: blank line, list item, heading. */
function breaksHere(text: string, lineStart: number, newline: number): boolean {
  let next = newline + 1;
  while (text[next] === ' ' || text[next] === '\t' || text[next] === '\r') next++;
  if (next >= text.length || text[next] === '\n') return true;
  const following = text.slice(next, next + 8);
  if (/^([-*•–—▪◦]|\d{1,2}[.)])\s/.test(following)) return true;
  const line = text.slice(lineStart, newline).trimEnd();
  if (line === '') return true;
  return (
    line.length < 55 && !/[,;:–—-]$/.test(line) && /^["“‘(]?[\p{Lu}\d]/u.test(following) && !endsMidway(line)
  );
}

/** A short line that ends in a small word was wrapped, it is no heading. */
const endsMidway = (line: string) =>
  / (the|a|an|of|and|or|in|on|to|for|by|from|with|than|as|at|is|are|was|were|has|have|its|their)$/i.test(
    line,
  );

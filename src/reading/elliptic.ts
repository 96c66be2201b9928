import type { Annotated, Figure } from './annotate.ts';
import { senseOf } from './scope.ts';

/** Words that may stand for what was spoken of: `of the total`, `of world mine production`, `in 2024`. */
const plain = new Set(
  "a an the all its their our that this it them which these those both each such same world global globally worldwide planet earth total overall annual entire combined known proven proved identified economic remaining primary raw unwrought oxide oxides metal metals mineral minerals element elements material materials commodity sum whole one single net newly currently country nation nations countries last year years share market so far s ' and or production output supply supplies".split(
    ' ',
  ),
);
/** Words with which something else begins. */
const ends =
  /^(in|from|to|by|with|for|at|on|during|over|as|than|against|compared|down|up|and|or|but|while|whereas|although|though|because|which|who|when|after|before|since|is|was|are|were|comes|came|today|now|this|last|behind|ahead|followed|outside|among|each|respectively|though|too|also|alone|globally|worldwide|making|leaving|per|a)$/;
const isSign = (text: string) => /^[,.;:()—–!?"”“]$/.test(text);

/** Whether the words after `of` at token `k` name nothing new: only output in general, a country or a year. */
function namesNothingNew(s: Annotated, k: number): boolean {
  let nouns = 0;
  for (let j = k; j < s.tokens.length; j++) {
    const t = s.tokens[j]!;
    if (t.kind === 'number' || s.countries.some((g) => g.from <= j && j < g.to)) {
      nouns++;
      continue;
    }
    if (isSign(t.text)) break;
    if (j > k && t.lower !== 'of' && ends.test(t.lower) && !plain.has(t.lower)) break;
    if (t.lower === 'of') continue;
    const sense = senseOf(t.lower);
    const known = plain.has(t.lower) || sense?.stage !== undefined || sense?.measure !== undefined;
    if (!known) return false;
    nouns++;
  }
  return nouns > 0;
}

/** `40 % of the vote`: something else is counted. */
export const namesOther = (s: Annotated, f: Figure): boolean =>
  s.tokens[f.to]?.lower === 'of' && !namesNothingNew(s, f.to + 1);

const strongVerb =
  /^(mine[sd]?|mining|produce[sd]?|producing|refine[sd]?|refining|process(ed|es|ing)?|smelt(s|ed|ing)?|extract(s|ed|ing)?|export(s|ed|ing)?|ship(s|ped|ping)?|suppl(y|ies|ied|ying)|yield(s|ed)?|account(s|ed|ing)?|contribut(e|es|ed|ing)|turned|output|production|exports|shipments|share|proportion)$/;
const verbBefore = (s: Annotated, f: Figure, reach: number) =>
  s.tokens.slice(Math.max(0, f.from - reach), f.from).some((t) => strongVerb.test(t.lower));

/**
 * Whether a figure that names no mineral is still about one spoken of before: `mined under 10 % of the total`, `produced
 * 3 million tonnes`, `the second-biggest supplier`. Where its words name something else (`a third of the vote`, `the
 * largest car exporter`) it is not.
 */
export function leavesOutMineral(s: Annotated, f: Figure, previous: Figure | undefined): boolean {
  const next = s.tokens[f.to];
  const of = next?.lower === 'of';
  const ended = next === undefined || isSign(next.text) || ends.test(next.lower) || next.kind === 'number';
  if (f.unit === 'rank') {
    const between = s.tokens.slice(f.to, f.role);
    if (!f.bare && between.some((t) => t.lower !== 'in' && !isKnown(s, t.lower, t.start))) return false;
    const k = f.bare ? f.to : f.role + 1;
    const after = s.tokens[k]?.lower ?? '';
    // the producer of 18, the third in gas
    if (/^(of|in|for)$/.test(after) && s.tokens[k + 1]?.kind === 'number' && after === 'of') return false;
    return !/^(of|in|for)$/.test(after) || namesNothingNew(s, k + 1);
  }
  if (f.unit === 't') {
    if (of && !namesNothingNew(s, f.to + 1)) return false;
    return (
      (verbBefore(s, f, previous?.unit === 't' ? 14 : 7) || isBesideRank(s, f, previous)) &&
      (of || ended || /^(a|annually|yearly)$/.test(next!.lower))
    );
  }
  if (of) return namesNothingNew(s, f.to + 1);
  if (!ended) return false;
  return verbBefore(s, f, 9) || (previous?.unit === 'rank' && f.from - previous.to <= 8);
}

/** `comes second with 330 kt` */
const isBesideRank = (s: Annotated, f: Figure, previous: Figure | undefined) =>
  previous?.unit === 'rank' &&
  f.from - previous.to <= 4 &&
  /^(with|at)$/.test(s.tokens[f.from - 1]?.lower ?? '');

const isKnown = (s: Annotated, word: string, start: number) =>
  plain.has(word) ||
  word === 'of' ||
  senseOf(word)?.stage !== undefined ||
  s.countries.some((g) => s.tokens[g.from]!.start <= start && start < s.tokens[g.to - 1]!.end);

import { type Comparator, comparatorOf } from './comparators.ts';
import { type MassUnit, massUnitAt } from './masses.ts';
import { fractionAt, numberAt } from './numbers.ts';
import type { Token } from './tokens.ts';

/** A figure in the text: a share 0…1, tonnes, as found by `quantitiesIn`. */
export interface Quantity {
  readonly unit: 'share' | 't';
  readonly comparator: Comparator;
  /** the figure; for a range its ends */
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
  /** words like `most`, `almost entirely` rather than a number */
  readonly vague: boolean;
  /** `from 90 %` of a change: where it began, not what is claimed */
  readonly before?: boolean;
  /** the unit that tonnes were written in, where it is not tonnes of the mineral itself */
  readonly weighed?: Pick<MassUnit, 'measure' | 'compound'>;
}

const percentAt = (tokens: readonly Token[], at: number): number => {
  const t = tokens[at]?.lower;
  if (t === '%' || t === 'pct') return tokens[at + 1]?.lower === 'points' ? 0 : 1;
  if (t === 'percent') return tokens[at + 1]?.lower === 'points' ? 0 : 1;
  if (t === 'per' && tokens[at + 1]?.lower === 'cent') return 2;
  return 0;
};
const isDash = (t: Token | undefined) => t !== undefined && /^[-–—]$/.test(t.text);

/** Words that stand for a share of at least so much; `docs/methods/reading.md` lists them. */
const vagueShares: readonly (readonly [string, number])[] = [
  ['almost all', 0.9],
  ['nearly all', 0.9],
  ['virtually all', 0.9],
  ['practically all', 0.9],
  ['almost entirely', 0.9],
  ['nearly entirely', 0.9],
  ['virtually entirely', 0.9],
  ['almost exclusively', 0.9],
  ['nearly exclusively', 0.9],
  ['almost wholly', 0.9],
  ['almost solely', 0.9],
  ['almost completely', 0.9],
  ['almost the entire', 0.9],
  ['nearly the entire', 0.9],
  ['virtually the entire', 0.9],
  ['near monopoly', 0.9],
  ['virtual monopoly', 0.9],
  ['effective monopoly', 0.9],
  ['quasi monopoly', 0.9],
  ['monopoly', 0.9],
  ['near total', 0.9],
  ['almost every', 0.9],
  ['all of the world', 0.95],
  ['all the world', 0.95],
  ['all of', 0.95],
  ['the entire', 0.95],
  ['entirely', 0.95],
  ['exclusively', 0.95],
  ['solely', 0.95],
  ['wholly', 0.95],
  ['sole producer', 0.95],
  ['only producer', 0.95],
  ['sole supplier', 0.95],
  ['only supplier', 0.95],
  ['dominates', 0.5],
  ['dominate', 0.5],
  ['dominated', 0.5],
  ['dominance', 0.5],
  ['dominant position', 0.5],
  ['dominant role', 0.5],
  ['overwhelming majority', 0.5],
  ['vast majority', 0.5],
  ['large majority', 0.5],
  ['clear majority', 0.5],
  ['great majority', 0.5],
  ['majority', 0.5],
  ['most of', 0.5],
  ['most', 0.5],
  ['the bulk', 0.5],
  ["lion's share", 0.5],
  ['mostly', 0.5],
  ['predominantly', 0.5],
  ['overwhelmingly', 0.5],
  ['mainly', 0.5],
  ['largely', 0.5],
  ['primarily', 0.5],
  ['chiefly', 0.5],
];
const vague = new Map<string, (readonly [string[], number])[]>();
for (const [phrase, value] of vagueShares) {
  const words = phrase.split(' ');
  const list = vague.get(words[0]!) ?? [];
  list.push([words, value]);
  vague.set(words[0]!, list);
}

/** Every share, fraction and tonnage in a run of tokens, left to right. Ranks and counts are read in `ranks.ts`, `counts.ts`. */
export function quantitiesIn(tokens: readonly Token[]): Quantity[] {
  const found: Quantity[] = [];
  for (let i = 0; i < tokens.length; ) {
    const q = percentOrTonnes(tokens, i) ?? fraction(tokens, i) ?? vagueShare(tokens, i);
    if (q) {
      found.push(q);
      i = Math.max(q.to, i + 1);
    } else i++;
  }
  return found;
}

function percentOrTonnes(tokens: readonly Token[], at: number): Quantity | null {
  const first = numberAt(tokens, at);
  if (!first || first.to <= at) return null;
  // a second number makes a range: 60-70 %, 60 % to 70 %, between 60 and 70 %
  let to = first.to + percentAt(tokens, first.to);
  const marked = to > first.to;
  const link = tokens[to];
  const word = tokens[at - 1]?.lower;
  const second =
    isDash(link) || link?.lower === 'to' || (link?.lower === 'and' && word === 'between')
      ? numberAt(tokens, to + 1)
      : null;
  const percent2 = second ? percentAt(tokens, second.to) : 0;
  const change = word === 'from' && marked && link?.lower === 'to';
  if (second && percent2 > 0 && !change) {
    const [low, high] = [first.value / 100, second.value / 100].sort((a, b) => a - b) as [number, number];
    const from = word === 'between' ? at - 1 : at;
    return { unit: 'share', comparator: '=', low, high, from, to: second.to + percent2, vague: false };
  }
  if (marked) {
    const c = comparatorOf(tokens, at, to);
    const before =
      word === 'from' && tokens.slice(to, to + 8).some((t) => t.lower === 'to' || t.lower === 'fell');
    return share(first.value / 100, c.comparator, c.from, c.to, false, before);
  }
  to = first.to;
  const own = massUnitAt(tokens, to);
  const unit = own ?? (second && !percent2 ? massUnitAt(tokens, second.to) : null);
  if (!unit) return null;
  const ranged = second && own === null;
  // a scale after the second number holds for both: 4-5 million tonnes
  const scaleOf = second ? second.value / Number(tokens[to + 1]?.text.replaceAll(',', '')) : 1;
  const low = ranged && first.value < second.value / 100 && scaleOf > 1 ? first.value * scaleOf : first.value;
  const c = comparatorOf(tokens, at, unit.to);
  return {
    unit: 't',
    comparator: c.comparator,
    low: low * unit.tonnes,
    high: (ranged ? second.value : first.value) * unit.tonnes,
    from: c.from,
    to: c.to,
    vague: false,
    ...(unit.measure !== 'tonne' || unit.compound ? { weighed: unit } : {}),
  };
}

const share = (
  value: number,
  comparator: Comparator,
  from: number,
  to: number,
  isVague: boolean,
  before = false,
): Quantity => ({
  unit: 'share',
  comparator,
  low: value,
  high: value,
  from,
  to,
  vague: isVague,
  ...(before ? { before } : {}),
});

function fraction(tokens: readonly Token[], at: number): Quantity | null {
  const f = fractionAt(tokens, at);
  if (!f) return null;
  const c = comparatorOf(tokens, at, f.to);
  // a fraction in words is a round figure
  return share(f.value, c.comparator === '=' ? '~' : c.comparator, c.from, c.to, false);
}

function vagueShare(tokens: readonly Token[], at: number): Quantity | null {
  for (const [words, value] of vague.get(tokens[at]!.lower) ?? []) {
    if (
      !words.every(
        (w, k) => tokens[at + k]?.lower === w || (w === "lion's" && tokens[at + k]?.lower === 'lion'),
      )
    )
      continue;
    if (words.length === 1 && words[0] === 'most' && !mostOfSomething(tokens, at)) continue;
    const before = tokens[at - 1]?.lower;
    if (before === 'not') continue;
    return share(value, '>=', at, at + words.length, true);
  }
  return null;
}

/** `most cobalt`, `most global output`: not `most important`, `most countries`. */
function mostOfSomething(tokens: readonly Token[], at: number): boolean {
  if (/^(the|at|its|their|second|third)$/.test(tokens[at - 1]?.lower ?? '')) return false;
  const next = tokens[at + 1]?.lower ?? '';
  return (
    /^(global|world|refined|mined|processed|of|production|output|supply)$/.test(next) ||
    tokens[at + 1]?.possessive === true ||
    !/(ed|ful|ant|ent|ive|ous|al|ic|ly|able|ible|ies|people|countries|recent|other)$/.test(next)
  );
}

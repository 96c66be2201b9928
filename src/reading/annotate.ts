import { type Gazetteer, type Mention, mentionsIn } from './gazetteer.ts';
import { type Quantity, quantitiesIn } from './quantities.ts';
import { type Rank, ranksIn } from './ranks.ts';
import { relativeYears } from './relative-years.ts';
import { type Token, tokensOf } from './tokens.ts';
import { type YearAt, yearsIn } from './years.ts';

/** Countries or minerals named one after the other: `copper, zinc and lead` is one group of three. */
export interface Group {
  readonly mentions: readonly Mention[];
  readonly from: number;
  readonly to: number;
}

export type Figure = Quantity | Rank;

/** `most of`, `a few`: a figure in words without a number. */
export const isVague = (f: Figure): boolean => f.unit !== 'rank' && f.vague;

/** A sentence with everything found in it that a claim may be made of; places are token numbers. */
export interface Annotated {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly countries: readonly Group[];
  readonly minerals: readonly Group[];
  /** shares, tonnages and ranks, left to right */
  readonly figures: readonly Figure[];
  readonly years: readonly YearAt[];
  readonly attribution: 'quoted' | 'reported' | null;
}

/** `textYear`: when the text was written, for `last year`; null where that is not known. */
export function annotate(
  gazetteer: Gazetteer,
  text: string,
  index: number,
  start: number,
  end: number,
  textYear: () => number | null = () => null,
): Annotated {
  const tokens = tokensOf(text, start, end);
  const mentions = mentionsIn(gazetteer, tokens);
  const ranks = ranksIn(tokens, mentions);
  const inRank = (q: Quantity) => ranks.some((r) => q.from < r.to && r.from < q.to);
  // pounds are money unless they are pounds of a mineral
  const isMoney = (q: Quantity) =>
    q.weighed?.measure === 'pound' &&
    !q.weighed.compound &&
    !/lbs?$/.test(tokens[q.to - 1]!.lower) &&
    !(
      tokens[q.to]?.lower === 'of' &&
      mentions.some((m) => m.type === 'mineral' && m.from > q.to && m.from <= q.to + 3)
    );
  const figures = [...quantitiesIn(tokens).filter((q) => !inRank(q) && !isMoney(q)), ...ranks].sort(
    (a, b) => a.from - b.from,
  );
  const sentence = text.slice(start, end);
  return {
    index,
    start,
    end,
    text: sentence,
    tokens,
    countries: groups(tokens, mentions, 'country'),
    minerals: withoutHypernyms(tokens, groups(tokens, mentions, 'mineral')),
    figures,
    years: [
      ...yearsIn(tokens).filter((y) => !(index === 0 && isDateline(tokens, y))),
      ...relativeYears(tokens, textYear),
    ].sort((a, b) => a.at - b.at),
    attribution: attributionOf(sentence, tokens),
  };
}

/** `LONDON, 14 March 2026 — …`: the day of the text, of nothing that it tells. */
const isDateline = (tokens: readonly Token[], y: YearAt) =>
  y.at < 10 && y.date.length === 10 && /^[-–—:]$/.test(tokens[y.at + 1]?.text ?? '');

const links = new Set([',', 'and', 'or', '&', '/', 'the', 'both', 'plus', '–', '-']);
/** `manganese ore and chromium`: the form of a mineral does not end a list. */
const forms = new Set('ore ores concentrate concentrates metal metals oxide oxides sponge'.split(' '));

function groups(tokens: readonly Token[], mentions: readonly Mention[], type: Mention['type']): Group[] {
  const found: { mentions: Mention[]; from: number; to: number }[] = [];
  for (const m of mentions) {
    if (m.type !== type) continue;
    const last = found.at(-1);
    const between = last ? tokens.slice(last.to, m.from) : [];
    const listed =
      last !== undefined &&
      between.length <= 3 &&
      between.every(
        (t, k) =>
          links.has(t.lower) || (k === 0 && type === 'mineral' && between.length > 1 && forms.has(t.lower)),
      ) &&
      (between.length > 0 || m.type === 'mineral') &&
      // a possessive owns what follows; a second one is no longer in its list
      !(type === 'country' && last.mentions.at(-1)!.possessive) &&
      // a country and a region are no list, nor is a country set apart in front: `Outside China, Australia …`
      !(
        type === 'country' &&
        ((last.mentions.at(-1)!.id === null) !== (m.id === null) || setApart(tokens, last.from))
      ) &&
      // `China, the world's …` holds a link and no second name
      !(type === 'country' && between.every((t) => t.lower === 'the'));
    if (listed) {
      last.mentions.push(m);
      last.to = m.to;
    } else found.push({ mentions: [m], from: m.from, to: m.to });
  }
  return found;
}

const setApart = (tokens: readonly Token[], from: number) =>
  from <= 3 &&
  /^(outside|excluding|unlike|like|besides|except|beyond|in|from|for|to)$/.test(
    tokens[from - 1]?.lower === 'the' ? (tokens[from - 2]?.lower ?? '') : (tokens[from - 1]?.lower ?? ''),
  ) &&
  tokens.slice(from, from + 5).some((t) => t.text === ',') &&
  !tokens.slice(from, from + 4).some((t) => t.lower === 'and');

/** `rare earths such as yttrium and scandium`: what is said is said of the examples. */
function withoutHypernyms(tokens: readonly Token[], all: Group[]): Group[] {
  const named = (from: number, to: number) => {
    const words = tokens
      .slice(from, to)
      .map((t) => t.lower)
      .join(' ');
    return /^(, )?(such as|like|including|namely|for example|e ?g)( the| ,)?$/.test(words);
  };
  return all.filter((g, k) => {
    const next = all[k + 1];
    return !(next && named(g.to, next.from));
  });
}

const reporting =
  /\b(said|says|told|according to|claims?|claimed|argued?|argues|warned|noted|stated|reported|estimates? (?:by|from)|tweeted|wrote)\b/i;

function attributionOf(sentence: string, tokens: readonly Token[]): Annotated['attribution'] {
  if (/^[“"«]/.test(sentence) || /[“"][^”"]{12,}[”"]/.test(sentence)) return 'quoted';
  return tokens.length > 3 && reporting.test(sentence) ? 'reported' : null;
}

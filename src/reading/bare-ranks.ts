import type { Mention } from './gazetteer.ts';
import { numberAt, ordinalAt } from './numbers.ts';
import type { Rank } from './ranks.ts';
import { senseOf } from './scope.ts';
import type { Token } from './tokens.ts';

/** Verbs after which a bare place may stand: `is third`, `comes second`, `slipped to fourth`. */
const copulas =
  /^(is|was|remains|remained|become|became|becomes|being|ranks|ranked|comes|came|stands|stood|placed|moved|slipped|slid|sank|fell|rose|climbed|dropped)$/;
const between =
  /^(now|still|currently|only|a|the|distant|close|by|far|as|to|joint|also|again|world|global|in)$/;
/** What may follow: anything else makes it another thing, as in `was third time lucky`. */
const follows =
  /^(there|with|at|behind|ahead|after|on|in|for|globally|worldwide|among|and|but|while|place|position|spot|last|this|by|followed|then|[.,;:()—–!?"”“])$/;

/** A place said without what it is a place of: `Russia is third`, `… and Japan sixth`, `the world's number one in palladium`. */
export function bareRankAt(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  i: number,
  previous: Rank | undefined,
): Rank | null {
  const word = tokens[i]!.lower;
  if (word === 'more' && tokens[i + 1]?.lower === 'than' && tokens[i + 2]?.lower === 'any')
    return aboveAll(tokens, i);
  if (copulas.test(word)) {
    let k = i + 1;
    while (k < i + 6 && between.test(tokens[k]?.lower ?? '')) k++;
    // `was a fifth` is a part
    if (tokens[k - 1]?.lower === 'a') return null;
    const place = /^(leader|frontrunner)$/.test(tokens[k]?.lower ?? '')
      ? { value: 1, to: k + 1 }
      : tokens[k]?.lower === 'runner' && tokens[k + 1]?.lower === 'up'
        ? { value: 2, to: k + 2 }
        : placeAt(tokens, k);
    return place && mayFollow(tokens, place.to) ? bare(tokens, place.value, i, place.to) : null;
  }
  // `Chile ranks fifth and Russia sixth`
  const country = mentions.find((m) => m.type === 'country' && m.id !== null && m.to === i);
  if (previous && country && !country.possessive) {
    const place = ordinalAt(tokens, i);
    if (place && mayFollow(tokens, place.to)) return bare(tokens, place.value, i, place.to);
  }
  // `second to Chile`
  if (word === 'second' && tokens[i + 1]?.lower === 'to') {
    const k = tokens[i + 2]?.lower === 'the' ? i + 3 : i + 2;
    if (mentions.some((m) => m.type === 'country' && m.id !== null && m.from === k))
      return { ...bare(tokens, 2, i, i + 2), ahead: true };
  }
  // `third in chromium and fourth in titanium sponge`
  if (previous && /^(and|,)$/.test(tokens[i - 1]?.lower ?? '')) {
    const place = ordinalAt(tokens, i);
    if (
      place &&
      /^(in|for)$/.test(tokens[place.to]?.lower ?? '') &&
      mentions.some((m) => m.type === 'mineral' && m.from === place.to + 1)
    )
      return { ...bare(tokens, place.value, i, place.to), measure: previous.measure };
  }
  if (tokens[i - 1]?.lower === 'the') {
    const predicate = predicateRank(tokens, i);
    if (predicate) return predicate;
  }
  // supplies the most
  if (word === 'most' && tokens[i - 1]?.lower === 'the') {
    const verb = senseOf(tokens[i - 2]?.lower ?? '');
    const next = tokens[i + 1];
    if (verb?.verb === 'supply' && verb.measure && (next === undefined || /^[.,;)]$/.test(next.text)))
      return { ...bare(tokens, 1, i - 1, i + 1), measure: verb.measure, stage: verb.stage ?? null };
  }
  if (tokens[i - 1]?.possessive && tokens[i - 1]!.lower === 'world') {
    const place = placeAt(tokens, i);
    if (place && mayFollow(tokens, place.to)) return bare(tokens, place.value, i, place.to);
  }
  return null;
}

/** `…, more than any other country`: first in what the words before it are of. */
function aboveAll(tokens: readonly Token[], i: number): Rank | null {
  if (
    !/^(other|another)$/.test(tokens[i + 3]?.lower ?? '') ||
    !/^(country|nation|state|producer|exporter|supplier|holder)$/.test(tokens[i + 4]?.lower ?? '')
  )
    return null;
  for (let k = i - 1; k >= Math.max(0, i - 12); k--) {
    const sense = senseOf(tokens[k]!.lower);
    if (sense?.measure && sense.measure !== 'imports')
      return { ...bare(tokens, 1, i, i + 5), measure: sense.measure, stage: sense.stage ?? null };
  }
  return { ...bare(tokens, 1, i, i + 5) };
}

/** `its reserves are the (second) largest in the world`: the noun stands before. */
function predicateRank(tokens: readonly Token[], i: number): Rank | null {
  const ordinal = ordinalAt(tokens, i);
  const at = ordinal ? ordinal.to : i;
  if (!/^(largest|biggest)$/.test(tokens[at]?.lower ?? '')) return null;
  const next = tokens[at + 1];
  if (!/^(is|are|was|were)$/.test(tokens[i - 2]?.lower ?? '')) return null;
  if (next !== undefined && !/^(in|on|globally|worldwide|[.,;])$/.test(next.lower)) return null;
  for (let k = i - 3; k >= Math.max(0, i - 6); k--) {
    const sense = senseOf(tokens[k]!.lower);
    if (sense?.role && sense.measure && /s$|output|production|extraction/.test(tokens[k]!.lower))
      return {
        ...bare(tokens, ordinal?.value ?? 1, i, at + 1),
        measure: sense.measure,
        stage: sense.stage ?? null,
      };
  }
  return null;
}

/** `second-largest producer of zinc and fourth-largest of lead`: the second rank has the role of the first. */
export function inheritsRole(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  from: number,
  previous: Rank | undefined,
): { at: number; measure: Rank['measure']; stage: string | null } | null {
  if (!previous || previous.bare || !/^(of|in)$/.test(tokens[from]?.lower ?? '')) return null;
  const named = mentions.some(
    (m) => m.type === 'mineral' && m.from > from && m.from <= from + 3 && !senseOf(tokens[m.to]?.lower ?? ''),
  );
  return named ? { at: from, measure: previous.measure, stage: previous.stage } : null;
}

function placeAt(tokens: readonly Token[], k: number): { value: number; to: number } | null {
  const ordinal = ordinalAt(tokens, k);
  if (ordinal) return ordinal;
  const word = tokens[k]?.lower;
  if (word !== 'number' && word !== 'no' && word !== '#') return null;
  const n = numberAt(tokens, tokens[k + 1]?.text === '.' ? k + 2 : k + 1);
  return n && n.value >= 1 && n.value <= 50 ? n : null;
}

const mayFollow = (tokens: readonly Token[], k: number): boolean =>
  tokens[k] === undefined || follows.test(tokens[k]!.lower);

const bare = (tokens: readonly Token[], value: number, from: number, to: number): Rank => ({
  unit: 'rank',
  comparator: '=',
  low: value,
  high: value,
  from,
  to: /^(place|position|spot)$/.test(tokens[to]?.lower ?? '') ? to + 1 : to,
  role: to - 1,
  measure: 'production',
  stage: null,
  world: true,
  ahead: false,
  bare: true,
});

import { bareRankAt, inheritsRole } from './bare-ranks.ts';
import type { Measure } from './claim.ts';
import type { Comparator } from './comparators.ts';
import type { Mention } from './gazetteer.ts';
import { numberAt, ordinalAt } from './numbers.ts';
import { senseOf } from './scope.ts';
import type { Token } from './tokens.ts';

/** A place in a row of countries: largest, third-largest, top ten, among the top, ranks second. */
export interface Rank {
  readonly unit: 'rank';
  readonly comparator: Comparator;
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
  /** where the word that says of what stands: producer, exporter, reserves */
  readonly role: number;
  readonly measure: Measure;
  readonly stage: string | null;
  /** `the world’s`, `globally` stands beside it */
  readonly world: boolean;
  /** `second only to Chile`: the country named after it is the one ahead */
  readonly ahead: boolean;
  /** only a place is said, not of what: `Russia is third` */
  readonly bare?: boolean;
}

const superlatives = new Set(
  'largest biggest top leading foremost main premier principal dominant greatest'.split(' '),
);
/** Words with which a rank may begin; all others are passed over. */
const triggers = new Set([
  ...superlatives,
  ...'more among amongst one in a another behind ranks ranked rank ranking placed places comes came stands stood leads led leader most is was remains remained become became becomes being moved slipped slid sank fell rose climbed dropped number no first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth fifteenth twentieth'.split(
    ' ',
  ),
]);
const worldWords = new Set('world global globally worldwide planet earth'.split(' '));

/** Every rank in a run of tokens whose role can be told; ranks of mines, firms and cities are none. */
export function ranksIn(tokens: readonly Token[], mentions: readonly Mention[]): Rank[] {
  const found: Rank[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!triggers.has(tokens[i]!.lower) && tokens[i]!.kind !== 'number') continue;
    const rank = rankAt(tokens, i);
    const role =
      rank &&
      (roleAfter(tokens, mentions, rank.to, rank.kind) ??
        inheritsRole(tokens, mentions, rank.to, found.at(-1)));
    if (rank && role) {
      const near = tokens.slice(Math.max(0, rank.from - 4), role.at + 10);
      found.push({
        unit: 'rank',
        comparator: rank.low === rank.high && !rank.top ? '=' : '<=',
        low: rank.top ? 1 : rank.low,
        high: rank.high,
        from: rank.from,
        to: rank.to,
        role: role.at,
        measure: role.measure,
        stage: role.stage,
        world: near.some((t) => worldWords.has(t.lower)),
        ahead: rank.kind === 'ahead',
      });
      i = Math.max(i, rank.to - 1);
      continue;
    }
    const bare = bareRankAt(tokens, mentions, i, found.at(-1));
    if (bare) {
      found.push(bare);
      i = Math.max(i, bare.to - 1);
    }
  }
  return found;
}

interface RawRank {
  readonly low: number;
  readonly high: number;
  readonly top: boolean;
  readonly from: number;
  readonly to: number;
  readonly kind: 'adjective' | 'verb' | 'ahead';
}

function rankAt(tokens: readonly Token[], i: number): RawRank | null {
  const word = tokens[i]!.lower;
  const at = (k: number) => tokens[i + k]?.lower ?? '';
  const range = (
    n: number,
    top: boolean,
    from: number,
    to: number,
    kind: RawRank['kind'] = 'adjective',
  ): RawRank => ({
    low: n,
    high: n,
    top,
    from,
    to,
    kind,
  });
  // among the top (ten), one of the world's (three) largest
  const among = /^(among|amongst)$/.test(word)
    ? 1
    : word === 'one' && at(1) === 'of'
      ? 2
      : word === 'in' && at(1) === 'the' && at(2) === 'top'
        ? 1
        : 0;
  if (among) {
    let k = i + among;
    while (/^(the|its|world|global|world's|country|few|very)$/.test(tokens[k]?.lower ?? '')) k++;
    const count = numberAt(tokens, k);
    const after = count ? count.to : k;
    if (superlatives.has(tokens[after]?.lower ?? '')) {
      const inner = numberAt(tokens, after + 1);
      const n = count?.value ?? inner?.value ?? 5;
      return range(n, true, i, inner && !count ? inner.to : after + 1);
    }
    return null;
  }
  if (word === 'top') {
    const n = numberAt(tokens, i + 1);
    if (n && n.value >= 2 && n.value <= 50) return range(n.value, true, i, n.to);
  }
  // a top producer, a leading supplier
  if (
    (word === 'a' || word === 'another') &&
    /^(top|leading|foremost|major)$/.test(at(1)) &&
    at(1) !== 'major'
  ) {
    const n = numberAt(tokens, i + 2);
    if (n && at(1) === 'top') return range(n.value, true, i, n.to);
    return range(5, true, i, i + 2);
  }
  // second only to, behind only
  if (/^(second|behind)$/.test(word) && at(1) === 'only')
    return range(2, false, i, i + (at(2) === 'to' ? 3 : 2), 'ahead');
  // ranks third, is ranked No. 2, comes second, in third place
  if (/^(ranks|ranked|rank|ranking|placed|places|comes|came|stands|stood)$/.test(word)) {
    const n = placeAt(tokens, i + 1);
    if (n) return range(n.value, false, i, n.to, 'verb');
    return null;
  }
  if (word === 'in') {
    const n = ordinalAt(tokens, /^(the)$/.test(at(1)) ? i + 2 : i + 1);
    if (n && /^(place|position|spot)$/.test(tokens[n.to]?.lower ?? ''))
      return range(n.value, false, i, n.to + 1, 'verb');
  }
  // leads the world in, tops the list of
  if (
    /^(leads|led)$/.test(word) &&
    (at(1) === 'the' ? /^(world|globe|planet)$/.test(at(2)) : /^(global|world|globally)$/.test(at(1)))
  ) {
    return range(1, false, i, i + (at(1) === 'the' ? 3 : 2), 'verb');
  }
  if (word === 'leader' && /^(in|of)$/.test(at(1)) && /^(world|global)$/.test(tokens[i - 1]?.lower ?? ''))
    return range(1, false, i - 1, i + 2, 'verb');
  // second-largest, third biggest, number-two, No. 1
  const ordinal = ordinalAt(tokens, i);
  if (ordinal && ordinal.value >= 2) {
    let k = ordinal.to;
    // third- and fourth-largest: the first of the two has its superlative later
    const and = tokens[k]?.text === '-' ? k + 1 : k;
    if (/^(and|or)$/.test(tokens[and]?.lower ?? '')) {
      const other = ordinalAt(tokens, and + 1);
      if (other && superlatives.has(tokens[other.to]?.lower ?? ''))
        return range(ordinal.value, false, i, ordinal.to);
    }
    if (tokens[k]?.lower === 'most' && tokens[k + 1]?.lower === 'important')
      return range(ordinal.value, false, i, k + 2);
    if (superlatives.has(tokens[k]?.lower ?? '')) return range(ordinal.value, false, i, k + 1);
    if (/^(ranked|placed)$/.test(tokens[k]?.lower ?? '')) return range(ordinal.value, false, i, ++k);
    return null;
  }
  const n = word === 'number' || word === 'no' ? placeAt(tokens, i) : null;
  if (n) return range(n.value, false, i, n.to);
  if (superlatives.has(word)) {
    if (word === 'leading' && /^(to|the|up)$/.test(at(1))) return null;
    if (tokens[i - 1]?.lower === 'second' || tokens[i - 1]?.lower === 'a') return null;
    // the two largest producers are the first two
    const count = numberAt(tokens, i - 1);
    if (count && count.to === i && count.value >= 2 && count.value <= 20 && tokens[i - 1]!.lower !== 'one')
      return range(count.value, true, i - 1, i + 1);
    return range(1, false, i, i + 1);
  }
  return null;
}

/** `third`, `number two`, `No. 3`, `#1`, also with `joint`, `the` before it. */
function placeAt(tokens: readonly Token[], from: number): { value: number; to: number } | null {
  let k = from;
  while (/^(the|joint|as|only|a|in)$/.test(tokens[k]?.lower ?? '')) k++;
  const ordinal = ordinalAt(tokens, k);
  if (ordinal) return ordinal;
  const word = tokens[k]?.lower;
  if (word === 'number' || word === '#' || word === 'no') {
    const n = numberAt(tokens, tokens[k + 1]?.text === '.' ? k + 2 : k + 1);
    return n && n.value >= 1 && n.value <= 50 ? n : null;
  }
  return null;
}

/** Words that stop the search for the role: another matter begins. */
const stops = /^[.;:()–—]$|^(and|but|while|is|was|has|had|that|which|who|said|says)$/;
/** What is largest here is a site, a firm or a buyer, no producing country. */
const otherRoles = new Set(
  'mine deposit company firm smelter refinery project plant economy city market consumer importer buyer user customer port bank investor shareholder trader miner stake share consumers importers buyers users owner lake country threat risk challenge part province island diplomat partner partners competitor use uses employer'.split(
    ' ',
  ),
);

function roleAfter(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  from: number,
  kind: RawRank['kind'],
): { at: number; measure: Measure; stage: string | null } | null {
  let stage: string | null = null;
  const reach = kind === 'adjective' ? 8 : 12;
  const joint = tokens[from]?.lower === 'and' || tokens[from]?.text === '-' ? 2 : 0;
  for (let k = from + joint; k < Math.min(tokens.length, from + reach); k++) {
    const token = tokens[k]!;
    const sense = senseOf(token.lower);
    if (sense?.stage) stage = sense.stage;
    if (kind === 'adjective' && otherRoles.has(token.lower)) {
      // the largest producing country; the largest miner of copper may be a firm, its subject decides
      if (token.lower === 'country' && k > from && senseOf(tokens[k - 1]!.lower))
        return { at: k, measure: senseOf(tokens[k - 1]!.lower)!.measure ?? 'production', stage };
      // `Canada is the fourth-largest smelter of the metal` is a country; a plant is smelter of nothing
      if (token.lower === 'smelter' && tokens[k + 1]?.lower === 'of')
        return { at: k, measure: 'production', stage: 'refine' };
      if (token.lower !== 'miner') return null;
      return { at: k, measure: 'production', stage: 'mine' };
    }
    // the biggest sources of tantalum
    if (kind === 'adjective' && token.lower === 'sources') return { at: k, measure: 'production', stage };
    if (
      sense?.role ||
      (sense?.verb === 'supply' &&
        sense.measure &&
        (kind !== 'adjective' || token.lower.endsWith('ing')) &&
        !stops.test(token.lower))
    ) {
      // producing/exporting country, mining nation
      const measure = sense.measure ?? 'production';
      if (sense.role) return { at: k, measure, stage };
      if (kind !== 'adjective') return { at: k, measure, stage };
      if (/^(country|countries|nation|nations)$/.test(tokens[k + 1]?.lower ?? ''))
        return { at: k + 1, measure, stage };
    }
    if (stops.test(token.lower) && !mentions.some((m) => m.from <= k && k < m.to)) {
      if (
        token.lower === 'and' &&
        mentions.some((m) => m.type === 'mineral' && (m.to === k || m.from === k + 1))
      )
        continue;
      break;
    }
  }
  // ranks third for cobalt, leads the world in lithium: production is meant
  if (
    kind !== 'adjective' &&
    mentions.some((m) => m.type === 'mineral' && m.from >= from && m.from < from + 8)
  )
    return { at: from, measure: 'production', stage };
  return null;
}

import type { Annotated, Figure } from '../annotate.ts';
import type { Claim } from '../claim.ts';
import { makeClaim } from '../make-claim.ts';
import type { Topic } from '../references.ts';
import { isOtherMatter } from './supply.ts';

/** What a rule limits or asks for, by its words; the ids are parts of `target.metric`. */
const metricWords: readonly (readonly [RegExp, string])[] = [
  [
    /single[- ](third[- ])?(country|source|supplier|state)|one (third[- ])?(country|source|supplier|state)|(any|a) (single|one|third|other) (third )?(country|supplier|source)|(a|same|specific) (third|foreign) country/,
    'single_country_share_max',
  ],
  [/recycled content|content of recycled/, 'recycled_content_min'],
  [/recover(y|ed)/, 'material_recovery_min'],
  [/recycl\w*|secondary (raw )?(materials?|sources?)/, 'recycl'],
  [/extract\w*|min(ed|ing|es?)\b/, 'extraction'],
  [/process\w*|refin\w*/, 'processing'],
  [/domestic\w*|home[- ]?(grown|produced)?|at home|own production|produced? (in|within) the/, 'domestic'],
  [/export\w*|quota/, 'export'],
  [/import\w*|dependence|depend\w*|reliance/, 'single_country_share_max'],
];
const policyWords =
  /\b(targets?|goals?|limits?|caps?|capped|benchmarks?|aims?|aimed|ambitions?|pledge\w*|commit\w*|ceilings?|thresholds?|objectives?|strategy|ensure|must|shall|should|quotas?|rules?|requires?|obliges?|mandates?|wants?|plans?|set out|vow\w*|seeks?|intends?|regulation|act|law)\b/i;
const actWords =
  /\b(strategy|act|regulation|law|directive|plan|vision|legislation|rules?|framework|programme|government|bloc|commission|policy|paper|document)\b/i;

/** Where policy is named without its country: acts by the names under which they are known. */
const knownActs: readonly (readonly [RegExp, string])[] = [
  [/critical raw materials act|\bCRMA\b|\bbatter(y|ies) regulation|RESourceEU/i, 'EUU'],
  [/vision 2035/i, 'GBR'],
];

/**
 * Limits and goals of policy: a share or tonnage by a year, for one country's imports, home extraction, processing or
 * recycling. Figures used are put into `taken`, so that they are not read as facts of supply.
 */
export function targetClaims(s: Annotated, topic: Topic, taken: Set<Figure>): Claim[] {
  const by = s.years.find((y) => y.year >= 2025 && (y.role === 'by' || y.role === 'in'));
  const jurisdiction = jurisdictionOf(s, topic);
  const isPolicy =
    policyWords.test(s.text) ||
    (topic.policy && /\b(it|its|they|same)\b/i.test(s.text)) ||
    // `by 2035 no more than 60 % may come from any one country` needs no word for what it is
    (by?.role === 'by' && by.year >= 2027 && /\b(no more than|at least|at most|up to)\b/i.test(s.text));
  if (!jurisdiction || !isPolicy) return [];
  const figures = s.figures.filter((f) => f.unit !== 'rank' && !(f.unit === 'share' && f.vague));
  if (figures.length === 0) return [];
  const lower = s.text.toLowerCase();
  const claims: Claim[] = [];
  for (const [k, f] of figures.entries()) {
    if (f.unit === 'rank' || f.before || isOtherMatter(s, f)) continue;
    const metric = metricNear(s, f, figures[k - 1], figures[k + 1]);
    if (!metric) continue;
    // without a year only plain policy words make a limit: a share of imports alone is a fact
    const bound = f.comparator === '<=' || f.comparator === '>=';
    const strong =
      /\b(targets?|goals?|limits?|caps?|capped|benchmarks?|ceilings?|thresholds?|quotas?|at least|no more than|must|shall)\b/i.test(
        lower,
      );
    if (!by && !strong) continue;
    if (by && by.role === 'in' && !strong && !bound) continue;
    if (
      !by &&
      !bound &&
      !/\b(targets?|goals?|limits?|caps?|capped|benchmarks?|ceilings?|thresholds?|quotas?)\b/i.test(lower)
    )
      continue;
    // quotas are tonnages; `export` beside a percentage is trade
    if (metric === 'export' && f.unit !== 't') continue;
    if (f.unit === 't' && !/quota|target|goal|aim|by 20/i.test(lower)) continue;
    taken.add(f);
    const minerals = s.minerals
      .filter((g) => Math.abs(g.from - f.to) < 14)
      .flatMap((g) => g.mentions.map((m) => m.id!));
    for (const mineral of minerals.length > 0 && metric !== 'single_country_share_max' ? minerals : [null])
      claims.push(
        makeClaim(s, 'target', {
          country: jurisdiction,
          mineral,
          claimed: { unit: f.unit, comparator: f.comparator, low: f.low, high: f.high },
          years: by ? [by.year] : [],
          detail: { metric },
        }),
      );
  }
  return claims;
}

export function jurisdictionOf(s: Annotated, topic: Topic): string | null {
  for (const [words, id] of knownActs) if (words.test(s.text)) return id;
  const named = s.countries.filter(
    (g) =>
      g.mentions[0]!.id !== null &&
      s.tokens[g.from - 1]?.lower !== 'with' &&
      s.tokens[g.from - 1]?.lower !== 'from',
  );
  if (named.length > 0) return named[0]!.mentions[0]!.id;
  return topic.jurisdiction ?? null;
}

/** Keeps who makes the rules that later sentences call `the regulation` or `it`. */
export function followPolicy(s: Annotated, topic: Topic): void {
  if (!policyWords.test(s.text) || !actWords.test(s.text)) return;
  for (const [words, id] of knownActs)
    if (words.test(s.text)) {
      topic.jurisdiction = id;
      topic.policy = true;
      return;
    }
  const owner = s.countries.find((g) => g.mentions[0]!.id !== null);
  if (
    owner &&
    /\b(strategy|act|regulation|law|directive|list|plan|vision|cap|targets?|limit)\b/i.test(s.text)
  ) {
    topic.jurisdiction = owner.mentions[0]!.id;
    topic.policy = true;
  }
}

/** The rule a figure belongs to: words after it up to the next figure first, then those before it. */
function metricNear(
  s: Annotated,
  f: Figure,
  previous: Figure | undefined,
  next: Figure | undefined,
): string | null {
  const at = (k: number) => s.tokens[k]?.start ?? s.end;
  const slice = (from: number, to: number) => s.text.slice(from - s.start, to - s.start).toLowerCase();
  const after = slice(at(f.to), next ? at(next.from) : s.end);
  const before = slice(previous ? at(previous.to) : s.start, at(f.from));
  const nearest = (text: string, last: boolean): string | null => {
    let best: { at: number; metric: string } | null = null;
    for (const [words, metric] of metricWords) {
      const all = [...text.matchAll(new RegExp(words.source, 'g'))];
      const hit = last ? all.at(-1) : all[0];
      if (!hit) continue;
      if (metric === 'single_country_share_max' && words.source.startsWith('single')) return metric;
      if (!best || (last ? hit.index > best.at : hit.index < best.at)) best = { at: hit.index, metric };
    }
    return best?.metric ?? null;
  };
  return nearest(after, false) ?? nearest(before, true);
}

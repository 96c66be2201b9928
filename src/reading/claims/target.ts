import type { Annotated, Figure } from '../annotate.ts';
import type { Claim } from '../claim.ts';
import { makeClaim } from '../make-claim.ts';
import { inFirstPerson, type Topic } from '../references.ts';
import { isOtherMatter } from './other-matter.ts';

/** What a rule limits or asks for, by its words; the ids are parts of `target.metric`. */
const metricWords: readonly (readonly [RegExp, string])[] = [
  [
    /\bno (other |foreign )?(country|supplier|state)\b|single[- ](third[- ])?(country|source|supplier|state)|one (third[- ])?(country|source|supplier|state)|(any|a) (single|one|third|other) (third )?(country|supplier|source)|(a|same|specific) (third|foreign) country/,
    'single_country_share_max',
  ],
  [/recycled content|content of recycled/, 'recycled_content_min'],
  [/recover(y|ed)/, 'material_recovery_min'],
  [/recycl\w*|secondary (raw )?(materials?|sources?)/, 'recycl'],
  [/extract\w*|min(ed|ing|es?)\b/, 'extraction'],
  [/process\w*|refin\w*/, 'processing'],
  [
    /domestic\w*|home[- ]?(grown|produced)?|at home|own production|produced? (in|within) the|in this country/,
    'domestic',
  ],
  [/export\w*|quota/, 'export'],
  [/import\w*|dependence|depend\w*|reliance/, 'single_country_share_max'],
];
const policyWords =
  /\b(targets?|goals?|limits?|caps?|capped|benchmarks?|aims?|aimed|ambitions?|pledge\w*|promis\w*|commit\w*|ceilings?|thresholds?|objectives?|strategy|ensure|must|shall|should|quotas?|rules?|requires?|obliges?|mandates?|wants?|plans?|set out|vow\w*|seeks?|intends?|regulation|act|law)\b/i;
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
  const figures = s.figures.filter((f) => f.unit !== 'rank' && !(f.unit === 'share' && f.vague));
  if (figures.length === 0) return [];
  const by =
    s.years.find((y) => y.year >= 2025 && y.role === 'by') ??
    s.years.find((y) => y.year >= 2025 && y.role === 'in' && !y.relative) ??
    (topic.year !== null && topic.year >= 2025 && /\bby then\b/i.test(s.text)
      ? { year: topic.year, role: 'by' as const }
      : undefined);
  const jurisdiction = jurisdictionOf(s, topic);
  const isPolicy =
    policyWords.test(s.text) ||
    (topic.policy && /\b(it|its|they|same|we|our|us|these)\b/i.test(s.text)) ||
    // `by 2035 no more than 60 % may come from any one country` needs no word for what it is
    (by?.role === 'by' && by.year >= 2027 && /\b(no more than|at least|at most|up to)\b/i.test(s.text));
  if (!jurisdiction || !isPolicy) return [];
  const lower = s.text.toLowerCase();
  const claims: Claim[] = [];
  for (const [k, f] of figures.entries()) {
    if (f.unit === 'rank' || f.before || isOtherMatter(s, f)) continue;
    const metric =
      metricNear(s, f, figures[k - 1], figures[k + 1]) ??
      (f.unit === 'share' && /\b(limit|cap|ceiling)\b/i.test(s.text)
        ? 'single_country_share_max'
        : /\b(similar|same|such|comparable|equivalent|equal)\b/i.test(s.text)
          ? topic.metric
          : null);
    if (!metric) continue;
    // without a year only plain policy words make a limit: a share of imports alone is a fact
    const bound = f.comparator === '<=' || f.comparator === '>=';
    const strong =
      /\b(targets?|goals?|limits?|caps?|capped|benchmarks?|ceilings?|thresholds?|quotas?|at least|(no|not) more than|at most|must|shall|(law|act|regulation|directive) (says|asks|demands|requires))\b/i.test(
        lower,
      );
    if (!by && !strong) continue;
    if (by && by.role === 'in' && !strong && !bound) continue;
    if (
      !by &&
      !bound &&
      // `at least 10 % from mines at home, and 20 % from recycling`: the second goes with the first
      !(claims.length > 0 && topic.policy) &&
      !/\b(targets?|goals?|limits?|caps?|capped|benchmarks?|ceilings?|thresholds?|quotas?|(law|act|regulation|directive) (says|asks|demands|requires))\b/i.test(
        lower,
      )
    )
      continue;
    // quotas are tonnages; `export` beside a percentage is trade
    if (metric === 'export' && f.unit !== 't') continue;
    if (f.unit === 't' && !/quota|target|goal|aim|by 20/i.test(lower)) continue;
    taken.add(f);
    topic.metric = metric;
    const minerals = s.minerals
      .filter((g) => Math.abs(g.from - f.to) < 14)
      .flatMap((g) => g.mentions.map((m) => m.id!));
    for (const mineral of minerals.length > 0 && metric !== 'single_country_share_max' ? minerals : [null])
      claims.push(
        makeClaim(s, 'target', {
          country: jurisdiction,
          mineral,
          claimed: { unit: f.unit, comparator: deniedBound(s, f) ?? f.comparator, low: f.low, high: f.high },
          years: by ? [by.year] : [],
          detail: { metric },
        }),
      );
  }
  if (claims.length > 0) {
    topic.jurisdiction = jurisdiction;
    topic.policy = true;
    if (inFirstPerson(s.text)) topic.speaker ??= jurisdiction;
  }
  return claims;
}

const goesOn =
  /^[“"]?(it|its|they|we|our|the (same )?(strategy|act|regulation|law|directive|plan|document|paper|target|cap|rules?))\b/i;

/** `no single country may provide more than 65 %` is at most 65 %. */
const deniedBound = (s: Annotated, f: Figure): '<=' | null =>
  f.comparator === '>=' &&
  s.tokens.slice(Math.max(0, f.from - 14), f.from).some((t) => /^(no|not|never|none)$/.test(t.lower))
    ? '<='
    : null;

export function jurisdictionOf(s: Annotated, topic: Topic): string | null {
  for (const [words, id] of knownActs) if (words.test(s.text)) return id;
  // `It says that no more than 60 % may come from China`: the rule is whose it was
  if (topic.policy && topic.jurisdiction && goesOn.test(s.text)) return topic.jurisdiction;
  const named = s.countries.filter(
    (g) =>
      g.mentions[0]!.id !== null &&
      !/^(with|from|as|like|than|against)$/.test(s.tokens[g.from - 1]?.lower ?? ''),
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
      const hit = last ? lastIndex(text, words) : text.search(words);
      if (hit < 0) continue;
      if (words === metricWords[0]![0]) return metric;
      if (!best || (last ? hit > best.at : hit < best.at)) best = { at: hit, metric };
    }
    return best?.metric ?? null;
  };
  return nearest(after, false) ?? nearest(before, true);
}

/** Where a pattern matches last; -1 if it does not. */
function lastIndex(text: string, words: RegExp): number {
  let at = -1;
  for (;;) {
    const found = text.slice(at + 1).search(words);
    if (found < 0) return at;
    at += found + 1;
  }
}

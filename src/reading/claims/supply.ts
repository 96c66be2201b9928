import { type Annotated, type Figure, isVague } from '../annotate.ts';
import type { Claim, Claimed, ClaimKind, Measure } from '../claim.ts';
import { type Linked, mineralsFor, reachAfter } from '../links.ts';
import { makeClaim } from '../make-claim.ts';
import { contentOf } from '../masses.ts';
import type { Topic } from '../references.ts';
import { futureWords, senseOf } from '../scope.ts';
import { excludedCountries, type Parties, partiesOf } from '../subject.ts';
import { yearsFor } from './figure-years.ts';
import { isOtherMatter } from './other-matter.ts';

/**
 * Claims with a figure about supply: shares of world output, reserves, exports or of somebody's imports, ranks and
 * tonnages. A figure of price, growth, tax or ownership makes none.
 */
export function supplyClaims(s: Annotated, topic: Topic, taken: ReadonlySet<Figure>): Claim[] {
  const claims: Claim[] = [];
  s.figures.forEach((f, k) => {
    if (taken.has(f) || (f.unit !== 'rank' && f.before) || isOtherMatter(s, f)) return;
    const linked = mineralsFor(s, f, k, topic);
    if (!linked || linked.minerals.length === 0) return;
    const parties = partiesOf(s, f, k, linked, topic);
    if (parties.unknown || isPast(s, f)) return;
    const scope = scopeOf(s, f, k, parties);
    if (!scope) return;
    // a share or rank of nobody named is no claim; tonnes may be the world's, imports an importer's in all
    if (
      parties.countries.length === 0 &&
      (f.unit === 't' ? !ofWorld(s, f) : !parties.importer || f.unit === 'rank' || isVague(f))
    )
      return;
    if (ownExports(s, f, linked.forward, parties)) return;
    claims.push(...claimsFrom(s, f, k, linked, parties, scope));
  });
  return claims;
}

/** `once the top producer`: what was, with no year to judge it by. */
const isPast = (s: Annotated, f: Figure): boolean =>
  f.unit === 'rank' &&
  s.years.length === 0 &&
  s.tokens
    .slice(Math.max(0, f.from - 3), f.from)
    .some((t) => /^(once|formerly|former|previously|historically|used)$/.test(t.lower));

const ofWorld = (s: Annotated, f: Figure) =>
  s.tokens
    .slice(Math.max(0, f.from - 14), f.to + 10)
    .some((t) => /^(world|global|globally|worldwide)$/.test(t.lower));
const word = (s: Annotated, at: number) => s.tokens[at]?.lower ?? '';

/** `70 % of Zambia's exports` with no mineral after it: a share of all that the country sells. */
function ownExports(s: Annotated, f: Figure, forward: boolean, parties: Parties): boolean {
  if (forward || f.unit !== 'share' || parties.importer) return false;
  const after = s.tokens.slice(f.to, f.to + 8);
  const of = after[0]?.lower === 'of';
  return (
    of &&
    after.some((t) => /^(exports?|earnings|economy)$/.test(t.lower)) &&
    !after.some((t) => /^(world|global|worldwide)$/.test(t.lower))
  );
}

interface Scope {
  readonly measure: Measure;
  /** stage by the words around the figure */
  readonly stage: string | null;
}

/** What the figure is of, by the words near it; null where nothing says that it is about supply. */
function scopeOf(s: Annotated, f: Figure, k: number, parties: Parties): Scope | null {
  const next = s.figures[k + 1];
  const leftEdge = s.figures[k - 1]?.to ?? 0;
  const end = Math.min(reachAfter(s, f, next) + (f.unit === 'rank' ? 0 : 6), next?.from ?? s.tokens.length);
  const near = parties.group && parties.group.from < f.from ? parties.group.from : leftEdge;
  const forward = s.tokens.slice(f.to, f.unit === 'rank' ? Math.max(end, f.role + 1) : end);
  const stop = forward.findIndex(
    (t) => /^[;:—]$/.test(t.text) || /^(while|but|whereas|although)$/.test(t.lower),
  );
  const after = (stop < 0 ? forward : forward.slice(0, stop)).map((t) => t.lower);
  const before = s.tokens
    .slice(Math.max(near, f.from - 30), f.from)
    .map((t) => t.lower)
    .reverse();
  const wide = s.tokens
    .slice(Math.max(0, f.from - 30), near)
    .map((t) => t.lower)
    .reverse();
  const hasDemand = [...after.slice(0, 9), ...before.slice(0, 5)].some((w) =>
    /^(demand|consumption|consumes|consume|consumed|consumer|consumers|usage|uses|use|destination|destined|buyer|customer)$/.test(
      w,
    ),
  );
  if (hasDemand && !parties.importer) return null;
  // words that belong to the figure come first, then those on the side where the country stands
  const linkEnd = Math.max(0, reachAfter(s, f, next) - f.to);
  const link = after.slice(0, linkEnd);
  const beyond = after.slice(linkEnd);
  const isPost = parties.group !== null && parties.group.from >= f.to;
  const ordered = isPost ? [...link, ...beyond, ...before] : [...link, ...before, ...beyond];
  const stage = firstOf(ordered, (w) => senseOf(w)?.stage) ?? (f.unit === 'rank' ? f.stage : null);
  if (parties.importer) return { measure: 'imports', stage };
  if (f.unit === 'rank') return { measure: f.measure === 'imports' ? 'production' : f.measure, stage };
  const everything = [...ordered, ...wide];
  // `is first, with four fifths`: of what the place is of
  const beside = s.figures[k - 1];
  if (
    beside?.unit === 'rank' &&
    f.from - beside.to <= 8 &&
    (f.unit === 't' ? /^(with|at)$/.test(word(s, f.from - 1)) : !stage && after.length <= 1)
  )
    return { measure: beside.measure === 'imports' ? 'production' : beside.measure, stage: beside.stage };
  const isWorld = everything.some((w) => /^(world|global|globally|worldwide|planet|earth)$/.test(w));
  const joined =
    everything.some((w) => senseOf(w)?.verb !== undefined || senseOf(w)?.role === true) ||
    everything.some((w) => /^(share|proportion|figure)$/.test(w)) ||
    dominates(s, f);
  const comesFrom = everything.some((w) =>
    /^(comes|come|came|coming|originates|originated|originating|found|lies|lie)$/.test(w),
  );
  if (f.unit === 't' && !joined) return null;
  if (!isWorld && !joined && !comesFrom) return null;
  const measure = firstOf(everything, (w) => senseOf(w)?.measure) ?? 'production';
  return measure === 'imports' ? null : { measure, stage };
}

/** `dominates`, `has a near-monopoly on`: supply is meant without a word for it. */
const dominates = (s: Annotated, f: Figure) =>
  isVague(f) && s.tokens.slice(f.from, f.to).some((t) => /^(dominat|monopol|dominan)/.test(t.lower));

function firstOf<T>(words: readonly string[], of: (word: string) => T | undefined): T | null {
  for (const word of words) {
    const found = of(word);
    if (found !== undefined) return found;
  }
  return null;
}

const negations = /^(not|never|neither|nor|hardly)$|n't$/;
const isNegated = (s: Annotated, f: Figure) => {
  const before = s.tokens.slice(Math.max(0, f.from - 6), f.from).map((t) => t.lower);
  const at = before.findIndex((w) => negations.test(w));
  // `Guinea, not Australia, is the largest` denies somebody else
  const place = Math.max(0, f.from - 6) + at + 1;
  const named = s.countries.some(
    (g) => g.from === place || (g.from === place + 1 && before[at + 1] === 'the'),
  );
  if (at >= 0) return before[at + 1] !== 'only' && !named;
  return before.some((w, i) => w === 'no' && before[i + 1] === 'longer');
};

/** `Africa's largest producer`, `the largest producer in Africa`: the words of the region that the rank is in. */
const regionOf = (s: Annotated, f: Figure): string | null => {
  const end = f.unit === 'rank' ? f.role + 8 : f.to;
  const g = s.countries.find(
    (c) =>
      c.mentions[0]!.id === null &&
      (c.to === f.from ||
        (c.from > f.to && c.from < end && /^(in|of|on)$/.test(s.tokens[c.from - 1]?.lower ?? ''))),
  );
  return g
    ? s.tokens
        .slice(g.from, g.to)
        .map((t) => t.lower)
        .join(' ')
    : null;
};

function claimsFrom(
  s: Annotated,
  f: Figure,
  k: number,
  linked: Linked,
  parties: Parties,
  scope: Scope,
): Claim[] {
  const claimed: Claimed = {
    unit: f.unit,
    comparator: f.comparator,
    low: f.low,
    high: f.high,
    ...(isVague(f) && f.low === 0.5 ? { strict: true } : {}),
  };
  const { years, by } = yearsFor(s, f, k);
  const begin = parties.group && parties.group.to <= f.from ? parties.group.to : Math.max(0, f.from - 10);
  const future =
    by ||
    s.tokens
      .slice(begin, f.from)
      .some((t, i, all) => futureWords.has(t.lower) && !(t.lower === 'may' && all[i + 1]?.kind === 'number'));
  const kind: ClaimKind =
    f.unit === 'rank'
      ? 'rank'
      : scope.measure === 'imports'
        ? parties.rely
          ? 'dependence'
          : 'trade_share'
        : scope.measure === 'reserves'
          ? 'reserves'
          : f.unit === 't'
            ? 'quantity'
            : scope.measure === 'exports'
              ? 'trade_share'
              : 'share';
  const each = pairing(s, f, parties);
  const together =
    each.length > 1 && f.unit !== 'rank' && !s.tokens.some((t) => t.lower === 'each') ? each : [];
  const countries: readonly (string | null)[] = each.length > 0 ? each : [null];
  const without = excludedCountries(s).flatMap((g) => g.mentions.flatMap((m) => (m.id ? [m.id] : [])));
  const region = f.unit === 'rank' ? regionOf(s, f) : null;
  // the stage of a mineral named in an earlier sentence gives way to the one said here
  const stageOf = (own: string | null) =>
    (linked.group ? (own ?? scope.stage) : (scope.stage ?? own)) ?? null;
  return linked.minerals.flatMap((m) => {
    const weighed = f.unit === 't' ? f.weighed : undefined;
    const content = weighed ? contentOf(weighed, m.id) : 1;
    if (content === null) return [];
    return countries.map((country) =>
      makeClaim(s, kind, {
        country,
        mineral: m.id,
        stage: scope.measure === 'reserves' ? (m.stage ?? 'mine') : stageOf(m.stage),
        measure: scope.measure,
        claimed: { ...claimed, low: claimed.low * content, high: claimed.high * content },
        years,
        other: parties.importer,
        together: together.filter((c) => c !== country),
        without,
        negated: isNegated(s, f),
        notCheckable: future ? 'about the future: a forecast or an aim, not a fact' : null,
        detail: {
          ...(isVague(f) ? { vague: true } : {}),
          ...(region ? { region } : {}),
          ...(content !== 1 ? { content } : {}),
        },
      }),
    );
  });
}

/**
 * `Chile and Peru … 24 % and 11 % respectively`, `the third- and fourth-largest`: the figure's own country by its place
 * in the row.
 */
function pairing(s: Annotated, f: Figure, parties: Parties): readonly string[] {
  if (parties.countries.length < 2) return parties.countries;
  const same = s.figures.filter((g) => g.unit === f.unit && (f.unit !== 'rank' || g.low === g.high));
  if (same.length !== parties.countries.length || !same.includes(f)) return parties.countries;
  const side = same.slice(1).every((g, k) => g.from - same[k]!.to <= 2);
  if (!side && !s.tokens.some((t) => t.lower === 'respectively')) return parties.countries;
  return [parties.countries[same.indexOf(f)]!];
}

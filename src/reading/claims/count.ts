import type { Annotated } from '../annotate.ts';
import type { Claim } from '../claim.ts';
import { comparatorOf } from '../comparators.ts';
import { makeClaim } from '../make-claim.ts';
import { numberAt } from '../numbers.ts';
import { refersToCountry, type Topic } from '../references.ts';
import { senseOf } from '../scope.ts';
import { jurisdictionOf } from './target.ts';

const things = /^(minerals?|materials?|metals?|elements?|substances?|commodities|entries)$/;
/** One of these is in every sentence that counts a list. */
const counted = new Set(
  'mineral minerals material materials metal metals element elements substance substances commodity commodities strategic critical'.split(
    ' ',
  ),
);
const listVerbs =
  /\b(lists?|listed|listing|names?|named|identif\w+|designat\w+|classif\w+|deems?|deemed|regards?|counts?|counted|considers?|considered|includes?|contains?|covers?|comprises?|has|had|held|holds|assess\w*|comprise|expanded|grew|runs? to|spans?)\b/i;

/**
 * Counts of a list: how many minerals a list has (`the list names 34 critical minerals`), and how many of them a country
 * produces (`22 of the 36`).
 */
export function countClaims(s: Annotated, topic: Topic): Claim[] {
  const claims: Claim[] = [];
  const words = s.tokens;
  if (!words.some((t) => counted.has(t.lower))) return claims;
  for (let i = 0; i < words.length; i++) {
    const n = numberAt(words, i);
    if (!n || !Number.isInteger(n.value) || n.value < 2 || n.value > 200) continue;
    // `…, 17 of them strategic`
    if (
      /^of (them|which) ((are|is|were|also|deemed|considered|classed|as) )*(strategic|critical)\b/.test(
        words
          .slice(n.to, n.to + 7)
          .map((t) => t.lower)
          .join(' '),
      )
    ) {
      const owner = listOwner(s, topic, i);
      const kind = words.slice(n.to).find((t) => /^(strategic|critical)$/.test(t.lower))!.lower;
      if (owner)
        claims.push(
          makeClaim(s, 'count', {
            country: owner,
            claimed: { unit: 'count', comparator: '=', low: n.value, high: n.value },
            detail: { of: 'list', total: null, strategic: kind === 'strategic' },
          }),
        );
      i = n.to + 2;
      continue;
    }
    // `…, of which 17 are strategic`
    if (
      words[i - 2]?.lower === 'of' &&
      /^(which|them|these)$/.test(words[i - 1]?.lower ?? '') &&
      /^(is|are|were|was|strategic|critical)$/.test(words[n.to]?.lower ?? '')
    ) {
      const kind = words.slice(n.to, n.to + 4).find((t) => /^(strategic|critical)$/.test(t.lower))?.lower;
      const owner = kind ? listOwner(s, topic, i) : null;
      if (owner)
        claims.push(
          makeClaim(s, 'count', {
            country: owner,
            claimed: { unit: 'count', comparator: '=', low: n.value, high: n.value },
            detail: { of: 'list', total: null, strategic: kind === 'strategic' },
          }),
        );
      i = n.to;
      continue;
    }
    if (/^(of|out)$/.test(words[n.to]?.lower ?? '')) {
      let k = n.to + 1;
      while (/^(of|the|all|its|their|our|some)$/.test(words[k]?.lower ?? '')) k++;
      const total = numberAt(words, k);
      const end = total ? thingAfter(s, total.to) : thingAfter(s, k);
      if (end >= 0 && (total === null || (total.value >= n.value && total.value <= 200))) {
        const claim = ofList(s, topic, n.value, total?.value ?? null, i, n.to);
        if (claim) claims.push(claim);
        i = end;
        continue;
      }
    }
    const end = thingAfter(s, n.to);
    if (end >= 0) {
      const critical = words.slice(n.to, end + 1).some((t) => /^(critical|strategic)$/.test(t.lower));
      const listed =
        /\b(list|lists|listed|criticality|act|strategy|regulation|assessment|annex)\b/i.test(s.text) &&
        listVerbs.test(s.text);
      if ((critical || listed) && !produces(s, i)) {
        const jurisdiction = listOwner(s, topic, i);
        if (jurisdiction && listVerbs.test(s.text))
          claims.push(
            makeClaim(s, 'count', {
              country: jurisdiction,
              claimed: {
                unit: 'count',
                comparator: comparatorOf(words, i, n.to).comparator,
                low: n.value,
                high: n.value,
              },
              years: s.years
                .filter((y) => y.role === 'in')
                .map((y) => y.year)
                .slice(0, 1),
              detail: {
                of: 'list',
                total: null,
                strategic: words.slice(n.to, end + 1).some((t) => t.lower === 'strategic'),
              },
            }),
          );
      } else if (critical && produces(s, i)) {
        const claim = ofList(s, topic, n.value, null, i, n.to);
        if (claim) claims.push(claim);
      }
      // `of the 34 on the list, Chile produces 12`
      const later = producedOf(s, topic, end, n.value);
      if (later) claims.push(later);
      i = end;
    }
  }
  return claims;
}

function producedOf(s: Annotated, topic: Topic, from: number, total: number): Claim | null {
  for (let k = from + 1; k < s.tokens.length; k++) {
    const n = numberAt(s.tokens, k);
    if (!n || n.value > total || s.tokens[n.to]?.kind === 'number') continue;
    const next = s.tokens[n.to];
    const free = next === undefined || /^[.,;:)]$/.test(next.text) || next.lower === 'of';
    if (free && senseOf(s.tokens[k - 1]!.lower)?.verb === 'supply')
      return ofList(s, topic, n.value, total, k, n.to);
  }
  return null;
}

/** The end of `(critical) raw materials` that begins at `k`; -1 if something else is counted. */
function thingAfter(s: Annotated, k: number): number {
  for (let j = k; j < Math.min(k + 6, s.tokens.length); j++) {
    const t = s.tokens[j]!;
    if (things.test(t.lower)) return j;
    // `34 critical and 17 strategic raw materials`
    if (
      j > k &&
      t.lower === 'and' &&
      s.tokens[j + 1]?.kind === 'number' &&
      /^(critical|strategic)$/.test(s.tokens[j - 1]!.lower)
    )
      return thingAfter(s, j + 2) < 0 ? -1 : j - 1;
    if (t.kind === 'sign' || /^(of|in|and|by|from|percent|per|to)$/.test(t.lower)) return -1;
  }
  return -1;
}

const produces = (s: Annotated, at: number) =>
  s.tokens
    .slice(Math.max(0, at - 6), at)
    .some((t) => senseOf(t.lower)?.verb === 'supply' || senseOf(t.lower)?.measure === 'reserves') ||
  s.tokens
    .slice(at, at + 14)
    .some(
      (t, i, all) => /^(produced|mined|found)$/.test(t.lower) && /^(in|by)$/.test(all[i + 1]?.lower ?? ''),
    );

function ofList(
  s: Annotated,
  topic: Topic,
  n: number,
  total: number | null,
  from: number,
  to: number,
): Claim | null {
  if (!produces(s, from)) return null;
  const before = s.countries.filter((g) => g.to <= from && g.mentions[0]!.id !== null);
  const country = before.at(-1)?.mentions.at(-1)?.id ?? (refersToCountry(s.text) ? topic.country : null);
  if (!country) return null;
  const owner = s.countries.find(
    (g) =>
      g.mentions[0]!.id !== null &&
      g.mentions[0]!.id !== country &&
      /\b(list|strategy|assessment|critical|government|report|act|identif)/i.test(s.text),
  );
  return makeClaim(s, 'count', {
    country,
    claimed: { unit: 'count', comparator: comparatorOf(s.tokens, from, to).comparator, low: n, high: n },
    other: owner?.mentions[0]?.id ?? topic.jurisdiction ?? null,
    detail: { of: 'produced', total },
  });
}

function listOwner(s: Annotated, topic: Topic, at: number): string | null {
  const before = s.countries.filter((g) => g.to <= at && g.mentions[0]!.id !== null).at(-1);
  return before?.mentions.at(-1)?.id ?? jurisdictionOf(s, topic);
}

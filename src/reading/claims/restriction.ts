import type { Annotated, Group } from '../annotate.ts';
import type { Claim } from '../claim.ts';
import { makeClaim } from '../make-claim.ts';
import { mineralsCarried, refersToCountry, type Topic } from '../references.ts';
import { futureWords } from '../scope.ts';

const measures: readonly (readonly [RegExp, string])[] = [
  [
    /\b((suspend|halt|stop|paus)(p?ed|s|ing|es)?|suspension of|halt to) (?!(\w+ ){0,3}(bans?|controls?|licen[cs]\w+|restrict\w+|curbs?|quotas?)\b)(\w+ ){0,3}(exports?|shipments)\b|\bexport (suspension|freeze|halt)\b/i,
    'suspension',
  ],
  [/\b(bans?|banned|banning|prohibit\w*|embargo\w*|forbid\w*|forbade|outlaw\w*|moratorium)\b/i, 'ban'],
  [/\b(quotas?)\b/i, 'quota'],
  [/\b(licen[cs](e|es|ing)|permits?|export controls?|controls|curbs?|restrict\w*|tighten\w*)\b/i, 'licence'],
  [/\bexport (tax|duty|duties|taxes)\b/i, 'tax'],
];
const lifted = /\b(lifted|lifts|lift|ended|ends|removed|scrapped|dropped|rescinded|revoked|expired)\b/i;
const paused = /\b(suspended|suspends|paused|pauses|pause|truce|put on hold|on hold|shelved|frozen)\b/i;
const standing = /\b(remains?|still|in force|in effect|in place|continues?|since)\b/i;

/**
 * Export bans, licences, quotas and suspensions. `country` restricts, `other` is whom it is aimed at. `detail.state` is
 * what the text says of it now: `announced`, `in_force`, `suspended` or `ended`.
 */
export function restrictionClaims(s: Annotated, topic: Topic): Claim[] {
  if (
    !/\b(export\w*|shipments?|overseas sales|sales abroad)\b/i.test(s.text) &&
    !/\b(technology|quotas?)\b/i.test(s.text)
  )
    return [];
  const measure = measures.find(([words]) => words.test(s.text))?.[1];
  if (!measure) return [];
  const about =
    s.minerals.length > 0 || /critical minerals|rare metals|raw materials|minerals|ore\b/i.test(s.text);
  if (!about && topic.minerals.length === 0) return [];
  const { from, to } = partiesTo(s);
  const country = from ?? (refersToCountry(s.text) || s.countries.length === 0 ? topic.country : null);
  if (!country) return [];
  // a quota `for 2026` is not one imposed in 2026
  const years = s.years.filter(
    (y) => y.role !== 'until' && y.role !== 'by' && s.tokens[y.at - 1]?.lower !== 'for',
  );
  const date = years[0] ?? null;
  const until = s.years.find((y) => y.role === 'until') ?? null;
  const suspendsControl = measure !== 'suspension' && paused.test(s.text);
  const state = suspendsControl
    ? 'suspended'
    : lifted.test(s.text)
      ? 'ended'
      : standing.test(s.text)
        ? 'in_force'
        : null;
  const listed = sameClause(s, measures.find(([words]) => words.test(s.text))![0]).flatMap((g) =>
    g.mentions.map((m) => m.id!),
  );
  // `banned shipments of both, and of antimony`
  const both = /\bof (both|them|these|those)\b(?=\s*[,.;]|\s+to\b|$)/i.test(s.text);
  const earlier = both ? mineralsCarried(topic, s).map((m) => m.id) : [];
  const minerals =
    listed.length > 0
      ? [...new Set([...earlier, ...listed])]
      : refersToThem(s)
        ? topic.minerals.map((m) => m.id)
        : [null];
  const verbs = s.tokens.some((t) =>
    /^(banned|restricted|imposed|introduced|suspended|lifted|announced|halted|prohibited|has|have|tightened|curbed|extended)$/.test(
      t.lower,
    ),
  );
  const goesOn = s.tokens.some((t) => /^(keep|keeps|continue|remain|maintain|extend|stay)$/.test(t.lower));
  const planned = !verbs && !goesOn && s.tokens.some((t) => futureWords.has(t.lower));
  return minerals.map((mineral) =>
    makeClaim(s, 'restriction', {
      country,
      mineral,
      other: to,
      years: date ? [date.year] : [],
      date: date?.date ?? null,
      negated:
        /\b(not|never|n't)\b/i.test(s.text) &&
        /\b(not|never) (\w+ ){0,2}(ban|banned|restrict\w*|impos\w*|suspend\w*|lift\w*)\b/i.test(s.text),
      detail: { measure, state: planned ? 'announced' : state, until: until?.date ?? null },
    }),
  );
}

/** Minerals in the part of the sentence that holds the measure; all of the sentence's where that part names none. */
function sameClause(s: Annotated, words: RegExp): readonly Group[] {
  const at = s.start + s.text.search(words);
  const cuts = s.tokens.flatMap((t, k) =>
    t.text === ';' ||
    (t.text === ',' && /^(and|but|while|as|whereas)$/.test(s.tokens[k + 1]?.lower ?? '') && !isList(s, k))
      ? [t.start]
      : [],
  );
  const from = cuts.filter((c) => c < at).at(-1) ?? s.start;
  const to = cuts.find((c) => c >= at) ?? s.end;
  const inside = s.minerals.filter((g) => s.tokens[g.from]!.start >= from && s.tokens[g.from]!.start < to);
  return inside.length > 0 ? inside : s.minerals;
}
const isList = (s: Annotated, k: number) => s.minerals.some((g) => g.from <= k && k < g.to);

const refersToThem = (s: Annotated) =>
  /\b(it|they|them|these|those|the (metals?|minerals?|elements?))\b/i.test(s.text);

function partiesTo(s: Annotated): { from: string | null; to: string | null } {
  const id = (g: Group) => g.mentions.at(-1)!.id;
  const before = (g: Group) => {
    let k = g.from - 1;
    while (/^(the|both)$/.test(s.tokens[k]?.lower ?? '')) k--;
    return s.tokens[k]?.lower ?? '';
  };
  const known = s.countries.filter((g) => id(g) !== null);
  const to = known.find(
    (g) =>
      /^(to|against|on|for|at)$/.test(before(g)) ||
      (/^(buyers?|customers?|military|users?|firms|companies|importers?)$/.test(
        s.tokens[g.to]?.lower ?? '',
      ) &&
        known.length > 1),
  );
  const from = known.find((g) => g !== to && before(g) !== 'with');
  return { from: from ? id(from) : null, to: to && to !== from ? id(to) : null };
}

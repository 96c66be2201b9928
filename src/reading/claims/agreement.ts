import type { Annotated, Group } from '../annotate.ts';
import type { Claim } from '../claim.ts';
import { makeClaim } from '../make-claim.ts';
import { inFirstPerson, refersToCountry, type Topic } from '../references.ts';
import { futureWords } from '../scope.ts';

const nouns = new Set(
  'agreement agreements deal deals memorandum memoranda mou mous pact pacts partnership partnerships accord accords treaty roadmap framework declaration arrangement alliance'.split(
    ' ',
  ),
);
const acts =
  /^(signed|sign|signs|signing|inked|ink|struck|sealed|concluded|concludes|agreed|agree|unveiled|announced|reached|entered|launched|formalised|formalized|clinched|finalised|finalized|has|have|with|between|existing|exists|initialled|renewed|under|established|formed)$/;
const doing =
  /^(signed|inked|struck|sealed|concluded|initialled|clinched|renewed|agreed|established|formed|reached|entered|finalised|finalized)$/;
const onMinerals = /mineral|metal|raw material|rare earth|mining|memorandum|\bmou\b/i;
/** Agreements about something else, where the sentence does not speak of minerals. */
const otherSubject =
  /^(defen[cs]e|security|tax|visa|fishing|fisheries|migration|climate|nuclear|peace|ceasefire|aid|loan|gas|oil|military|tourism|extradition|aviation|energy|gun|arms|wage|pay|rights|transfer|trade|tariff|prisoner|border|data|health|vaccine|sponsorship)$/;
const id = (g: Group | undefined) => g?.mentions.at(-1)?.id ?? null;

/**
 * Agreements signed between two countries: `the EU signed a partnership with Chile in July 2023`, `a memorandum between
 * A and B`, `the US–Ukraine deal`. `country` is the partner, `other` the party.
 */
export function agreementClaims(s: Annotated, topic: Topic): Claim[] {
  const at = s.tokens.findIndex((t) => nouns.has(t.lower));
  if (at < 0 || !s.tokens.some((t) => acts.test(t.lower))) return [];
  const verb = s.tokens.findIndex((t) => doing.test(t.lower));
  if (s.minerals.length === 0 && !onMinerals.test(s.text)) {
    if (verb < 0 || (!topic.policy && !topic.about && topic.minerals.length === 0)) return [];
    if (s.tokens.slice(Math.max(0, at - 3), at).some((t) => otherSubject.test(t.lower))) return [];
  }
  const pairs = partiesTo(s, at, topic);
  if (pairs.length === 0) return [];
  topic.party = pairs[0]!.party;
  const years = s.years.filter((y) => y.role === 'in' || y.role === 'since');
  const date = years.toSorted((a, b) => b.date.length - a.date.length)[0] ?? null;
  const thatYear = date === null && /\b(that|the same) year\b/i.test(s.text) ? topic.year : null;
  const negated = s.tokens.some(
    (t, k) => /^(not|never|no)$|n't$/.test(t.lower) && Math.abs(k - (verb < 0 ? at : verb)) <= 3,
  );
  const future =
    verb < 0 &&
    s.tokens.some((t) => futureWords.has(t.lower) && !/^(plans|likely)$/.test(t.lower)) &&
    !s.tokens.some((t) => /^(signed|unveiled|announced|has|have)$/.test(t.lower));
  return pairs.map(({ party, partner }) =>
    makeClaim(s, 'agreement', {
      country: partner,
      other: party,
      years: date ? [date.year] : thatYear ? [thatYear] : [],
      date: date?.date ?? (thatYear ? String(thatYear) : null),
      negated,
      notCheckable: future ? 'about the future: not yet an agreement' : null,
    }),
  );
}

interface Pair {
  readonly party: string;
  readonly partner: string;
}

function partiesTo(s: Annotated, at: number, topic: Topic): Pair[] {
  const known = s.countries.filter((g) => g.mentions.some((m) => m.id !== null));
  const ids = (g: Group) => g.mentions.map((m) => m.id).filter((x): x is string => x !== null);
  const before = (g: Group) => {
    let k = g.from - 1;
    while (/^(the|both)$/.test(s.tokens[k]?.lower ?? '')) k--;
    return s.tokens[k]?.lower ?? '';
  };
  // between A and B
  const between = known.find((g) => before(g) === 'between');
  if (between) {
    const all = [...new Set(known.filter((g) => g.from >= between.from).flatMap(ids))];
    if (all.length >= 2) return [{ party: all[0]!, partner: all[1]! }];
  }
  // A (and C) … with B
  const withs = known.filter((g) => before(g) === 'with');
  if (withs.length > 0) {
    const partners = [...new Set(withs.flatMap(ids))];
    const subject = known.find((g) => g.to <= withs[0]!.from && !withs.includes(g) && before(g) !== 'from');
    const spoken = inFirstPerson(s.text)
      ? (topic.speaker ?? topic.party ?? topic.jurisdiction)
      : refersToCountry(s.text) || topic.jurisdiction
        ? (topic.country ?? topic.jurisdiction)
        : null;
    const parties = subject ? (partners.length === 1 ? ids(subject) : [id(subject)!]) : [spoken];
    return parties.flatMap((party) =>
      party ? partners.filter((p) => p !== party).map((partner) => ({ party, partner })) : [],
    );
  }
  // A and B signed; signed by A's minister and B's; the A–B agreement
  const near = known.filter(
    (g) => Math.abs(g.from - at) <= 25 && !/^(from|to|against|outside)$/.test(before(g)),
  );
  const all = [...new Set(near.flatMap(ids))];
  if (all.length === 2) {
    const listed =
      near.some((g) => ids(g).length >= 2) ||
      s.tokens.some((t) => t.lower === 'by') ||
      near.some((g, k) => near[k + 1] && near[k + 1]!.from - g.to <= 1);
    if (listed) return [{ party: all[0]!, partner: all[1]! }];
  }
  return [];
}

import { type Annotated, annotate, type Figure } from './annotate.ts';
import type { Claim } from './claim.ts';
import { agreementClaims } from './claims/agreement.ts';
import { countClaims } from './claims/count.ts';
import { membershipClaims } from './claims/membership.ts';
import { noneClaims } from './claims/none.ts';
import { ownershipClaims } from './claims/ownership.ts';
import { relianceClaims } from './claims/reliance.ts';
import { restrictionClaims } from './claims/restriction.ts';
import { supplyClaims } from './claims/supply.ts';
import { followPolicy, targetClaims } from './claims/target.ts';
import type { Gazetteer } from './gazetteer.ts';
import { follow, newTopic, recallBloc } from './references.ts';
import { yearOfText } from './relative-years.ts';
import { sentencesOf } from './sentences.ts';

/**
 * All claims of a text, in reading order: one per sentence, country, mineral and kind of figure. Rules of policy and
 * ownership are read first, so that their percentages are not taken for shares of supply. Time grows with length only.
 * `last year` is told from the date of the text, or else from `today` (ISO).
 */
export function readClaims(gazetteer: Gazetteer, text: string, today: string | null = null): Claim[] {
  let written: number | null | undefined;
  const textYear = () => {
    if (written === undefined) written = yearOfText(text) ?? (today ? Number(today.slice(0, 4)) : null);
    return written;
  };
  const topic = newTopic();
  const claims: Claim[] = [];
  sentencesOf(text).forEach(({ start, end }, index) => {
    // a line this long is no sentence: a table or code
    if (end - start > 4_000) return;
    const s: Annotated = annotate(gazetteer, text, index, start, end, textYear);
    if (
      s.countries.length === 0 &&
      s.minerals.length === 0 &&
      s.figures.length === 0 &&
      !/\d|mineral|list|agreement|export/i.test(s.text)
    )
      return;
    recallBloc(topic, s);
    const taken = new Set<Figure>();
    const found = [
      ...targetClaims(s, topic, taken),
      ...ownershipClaims(s, topic, taken),
      ...countClaims(s, topic),
      ...supplyClaims(s, topic, taken),
      ...noneClaims(s, topic),
      ...relianceClaims(s, topic),
      ...restrictionClaims(s, topic),
      ...agreementClaims(s, topic),
      ...membershipClaims(s, topic),
    ];
    claims.push(...withoutDoubles(found));
    // what is still spoken of is still at hand
    if (found.some((c) => topic.minerals.some((m) => m.id === c.mineral))) topic.mineralsAt = index;
    follow(topic, s);
    followPolicy(s, topic);
  });
  return claims;
}

/** The same thing said once: equal but for the words it was read from. */
function withoutDoubles(claims: readonly Claim[]): Claim[] {
  const seen = new Set<string>();
  return claims.filter((c) => {
    const key = [
      c.kind,
      c.country,
      c.mineral,
      c.measure,
      c.stage,
      c.claimed?.unit,
      c.claimed?.low,
      c.years.join(),
      c.other,
    ].join(' ');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

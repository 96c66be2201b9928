import type { Annotated } from '../annotate.ts';
import type { Claim } from '../claim.ts';
import { makeClaim } from '../make-claim.ts';
import type { Topic } from '../references.ts';
import { jurisdictionOf } from './target.ts';

const listNoun =
  /\b(critical (raw )?(minerals?|materials?)|strategic (raw )?materials?|criticality|the) list\b|\blist of (\d+ |\w+ )?(critical|strategic)|\bcritical minerals list\b/i;
const joins =
  /\b(add(ed|s|ing)?|includ(e|es|ed|ing)|is on|are on|appears? on|features? on|was on|were on|joined|put on|placed on|lists?|listed|counts?|classif\w+|designat\w+|names?)\b/i;
const leaves =
  /\b(removed|dropped|left off|not on|absent from|missing from|excluded|exclud\w+|omits?|omitted|struck off|delisted|is n[o']t|are not)\b/i;

/** Whether a mineral is on a published list of critical minerals: `copper was added to the US list in 2025`. */
export function membershipClaims(s: Annotated, topic: Topic): Claim[] {
  if (s.minerals.length === 0 || s.figures.length > 0 || !listNoun.test(s.text)) return [];
  // `includes copper but not gold` denies the gold only
  const but = s.tokens.findIndex((t, k) => t.lower === 'but' && s.tokens[k + 1]?.lower === 'not');
  const main = but < 0 ? s.text : s.text.slice(0, s.tokens[but]!.start - s.start);
  const off = leaves.test(main) || /\bnot\b/.test(main);
  if (!off && !joins.test(main)) return [];
  const jurisdiction = jurisdictionOf(s, topic);
  if (!jurisdiction) return [];
  const year = s.years.find((y) => y.role === 'in');
  return s.minerals.flatMap((g) =>
    g.mentions.map((m) =>
      makeClaim(s, 'other', {
        country: jurisdiction,
        mineral: m.id,
        years: year ? [year.year] : [],
        negated: off !== (but >= 0 && g.from > but),
        detail: { list: true },
      }),
    ),
  );
}

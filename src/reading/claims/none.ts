import type { Annotated, Group } from '../annotate.ts';
import type { Claim, Measure } from '../claim.ts';
import { namesFirm } from '../links.ts';
import { makeClaim } from '../make-claim.ts';
import { refersToCountry, type Topic } from '../references.ts';
import { senseOf } from '../scope.ts';

/** Claims of nothing at all: `produces no cobalt`, `does not mine lithium`, `has no reserves of tin`, `exports none`. */
export function noneClaims(s: Annotated, topic: Topic): Claim[] {
  for (let k = 0; k < s.tokens.length; k++) {
    if (!denies(s, k)) continue;
    const found = noneAt(s, k);
    if (!found) continue;
    const { measure, stage, until } = found;
    const subject = s.countries
      .filter(
        (g) =>
          g.to <= k &&
          g.mentions.every((m) => m.id !== null) &&
          // `Nigeria, not to be confused with Niger, …`
          !/^(with|from|than|like|unlike|to|behind|against)$/.test(s.tokens[g.from - 1]?.lower ?? ''),
      )
      .at(-1);
    if (subject && namesFirm(s, subject, k)) continue;
    const countries = subject
      ? subject.mentions.map((m) => m.id!)
      : refersToCountry(s.text) && topic.country
        ? [topic.country]
        : [];
    const after = s.minerals.find((g) => g.from >= k && g.from <= until);
    const before = s.minerals.filter((g) => g.to <= k).at(-1);
    const minerals = after ?? before;
    const list = minerals ? minerals.mentions.map((m) => ({ id: m.id!, stage: m.stage })) : topic.minerals;
    if (countries.length === 0 || list.length === 0) continue;
    // a figure between says how much: `does not produce most of the world's tin`
    if (s.figures.some((f) => f.from >= k && f.from < (after?.from ?? until) && f.to > k)) continue;
    const kind = measure === 'reserves' ? 'reserves' : measure === 'exports' ? 'trade_share' : 'quantity';
    return list.flatMap((m) =>
      countries.map((country) =>
        makeClaim(s, kind, {
          country,
          mineral: m.id,
          stage:
            (minerals ? m.stage : (stage ?? m.stage)) ??
            (measure === 'reserves' ? 'mine' : (stage ?? (minerals ? stageBeside(s, minerals) : null))),
          measure,
          claimed: { unit: 't', comparator: '=', low: 0, high: 0 },
          years: s.years
            .filter((y) => y.role === 'in')
            .map((y) => y.year)
            .slice(0, 1),
          detail: { none: true },
        }),
      ),
    );
  }
  return [];
}

/** `tungsten ore`, `refined copper`: the word beside the minerals that says at which stage. */
const stageBeside = (s: Annotated, g: Group): string | null =>
  senseOf(s.tokens[g.to]?.lower ?? '')?.stage ?? senseOf(s.tokens[g.from - 1]?.lower ?? '')?.stage ?? null;

/** A quick look before the patterns are tried. */
const denies = (s: Annotated, k: number): boolean =>
  afterVerb.has(s.tokens[k + 1]?.lower ?? '') || alone.has(s.tokens[k]!.lower);
const afterVerb = new Set(['no', 'none', 'zero', 'not', 'never']);
const alone = new Set(['no', 'never', "doesn't", "don't", "didn't"]);

function noneAt(s: Annotated, k: number): { measure: Measure; stage: string | null; until: number } | null {
  const t = s.tokens[k]!;
  const at = (n: number) => s.tokens[k + n]?.lower ?? '';
  // does not produce, no longer mines, has never refined
  const negative = /^(doesn't|don't|didn't|never)$/.test(t.lower)
    ? 1
    : /^(does|do|did|has|have)$/.test(t.lower) && /^(not|never)$/.test(at(1))
      ? 2
      : t.lower === 'no' && at(1) === 'longer'
        ? 2
        : 0;
  if (negative) {
    for (let n = negative; n <= negative + 1; n++) {
      if (n > negative && !/^(currently|yet|now|itself|actually|ever|even|either)$/.test(at(n - 1))) break;
      const sense = senseOf(at(n));
      if (sense?.verb === 'supply' && sense.measure)
        return { measure: sense.measure, stage: sense.stage ?? null, until: k + n + 6 };
      if (/^(have|hold|possess)$/.test(at(n)))
        for (let m = n + 1; m < n + 7; m++) {
          const noun = senseOf(at(m));
          if (noun?.measure === 'reserves') return { measure: 'reserves', stage: 'mine', until: k + m + 5 };
        }
    }
    return null;
  }
  // produces no, mines none, has no … reserves
  if (!/^(no|none|zero)$/.test(at(1))) return null;
  if (/^(more|less|fewer|longer|doubt|one|such|other)$/.test(at(2))) return null;
  const sense = senseOf(t.lower);
  if (sense?.verb === 'supply' && sense.measure)
    return { measure: sense.measure, stage: sense.stage ?? null, until: k + 7 };
  if (/^(has|have|holds|possesses|had|with)$/.test(t.lower))
    for (let m = 2; m < 8; m++) {
      const noun = senseOf(at(m));
      // `has no export restrictions` says nothing of exports
      if (
        /^(restrictions?|bans?|controls?|curbs?|quotas?|tax|taxes|duty|duties|licen[cs]\w*|agreements?|plans?)$/.test(
          at(m + 1),
        )
      )
        return null;
      if (noun?.measure === 'reserves' || noun?.measure === 'production' || noun?.measure === 'exports')
        return { measure: noun.measure, stage: noun.stage ?? null, until: k + m + 5 };
    }
  return null;
}

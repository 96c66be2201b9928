import type { Annotated } from '../annotate.ts';
import type { Claim } from '../claim.ts';
import { makeClaim } from '../make-claim.ts';
import {
  inFirstPerson,
  mineralsCarried,
  refersToCountry,
  refersToMineral,
  type Topic,
} from '../references.ts';
import { futureWords, senseOf } from '../scope.ts';

/**
 * Reliance without a figure: `Britain relies on China for magnesium`, `Japan depends on imports for its nickel`. Taken
 * as more than half of what the buyer imports, or of what it uses where imports as such are meant.
 */
export function relianceClaims(s: Annotated, topic: Topic): Claim[] {
  const verb = s.tokens.findIndex((t) => senseOf(t.lower)?.verb === 'rely');
  if (verb < 0 || s.figures.some((f) => f.unit === 'share')) return [];
  const on = s.tokens.findIndex((t, k) => k > verb && k <= verb + 2 && /^(on|upon)$/.test(t.lower));
  if (on < 0) return [];
  const first = s.tokens[on + 1]?.lower === 'the' ? on + 2 : on + 1;
  const supplier = s.countries.find((g) => g.from === first && g.mentions.every((m) => m.id !== null));
  const imports = /^imports?$/.test(s.tokens[first]?.lower ?? '');
  if (!supplier && !imports) return [];
  const one = s.countries.filter((g) => g.to <= verb && g.mentions.every((m) => m.id !== null)).at(-1);
  const importers = one
    ? one.mentions.map((m) => m.id!)
    : topic.country && refersToCountry(s.text)
      ? [topic.country]
      : topic.speaker && inFirstPerson(s.text)
        ? [topic.speaker]
        : [];
  const named = s.minerals.find((g) => g.from > on) ?? s.minerals.filter((g) => g.to <= verb).at(-1);
  const minerals = named
    ? named.mentions.map((m) => ({ id: m.id!, stage: m.stage }))
    : refersToMineral(s.text)
      ? mineralsCarried(topic, s)
      : [];
  const before = s.tokens.slice(Math.max(0, verb - 4), verb);
  if (before.some((t) => futureWords.has(t.lower))) return [];
  const suppliers: readonly (string | null)[] = supplier ? supplier.mentions.map((m) => m.id) : [null];
  return importers.flatMap((importer) =>
    minerals.flatMap((m) =>
      suppliers
        .filter((country) => country !== importer)
        .map((country) =>
          makeClaim(s, 'dependence', {
            country,
            mineral: m.id,
            stage: m.stage,
            measure: 'imports',
            other: importer,
            together: suppliers.filter((c): c is string => c !== null && c !== country),
            claimed: { unit: 'share', comparator: '>=', low: 0.5, high: 0.5, strict: true },
            negated: before.some((t) => /^(not|never|no|longer)$|n't$/.test(t.lower)),
            detail: { vague: true },
          }),
        ),
    ),
  );
}

import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import type { Hs6Mineral } from '../tables/world.ts';
import { lensShares } from './controlled-shares.ts';
import type { Weight } from './declared-supply.ts';
import { withTradeOf } from './preloaded.ts';
import type { Party } from './resolve.ts';
import type { LensShares } from './traced-shares.ts';

export interface TracedLenses {
  readonly traced: LensShares;
  readonly controlled: LensShares;
}

/** What is going to be traced. */
export interface Traceable {
  readonly mineral: string;
  readonly stage: string;
  readonly year: number;
}

/**
 * Traced and controlled shares of many minerals and stages. Each year's trade is read once, and of it only the codes of
 * the minerals that are traced in that year.
 */
export function tracedLenses(
  world: World,
  party: Party,
  weight: Weight,
  allCodes: readonly Hs6Mineral[],
  planned: readonly Traceable[],
): (of: Traceable) => Promise<TracedLenses> {
  const codesOf = groupBy(allCodes, (c) => c.mineral);
  const read = new Map(
    [...groupBy(planned, (p) => p.year)].map(([year, of]) => {
      const minerals = [...new Set(of.map((p) => p.mineral))];
      const hs6 = minerals.flatMap((m) => (codesOf.get(m) ?? []).map((c) => c.hs6));
      const ready = withTradeOf(world, hs6, year);
      // begun for all years at once: when the first fails (or the asker goes) nobody may come for the others
      ready.catch(() => {});
      return [year, ready];
    }),
  );
  const answers = new Map<string, Promise<TracedLenses>>();
  return ({ mineral, stage, year }) => {
    const key = `${mineral} ${stage} ${year}`;
    const before = answers.get(key);
    if (before) return before;
    const request = { for: party, mineral, stage, year, weight, method: 'gross' as const };
    const answer = (read.get(year) ?? Promise.resolve(world)).then((of) => lensShares(of, request));
    answers.set(key, answer);
    return answer;
  };
}

/** Why a lens has no shares, in one line. */
export const whyNoShares = (shares: LensShares): string =>
  (shares.hs6.length === 0 ? shares.notes.find((n) => n.code === 'basket')?.text : undefined) ??
  shares.notes.findLast((n) => n.code.startsWith('no_'))?.text ??
  shares.notes.at(-1)?.text ??
  'cannot be traced with the data in use';

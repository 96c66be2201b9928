import type { World } from '../store/world.ts';
import type { Hs6Mineral } from '../tables/world.ts';
import type { Weight } from './declared-supply.ts';
import { withTradeOf } from './preloaded.ts';
import type { Party } from './resolve.ts';
import { type LensShares, lensShares } from './traced-shares.ts';

export interface TracedLenses {
  readonly traced: LensShares;
  readonly controlled: LensShares;
}

/** Traced and controlled shares of many minerals and stages; each year's trade is read once. */
export function tracedLenses(
  world: World,
  party: Party,
  weight: Weight,
  codes: readonly Hs6Mineral[],
): (mineral: string, stage: string, year: number) => Promise<TracedLenses> {
  const years = new Map<number, Promise<World>>();
  const answers = new Map<string, Promise<TracedLenses>>();
  const minerals = new Set(codes.map((c) => c.mineral));
  return (mineral, stage, year) => {
    const key = `${mineral} ${stage} ${year}`;
    const before = answers.get(key);
    if (before) return before;
    let ofYear = years.get(year);
    if (!ofYear) {
      ofYear = withTradeOf(
        world,
        codes.filter((c) => minerals.has(c.mineral)).map((c) => c.hs6),
        year,
      );
      years.set(year, ofYear);
    }
    const answer = ofYear.then(async (read) => {
      const request = { for: party, mineral, stage, year, weight, method: 'gross' as const };
      return lensShares(read, request);
    });
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

import type { Hs6Mineral } from '../../tables/world.ts';
import type { TradeSide } from './sides.ts';

export interface Pair {
  readonly source: string;
  readonly before: number;
  readonly after: number;
}

/**
 * The source by which a code is compared between two sides, like with like: the first that has the years asked for on
 * both sides and is complete in both, else one that has both, else null. Without years asked for: the newest year of
 * each side, or of one side the two newest.
 */
export function pairOf(
  code: Hs6Mineral,
  before: TradeSide,
  after: TradeSide,
  asked: { readonly from?: number | undefined; readonly to?: number | undefined },
): Pair | null {
  const old = before.sources(code.hs6);
  const pairs: Pair[] = [];
  for (const [source, years] of after.sources(code.hs6)) {
    const to = asked.to ?? years.at(-1)!;
    const earlier = old.get(source) ?? [];
    const from = asked.from ?? (before === after ? earlier.filter((y) => y < to).at(-1) : earlier.at(-1));
    if (from === undefined || !years.includes(to) || !earlier.includes(from)) continue;
    pairs.push({ source, before: from, after: to });
  }
  const whole = pairs.find(
    (p) => before.isComplete(p.source, code.hs6, p.before) && after.isComplete(p.source, code.hs6, p.after),
  );
  return whole ?? pairs[0] ?? null;
}

/**
 * The two newest years between which most codes can be compared in full, for a person who names none; the newest
 * two with any trade where no two are complete. Null where there is only one year.
 */
export function newestYears(
  codes: readonly Hs6Mineral[],
  side: TradeSide,
): { readonly from: number; readonly to: number } | null {
  const complete = new Map<string, number>();
  const any = new Set<number>();
  for (const hs6 of new Set(codes.map((c) => c.hs6)))
    for (const [source, years] of side.sources(hs6)) {
      const whole = years.filter((y) => side.isComplete(source, hs6, y));
      for (const y of years) any.add(y);
      const [to, from] = [whole.at(-1), whole.at(-2)];
      if (to !== undefined && from !== undefined)
        complete.set(`${from} ${to}`, (complete.get(`${from} ${to}`) ?? 0) + 1);
    }
  const best = [...complete].sort(
    ([a, n], [b, m]) => m - n || Number(b.split(' ')[1]) - Number(a.split(' ')[1]),
  )[0];
  if (best) {
    const [from, to] = best[0].split(' ').map(Number);
    return { from: from!, to: to! };
  }
  const years = [...any].sort((a, b) => b - a);
  return years.length < 2 ? null : { from: years[1]!, to: years[0]! };
}

import { growthAlong, type SeriesPoint } from './growth-along.ts';

/** Output of one country (or OTH, the rest) as projected. */
export interface ProjectedOutput {
  readonly country: string;
  readonly points: readonly SeriesPoint[];
}

/**
 * Shares of a year if each supplier grows as its output is projected: `s_jy ∝ s_j·Q_jy/Q_j0`, normalised to the sum of
 * `s_j`. A supplier that the projection does not name grows as the rest of the world (`OTH`), or stays where there is no
 * rest. Null outside the projected years, or where no supplier is named.
 */
export function projectedShares(
  shares: ReadonlyMap<string, number>,
  projected: readonly ProjectedOutput[],
  now: number,
  year: number,
): Map<string, number> | null {
  const years = projected.flatMap((p) => p.points.map((q) => q.year));
  if (!projected.some((p) => shares.has(p.country))) return null;
  if (year < Math.min(...years) || year > Math.max(...years)) return null;
  const growth = new Map(projected.map((p) => [p.country, growthAlong(p.points, now)?.(year) ?? null]));
  const rest = growth.get('OTH') ?? 1;
  const weights = new Map([...shares].map(([c, s]) => [c, s * (growth.get(c) ?? rest)]));
  const before = [...shares.values()].reduce((a, b) => a + b, 0);
  const sum = [...weights.values()].reduce((a, b) => a + b, 0);
  return sum > 0 ? new Map([...weights].map(([c, w]) => [c, (w / sum) * before])) : null;
}

export interface SeriesPoint {
  readonly year: number;
  /** above 0 */
  readonly quantity_t: number;
}

/**
 * A published series as multiples of its value in a base year: between two published years it grows at an even rate,
 * before the first and after the last it is flat, as nothing is published there.
 * `D_y/D_0 = exp(ln D_a + (ln D_b − ln D_a)·(y − a)/(b − a)) / D_0`. Null without two years.
 * @example growthAlong([{ year: 2020, quantity_t: 1 }, { year: 2030, quantity_t: 4 }], 2020)?.(2025) // 2
 */
export function growthAlong(points: readonly SeriesPoint[], from: number): ((year: number) => number) | null {
  const sorted = [...points].sort((a, b) => a.year - b.year);
  if (sorted.length < 2) return null;
  const level = (year: number): number => {
    const next = sorted.findIndex((p) => p.year >= year);
    if (next === 0) return Math.log(sorted[0]!.quantity_t);
    if (next < 0) return Math.log(sorted.at(-1)!.quantity_t);
    const [a, b] = [sorted[next - 1]!, sorted[next]!];
    const part = (year - a.year) / (b.year - a.year);
    return Math.log(a.quantity_t) + part * (Math.log(b.quantity_t) - Math.log(a.quantity_t));
  };
  const base = level(from);
  return (year) => Math.exp(level(year) - base);
}

import type { ProjectedOutput } from '../../analysis/policy/projected-shares.ts';
import { groupBy } from '../../tables/group-by.ts';
import type { Production } from '../../tables/quantities.ts';
import { preferredSource } from '../preferred-source.ts';

export interface OutputNow {
  readonly by: ReadonlyMap<string, number>;
  readonly source: string | null;
}

/** Output by country in the year of the supply, or the nearest with tonnes, from the source that decides. */
export function outputNow(rows: readonly Production[], year: number): OutputNow {
  const withTonnes = rows.filter((r) => r.quantity_t !== null && r.status !== 'projection');
  const nearest = [...new Set(withTonnes.map((r) => r.year))].sort(
    (a, b) => Math.abs(a - year) - Math.abs(b - year) || a - b,
  )[0];
  const ofYear = withTonnes.filter((r) => r.year === nearest);
  const source = preferredSource(ofYear);
  return {
    by: new Map(ofYear.filter((r) => r.source === source).map((r) => [r.country, r.quantity_t!])),
    source,
  };
}

/** Output by country as one source projects it, with what that source reports before; empty where none does. */
export function outputProjected(rows: readonly Production[]): {
  readonly outputs: readonly ProjectedOutput[];
  readonly source: string | null;
} {
  const source = rows.find((r) => r.status === 'projection')?.source ?? null;
  const mine = rows.filter(
    (r) => source !== null && r.source === source && (r.quantity_t ?? 0) > 0 && r.country !== 'WLD',
  );
  const outputs = [...groupBy(mine, (r) => r.country)].map(([country, of]) => ({
    country,
    points: of.map((r) => ({ year: r.year, quantity_t: r.quantity_t! })),
  }));
  return { outputs, source };
}

import { UsageError } from '../../errors.ts';
import type { World } from '../../store/world.ts';
import { didYouMean } from '../../tables/nearest.ts';
import { endUse } from '../../tables/policy.ts';

/** What a mineral is used for, and where these shares are from. */
export interface Uses {
  /** `GBR`, or the world or another economy where nothing is published for the United Kingdom */
  readonly scope: string;
  readonly source: string;
  readonly uses: readonly { readonly sector: string; readonly share: number; readonly priority?: number }[];
}

const total = (rows: readonly { source: string; share: number | null }[], source: string) =>
  rows.reduce((sum, r) => sum + (r.source === source ? r.share! : 0), 0);

/** Shares of use by sector: the UK's where known, else the world's; the source with most of the use. */
export async function usesOf(world: World, mineral: string): Promise<Uses | null> {
  const rows = (await world.load(endUse, { mineral: [mineral] })).filter((r) => r.share !== null);
  for (const scope of ['GBR', 'WLD', 'EUU', 'USA']) {
    const inScope = rows.filter((r) => r.scope === scope);
    const source = [...new Set(inScope.map((r) => r.source))].sort(
      (a, b) => total(inScope, b) - total(inScope, a),
    )[0];
    if (source === undefined) continue;
    const bySector = new Map<string, number>();
    for (const r of inScope.filter((x) => x.source === source)) {
      const sector = r.sector || r.application;
      bySector.set(sector, (bySector.get(sector) ?? 0) + r.share!);
    }
    return { scope, source, uses: [...bySector].map(([sector, share]) => ({ sector, share })) };
  }
  return null;
}

const folded = (text: string) => text.toLowerCase().replaceAll('_', ' ').trim();

/** The same with the sectors named served first, in that order, and all others after them alike. */
export function servedFirst(uses: Uses, first: readonly string[]): Uses {
  const rank = new Map(first.map((name, i) => [folded(name), i + 1]));
  return {
    ...uses,
    uses: uses.uses.map((u) => ({ ...u, priority: rank.get(folded(u.sector)) ?? first.length + 1 })),
  };
}

/** Refuses a sector that none of these minerals is known to be used for. */
export function checkSectors(first: readonly string[], all: readonly (Uses | null)[]): void {
  const known = [...new Set(all.flatMap((u) => u?.uses.map((x) => x.sector) ?? []))].sort();
  for (const name of first)
    if (!known.some((k) => folded(k) === folded(name)))
      throw new UsageError(
        known.length
          ? `--serve-first names no known use: "${name}"${didYouMean(name, known) || `; there is ${known.join(', ')}`}`
          : `--serve-first: no shares of use are known of this mineral: "${name}"`,
      );
}

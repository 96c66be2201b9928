/** One use of a mineral: the part of a country's use it takes, and who is served first (1 before 2). */
export interface Use {
  readonly sector: string;
  readonly share: number;
  /** lower is served earlier; equal ranks lose alike; all alike if left out */
  readonly priority?: number | undefined;
}

export interface SectorLoss {
  readonly sector: string;
  /** part of the mineral's use */
  readonly share: number;
  /** tonnes the sector goes without */
  readonly shortfall_t: number;
  /** the same over what it used */
  readonly shortfall_share: number | null;
}

/**
 * Which sectors go without: the shortage falls on the uses that are served last, on all uses of one priority alike.
 * Shares that do not add to 1 leave a rest, returned as the sector `other uses`, served last.
 *
 * @param baseline what the country used, t; `shortfall` what of it is missing, t
 */
export function sectorLosses(uses: readonly Use[], baseline: number, shortfall: number): SectorLoss[] {
  const known = uses.reduce((sum, u) => sum + u.share, 0);
  // published shares are rounded: a sum slightly above 1 is scaled back
  const scale = known > 1 ? 1 / known : 1;
  const last = Math.max(1, ...uses.map((u) => u.priority ?? 1));
  const all = uses.map((u) => ({ sector: u.sector, share: u.share * scale, priority: u.priority ?? 1 }));
  if (known < 1 - 1e-9) all.push({ sector: 'other uses', share: 1 - known, priority: last });
  let left = Math.min(shortfall, baseline);
  const lossOf = new Map<number, number>();
  for (const priority of [...new Set(all.map((u) => u.priority))].sort((a, b) => b - a)) {
    const used = baseline * all.reduce((sum, u) => sum + (u.priority === priority ? u.share : 0), 0);
    const cut = Math.min(left, used);
    lossOf.set(priority, used > 0 ? cut / used : 0);
    left -= cut;
  }
  return all.map(({ sector, share, priority }) => {
    const used = baseline * share;
    const lost = used * lossOf.get(priority)!;
    return { sector, share, shortfall_t: lost, shortfall_share: used > 0 ? lossOf.get(priority)! : null };
  });
}

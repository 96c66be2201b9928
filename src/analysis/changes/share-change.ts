/** What one importer bought in one year, by supplier, in one unit. */
export interface SupplySide {
  readonly by: ReadonlyMap<string, number>;
  /** the most that a truncated record may have left out, same unit; 0 = every flow is there */
  readonly missing: number;
  /** the whole, where the suppliers named are not all of it; their sum when left out */
  readonly total?: number;
}

/** A share with the least and the most it can be, given what a truncated record may have left out. */
export interface BoundedShare {
  /** of what is recorded */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export type SupplyChangeKind = 'cap_crossed' | 'top_replaced' | 'share_moved';

export interface SupplyChange {
  readonly kind: SupplyChangeKind;
  /** whose share it is; of a replacement the new largest supplier */
  readonly country: string;
  readonly before: number;
  readonly after: number;
  /** of a replacement: who was the largest before */
  readonly replaced: string | null;
}

/** A move this much over the threshold is rounding, not a move. */
const rounding = 1e-9;

/** The whole of a side as recorded. */
export function recordedTotal(side: SupplySide): number {
  if (side.total !== undefined) return side.total;
  let total = 0;
  for (const amount of side.by.values()) total += amount;
  return total;
}

/**
 * Share of one supplier: `s = v / T`, between `v / (T + U)` and `v / T` where the record may lack up to U from others;
 * a supplier that is not in the record may have all of U. Null where nothing is recorded.
 */
export function boundedShare(side: SupplySide, country: string): BoundedShare | null {
  const total = recordedTotal(side);
  if (!(total > 0)) return null;
  const amount = side.by.get(country) ?? 0;
  const most = total + side.missing;
  return {
    share: amount / total,
    low: amount / most,
    high: amount > 0 ? amount / total : side.missing / most,
  };
}

/** The smallest move between two bounded shares that both bounds allow, ≥ 0. */
export const leastMove = (before: BoundedShare, after: BoundedShare): number =>
  Math.max(0, after.low - before.high, before.low - after.high);

/** The one with the largest amount; null where two share the place. */
function largest(by: ReadonlyMap<string, number>): string | null {
  let top: string | null = null;
  let most = 0;
  for (const [country, amount] of by)
    if (amount > most) {
      most = amount;
      top = country;
    } else if (amount === most) top = null;
  return top;
}

/**
 * What changed in who supplies an importer between two years, only where it holds whatever a truncated record left
 * out: a share that passed a limit, another largest supplier, a share that moved by more than `points`.
 * Shares 0…1; empty where one of the years has no supply.
 *
 * @param cap largest share allowed; a share is over it when it is greater. Null = no limit
 * @param points smallest move that is not told, a share (0.05 = five percentage points)
 */
export function supplyChanges(
  before: SupplySide,
  after: SupplySide,
  limits: { readonly cap: number | null; readonly points: number },
): SupplyChange[] {
  const { cap, points } = limits;
  const changes: SupplyChange[] = [];
  for (const country of new Set([...before.by.keys(), ...after.by.keys()])) {
    const was = boundedShare(before, country);
    const is = boundedShare(after, country);
    if (!was || !is) return [];
    const change = { country, before: was.share, after: is.share, replaced: null };
    const crossed = cap !== null && ((was.high <= cap && is.low > cap) || (was.low > cap && is.high <= cap));
    if (crossed) changes.push({ kind: 'cap_crossed', ...change });
    if (leastMove(was, is) > points + rounding) changes.push({ kind: 'share_moved', ...change });
  }
  const old = largest(before.by);
  const now = largest(after.by);
  if (old !== null && now !== null && old !== now) {
    const isFirst = (side: SupplySide, first: string, second: string) =>
      (side.by.get(first) ?? 0) > Math.max(side.by.get(second) ?? 0, side.missing);
    if (isFirst(before, old, now) && isFirst(after, now, old))
      changes.push({
        kind: 'top_replaced',
        country: now,
        before: boundedShare(before, now)!.share,
        after: boundedShare(after, now)!.share,
        replaced: old,
      });
  }
  const order: readonly SupplyChangeKind[] = ['cap_crossed', 'top_replaced', 'share_moved'];
  return changes.sort(
    (a, b) =>
      order.indexOf(a.kind) - order.indexOf(b.kind) ||
      Math.abs(b.after - b.before) - Math.abs(a.after - a.before) ||
      (a.country < b.country ? -1 : 1),
  );
}

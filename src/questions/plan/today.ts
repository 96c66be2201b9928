import { type CapOn, countedBy } from '../../analysis/sourcing/problem.ts';
import type { StageSupply } from './stage-supply.ts';

/** Today's mix of a mineral and stage as a cap counts it. */
export interface Today {
  readonly top_country: string | null;
  /** of today's supply: imports and domestic output */
  readonly top_share: number;
}

export function todayOf(supply: StageSupply, capOn: CapOn, home: ReadonlySet<string>): Today {
  let total = 0;
  const by = new Map<string, number>();
  for (const s of supply.suppliers) {
    const t = s.room.current_t;
    total += t;
    for (const [country, share] of countedBy(s, capOn, home))
      by.set(country, (by.get(country) ?? 0) + share * t);
  }
  const [top] = [...by].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return {
    top_country: top?.[0] ?? null,
    top_share: top && total > 0 ? top[1] / total : 0,
  };
}

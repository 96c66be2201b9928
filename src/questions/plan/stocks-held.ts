import type { Stock } from '../../analysis/sourcing/problem.ts';
import type { World } from '../../store/world.ts';
import { stock as stockTable } from '../../tables/quantities.ts';
import type { PlanParams } from '../plan.ts';
import type { Party } from '../resolve.ts';
import { newestByCountry } from '../shock/newest-by-country.ts';
import type { StageSupply } from './stage-supply.ts';

/** The stocks that a plan may hold, and the sources of what is there already. */
export interface StocksHeld {
  readonly stocks: readonly Stock[];
  readonly sources: ReadonlySet<string>;
}

/**
 * One stock for each mineral and stage. It opens with what the party holds where a source says so in tonnes (months of
 * cover are none), and ends with no less: a plan that ate the reserve would only look cheap.
 */
export async function stocksHeld(
  asked: PlanParams,
  world: World,
  party: Party,
  supplies: readonly StageSupply[],
  years: readonly number[],
): Promise<StocksHeld> {
  const sources = new Set<string>();
  if (asked.stock === undefined) return { stocks: [], sources };
  const rows = await world.load(stockTable, { country: [...party.members(years[0]!)] });
  const stocks = supplies.map((s): Stock => {
    const own = rows.filter((r) => r.mineral === s.mineral && r.stage === s.stage && r.quantity_t !== null);
    const held = [...newestByCountry(own, years[0]!).values()].flat();
    for (const r of held) sources.add(r.source);
    const opening_t = held.reduce((sum, r) => sum + r.quantity_t!, 0);
    const use = Math.max(...years.map((y) => s.demand_t * s.growth.at(y)));
    return {
      mineral: s.mineral,
      stage: s.stage,
      opening_t,
      most_t: Math.max(asked.stock! * use, opening_t),
      end_t: opening_t,
      holding_usd_per_t: asked.holding * s.meanUnitValue,
    };
  });
  return { stocks, sources };
}

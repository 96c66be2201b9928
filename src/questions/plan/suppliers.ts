import type { Room } from '../../analysis/sourcing/available.ts';
import {
  type CostAssumptions,
  type LandedCost,
  landedCost,
  type UnitValues,
} from '../../analysis/sourcing/landed-cost.ts';
import type { World } from '../../store/world.ts';
import type { ComingOutput } from './coming-output.ts';
import type { PartyTrade } from './party-trade.ts';
import type { Facts } from './supply-facts.ts';

/** One who could supply, as known today. */
export interface Supplier {
  readonly country: string;
  readonly kind: 'import' | 'domestic' | 'recycled';
  readonly supplier: string;
  readonly room: Room;
  /** its output at the stage, t; null = no figure */
  readonly output_t: number | null;
  /** expected output, t, of projects that come by a year of the plan, but for one project if named */
  readonly comingBy: (year: number, without?: string) => number;
  readonly cost: LandedCost;
  readonly origins: ReadonlyMap<string, number>;
  readonly owners: ReadonlyMap<string, number>;
  /** sells too little to be asked, unless an agreement opens what it has */
  readonly closed: boolean;
}

/** Suppliers of less than this part of the world's exports, from which nothing is bought today, are left out. */
const worthAsking = 1e-4;

/** What is known of a mineral at a stage when its suppliers are told. */
interface Known {
  readonly world: World;
  readonly home: ReadonlySet<string>;
  readonly trade: PartyTrade;
  /** t by country */
  readonly output: ReadonlyMap<string, number>;
  readonly projects: ComingOutput;
  readonly values: UnitValues;
  readonly costs: CostAssumptions;
  readonly facts: Facts;
  /** where a tonne of a seller's was born, and who owns what was born there */
  readonly origins: (country: string) => ReadonlyMap<string, number>;
  readonly owners: (born: ReadonlyMap<string, number>) => ReadonlyMap<string, number>;
}

/** Who could supply: sellers abroad, what home makes and recycles. `resellers` counts those held to what they sell today. */
export function suppliersOf(
  { mineral, stage }: { readonly mineral: string; readonly stage: string },
  { world, home, trade, output, projects, values, costs, facts, origins, owners }: Known,
): { suppliers: Supplier[]; resellers: number; sources: Set<string> } {
  const sources = new Set<string>();
  const suppliers: Supplier[] = [];
  // whoever were really cheaper than the largest supplier would be bought from already
  const [largest] = [...trade.current].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const leastValue = largest ? values.of(largest[0]) : 0;
  const unitValueOf = (country: string) => Math.max(leastValue, values.of(country));
  const candidates = new Set([
    ...trade.current.keys(),
    ...trade.toOthers.keys(),
    ...projects.countries,
    ...(facts.partners.size ? [...output.keys()].filter((c) => facts.partners.has(c)) : []),
  ]);
  // more can be had only of whoever makes it and sells more than it buys: the rest resell what others make
  const makers = facts.makersOf(mineral, stage);
  let resellers = 0;
  const beyondToday = (country: string): number => {
    const sold = trade.toOthers.get(country) ?? 0;
    const net = sold + (trade.current.get(country) ?? 0) - (trade.bought.get(country) ?? 0);
    if (world.data === 'own') return sold;
    if (sold > 0 && (net <= 0 || (makers && !makers.has(country)))) resellers++;
    return makers && !makers.has(country) ? 0 : Math.max(0, Math.min(sold, net));
  };
  for (const country of [...candidates].sort()) {
    if (home.has(country)) continue;
    const current_t = trade.current.get(country) ?? 0;
    const others = beyondToday(country);
    const comingBy = projects.of(country, false);
    const closed = current_t === 0 && others < worthAsking * trade.world && comingBy(2100) === 0;
    if (closed && !facts.partners.has(country)) continue;
    const capacity = facts.capacityOf(country, mineral, stage);
    const made = output.get(country);
    const born = origins(country);
    if (capacity) sources.add(capacity.source);
    suppliers.push({
      country,
      kind: 'import',
      supplier: country,
      output_t: made ?? null,
      room: {
        current_t,
        toOthers_t: others,
        spare_t: capacity && made !== undefined ? Math.max(0, capacity.quantity_t! - made) : null,
        coming_t: 0,
        restricted: facts.restrictionsOf(country, mineral, stage).length > 0,
      },
      comingBy,
      cost: landedCost(unitValueOf(country), facts.km.get(country) ?? null, facts.risk(country), costs),
      origins: born,
      owners: owners(born),
      closed,
    });
  }
  for (const country of [...home].sort())
    for (const kind of ['domestic', 'recycled'] as const) {
      const comingBy = projects.of(country, kind === 'recycled');
      const made = kind === 'domestic' ? (output.get(country) ?? 0) : 0;
      if (made + comingBy(2100) <= 0) continue;
      const born = new Map([[country, 1]]);
      suppliers.push({
        country,
        kind,
        supplier: `${country} ${kind}`,
        output_t: made,
        room: { current_t: made, toOthers_t: 0, spare_t: null, coming_t: 0, restricted: false },
        comingBy,
        cost: landedCost(Math.max(leastValue, values.mean), 0, null, costs),
        origins: born,
        owners: born,
        closed: false,
      });
    }
  return { suppliers, resellers, sources };
}

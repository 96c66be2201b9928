import { baselineOf } from '../../analysis/shocks/baseline.ts';
import type { Range } from '../../analysis/shocks/random.ts';
import { type Assumptions, defaultAssumptions, type ShockNetwork } from '../../analysis/shocks/shock.ts';
import type { World } from '../../store/world.ts';
import { elasticity } from '../../tables/policy.ts';
import {
  capacity as capacityTable,
  price as priceTable,
  stock as stockTable,
} from '../../tables/quantities.ts';
import type { Note } from '../question.ts';
import { capacitiesOf } from './capacities.ts';
import { elasticityFor } from './elasticities.ts';
import { shockNetwork } from './network.ts';
import { newestByCountry } from './newest-by-country.ts';
import { heldStocks } from './stocks.ts';

/** Everything a shock run needs to know of one mineral at one stage in one year. */
export interface ShockInputs {
  readonly network: ShockNetwork;
  readonly assumptions: Assumptions;
  /** countries whose output is published as 0 */
  readonly idle: ReadonlySet<string>;
  /** ranges that sources give; the rest is assumed in analysis/shocks/draws.ts */
  readonly ranges: { readonly supplyElasticity?: Range; readonly demandElasticity?: Range };
  readonly notes: readonly Note[];
  readonly sources: ReadonlySet<string>;
}

/** What the person asking fixes. */
export interface ShockChoices {
  readonly months: number;
  readonly stockUse: number;
  readonly consumptionBuffer: number;
  readonly supplyElasticity?: number | undefined;
  readonly demandElasticity?: number | undefined;
  /** true where months of cover, also those assumed for importers in general, count as stocks */
  readonly coverCounts: boolean;
}

/** Reads the network, stocks, capacities, elasticities and price of a mineral and stage, and says what is assumed. */
export async function shockInputs(
  world: World,
  of: { readonly mineral: string; readonly stage: string; readonly year: number },
  choices: ShockChoices,
): Promise<ShockInputs | { readonly network: null; readonly notes: readonly Note[] }> {
  const { mineral, stage, year } = of;
  const base = await shockNetwork(world, mineral, stage, year);
  if (!base.network) return { network: null, notes: base.notes };
  const { network } = base;
  const where = { mineral: [mineral], stage: [stage] };
  const [stocks, capacities, prices, elasticities] = await Promise.all([
    world.load(stockTable, where),
    world.load(capacityTable, where),
    world.load(priceTable, where),
    world.load(elasticity),
  ]);
  const held = heldStocks(
    stocks,
    { what: `${mineral} ${stage}`, year },
    { countries: network.countries, ...baselineOf(network) },
    { use: choices.stockUse, coverCounts: choices.coverCounts },
  );
  const able = capacitiesOf(capacities, year, network.countries, network.production);
  const supply = elasticityFor(elasticities, mineral, 'supply', choices.supplyElasticity);
  const demand = elasticityFor(elasticities, mineral, 'demand', choices.demandElasticity);
  const worldPrice = newestByCountry(
    prices.filter((r) => r.price_usd_per_t !== null && r.country === 'WLD'),
    year,
  ).get('WLD')?.[0];

  return {
    network,
    idle: base.idle,
    assumptions: {
      ...defaultAssumptions,
      months: choices.months,
      consumptionBuffer: choices.consumptionBuffer,
      stock: held.stock,
      capacity: able.capacity,
      supplyElasticity: supply.value,
      demandElasticity: demand.value,
      priceUsdPerT: worldPrice?.price_usd_per_t ?? base.priceUsdPerT,
    },
    ranges: {
      ...(supply.range && { supplyElasticity: supply.range }),
      ...(demand.range && { demandElasticity: demand.range }),
    },
    notes: [...base.notes, ...held.notes, ...able.notes, ...[supply, demand].flatMap((e) => e.note ?? [])],
    sources: new Set([
      ...base.sources,
      ...held.sources,
      ...able.sources,
      ...[supply, demand].flatMap((e) => e.source ?? []),
      ...(worldPrice ? [worldPrice.source] : []),
    ]),
  };
}

import type { Concentration } from '../../analysis/concentration/concentration.ts';
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
  /** shares of the world's output as published; null where no source has any, and in people's own tables */
  readonly published: Concentration | null;
  /** false where no trade at all is known, so that nobody knows who would lack what is not made */
  readonly usersKnown: boolean;
  /** ranges that sources give; the rest is assumed in analysis/shocks/draws.ts */
  readonly ranges: { readonly supplyElasticity?: Range; readonly demandElasticity?: Range };
  /** of the network */
  readonly notes: readonly Note[];
  readonly sources: ReadonlySet<string>;
  /** of the stocks, capacities, elasticities and price that a run rests on */
  readonly assumed: { readonly notes: readonly Note[]; readonly sources: readonly string[] };
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
): Promise<
  ShockInputs | (Pick<ShockInputs, 'notes' | 'published' | 'sources'> & { readonly network: null })
> {
  const { mineral, stage, year } = of;
  const base = await shockNetwork(world, mineral, stage, year);
  const { published, usersKnown, idle } = base;
  if (!base.network) return { network: null, notes: base.notes, published, sources: base.sources };
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
    idle,
    published,
    usersKnown,
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
    notes: base.notes,
    sources: base.sources,
    assumed: {
      notes: [...held.notes, ...able.notes, ...[supply, demand].flatMap((e) => e.note ?? [])],
      sources: [
        ...held.sources,
        ...able.sources,
        ...[supply, demand].flatMap((e) => e.source ?? []),
        ...(worldPrice ? [worldPrice.source] : []),
      ],
    },
  };
}

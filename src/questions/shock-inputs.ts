import { baselineOf } from '../analysis/shocks/baseline.ts';
import type { Range } from '../analysis/shocks/random.ts';
import {
  type Assumptions,
  defaultAssumptions,
  defaultCapacityRatio,
  type ShockNetwork,
} from '../analysis/shocks/shock.ts';
import type { World } from '../store/world.ts';
import { type Elasticity, elasticity } from '../tables/policy.ts';
import {
  capacity as capacityTable,
  cn8Mineral,
  price as priceTable,
  stock as stockTable,
  ukTradeMonth,
} from '../tables/quantities.ts';
import { networkOf, stageData } from './network-of.ts';
import type { Note } from './question.ts';

/** Everything a shock run needs to know of one mineral at one stage in one year. */
export interface ShockInputs {
  readonly network: ShockNetwork;
  readonly assumptions: Assumptions;
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

/** The network as the models want it; output alone, with British imports, where trade is not open. Null without output. */
async function networkFor(world: World, mineral: string, stage: string, year: number) {
  const data = await stageData(world, { mineral, stage, year });
  const { network, notes } = networkOf(data, 'quantity', 'gross');
  const sources = new Set(data.sources);
  if (network) {
    const { start, to, amount } = network.flows;
    const from = new Int32Array(to.length);
    for (let j = 0; j < network.countries.length; j++) from.fill(j, start[j]!, start[j + 1]!);
    const plain: ShockNetwork = {
      countries: network.countries,
      production: network.production,
      from,
      to: Int32Array.from(to),
      flow: Float64Array.from(amount),
    };
    return { network: plain, notes, sources, price: data.price_usd_per_t };
  }
  const output = data.output.filter((r) => r.quantity_t! > 0);
  if (!output.length) return { network: null, notes, sources, price: data.price_usd_per_t };
  const uk = await ukImports(world, mineral, stage);
  if (uk === null) return { network: pooled(output, 0), notes, sources, price: data.price_usd_per_t };
  for (const s of uk.sources) sources.add(s);
  const told: Note[] = [
    ...notes,
    {
      code: 'world_pool',
      value: uk.tonnes,
      text: `who ships ${mineral} to whom is not openly known. What the United Kingdom imported from ${uk.from} to ${uk.to}, ${uk.tonnes.toPrecision(3)} t, is taken to come from all producers in proportion to their output, and the rest to be used where it is made: an assumption`,
    },
  ];
  return { network: pooled(output, uk.tonnes), notes: told, sources, price: data.price_usd_per_t };
}

/** Producers alone; what Britain imports comes from each of them in proportion to output. */
function pooled(
  output: readonly { country: string; quantity_t: number | null }[],
  britain: number,
): ShockNetwork {
  const made = new Map(output.map((r) => [r.country, r.quantity_t!]));
  const countries = [...new Set([...made.keys(), ...(britain > 0 ? ['GBR'] : [])])].sort();
  const importer = countries.indexOf('GBR');
  const sellers =
    britain > 0 ? countries.map((_, j) => j).filter((j) => j !== importer && made.has(countries[j]!)) : [];
  const total = sellers.reduce((sum, j) => sum + made.get(countries[j]!)!, 0);
  return {
    countries,
    production: countries.map((c) => made.get(c) ?? 0),
    from: sellers,
    to: sellers.map(() => importer),
    // nobody can sell more than is made
    flow: sellers.map((j) => (Math.min(britain, total) * made.get(countries[j]!)!) / total),
  };
}

/** British imports of the newest twelve months by customs' eight-digit codes that hold this mineral alone. */
async function ukImports(world: World, mineral: string, stage: string) {
  const codes = (await world.load(cn8Mineral, { mineral: [mineral], stage: [stage] })).filter(
    (c) => !c.basket,
  );
  if (!codes.length) return null;
  const rows = await world.load(ukTradeMonth, { flow: ['import'], cn8: codes.map((c) => c.cn8) });
  const months = [...new Set((await world.load(ukTradeMonth, { flow: ['import'] })).map((r) => r.month))]
    .sort()
    .slice(-12);
  const tonnes = rows.reduce((sum, r) => sum + (months.includes(r.month) ? (r.quantity_t ?? 0) : 0), 0);
  return tonnes > 0 ? { tonnes, from: months[0]!, to: months.at(-1)!, sources: ['hmrc_ots'] } : null;
}

/** Rows of the year asked about where a country has any, else those of its newest year. */
function ofYearOrNewest<R extends { country: string; year: number }>(rows: readonly R[], year: number) {
  const byCountry = new Map<string, R[]>();
  for (const row of rows) byCountry.set(row.country, [...(byCountry.get(row.country) ?? []), row]);
  return new Map(
    [...byCountry].map(([country, all]) => {
      const best = all.some((r) => r.year === year) ? year : Math.max(...all.map((r) => r.year));
      return [country, all.filter((r) => r.year === best)];
    }),
  );
}

/** The row that decides: one with a range before one without, the mineral's own before the default. */
function elasticityOf(rows: readonly Elasticity[], mineral: string, side: string): Elasticity | undefined {
  const usable = rows.filter((r) => r.side === side && r.horizon === 'short' && r.value !== null);
  const own = usable.filter((r) => r.mineral === mineral);
  const fallback = usable.filter((r) => r.mineral === 'all');
  return [...own, ...fallback].sort(
    (a, b) =>
      Number(a.mineral === 'all') - Number(b.mineral === 'all') ||
      Number(a.low === null || a.high === null) - Number(b.low === null || b.high === null),
  )[0];
}

/** Reads the network, stocks, capacities, elasticities and price of a mineral and stage, and says what is assumed. */
export async function shockInputs(
  world: World,
  of: { readonly mineral: string; readonly stage: string; readonly year: number },
  choices: ShockChoices,
): Promise<ShockInputs | { readonly network: null; readonly notes: readonly Note[] }> {
  const { mineral, stage, year } = of;
  const base = await networkFor(world, mineral, stage, year);
  if (!base.network) return { network: null, notes: base.notes };
  const { network } = base;
  const notes: Note[] = [...base.notes];
  const sources = new Set(base.sources);
  const at = new Map(network.countries.map((c, j) => [c, j]));
  const where = { mineral: [mineral], stage: [stage] };
  const [stocks, capacities, prices, elasticities] = await Promise.all([
    world.load(stockTable, where),
    world.load(capacityTable, where),
    world.load(priceTable, where),
    world.load(elasticity),
  ]);
  const { consumption, imports, exports } = baselineOf(network);

  const stock = new Float64Array(network.countries.length);
  const cover = ofYearOrNewest(stocks, year);
  const inGeneral = choices.coverCounts
    ? cover.get('WLD')?.find((r) => r.months_cover !== null)?.months_cover
    : null;
  let assumed = 0;
  for (const [country, j] of at) {
    const rows = cover.get(country);
    for (const row of rows ?? []) {
      const held =
        row.quantity_t ??
        (choices.coverCounts && row.months_cover !== null ? (row.months_cover * consumption[j]!) / 12 : 0);
      stock[j]! += held * choices.stockUse;
      if (held > 0) sources.add(row.source);
    }
    if (!rows && inGeneral && imports[j]! > exports[j]!) {
      stock[j] = ((inGeneral * consumption[j]!) / 12) * choices.stockUse;
      assumed++;
    }
  }
  if (assumed)
    notes.push({
      code: 'stock_assumed',
      value: inGeneral ?? null,
      text: `${assumed} net importers without a known stock are taken to hold ${inGeneral} months of use: a rule of thumb`,
    });
  else if (!stock.some((s) => s > 0))
    notes.push({ code: 'no_stock', text: `no stock of ${mineral} ${stage} is known: none is counted` });

  const known = ofYearOrNewest(
    capacities.filter((r) => r.quantity_t !== null),
    year,
  );
  let guessed = 0;
  let below = 0;
  const capacity = Float64Array.from(network.production, (p, j) => {
    const rows = known.get(network.countries[j]!);
    if (!rows) {
      if (p > 0) guessed++;
      return p * defaultCapacityRatio;
    }
    for (const row of rows) sources.add(row.source);
    const most = Math.max(...rows.map((r) => r.quantity_t!));
    if (most < p) below++;
    return Math.max(p, most);
  });
  if (guessed)
    notes.push({
      code: 'capacity_assumed',
      value: defaultCapacityRatio,
      text: `${guessed} producers without a known capacity are taken to be able to make ${defaultCapacityRatio} times their output`,
    });
  if (below)
    notes.push({
      code: 'capacity_below_output',
      text: `${below} producers report a capacity below their output: their output counts`,
    });

  const pick = (side: 'supply' | 'demand', chosen: number | undefined, fallback: number) => {
    if (chosen !== undefined) return { value: chosen, range: undefined };
    const row = elasticityOf(elasticities, mineral, side);
    const value = row?.value ?? fallback;
    const range =
      row && row.low !== null && row.high !== null
        ? { low: row.low, mode: value, high: row.high }
        : undefined;
    if (row) sources.add(row.source);
    notes.push({
      code: `${side}_elasticity`,
      value,
      text: row
        ? `price elasticity of ${side} ${value}${range ? ` (${range.low} to ${range.high})` : ''}, ${row.confidence === 'assumption' ? 'an assumption' : `confidence ${row.confidence ?? 'not stated'}`}: ${row.source}${row.mineral === 'all' ? ', the default for all minerals' : ''}`
        : `price elasticity of ${side} ${value}: the stated default, nothing better is known`,
    });
    return { value, range };
  };
  const supply = pick('supply', choices.supplyElasticity, defaultAssumptions.supplyElasticity);
  const demand = pick('demand', choices.demandElasticity, defaultAssumptions.demandElasticity);
  const world0 = ofYearOrNewest(
    prices.filter((r) => r.price_usd_per_t !== null && r.country === 'WLD'),
    year,
  ).get('WLD')?.[0];
  if (world0) sources.add(world0.source);

  return {
    network,
    assumptions: {
      ...defaultAssumptions,
      months: choices.months,
      consumptionBuffer: choices.consumptionBuffer,
      stock,
      capacity,
      supplyElasticity: supply.value,
      demandElasticity: demand.value,
      priceUsdPerT: world0?.price_usd_per_t ?? base.price,
    },
    ranges: {
      ...(supply.range && { supplyElasticity: supply.range }),
      ...(demand.range && { demandElasticity: demand.range }),
    },
    notes,
    sources,
  };
}

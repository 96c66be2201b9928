import { baselineOf } from './baseline.ts';
import { productionLoss, type ShockModel, type ShockNote, shareOf } from './shock.ts';

/** A producer in a market: S(r) = min(K, S0·r^εs), or a fixed amount where it has been stopped. */
export interface Producer {
  /** S0: output before the shock, t */
  readonly output: number;
  /** K: what it could make at most, t */
  readonly capacity: number;
  /** part of output lost, 0…1; a producer that lost anything delivers the rest and does not respond */
  readonly lost: number;
}

export interface MarketOptions {
  /** εs ≥ 0 */
  readonly supplyElasticity: number;
  /** εd ≤ 0 */
  readonly demandElasticity: number;
}

export interface Clearing {
  /** r = P/P0; null where no price clears the market */
  readonly priceRatio: number | null;
  /** Q: tonnes sold at r; what can be delivered at all where r is null */
  readonly quantity: number;
  /** output per producer at r */
  readonly outputs: Float64Array;
  /** D0 = Σ S0 */
  readonly demand: number;
}

/** What is offered at a price, kept as numbers in a row: `clear` says what they mean. */
export interface Offers {
  /** S0 of each producer; for one that lost anything what it still delivers, at any price */
  readonly output: Float64Array;
  /** K of each producer, not below its output; −1 where output does not follow the price (lost or none) */
  readonly top: Float64Array;
  /** D0 = Σ S0 before the loss */
  demand: number;
}

/** What a producer can make at most, as `Offers` has it. */
export const topOf = ({ output, capacity, lost }: Producer): number =>
  lost > 0 || output <= 0 ? -1 : Math.max(capacity, output);

/** Supply of all at the growth r^εs. */
const offeredAt = ({ output, top }: Offers, growth: number): number => {
  let sum = 0;
  for (let i = 0; i < output.length; i++) {
    const most = top[i]!;
    const grown = output[i]! * growth;
    sum += most < 0 ? output[i]! : Math.min(grown, most);
  }
  return sum;
};

/** The part of it that still grows with the price: producers below their capacity. */
const respondingAt = ({ output, top }: Offers, growth: number): number => {
  let sum = 0;
  for (let i = 0; i < output.length; i++) {
    const grown = output[i]! * growth;
    if (grown < top[i]!) sum += grown;
  }
  return sum;
};

// ln r of 700 is the largest price ratio a double can hold
const highest = 700;

/** ln r at which the market clears; null where no price clears it. Somebody must have lost something. */
export function settle(offers: Offers, { supplyElasticity, demandElasticity }: MarketOptions): number | null {
  const { demand } = offers;
  const excess = (x: number) =>
    offeredAt(offers, Math.exp(supplyElasticity * x)) - demand * Math.exp(demandElasticity * x);
  let high = 1;
  let most = excess(high);
  while (high < highest && most < 0) {
    high = Math.min(highest, high * 2);
    most = excess(high);
  }
  if (most < 0 || offeredAt(offers, 1) <= 0) return null;
  // Newton's step where it stays in the bracket, else half of it
  let low = 0;
  let x = 0;
  for (let i = 0; i < 200; i++) {
    const growth = Math.exp(supplyElasticity * x);
    const wanted = demand * Math.exp(demandElasticity * x);
    const f = offeredAt(offers, growth) - wanted;
    if (f === 0) break;
    if (f < 0) low = x;
    else high = x;
    const slope = respondingAt(offers, growth) * supplyElasticity - demandElasticity * wanted;
    const step = x - f / slope;
    const next = step > low && step < high ? step : (low + high) / 2;
    if (Math.abs(next - x) <= 2 * Number.EPSILON * Math.max(1, x)) break;
    x = next;
  }
  return x;
}

/** Tonnes sold at ln r = x; what can be delivered at all where no price clears the market. */
export const soldAt = (offers: Offers, x: number | null, options: MarketOptions): number =>
  x === null
    ? offeredAt(offers, Math.exp(options.supplyElasticity * highest))
    : offers.demand * Math.exp(options.demandElasticity * x);

/**
 * The price ratio at which what is offered is what is wanted, with constant elasticities and capacities:
 *   D(r) = D0·r^εd,  S_i(r) = min(K_i, S_i0·r^εs),  Σ S_i(r) = D(r),  r = P/P0.
 *
 * Supply rises and demand falls in r, so there is one root; it is bracketed in ln r and found by Newton's
 * method kept inside the bracket. Exactly 1 where nobody is stopped. Null where no price clears the market: no
 * production is left, or demand does not respond (εd = 0) and capacity is short.
 * A capacity below output (data of different years) counts as output.
 * Source: textbook partial equilibrium; the linear rule ΔP/P = loss/(εs − εd) fails once capacity binds.
 */
export function clear(producers: readonly Producer[], options: MarketOptions): Clearing {
  let demand = 0;
  for (const p of producers) demand += p.output;
  const offers: Offers = {
    output: Float64Array.from(producers, (p) => (p.lost > 0 ? (1 - p.lost) * p.output : p.output)),
    top: Float64Array.from(producers, topOf),
    demand,
  };
  const outputs = (x: number) => {
    const growth = Math.exp(options.supplyElasticity * x);
    return offers.output.map((o, i) => (offers.top[i]! < 0 ? o : Math.min(offers.top[i]!, o * growth)));
  };
  if (!producers.some((p) => p.lost > 0 && p.output > 0))
    return { priceRatio: 1, quantity: demand, outputs: outputs(0), demand };
  const x = settle(offers, options);
  return {
    priceRatio: x === null ? null : Math.exp(x),
    quantity: soldAt(offers, x, options),
    outputs: outputs(x ?? highest),
    demand,
  };
}

/**
 * What users lose in all when the price rises from P0 to r·P0: the area left of the demand curve,
 *   P0·∫₁^r D(p) dp = P0·D0·(r^(1+εd) − 1)/(1 + εd),  and P0·D0·ln r where εd = −1.
 * In the unit of `price` times tonnes; 0 at r = 1.
 */
export function consumerLoss(
  demand: number,
  priceRatio: number,
  demandElasticity: number,
  price = 1,
): number {
  const power = 1 + demandElasticity;
  const x = Math.log(priceRatio);
  return price * demand * (power === 0 ? x : Math.expm1(power * x) / power);
}

/** The market as a shock model: one world price, every user cut alike; rows for countries and for WLD. */
export const marketModel: ShockModel = (network, shocks, assumptions) => {
  const { consumption } = baselineOf(network);
  const lost = productionLoss(network, shocks);
  const producers = network.countries.map((_, j) => ({
    output: network.production[j]!,
    capacity: assumptions.capacity[j]!,
    lost: lost[j]!,
  }));
  const { priceRatio: r, quantity, outputs, demand } = clear(producers, assumptions);
  const factor = r === null ? null : r === 1 ? 1 : quantity / demand;
  const notes: ShockNote[] = [];
  if (r === null)
    notes.push({
      code: 'no_price',
      text: 'no price clears the market: what is left cannot meet what is wanted at any price; users share it in proportion',
    });
  const delivered = factor ?? (demand > 0 ? quantity / demand : 1);
  const row = (country: string, baseline: number, output0: number | null, output: number | null) => {
    const supply = delivered === 1 ? baseline : baseline * delivered;
    return {
      country,
      month: null,
      baseline_t: baseline,
      supply_t: supply,
      stock_used_t: 0,
      shortfall_t: baseline - supply,
      shortfall_share: shareOf(baseline - supply, baseline),
      price_ratio: r,
      ...(output0 === null ? {} : { output_baseline_t: output0, output_t: output! }),
    };
  };
  const rows = network.countries.map((country, j) =>
    row(country, consumption[j]!, network.production[j]! > 0 ? network.production[j]! : null, outputs[j]!),
  );
  const price = assumptions.priceUsdPerT;
  const loss =
    r === null || price === null ? null : consumerLoss(demand, r, assumptions.demandElasticity, price);
  rows.push({ ...row('WLD', demand, demand, quantity), ...{ consumer_loss_usd: loss } });
  return { rows, notes };
};

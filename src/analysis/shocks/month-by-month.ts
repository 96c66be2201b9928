import { type MonthResult, type Room, roomFor, sizeOf } from './month-room.ts';
import { drawStocks, missNow, order, passOn, priceAt, serveHeld, spread, strikeNow } from './month-steps.ts';
import type { Assumptions } from './shock.ts';
import type { Struck } from './strikes.ts';

/** What a run takes besides the network: the part of `Assumptions` it uses. */
export type MonthAssumptions = Pick<
  Assumptions,
  | 'stock'
  | 'capacity'
  | 'demandElasticity'
  | 'months'
  | 'pipelineMonths'
  | 'spareDelayMonths'
  | 'spareRampMonths'
  | 'response'
  | 'sharing'
  | 'sharingMonths'
  | 'stockDraw'
>;

/** Grows from 0 to 1 over `over` months once `after` months have passed. */
const ramp = (elapsed: number, after: number, over: number): number =>
  elapsed < after ? 0 : over <= 0 ? 1 : Math.min(1, (elapsed - after + 1) / over);

/**
 * One run: month by month, what is missing where. Only deviations from the baseline are carried, so without a
 * shock every number is exactly 0.
 *
 * In month t, for each country j with monthly production p, exports E, consumption c (throughput x = E + c):
 *  1. missing  m_j = s_j·p_j + what was not shipped to j `pipelineMonths` ago
 *  2. orders   remaining suppliers with spare capacity z = ramp·(K − p) are asked in proportion to existing
 *              links; a supplier asked for more than z serves all alike; unmet orders are placed once more
 *  3. passing on  with λ = m/x and response ρ, exports fall by (1 − ρ)·λ·E + ρ·min(m, E), own users bear the rest
 *  4. restrictions  of what would be shipped on a link, the blocked share stays with the exporter
 *  5. market   a part θ(t) of the world's gap is spread over all users in proportion to use (it is bid away);
 *              goods held back serve those who may still have them
 *  6. stocks   each country draws its stock, at most `stockDraw` of it a month; the rest of the gap is shortfall
 *  7. price    the ratio at which world demand D0·r^εd is what is delivered: r = (1 − W/D0)^(1/εd), W = Σ shortfall
 *
 * Each step is non-decreasing in what is missing and in the shares struck, hence a harsher shock never leaves
 * its victim better off (docs/methods/shocks.md).
 *
 * @param shares share of each strike, in the order of `struck.strikes`
 * @param lasts last month of each strike, if not its own
 * @param kept positions of countries: where given, stocks and shortfall are worked out for these only, and no price
 */
export function simulate(
  struck: Struck,
  shares: ArrayLike<number>,
  a: MonthAssumptions,
  room: Room = roomFor(sizeOf(struck), a.months, a.pipelineMonths),
  lasts?: ArrayLike<number>,
  kept?: Int32Array,
): MonthResult {
  const { n, everyone, production, reach } = struck;
  const { sellers } = reach;
  const { capacity } = a;
  room.gap.fill(0);
  room.fullStock.set(a.stock);
  room.stock.set(room.fullStock);
  for (const slot of room.underWay) slot.fill(0);
  for (let s = 0; s < sellers.length; s++)
    room.idle[s] = Math.max(0, capacity[sellers[s]!]! / 12 - production[sellers[s]!]!);
  const drawing = kept ?? everyone;
  // goods held back are shared out by everyone's gap
  const spreading = struck.holders.length ? everyone : drawing;
  for (let t = 1; t <= a.months; t++) {
    const row = (t - 1) * n;
    const elapsed = t - struck.begins;
    strikeNow(struck, shares, lasts, t, room);
    let lack = missNow(reach, t, room);
    const ready = ramp(elapsed, a.spareDelayMonths, a.spareRampMonths);
    room.spare[t - 1] = 0;
    if (ready > 0) lack = order(reach, t, ready, lack, room);
    const gap = passOn(reach, row, t, t + a.pipelineMonths, a.response, lack, room);
    spread(struck, row, a.sharing * ramp(elapsed, 0, a.sharingMonths), gap, spreading, room);
    room.held[t - 1]! -= serveHeld(struck, row, room);
    const short = drawStocks(row, a.stockDraw, drawing, room);
    if (!kept) room.price[t - 1] = priceAt(short / struck.world, a.demandElasticity);
  }
  return room;
}

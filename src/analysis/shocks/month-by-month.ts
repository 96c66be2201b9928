import { bookMissing, bookSold } from './month-books.ts';
import { laneOf, type MonthResult, type Room, roomFor, sizeOf, takeLane } from './month-room.ts';
import {
  drawStocks,
  holdBack,
  missNow,
  order,
  passOn,
  priceNow,
  serveHeld,
  spread,
  strikeNow,
} from './month-steps.ts';
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

/** What runs side by side have in common. */
export type MonthTimes = Pick<
  MonthAssumptions,
  'months' | 'pipelineMonths' | 'spareDelayMonths' | 'spareRampMonths' | 'sharingMonths' | 'stockDraw'
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
 */
export function simulate(struck: Struck, shares: ArrayLike<number>, a: MonthAssumptions): MonthResult {
  const room = roomFor(sizeOf(struck), a.months, a.pipelineMonths);
  takeLane(struck, { ...a, shares, lasts: struck.strikes.map((s) => s.last) }, 0, room);
  stepThrough(struck, a, room);
  return laneOf(room, 0);
}

/**
 * Takes the runs whose givens `takeLane` has put into the room through all months, side by side.
 *
 * @param kept positions of countries: where given, stocks and shortfall are worked out for these only, and neither price nor books
 */
export function stepThrough(struck: Struck, a: MonthTimes, room: Room, kept?: Int32Array): void {
  const { n, everyone, reach } = struck;
  room.gap.fill(0);
  room.stock.set(room.fullStock);
  for (const { tonnes, some } of room.underWay) {
    tonnes.fill(0);
    some.fill(0);
  }
  const drawing = kept ?? everyone;
  // goods held back are shared out by everyone's gap
  const spreading = struck.holders.length ? everyone : drawing;
  for (let t = 1; t <= a.months; t++) {
    const row = (t - 1) * n;
    const elapsed = t - struck.begins;
    const arriving = room.underWay[t % room.underWay.length]!;
    const leaving = room.underWay[(t + a.pipelineMonths) % room.underWay.length]!;
    strikeNow(struck, t, room);
    if (!kept) bookMissing(reach.size, t, arriving.tonnes, room);
    let lack = missNow(reach, arriving, room);
    const ready = ramp(elapsed, a.spareDelayMonths, a.spareRampMonths);
    if (ready > 0) lack = order(reach, ready, lack, room);
    passOn(reach, row, lack, leaving, room);
    holdBack(reach, t, leaving, room);
    spread(struck, row, ramp(elapsed, 0, a.sharingMonths), spreading, room);
    serveHeld(struck, row, t, room);
    drawStocks(row, a.stockDraw, drawing, room);
    if (kept) continue;
    priceNow(struck, row, t, room);
    bookSold(reach, t, ready, leaving.tonnes, room);
  }
}

import type { Room } from './month-room.ts';
import type { Reach } from './reach.ts';
import type { Struck } from './strikes.ts';

/**
 * The steps of one month, in the order `simulate` takes them. They fill the buffers of `Room`; only countries
 * that a strike can reach are gone through.
 */

/** What is struck this month: outage by country, blocked share by link. Several strikes multiply. */
export function strikeNow(
  struck: Struck,
  shares: ArrayLike<number>,
  lasts: ArrayLike<number> | undefined,
  t: number,
  room: Room,
): void {
  const { outage, blocked, blocks, active } = room;
  const { strikes } = struck;
  let changed = t === 1;
  for (let s = 0; s < strikes.length; s++) {
    const strike = strikes[s]!;
    const on = t >= strike.first && t <= (lasts?.[s] ?? strike.last) ? 1 : 0;
    if (active[s] !== on) changed = true;
    active[s] = on;
  }
  if (!changed) return;
  const { at, begin } = struck.reach;
  outage.fill(0);
  blocked.fill(0);
  blocks.fill(0);
  room.blocking = false;
  for (let s = 0; s < strikes.length; s++) {
    if (!active[s]) continue;
    const { country, links, from } = strikes[s]!;
    const left = 1 - shares[s]!;
    const j = at[from]!;
    if (country >= 0) outage[j] = 1 - (1 - outage[j]!) * left;
    for (let i = 0; i < links.length; i++) {
      const e = begin[j]! + links[i]! - struck.begin[from]!;
      blocked[e] = 1 - (1 - blocked[e]!) * left;
      blocks[j] = 1;
      room.blocking = true;
    }
  }
}

/** Step 1: what is missing in each country. Returns how many lack something. */
export function missNow({ size, production, throughput }: Reach, t: number, room: Room): number {
  const { outage, missing, lacking } = room;
  let lack = 0;
  const arriving = room.underWay[t % room.underWay.length]!;
  let lost = 0;
  let arrived = 0;
  for (let j = 0; j < size; j++) {
    const late = arriving[j]!;
    const down = outage[j]! * production[j]!;
    const lacks = down + late;
    const most = throughput[j]!;
    lost += down;
    arrived += late;
    const m = Math.min(lacks, most);
    missing[j] = m;
    lacking[lack] = j;
    if (m > 0) lack++;
  }
  arriving.fill(0);
  room.lost[t - 1] = lost;
  room.transit[t - 1] = -arrived;
  return lack;
}

/** How often unmet orders are placed again with suppliers that still have something. */
const rounds = 2;

/**
 * Step 2: orders to the remaining suppliers; what they deliver is no longer missing. Returns how many still lack
 * something; `spare` of the month is what was sold.
 */
export function order(reach: Reach, t: number, ready: number, lack: number, room: Room): number {
  const { self, asksSelf, asksFrom, seller, asks, asksOthers } = reach;
  const { missing, lacking, idle, offer, wanted, served } = room;
  const sellers = self.length;
  for (let s = 0; s < sellers; s++) offer[s] = ready * idle[s]!;
  let bought = 0;
  let again = true;
  for (let round = 0; round < rounds && again && lack > 0; round++) {
    again = false;
    for (let s = 0; s < sellers; s++) wanted[s] = self[s]! < 0 ? 0 : missing[self[s]!]! * asksSelf[s]!;
    for (let i = 0; i < lack; i++) {
      const j = lacking[i]!;
      const m = missing[j]!;
      const end = asksFrom[j + 1]!;
      for (let e = asksFrom[j]!; e < end; e++) wanted[seller[e]!]! += m * asksOthers[e]!;
    }
    for (let s = 0; s < sellers; s++) {
      const has = offer[s]!;
      const asked = wanted[s]!;
      served[s] = 0;
      if (has <= 0 || asked <= 0) continue;
      const sold = Math.min(asked, has);
      served[s] = sold / asked;
      offer[s] = has - sold;
      bought += sold;
      if (sold < has) again = true;
    }
    const before = lack;
    lack = 0;
    for (let i = 0; i < before; i++) {
      const j = lacking[i]!;
      const end = asksFrom[j + 1]!;
      let filled = 0;
      for (let e = asksFrom[j]!; e < end; e++) filled += asks[e]! * served[seller[e]!]!;
      // a country served in full lacks nothing: what rounding leaves would be passed on as ever smaller numbers
      const open = 1 - filled;
      missing[j] = open > 1e-12 ? missing[j]! * open : 0;
      lacking[lack] = j;
      if (missing[j]! > 0) lack++;
    }
  }
  room.spare[t - 1] = bought;
  return lack;
}

/** Steps 3 and 4: own users and partners bear what is missing; restrictions hold goods back. Returns the world's gap, t. */
export function passOn(
  reach: Reach,
  row: number,
  t: number,
  arrives: number,
  response: number,
  lack: number,
  room: Room,
): number {
  const { country, begin, to, flow, exports, consumption, throughput } = reach;
  const { gap, missing, lacking, less, blocking } = room;
  const leaving = room.underWay[arrives % room.underWay.length]!;
  const alike = 1 - response;
  if (blocking) less.fill(0);
  let unshipped = 0;
  let sum = 0;
  for (let i = 0; i < lack; i++) {
    const j = lacking[i]!;
    const m = missing[j]!;
    const out = exports[j]!;
    const first = Math.min(m, out);
    const part = (alike * m) / throughput[j]!;
    const own = part * consumption[j]! + response * (m - first);
    gap[row + country[j]!] = own;
    sum += own;
    if (out <= 0) continue;
    const cut = Math.min(1, part + (response * first) / out);
    less[j] = cut;
    unshipped += cut * out;
    if (blocking) continue;
    const end = begin[j + 1]!;
    for (let e = begin[j]!; e < end; e++) leaving[to[e]!]! += cut * flow[e]!;
  }
  if (blocking) holdBack(reach, t, leaving, room);
  else {
    room.held[t - 1] = 0;
    room.transit[t - 1]! += unshipped;
  }
  return sum;
}

/** Step 4: what is not shipped in a month in which somebody holds goods back. */
function holdBack(
  { size, begin, to, flow, exports }: Reach,
  t: number,
  leaving: Float64Array,
  room: Room,
): void {
  const { less, keeps, blocks, blocked } = room;
  let unshipped = 0;
  let back = 0;
  for (let j = 0; j < size; j++) {
    const cut = less[j]!;
    const end = begin[j + 1]!;
    let kept = 0;
    if (blocks[j]) {
      for (let e = begin[j]!; e < end; e++) {
        const held = (1 - cut) * blocked[e]! * flow[e]!;
        const short = cut * flow[e]! + held;
        leaving[to[e]!]! += short;
        unshipped += short;
        kept += held;
      }
      back += kept;
    } else if (cut > 0) {
      for (let e = begin[j]!; e < end; e++) leaving[to[e]!]! += cut * flow[e]!;
      unshipped += cut * exports[j]!;
    }
    keeps[j] = kept;
  }
  room.held[t - 1] = back;
  room.transit[t - 1]! += unshipped;
}

/**
 * Step 5: the part `theta` of the world's gap is borne by all users in proportion to use.
 *
 * @param of positions of the countries whose gap is wanted
 */
export function spread(
  struck: Struck,
  row: number,
  theta: number,
  worldGap: number,
  of: Int32Array,
  room: Room,
): void {
  if (theta <= 0 || worldGap <= 0) return;
  const { gap } = room;
  const { consumption, world } = struck;
  const alike = (theta * worldGap) / world;
  for (let i = 0; i < of.length; i++) {
    const j = of[i]!;
    gap[row + j] = (1 - theta) * gap[row + j]! + alike * consumption[j]!;
  }
}

/** Step 5: goods held back serve those who may have them, in proportion to their gap. Returns tonnes sold. */
export function serveHeld({ n, holders, reach }: Struck, row: number, room: Room): number {
  if (!room.blocking) return 0;
  const { gap, keeps } = room;
  let sold = 0;
  for (const { country, barred } of holders) {
    const held = keeps[reach.at[country]!]!;
    if (held <= 0) continue;
    let wanted = 0;
    for (let j = 0; j < n; j++) if (barred[j] === 0) wanted += gap[row + j]!;
    if (wanted <= 0) continue;
    const served = Math.min(1, held / wanted);
    for (let j = 0; j < n; j++) if (barred[j] === 0) gap[row + j]! *= 1 - served;
    sold += served * wanted;
  }
  return sold;
}

/**
 * Step 6: stocks fill the gap as far as they reach. Returns the shortfall of the countries wanted together, t.
 *
 * @param of positions of the countries whose stocks and shortfall are wanted
 */
export function drawStocks(row: number, stockDraw: number, of: Int32Array, room: Room): number {
  const { gap, fullStock, stock, stockUsed, shortfall } = room;
  let short = 0;
  for (let i = 0; i < of.length; i++) {
    const j = of[i]!;
    const missed = gap[row + j]!;
    let drawn = 0;
    if (missed > 0 && stock[j]! > 0) {
      drawn = Math.min(missed, stock[j]!, stockDraw * fullStock[j]!);
      stock[j]! -= drawn;
    }
    stockUsed[row + j] = drawn;
    shortfall[row + j] = missed - drawn;
    short += missed - drawn;
  }
  return short;
}

/** Step 7: r = (1 − W/D0)^(1/εd); NaN where demand does not respond. */
export const priceAt = (missing: number, demandElasticity: number): number =>
  !(missing > 0) ? 1 : demandElasticity < 0 ? Math.max(0, 1 - missing) ** (1 / demandElasticity) : Number.NaN;

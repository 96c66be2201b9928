import { lanes, type Room } from './month-room.ts';
import type { Reach } from './reach.ts';
import type { Struck } from './strikes.ts';

/**
 * The steps of one month, in the order `stepThrough` takes them. They fill the buffers of `Room`, for all lanes
 * (runs side by side) at once: position times `lanes` plus the lane. Only countries that a strike can reach and that
 * lack something are gone through.
 */

/** What a month's shipments that did not leave are booked in. */
type UnderWay = Room['underWay'][number];

/** into_k += part · of_i, in every lane. Written out: a loop over eight takes twice as long as the eight. */
function addTimes(into: Float64Array, k: number, part: number, of: Float64Array, i: number): void {
  into[k]! += part * of[i]!;
  into[k + 1]! += part * of[i + 1]!;
  into[k + 2]! += part * of[i + 2]!;
  into[k + 3]! += part * of[i + 3]!;
  into[k + 4]! += part * of[i + 4]!;
  into[k + 5]! += part * of[i + 5]!;
  into[k + 6]! += part * of[i + 6]!;
  into[k + 7]! += part * of[i + 7]!;
}

/** What is struck this month: output lost by country, blocked share by link. Several strikes multiply. */
export function strikeNow(struck: Struck, t: number, room: Room): void {
  const { share, last, outage, down, blocked, blocks, active } = room;
  const { strikes } = struck;
  let changed = t === 1;
  for (let s = 0; s < strikes.length; s++)
    for (let i = s * lanes; i < (s + 1) * lanes; i++) {
      const on = t >= strikes[s]!.first && t <= last[i]! ? 1 : 0;
      if (active[i] !== on) changed = true;
      active[i] = on;
    }
  if (!changed) return;
  const { at, begin, production } = struck.reach;
  outage.fill(0);
  down.fill(0);
  blocked.fill(0);
  blocks.fill(0);
  room.blocking = false;
  for (let s = 0; s < strikes.length; s++) {
    const { country, links, from } = strikes[s]!;
    const j = at[from]!;
    for (let d = 0; d < lanes; d++) {
      if (!active[s * lanes + d]) continue;
      const left = 1 - share[s * lanes + d]!;
      if (country >= 0) {
        const makes = production[j]!;
        outage[j * lanes + d] = makes - (makes - outage[j * lanes + d]!) * left;
        down[j] = 1;
      }
      for (let l = 0; l < links.length; l++) {
        const i = (begin[j]! + links[l]! - struck.begin[from]!) * lanes + d;
        blocked[i] = 1 - (1 - blocked[i]!) * left;
        blocks[j] = 1;
        room.blocking = true;
      }
    }
  }
}

/** Step 1: what is missing in each country. Returns how many may lack something. */
export function missNow({ size, throughput }: Reach, { tonnes, some }: UnderWay, room: Room): number {
  const { outage, down, missing, lacking } = room;
  let lack = 0;
  for (let j = 0; j < size; j++) {
    if (some[j] === 0 && down[j] === 0) continue;
    some[j] = 0;
    lacking[lack++] = j;
    const most = throughput[j]!;
    const end = (j + 1) * lanes;
    for (let i = j * lanes; i < end; i++) {
      missing[i] = Math.min(outage[i]! + tonnes[i]!, most);
      tonnes[i] = 0;
    }
  }
  return lack;
}

/** How often unmet orders are placed again with suppliers that still have something. */
const rounds = 2;

/**
 * Step 2: orders to the remaining suppliers; what they deliver is no longer missing. Returns how many still lack
 * something.
 */
export function order(reach: Reach, ready: number, lack: number, room: Room): number {
  const { asksFrom, seller, asks } = reach;
  const { missing, lacking, idle, offer, wanted, served, filled } = room;
  const sellers = reach.sellers.length * lanes;
  for (let i = 0; i < sellers; i++) offer[i] = ready * idle[i]!;
  let again = true;
  for (let round = 0; round < rounds && again && lack > 0; round++) {
    wanted.fill(0, 0, sellers);
    for (let l = 0; l < lack; l++) {
      const j = lacking[l]!;
      const end = asksFrom[j + 1]!;
      for (let o = asksFrom[j]!; o < end; o++)
        addTimes(wanted, seller[o]! * lanes, asks[o]!, missing, j * lanes);
    }
    again = false;
    for (let i = 0; i < sellers; i++) {
      const asked = wanted[i]!;
      const has = offer[i]!;
      served[i] = 0;
      if (asked <= 0 || has <= 0) continue;
      const sold = Math.min(asked, has);
      served[i] = sold / asked;
      offer[i] = has - sold;
      if (sold < has) again = true;
    }
    const before = lack;
    lack = 0;
    for (let l = 0; l < before; l++) {
      const j = lacking[l]!;
      const begin = asksFrom[j]!;
      const end = asksFrom[j + 1]!;
      lacking[lack] = j;
      if (begin === end) {
        lack++;
        continue;
      }
      for (let d = 0; d < lanes; d++) filled[d] = 0;
      for (let o = begin; o < end; o++) addTimes(filled, 0, asks[o]!, served, seller[o]! * lanes);
      let lacks = 0;
      for (let d = 0; d < lanes; d++) {
        // a country served in full lacks nothing: what rounding leaves would be passed on as ever smaller numbers
        const open = 1 - filled[d]!;
        const m = open > 1e-12 ? missing[j * lanes + d]! * open : 0;
        missing[j * lanes + d] = m;
        lacks += m;
      }
      if (lacks > 0) lack++;
    }
  }
  return lack;
}

/** Step 3: own users and partners bear what is missing. `worldGap` is what users lack together. */
export function passOn(
  { country, begin, to, flow, exports, consumption, throughput }: Reach,
  row: number,
  lack: number,
  { tonnes, some }: UnderWay,
  room: Room,
): void {
  const { response, gap, missing, lacking, cut, worldGap } = room;
  worldGap.fill(0);
  if (room.blocking) cut.fill(0);
  for (let l = 0; l < lack; l++) {
    const j = lacking[l]!;
    const own = (row + country[j]!) * lanes;
    const out = exports[j]!;
    const used = consumption[j]!;
    // a country that neither ships nor uses anything misses nothing
    const perThroughput = throughput[j]! > 0 ? 1 / throughput[j]! : 0;
    const perExports = out > 0 ? 1 / out : 0;
    for (let d = 0; d < lanes; d++) {
      const m = missing[j * lanes + d]!;
      const keen = response[d]!;
      const shipped = Math.min(m, out);
      const part = (1 - keen) * m * perThroughput;
      const short = part * used + keen * (m - shipped);
      gap[own + d] = short;
      worldGap[d]! += short;
      cut[j * lanes + d] = Math.min(1, part + keen * shipped * perExports);
    }
    const end = begin[j + 1]!;
    for (let e = begin[j]!; e < end; e++) {
      some[to[e]!] = 1;
      addTimes(tonnes, to[e]! * lanes, flow[e]!, cut, j * lanes);
    }
  }
}

/** Step 4: of what would still be shipped, restrictions hold a part back with the exporter. */
export function holdBack(
  { size, begin, to, flow }: Reach,
  t: number,
  { tonnes, some }: UnderWay,
  room: Room,
): void {
  const { cut, keeps, blocks, blocked, held } = room;
  const first = (t - 1) * lanes;
  held.fill(0, first, first + lanes);
  if (!room.blocking) return;
  for (let j = 0; j < size; j++) {
    if (blocks[j] === 0) continue;
    keeps.fill(0, j * lanes, (j + 1) * lanes);
    for (let e = begin[j]!; e < begin[j + 1]!; e++) {
      const k = to[e]!;
      some[k] = 1;
      for (let d = 0; d < lanes; d++) {
        const kept = (1 - cut[j * lanes + d]!) * blocked[e * lanes + d]! * flow[e]!;
        tonnes[k * lanes + d]! += kept;
        keeps[j * lanes + d]! += kept;
        held[first + d]! += kept;
      }
    }
  }
}

/**
 * Step 5: the part θ = sharing·`grown` of the world's gap is borne by all users in proportion to use.
 *
 * @param of positions of the countries whose gap is wanted
 */
export function spread(struck: Struck, row: number, grown: number, of: Int32Array, room: Room): void {
  if (grown <= 0) return;
  const { gap, sharing, worldGap, alike } = room;
  const { consumption, world } = struck;
  for (let d = 0; d < lanes; d++)
    alike[d] = worldGap[d]! > 0 ? (sharing[d]! * grown * worldGap[d]!) / world : 0;
  for (let l = 0; l < of.length; l++) {
    const j = of[l]!;
    const own = (row + j) * lanes;
    for (let d = 0; d < lanes; d++)
      gap[own + d] = (1 - sharing[d]! * grown) * gap[own + d]! + alike[d]! * consumption[j]!;
  }
}

/** Step 5: goods held back serve those who may have them, in proportion to their gap; they are no longer `held`. */
export function serveHeld({ holders, reach }: Struck, row: number, t: number, room: Room): void {
  if (!room.blocking) return;
  const { gap, keeps, blocks, held, wants, left } = room;
  for (const { country, allowed } of holders) {
    const holder = reach.at[country]!;
    if (blocks[holder] === 0) continue;
    wants.fill(0);
    for (let l = 0; l < allowed.length; l++) addTimes(wants, 0, 1, gap, (row + allowed[l]!) * lanes);
    for (let d = 0; d < lanes; d++) {
      const has = keeps[holder * lanes + d]!;
      const served = wants[d]! > 0 ? Math.min(1, has / wants[d]!) : 0;
      left[d] = 1 - served;
      held[(t - 1) * lanes + d]! -= served * wants[d]!;
    }
    for (let l = 0; l < allowed.length; l++) {
      const own = (row + allowed[l]!) * lanes;
      for (let d = 0; d < lanes; d++) gap[own + d]! *= left[d]!;
    }
  }
}

/**
 * Step 6: stocks fill the gap as far as they reach; the rest is shortfall.
 *
 * @param of positions of the countries whose stocks and shortfall are wanted
 */
export function drawStocks(row: number, stockDraw: number, of: Int32Array, room: Room): void {
  const { gap, fullStock, stock, stockUsed, shortfall } = room;
  for (let l = 0; l < of.length; l++)
    for (let d = 0; d < lanes; d++) {
      const i = of[l]! * lanes + d;
      const at = row * lanes + i;
      const missed = gap[at]!;
      const drawn = Math.min(missed, stock[i]!, stockDraw * fullStock[i]!);
      stock[i]! -= drawn;
      stockUsed[at] = drawn;
      shortfall[at] = missed - drawn;
    }
}

/** Step 7: the price of the month; world use is `world`, all of it must have been worked out. */
export function priceNow({ n, world }: Struck, row: number, t: number, room: Room): void {
  const { shortfall, demandElasticity, price } = room;
  for (let d = 0; d < lanes; d++) {
    let short = 0;
    for (let j = 0; j < n; j++) short += shortfall[(row + j) * lanes + d]!;
    price[(t - 1) * lanes + d] = priceAt(short / world, demandElasticity[d]!);
  }
}

/** r = (1 − W/D0)^(1/εd); NaN where demand does not respond. */
const priceAt = (missing: number, demandElasticity: number): number =>
  !(missing > 0) ? 1 : demandElasticity < 0 ? Math.max(0, 1 - missing) ** (1 / demandElasticity) : Number.NaN;

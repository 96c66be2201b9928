import { type Assumptions, type ShockModel, type ShockNote, type ShockRow, shareOf } from './shock.ts';
import { lay, type Struck } from './strikes.ts';

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

/** Results by month and country, row-major: position (month − 1)·n + country. All in t per month, ≥ 0. */
export interface MonthResult {
  /** what users get less than before, before stocks are drawn */
  readonly gap: Float64Array;
  readonly stockUsed: Float64Array;
  /** gap − stock used */
  readonly shortfall: Float64Array;
  /** r by month; NaN where no price clears */
  readonly price: Float64Array;
  /** the world's books by month, t: the gap is lost − spare + held − transit */
  readonly lost: Float64Array;
  readonly spare: Float64Array;
  readonly held: Float64Array;
  readonly transit: Float64Array;
}

/** Buffers of a run, so that a hundred thousand draws allocate once. */
export function roomFor(
  size: { readonly n: number; readonly links: number; readonly strikes: number },
  months: number,
  pipelineMonths: number,
) {
  const n = size.n;
  return {
    gap: new Float64Array(months * n),
    stockUsed: new Float64Array(months * n),
    shortfall: new Float64Array(months * n),
    price: new Float64Array(months),
    lost: new Float64Array(months),
    spare: new Float64Array(months),
    held: new Float64Array(months),
    transit: new Float64Array(months),
    outage: new Float64Array(n),
    missing: new Float64Array(n),
    offer: new Float64Array(n),
    keeps: new Float64Array(n),
    stock: new Float64Array(n),
    blocked: new Float64Array(size.links),
    blocks: new Uint8Array(n),
    active: new Uint8Array(size.strikes),
    /** t that did not arrive this month */
    arrived: 0,
    underWay: Array.from({ length: pipelineMonths + 1 }, () => new Float64Array(n)),
  };
}
export type Room = ReturnType<typeof roomFor>;

export const sizeOf = (struck: Struck) => ({
  n: struck.n,
  links: struck.to.length,
  strikes: struck.strikes.length,
});

/** Grows from 0 to 1 over `over` months once `after` months have passed. */
const ramp = (elapsed: number, after: number, over: number): number =>
  elapsed < after ? 0 : over <= 0 ? 1 : Math.min(1, (elapsed - after + 1) / over);

/** How often unmet orders are placed again with suppliers that still have something. */
const rounds = 2;

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
export function simulate(
  struck: Struck,
  shares: ArrayLike<number>,
  a: MonthAssumptions,
  room: Room = roomFor(sizeOf(struck), a.months, a.pipelineMonths),
  lasts?: ArrayLike<number>,
): MonthResult {
  const { n } = struck;
  room.stock.set(a.stock);
  for (const slot of room.underWay) slot.fill(0);
  for (let t = 1; t <= a.months; t++) {
    const row = (t - 1) * n;
    const elapsed = t - struck.begins;
    strikeNow(struck, shares, lasts, t, room);
    const lost = missNow(struck, t, room);
    const ready = ramp(elapsed, a.spareDelayMonths, a.spareRampMonths);
    const spare = ready > 0 ? order(struck, ready, a.capacity, room) : 0;
    const passed = passOn(struck, row, t + a.pipelineMonths, a.response, room);
    spread(struck, row, a.sharing * ramp(elapsed, 0, a.sharingMonths), passed.gap, room);
    const sold = serveHeld(struck, row, room);
    const short = drawStocks(struck, row, a, room);
    room.price[t - 1] = priceAt(short / struck.world, a.demandElasticity);
    room.lost[t - 1] = lost;
    room.spare[t - 1] = spare;
    room.held[t - 1] = passed.back - sold;
    room.transit[t - 1] = passed.unshipped - room.arrived;
  }
  return room;
}

/** Step 1: what is missing in each country; returns output lost, t. */
function missNow({ n, production, exports, consumption }: Struck, t: number, room: Room): number {
  const { outage, missing } = room;
  const arriving = room.underWay[t % room.underWay.length]!;
  let lost = 0;
  let arrived = 0;
  for (let j = 0; j < n; j++) {
    const down = outage[j]! * production[j]!;
    const late = arriving[j]!;
    lost += down;
    arrived += late;
    missing[j] = Math.min(down + late, exports[j]! + consumption[j]!);
  }
  arriving.fill(0);
  room.arrived = arrived;
  return lost;
}

/** Step 2: orders to the remaining suppliers; what they deliver is no longer missing. Returns tonnes sold. */
function order(struck: Struck, ready: number, capacity: ArrayLike<number>, room: Room): number {
  const { n, production, sellers, asksFrom, buyer, asks } = struck;
  const { missing, offer, keeps } = room;
  for (let s = 0; s < sellers.length; s++) {
    const j = sellers[s]!;
    offer[s] = ready * Math.max(0, capacity[j]! / 12 - production[j]!);
  }
  let bought = 0;
  let again = true;
  for (let round = 0; round < rounds && again; round++) {
    again = false;
    keeps.fill(0);
    for (let s = 0; s < sellers.length; s++) {
      const has = offer[s]!;
      if (has <= 0) continue;
      const first = asksFrom[s]!;
      const end = asksFrom[s + 1]!;
      let wanted = 0;
      for (let e = first; e < end; e++) wanted += missing[buyer[e]!]! * asks[e]!;
      if (wanted <= 0) continue;
      const sold = Math.min(wanted, has);
      const served = sold / wanted;
      offer[s] = has - sold;
      bought += sold;
      if (sold < has) again = true;
      for (let e = first; e < end; e++) keeps[buyer[e]!]! += asks[e]! * served;
    }
    for (let j = 0; j < n; j++) {
      // a country served in full lacks nothing: what rounding leaves would be passed on as ever smaller numbers
      const open = 1 - keeps[j]!;
      missing[j] = open > 1e-12 ? missing[j]! * open : 0;
    }
  }
  return bought;
}

/** Steps 3 and 4: own users and partners bear what is missing; restrictions hold goods back. */
function passOn(struck: Struck, row: number, arrives: number, response: number, room: Room) {
  const { n, begin, to, flow, exports, consumption } = struck;
  const { gap, missing, keeps, blocks, blocked } = room;
  const leaving = room.underWay[arrives % room.underWay.length]!;
  let unshipped = 0;
  let back = 0;
  let sum = 0;
  for (let j = 0; j < n; j++) {
    const m = missing[j]!;
    let own = 0;
    let less = 0;
    let kept = 0;
    if (m > 0) {
      const out = exports[j]!;
      const use = consumption[j]!;
      const alike = ((1 - response) * m) / (out + use);
      if (out > 0) less = Math.min(1, alike + (response * Math.min(m, out)) / out);
      own = alike * use + response * Math.max(0, m - out);
    }
    if (blocks[j]) {
      for (let e = begin[j]!; e < begin[j + 1]!; e++) {
        const held = (1 - less) * blocked[e]! * flow[e]!;
        const short = less * flow[e]! + held;
        leaving[to[e]!]! += short;
        unshipped += short;
        kept += held;
      }
      back += kept;
    } else if (less > 0) {
      const end = begin[j + 1]!;
      for (let e = begin[j]!; e < end; e++) leaving[to[e]!]! += less * flow[e]!;
      unshipped += less * exports[j]!;
    }
    gap[row + j] = own;
    sum += own;
    keeps[j] = kept;
  }
  return { unshipped, back, gap: sum };
}

/** Step 5: the part `theta` of the world's gap is borne by all users in proportion to use. */
function spread(struck: Struck, row: number, theta: number, worldGap: number, { gap }: Room): void {
  if (theta <= 0 || worldGap <= 0) return;
  const { n, consumption, world } = struck;
  const alike = (theta * worldGap) / world;
  for (let j = 0; j < n; j++) gap[row + j] = (1 - theta) * gap[row + j]! + alike * consumption[j]!;
}

/** Step 5: goods held back serve those who may have them, in proportion to their gap. Returns tonnes sold. */
function serveHeld({ n, holders }: Struck, row: number, { gap, keeps }: Room): number {
  let sold = 0;
  for (const { country, barred } of holders) {
    const held = keeps[country]!;
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

/** Step 6: stocks fill the gap as far as they reach. Returns the world's shortfall, t. */
function drawStocks({ n }: Struck, row: number, a: MonthAssumptions, room: Room): number {
  const { gap, stock, stockUsed, shortfall } = room;
  let short = 0;
  for (let j = 0; j < n; j++) {
    const missed = gap[row + j]!;
    let drawn = 0;
    if (missed > 0 && stock[j]! > 0) {
      drawn = Math.min(missed, stock[j]!, a.stockDraw * a.stock[j]!);
      stock[j]! -= drawn;
    }
    stockUsed[row + j] = drawn;
    shortfall[row + j] = missed - drawn;
    short += missed - drawn;
  }
  return short;
}

/** Step 7: r = (1 − W/D0)^(1/εd); NaN where demand does not respond. */
const priceAt = (missing: number, demandElasticity: number): number =>
  !(missing > 0) ? 1 : demandElasticity < 0 ? Math.max(0, 1 - missing) ** (1 / demandElasticity) : Number.NaN;

/** What is struck this month: outage by country, blocked share by link. Several strikes multiply. */
function strikeNow(
  struck: Struck,
  shares: ArrayLike<number>,
  lasts: ArrayLike<number> | undefined,
  t: number,
  room: Room,
): void {
  const { outage, blocked, blocks, active } = room;
  let changed = t === 1;
  for (let s = 0; s < struck.strikes.length; s++) {
    const strike = struck.strikes[s]!;
    const on = t >= strike.first && t <= (lasts?.[s] ?? strike.last) ? 1 : 0;
    if (active[s] !== on) changed = true;
    active[s] = on;
  }
  if (!changed) return;
  outage.fill(0);
  blocked.fill(0);
  blocks.fill(0);
  struck.strikes.forEach(({ country, links, from }, s) => {
    if (!active[s]) return;
    const left = 1 - shares[s]!;
    if (country >= 0) outage[country] = 1 - (1 - outage[country]!) * left;
    for (const e of links) {
      blocked[e] = 1 - (1 - blocked[e]!) * left;
      blocks[from] = 1;
    }
  });
}

/** The month-by-month run as a shock model: one row per country and month, tonnes per month. */
export const monthsModel: ShockModel = (network, shocks, assumptions) => {
  const struck = lay(network, shocks, assumptions.demandElasticity);
  const shares = struck.strikes.map((s) => s.share);
  const result = simulate(struck, shares, assumptions);
  const rows: ShockRow[] = [];
  const notes: ShockNote[] = [];
  for (let j = 0; j < struck.n; j++) {
    const baseline = struck.consumption[j]!;
    for (let t = 0; t < assumptions.months; t++) {
      const at = t * struck.n + j;
      const gap = result.gap[at]!;
      const price = result.price[t]!;
      rows.push({
        country: network.countries[j]!,
        month: t + 1,
        baseline_t: baseline,
        supply_t: gap === 0 ? baseline : baseline - gap,
        stock_used_t: result.stockUsed[at]!,
        shortfall_t: result.shortfall[at]!,
        shortfall_share: shareOf(result.shortfall[at]!, baseline),
        price_ratio: Number.isFinite(price) ? price : null,
      });
    }
  }
  if (result.price.some((r) => !Number.isFinite(r)))
    notes.push({
      code: 'no_price',
      text: 'no price clears the market in some months: nothing is delivered, or users do not respond',
    });
  return { rows, notes };
};

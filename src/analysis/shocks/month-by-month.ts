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
  const { n, begin, to, flow, production, consumption, exports, world, sellers, asksFrom, buyer, asks } =
    struck;
  const { response } = a;
  const {
    gap,
    stockUsed,
    shortfall,
    outage,
    missing,
    offer,
    keeps,
    stock,
    blocked,
    blocks,
    underWay,
    active,
  } = room;
  for (let j = 0; j < n; j++) stock[j] = a.stock[j]!;
  for (const slot of underWay) slot.fill(0);
  for (let t = 1; t <= a.months; t++) {
    const row = (t - 1) * n;
    const month = t - 1;
    const arriving = underWay[t % underWay.length]!;

    let changed = t === 1;
    for (let s = 0; s < struck.strikes.length; s++) {
      const strike = struck.strikes[s]!;
      const on = t >= strike.first && t <= (lasts?.[s] ?? strike.last) ? 1 : 0;
      if (active[s] !== on) changed = true;
      active[s] = on;
    }
    if (changed) strikeNow(struck, shares, room);

    // 1 what is missing
    let lost = 0;
    let any = false;
    for (let j = 0; j < n; j++) {
      const down = outage[j]! * production[j]!;
      lost += down;
      missing[j] = Math.min(down + arriving[j]!, exports[j]! + consumption[j]!);
      if (missing[j]! > 0) any = true;
    }

    // 2 orders to the remaining suppliers
    let bought = 0;
    const ready = ramp(t - struck.begins, a.spareDelayMonths, a.spareRampMonths);
    if (any && ready > 0) {
      for (let s = 0; s < sellers.length; s++) {
        const j = sellers[s]!;
        offer[s] = ready * Math.max(0, a.capacity[j]! / 12 - production[j]!);
      }
      let again = true;
      for (let round = 0; round < rounds && again; round++) {
        again = false;
        keeps.fill(0);
        for (let s = 0; s < sellers.length; s++) {
          if (offer[s]! <= 0) continue;
          let wanted = 0;
          const end = asksFrom[s + 1]!;
          for (let e = asksFrom[s]!; e < end; e++) wanted += missing[buyer[e]!]! * asks[e]!;
          if (wanted <= 0) continue;
          const sold = Math.min(wanted, offer[s]!);
          const served = sold / wanted;
          offer[s]! -= sold;
          bought += sold;
          if (offer[s]! > 0) again = true;
          for (let e = asksFrom[s]!; e < end; e++) keeps[buyer[e]!]! += asks[e]! * served;
        }
        for (let j = 0; j < n; j++) missing[j]! *= Math.max(0, 1 - keeps[j]!);
      }
    }

    // 3 and 4 passing on, and what restrictions hold back
    let worldGap = 0;
    let kept = 0;
    let unshipped = 0;
    const leaving = underWay[(t + a.pipelineMonths) % underWay.length]!;
    let arrived = 0;
    for (let j = 0; j < n; j++) arrived += arriving[j]!;
    arriving.fill(0);
    keeps.fill(0);
    for (let j = 0; j < n; j++) {
      const m = missing[j]!;
      gap[row + j] = 0;
      let less = 0;
      if (m > 0) {
        const out = exports[j]!;
        const use = consumption[j]!;
        const alike = ((1 - response) * m) / (out + use);
        if (out > 0) less = Math.min(1, alike + (response * Math.min(m, out)) / out);
        const own = alike * use + response * Math.max(0, m - out);
        gap[row + j] = own;
        worldGap += own;
      }
      if (blocks[j]) {
        let back = 0;
        for (let e = begin[j]!; e < begin[j + 1]!; e++) {
          const held = (1 - less) * blocked[e]! * flow[e]!;
          const short = less * flow[e]! + held;
          leaving[to[e]!]! += short;
          unshipped += short;
          back += held;
        }
        keeps[j] = back;
        kept += back;
      } else if (less > 0) {
        for (let e = begin[j]!; e < begin[j + 1]!; e++) leaving[to[e]!]! += less * flow[e]!;
        unshipped += less * exports[j]!;
      }
    }

    // 5 the market spreads the gap; goods held back go to those who may have them
    const spread = a.sharing * ramp(t - struck.begins, 0, a.sharingMonths);
    if (worldGap > 0 && spread > 0) {
      const alike = (spread * worldGap) / world;
      for (let j = 0; j < n; j++) gap[row + j] = (1 - spread) * gap[row + j]! + alike * consumption[j]!;
    }
    for (const { country, barred } of struck.holders) {
      if (keeps[country]! <= 0) continue;
      let wanted = 0;
      for (let j = 0; j < n; j++) if (barred[j] === 0) wanted += gap[row + j]!;
      if (wanted <= 0) continue;
      const served = Math.min(1, keeps[country]! / wanted);
      for (let j = 0; j < n; j++) if (barred[j] === 0) gap[row + j]! *= 1 - served;
      kept -= served * wanted;
    }

    // 6 stocks
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

    // 7 price
    room.price[month] =
      short <= 0
        ? 1
        : a.demandElasticity < 0
          ? Math.max(0, 1 - short / world) ** (1 / a.demandElasticity)
          : NaN;
    room.lost[month] = lost;
    room.spare[month] = bought;
    room.held[month] = kept;
    room.transit[month] = unshipped - arrived;
  }
  return room;
}

/** Sets what is struck this month: outage by country, blocked share by link. Several strikes multiply. */
function strikeNow(struck: Struck, shares: ArrayLike<number>, room: Room): void {
  const { outage, blocked, blocks, active } = room;
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

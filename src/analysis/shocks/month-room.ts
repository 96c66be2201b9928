import type { MonthAssumptions } from './month-by-month.ts';
import type { Struck } from './strikes.ts';

/**
 * Results of one run by month and country, row-major: position (month − 1)·n + country. All in t per month, ≥ 0.
 * Rows of countries: what users get less than before, before stocks are drawn (`gap`); `stockUsed`; `shortfall`, which
 * is gap − stock used. By month: `price` is r, NaN where no price clears; the world's books, of which
 * gap = lost − spare + held − transit.
 */
export interface MonthResult {
  readonly gap: Float64Array;
  readonly stockUsed: Float64Array;
  readonly shortfall: Float64Array;
  readonly price: Float64Array;
  readonly lost: Float64Array;
  readonly spare: Float64Array;
  readonly held: Float64Array;
  readonly transit: Float64Array;
}

/** Runs that go through the months side by side. `addTimes` is written for eight. */
export const lanes = 8;

/**
 * Buffers for `lanes` runs side by side, so that a hundred thousand draws allocate once. Every number of a run stands
 * next to the same number of the other runs, at position times `lanes` plus the lane: what is read of a link then
 * serves all of them. Runs never mix; a lane that was given nothing stays 0.
 */
export function roomFor(
  size: { readonly n: number; readonly links: number; readonly strikes: number },
  months: number,
  pipelineMonths: number,
) {
  const perCountry = () => new Float64Array(size.n * lanes);
  const perStrike = () => new Float64Array(size.strikes * lanes);
  const perMonth = () => new Float64Array(months * lanes);
  const perLane = () => new Float64Array(lanes);
  return {
    /** what a run is given, see `takeLane` */
    share: perStrike(),
    last: perStrike(),
    response: perLane(),
    sharing: perLane(),
    demandElasticity: perLane(),
    /** by seller: spare capacity when all of it delivers, t per month */
    idle: perCountry(),
    /** by country of the network: stock at the start, and what is left of it, t */
    fullStock: perCountry(),
    stock: perCountry(),
    /** `MonthResult` */
    gap: new Float64Array(months * size.n * lanes),
    stockUsed: new Float64Array(months * size.n * lanes),
    shortfall: new Float64Array(months * size.n * lanes),
    price: perMonth(),
    lost: perMonth(),
    spare: perMonth(),
    held: perMonth(),
    transit: perMonth(),
    /** by country reached: 1 where its output is struck this month, and t lost */
    down: new Uint8Array(size.n),
    outage: perCountry(),
    /** the countries reached that may lack something this month, ascending: the first so many of these */
    lacking: new Int32Array(size.n),
    /** by country reached: t missing, part of exports not shipped, t held back */
    missing: perCountry(),
    cut: perCountry(),
    keeps: perCountry(),
    /** by month of arrival: t that did not leave for each country reached, and 1 where that may be more than 0 */
    underWay: Array.from({ length: pipelineMonths + 1 }, () => ({
      tonnes: perCountry(),
      some: new Uint8Array(size.n),
    })),
    /** 1 where a country reached holds something back this month, and the part of each of its links */
    blocks: new Uint8Array(size.n),
    blocked: new Float64Array(size.links * lanes),
    /** whether anybody does */
    blocking: false,
    active: new Uint8Array(size.strikes * lanes),
    /** by seller: what is left to offer this month, t asked of it, and the part of it that is served */
    offer: perCountry(),
    wanted: perCountry(),
    served: perCountry(),
    /** of one country's gap: the part filled */
    filled: perLane(),
    /** the world's gap this month, t, and what is spread of it per tonne used */
    worldGap: perLane(),
    alike: perLane(),
    /** of goods held back: t wanted by those who may have them, and the part of their gap that is left */
    wants: perLane(),
    left: perLane(),
  };
}
export type Room = ReturnType<typeof roomFor>;

export const sizeOf = (struck: Struck) => ({
  n: struck.n,
  links: struck.to.length,
  strikes: struck.strikes.length,
});

/** What differs between runs of one shock on one network. */
export interface Lane
  extends Pick<MonthAssumptions, 'stock' | 'capacity' | 'demandElasticity' | 'response' | 'sharing'> {
  /** share and last month of each strike, in the order of `struck.strikes` */
  readonly shares: ArrayLike<number>;
  readonly lasts: ArrayLike<number>;
}

/** Puts what a run is given into its lane. */
export function takeLane(struck: Struck, lane: Lane, d: number, room: Room): void {
  for (let s = 0; s < struck.strikes.length; s++) {
    room.share[s * lanes + d] = lane.shares[s]!;
    room.last[s * lanes + d] = lane.lasts[s]!;
  }
  room.response[d] = lane.response;
  room.sharing[d] = lane.sharing;
  room.demandElasticity[d] = lane.demandElasticity;
  const { sellers } = struck.reach;
  for (let s = 0; s < sellers.length; s++) {
    const j = sellers[s]!;
    room.idle[s * lanes + d] = Math.max(0, lane.capacity[j]! / 12 - struck.production[j]!);
  }
  for (let j = 0; j < struck.n; j++) room.fullStock[j * lanes + d] = lane.stock[j]!;
}

/** The results of one lane. */
export function laneOf(room: Room, d: number): MonthResult {
  const own = (all: Float64Array) =>
    Float64Array.from({ length: all.length / lanes }, (_, i) => all[i * lanes + d]!);
  return {
    gap: own(room.gap),
    stockUsed: own(room.stockUsed),
    shortfall: own(room.shortfall),
    price: own(room.price),
    lost: own(room.lost),
    spare: own(room.spare),
    held: own(room.held),
    transit: own(room.transit),
  };
}

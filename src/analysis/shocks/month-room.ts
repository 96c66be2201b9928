import type { Struck } from './strikes.ts';

/**
 * Results by month and country, row-major: position (month − 1)·n + country. All in t per month, ≥ 0. Rows of
 * countries: what users get less than before, before stocks are drawn (`gap`); `stockUsed`; `shortfall`, which is
 * gap − stock used. By month: `price` is r, NaN where no price clears; the world's books, of which
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
    /** by country reached: part of output lost, t missing, part of exports not shipped, t held back */
    outage: new Float64Array(n),
    missing: new Float64Array(n),
    less: new Float64Array(n),
    keeps: new Float64Array(n),
    /** the countries reached that lack something this month, ascending: the first `lack` of these */
    lacking: new Int32Array(n),
    /** t that did not leave for each country reached, by month of arrival */
    underWay: Array.from({ length: pipelineMonths + 1 }, () => new Float64Array(n)),
    /** 1 where a country reached holds something back this month, and the part of each of its links */
    blocks: new Uint8Array(n),
    blocked: new Float64Array(size.links),
    active: new Uint8Array(size.strikes),
    /** by seller: spare capacity when all of it delivers, and what is left to offer this month, t */
    idle: new Float64Array(n),
    offer: new Float64Array(n),
    /** by seller: t asked of it, and the part of it that is served */
    wanted: new Float64Array(n),
    served: new Float64Array(n),
    /** by country of the network: stock at the start, and what is left of it, t */
    fullStock: new Float64Array(n),
    stock: new Float64Array(n),
    /** whether anybody holds anything back this month */
    blocking: false,
  };
}
export type Room = ReturnType<typeof roomFor>;

export const sizeOf = (struck: Struck) => ({
  n: struck.n,
  links: struck.to.length,
  strikes: struck.strikes.length,
});

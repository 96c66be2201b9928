import { lanes, type Room } from './month-room.ts';

/**
 * The world's books of a month, t: output lost, spare capacity sold, goods under way. What users lack together must
 * follow from them (`MonthResult`). They are added up from what the steps leave behind, not from what users lack.
 */

/** At the month's beginning: output lost, and what should arrive and does not. */
export function bookMissing(size: number, t: number, arriving: Float64Array, room: Room): void {
  for (let d = 0; d < lanes; d++) {
    const at = (t - 1) * lanes + d;
    room.lost[at] = sumOf(room.outage, size, d);
    room.transit[at] = -sumOf(arriving, size, d);
  }
}

/** At its end: what was sold of spare capacity, and what did not leave. */
export function bookSold(
  sizes: { readonly size: number; readonly sellers: Int32Array },
  t: number,
  ready: number,
  leaving: Float64Array,
  room: Room,
): void {
  for (let d = 0; d < lanes; d++) {
    const at = (t - 1) * lanes + d;
    let sold = 0;
    if (ready > 0)
      for (let s = d; s < sizes.sellers.length * lanes; s += lanes)
        sold += ready * room.idle[s]! - room.offer[s]!;
    room.spare[at] = sold;
    room.transit[at]! += sumOf(leaving, sizes.size, d);
  }
}

function sumOf(rows: Float64Array, count: number, d: number): number {
  let sum = 0;
  for (let i = d; i < count * lanes; i += lanes) sum += rows[i]!;
  return sum;
}

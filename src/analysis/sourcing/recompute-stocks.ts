import { groupBy } from '../../tables/group-by.ts';
import type { Problem } from './problem.ts';
import type { PlanRow } from './recompute.ts';

/** Tolerance, relative to demand. */
const tolerance = 1e-6;

/**
 * What is wrong with stocks, from their rows alone: opening + bought − drawn = closing ≥ 0, each year begins with what
 * the one before left, no more is held than may be, and what is to be left is left.
 */
export function wrongInStocks(rows: readonly PlanRow[], { needs, stocks }: Problem): string[] {
  const wrong: string[] = [];
  const byStock = groupBy(rows, (r) => `${r.mineral} ${r.stage}`);
  for (const [name, own] of byStock)
    if (!stocks?.some((s) => `${s.mineral} ${s.stage}` === name) && own.length)
      wrong.push(`${name}: a stock that may not be held`);
  for (const s of stocks ?? []) {
    const name = `${s.mineral} ${s.stage}`;
    const own = (byStock.get(name) ?? []).toSorted((a, b) => a.year - b.year);
    if (!own.length) continue;
    const years = needs
      .filter((n) => `${n.mineral} ${n.stage}` === name)
      .map((n) => n.year)
      .sort((a, b) => a - b);
    if (own.map((r) => r.year).join() !== years.join())
      wrong.push(`${name}: the stock is not told of every year`);
    let before = s.opening_t;
    own.forEach((r, k) => {
      const slack = tolerance * Math.max(r.demand_t, s.opening_t);
      const { opening_t = 0, bought_t = 0, drawn_t = 0, closing_t = 0, holding_usd_per_t = 0 } = r;
      const at = `${r.year}: the stock of ${name}`;
      if (Math.abs(opening_t - before) > slack) wrong.push(`${at} begins with ${opening_t} t, not ${before}`);
      if (Math.abs(opening_t + bought_t - drawn_t - closing_t) > slack) wrong.push(`${at} does not add up`);
      if (bought_t < 0 || drawn_t < 0 || closing_t < -slack) wrong.push(`${at} is less than nothing`);
      if (closing_t > (s.most_t ?? Infinity) + slack) wrong.push(`${at} is more than may be held`);
      if (Math.abs(r.quantity_t - (drawn_t - bought_t)) > slack)
        wrong.push(`${at} adds other tonnes than are drawn`);
      const held_for = k + 1 < years.length ? years[k + 1]! - r.year : 1;
      const cost = closing_t * s.holding_usd_per_t * held_for;
      if (
        Math.abs(r.cost_usd - cost) > tolerance * Math.max(Math.abs(cost), slack) ||
        Math.abs(holding_usd_per_t - s.holding_usd_per_t * held_for) > tolerance * holding_usd_per_t
      )
        wrong.push(`${at} costs ${r.cost_usd}, not ${cost}`);
      before = closing_t;
    });
    if (before < s.end_t - tolerance * Math.max(s.end_t, own.at(-1)!.demand_t))
      wrong.push(`the stock of ${name} ends with ${before} t, not ${s.end_t}`);
  }
  return wrong;
}

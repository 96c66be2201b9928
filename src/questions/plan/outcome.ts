import type { Unmet } from '../../analysis/sourcing/infeasible.ts';
import { supplierGroup } from '../../analysis/sourcing/objective.ts';
import type { Plan } from '../../analysis/sourcing/plan.ts';
import { countedBy, type Offer, stockKind } from '../../analysis/sourcing/problem.ts';
import { groupBy } from '../../tables/group-by.ts';
import type { StageSupply } from './stage-supply.ts';
import { type Today, todayOf } from './today.ts';

/** What the plan makes of one mineral and stage in its last year, beside today. */
export interface Outcome {
  /** `mineral stage` */
  readonly key: string;
  readonly supply: StageSupply;
  /** needed in the year, t */
  readonly demand_t: number;
  readonly today: Today;
  /** the planned mix by seller, the largest first; a seller at home by the name of its supply */
  readonly mix: readonly { readonly seller: string; readonly share: number }[];
  /** concentration of the planned mix by seller's country, 0…1; null where there is no mix */
  readonly hhi: number | null;
  /** part of the need that moves to another seller than today; null where there is no mix */
  readonly moved: number | null;
  /** the largest country of the planned mix, as the cap counts it */
  readonly ahead: Today | null;
  /** the largest birthplace of the planned mix, whatever the cap counts; null where nothing can be traced */
  readonly born: Today | null;
  /** cost of the year (where stocks are held, of the mean year), USD; null where there is no mix */
  readonly cost_usd: number | null;
  /** cost over that of the plan compared with, less 1; null where there is no mix */
  readonly more: number | null;
  /** what a tonne more under the dearest cap would save, USD */
  readonly price: number | null;
  /** cannot be met, t; null where all can */
  readonly short_t: number | null;
  /** why not */
  readonly blame: Unmet | null;
  /** the lowest cap that can be met, where this one cannot */
  readonly least: number | null;
}

export function outcomesOf(
  plan: Plan,
  /** without caps: the cheapest, or where the fewest tonnes are to move today's mix */
  uncapped: Plan,
  least: ReadonlyMap<string, number>,
  supplies: readonly StageSupply[],
  to: number,
): Outcome[] {
  const { limits, home } = plan.problem;
  const costs = costsOf(plan, to);
  const costFree = costsOf(uncapped, to);
  const price = new Map<string, number>();
  for (const l of plan.limits)
    if (
      l.need?.year === to &&
      l.shadow_price_usd_per_t &&
      /^(cap|origin_cap|owner_cap):/.test(l.constraint)
    ) {
      const key = `${l.need.mineral} ${l.need.stage}`;
      price.set(key, Math.max(price.get(key) ?? 0, -l.shadow_price_usd_per_t));
    }
  return supplies.map((supply): Outcome => {
    const key = `${supply.mineral} ${supply.stage}`;
    const blame =
      plan.unmet.find((u) =>
        u.needs.some(({ need: n }) => n.year === to && `${n.mineral} ${n.stage}` === key),
      ) ?? null;
    const missing = blame?.needs.find(({ need: n }) => n.year === to && `${n.mineral} ${n.stage}` === key);
    const bought = plan.deliveries.filter(
      ({ offer: o, quantity_t }) =>
        quantity_t > 0 && o.mineral === supply.mineral && o.stage === supply.stage && o.year === to,
    );
    // what is drawn from a stock is part of the mix, what is bought for one is not of the year
    const held = plan.stocks.find(
      ({ need: n }) => n.year === to && n.mineral === supply.mineral && n.stage === supply.stage,
    );
    const stocked = held ? held.drawn_t - held.bought_t : 0;
    const total = bought.reduce((sum, d) => sum + d.quantity_t, stocked);
    const cost_usd = total > 0 || stocked !== 0 ? (costs.get(key) ?? null) : null;
    const largest = (
      sharesOf: (d: (typeof bought)[number]) => Iterable<readonly [string, number]>,
    ): Today | null => {
      if (!(total > 0)) return null;
      const by = new Map<string, number>();
      for (const d of bought)
        for (const [country, share] of sharesOf(d))
          by.set(country, (by.get(country) ?? 0) + share * d.quantity_t);
      const [top] = [...by].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
      return { top_country: top?.[0] ?? null, top_share: top ? top[1] / total : 0 };
    };
    const without = costFree.get(key);
    return {
      key,
      supply,
      demand_t: supply.demand_t * supply.growth.at(to),
      today: todayOf(supply, limits.capOn, home),
      mix: [
        ...bought.map((d) => ({ seller: d.offer.supplier, share: d.quantity_t / total })),
        ...(stocked > 0 ? [{ seller: stockKind, share: stocked / total }] : []),
      ].sort((a, b) => b.share - a.share || (a.seller < b.seller ? -1 : 1)),
      hhi: total > 0 ? concentrationOf(bought, total) : null,
      moved: total > 0 ? movedOf(bought, total, supply) : null,
      ahead: largest((d) => countedBy(d.offer, limits.capOn, home)),
      born:
        supply.bornIn &&
        largest((d) =>
          d.offer.kind === 'import' ? [...supply.bornIn!(d.offer.country)].filter(([c]) => !home.has(c)) : [],
        ),
      cost_usd,
      more: cost_usd === null || !without ? null : Math.max(0, cost_usd / without - 1),
      price: price.get(key) ?? null,
      short_t: missing?.short_by_t ?? null,
      blame,
      least: least.get(key) ?? null,
    };
  });
}

type Bought = readonly { readonly offer: Offer; readonly quantity_t: number }[];

function concentrationOf(bought: Bought, total: number): number {
  const groups = groupBy(bought, (d) => supplierGroup(d.offer));
  return [...groups.values()].reduce(
    (sum, of) => sum + (of.reduce((t, d) => t + d.quantity_t, 0) / total) ** 2,
    0,
  );
}

/** Σ max(0, share then − share today). */
function movedOf(bought: Bought, total: number, { suppliers }: StageSupply): number {
  const today = suppliers.reduce((sum, x) => sum + x.room.current_t, 0);
  const current = new Map(suppliers.map((x) => [x.supplier, today > 0 ? x.room.current_t / today : 0]));
  return bought.reduce(
    (sum, d) => sum + Math.max(0, d.quantity_t / total - (current.get(d.offer.supplier) ?? 0)),
    0,
  );
}

/** Cost of a year by `mineral stage`; where stocks join the years, the mean of all of them. */
function costsOf(plan: Plan, year: number): Map<string, number> {
  const by = new Map<string, number>();
  if (plan.problem.stocks?.length) {
    const years = new Set(plan.problem.needs.map((n) => n.year)).size;
    const add = (mineral: string, stage: string, usd: number) =>
      by.set(`${mineral} ${stage}`, (by.get(`${mineral} ${stage}`) ?? 0) + usd / years);
    for (const d of plan.deliveries)
      add(d.offer.mineral, d.offer.stage, d.quantity_t * d.offer.cost_usd_per_t);
    for (const s of plan.stocks) add(s.need.mineral, s.need.stage, s.closing_t * s.holding_usd_per_t);
    return by;
  }
  for (const d of plan.deliveries) {
    const need = plan.problem.needs[d.need]!;
    const key = `${need.mineral} ${need.stage}`;
    if (need.year === year) by.set(key, (by.get(key) ?? 0) + d.quantity_t * d.offer.cost_usd_per_t);
  }
  return by;
}

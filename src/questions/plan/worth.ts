import type { Plan } from '../../analysis/sourcing/plan.ts';

/** What a plan makes of one mineral and stage, and what it has from somebody. */
interface Account {
  cost: number;
  short: number;
  from: number;
  available: number;
  /** what a tonne more from them would save, USD */
  price: number;
  /** t by supplier */
  readonly bought: Map<string, number>;
}

/** What having something is worth for one mineral and stage: the plan with it against the plan without. */
export interface Worth {
  readonly mineral: string;
  readonly stage: string;
  /** cost without it less cost with it, USD; null where demand is not met and costs do not compare */
  readonly saved: number | null;
  readonly cost_without: number;
  /** t of what cannot be met that it closes */
  readonly closed: number;
  readonly from_before: number;
  readonly from_after: number;
  /** of whom most is bought no longer; null where nobody loses */
  readonly displaced: string | null;
  /** t more that can be had of them */
  readonly opened: number;
  /** the first-order figure: the price of a tonne from them, times the tonnes it opens */
  readonly by_dual: number;
}

/**
 * The worth of what tells two plans of one year apart, for each mineral and stage.
 * @param whose suppliers that it opens, by name
 */
export function worthOf(without: Plan, with_: Plan, whose: ReadonlySet<string>): Worth[] {
  const before = accountsOf(without, whose);
  return [...accountsOf(with_, whose)].map(([key, a]) => {
    const [mineral, stage] = key.split(' ') as [string, string];
    const b = before.get(key)!;
    const opened = a.available - b.available;
    return {
      mineral,
      stage,
      // a need that was not met has no cost to compare with
      saved: b.short > 0 || a.short > 0 ? null : Math.max(0, b.cost - a.cost),
      cost_without: b.cost,
      closed: b.short - a.short,
      from_before: b.from,
      from_after: a.from,
      displaced: mostDisplaced(b.bought, a.bought, whose),
      opened,
      by_dual: b.price * opened,
    };
  });
}

function mostDisplaced(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  whose: ReadonlySet<string>,
): string | null {
  const lost = [...before]
    .map(([supplier, t]) => [supplier, t - (after.get(supplier) ?? 0)] as const)
    .filter(([supplier, t]) => t > 1e-6 * (before.get(supplier) ?? 0) && !whose.has(supplier));
  return lost.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

function accountsOf(plan: Plan, whose: ReadonlySet<string>): Map<string, Account> {
  const by = new Map<string, Account>();
  const at = (m: string, s: string) => {
    const key = `${m} ${s}`;
    const own = by.get(key) ?? { cost: 0, short: 0, from: 0, available: 0, price: 0, bought: new Map() };
    by.set(key, own);
    return own;
  };
  for (const n of plan.problem.needs) at(n.mineral, n.stage);
  for (const o of plan.problem.offers)
    if (whose.has(o.supplier)) at(o.mineral, o.stage).available += o.available_t;
  for (const d of plan.deliveries) {
    const own = at(d.offer.mineral, d.offer.stage);
    own.cost += d.quantity_t * d.offer.cost_usd_per_t;
    own.bought.set(d.offer.supplier, (own.bought.get(d.offer.supplier) ?? 0) + d.quantity_t);
    if (whose.has(d.offer.supplier)) own.from += d.quantity_t;
  }
  for (const u of plan.unmet) for (const n of u.needs) at(n.need.mineral, n.need.stage).short += n.short_by_t;
  for (const l of plan.limits)
    if (l.need && l.constraint.startsWith('available:') && whose.has(l.constraint.slice(10)))
      at(l.need.mineral, l.need.stage).price += -(l.shadow_price_usd_per_t ?? 0);
  return by;
}

import type { LimitAt } from './plan.ts';
import { countedBy, type Limits, type Offer } from './problem.ts';

/** A row of a plan as it is shown. */
export interface PlanRow {
  readonly year: number;
  readonly mineral: string;
  readonly stage: string;
  readonly supplier: string;
  readonly country: string;
  readonly kind: string;
  readonly quantity_t: number;
  readonly unit_cost_usd_per_t: number;
  readonly cost_usd: number;
  readonly available_t: number;
  readonly demand_t: number;
}

/** Tolerance of the check, relative to demand (or cost). */
const tolerance = 1e-6;

/**
 * Checks a plan from its rows alone: balances, availability, caps, floors and cost added up again without the model
 * that made it. @returns what is wrong, in words; empty where all holds
 */
export function recompute(
  rows: readonly PlanRow[],
  limits: Limits,
  home: ReadonlySet<string>,
  offerOf: (row: PlanRow) => Offer,
  cost_usd: number,
  fixed_usd = 0,
): string[] {
  const problems: string[] = [];
  const byNeed = new Map<string, PlanRow[]>();
  for (const row of rows) {
    const key = `${row.mineral} ${row.stage} ${row.year}`;
    byNeed.set(key, [...(byNeed.get(key) ?? []), row]);
    if (row.quantity_t < 0) problems.push(`${key}: ${row.supplier} delivers less than nothing`);
    if (row.quantity_t > row.available_t + tolerance * Math.max(row.available_t, row.demand_t))
      problems.push(`${key}: ${row.supplier} delivers more than it has`);
    if (
      Math.abs(row.cost_usd - row.quantity_t * row.unit_cost_usd_per_t) >
      tolerance * Math.abs(row.cost_usd)
    )
      problems.push(`${key}: the cost of ${row.supplier} is not quantity × unit cost`);
  }
  let cost = fixed_usd;
  for (const [key, own] of byNeed) {
    const demand = own[0]!.demand_t;
    const slack = tolerance * demand;
    let sum = 0;
    const kind = new Map<string, number>();
    const share = new Map<string, number>();
    for (const row of own) {
      sum += row.quantity_t;
      cost += row.cost_usd;
      kind.set(row.kind, (kind.get(row.kind) ?? 0) + row.quantity_t);
      for (const [country, part] of countedBy(offerOf(row), limits.capOn, home))
        share.set(country, (share.get(country) ?? 0) + part * row.quantity_t);
    }
    if (Math.abs(sum - demand) > slack) problems.push(`${key}: ${sum} t delivered for ${demand} t needed`);
    const most = Math.min(limits.cap ?? Infinity, limits.surge > 0 ? Infinity : (limits.nMinus1 ?? Infinity));
    for (const [country, t] of share)
      if (t > most * demand + slack) problems.push(`${key}: ${country} supplies ${t / demand} of demand`);
    for (const bloc of limits.blocs) {
      let t = 0;
      for (const [country, part] of share) if (bloc.members.has(country)) t += part;
      if (t > bloc.cap * demand + slack)
        problems.push(`${key}: ${bloc.bloc} supplies ${t / demand} of demand`);
    }
    for (const [name, least] of [
      ['domestic', limits.domesticMin] as const,
      ['recycled', limits.recycledMin] as const,
    ])
      if (least !== null && (kind.get(name) ?? 0) < least * demand - slack)
        problems.push(`${key}: ${name} supply is below its floor`);
  }
  if (Math.abs(cost - cost_usd) > tolerance * Math.max(1, Math.abs(cost_usd)))
    problems.push(`the rows cost ${cost}, the plan says ${cost_usd}`);
  if (limits.budgetUsd !== null && cost > limits.budgetUsd * (1 + tolerance)) problems.push('over budget');
  return problems;
}

/** Cost by duality: Σ price × limit over everything; equals the cost of a linear plan that minimises it. */
export const costByDuality = (limits: readonly LimitAt[]): number =>
  limits.reduce((sum, l) => sum + (l.shadow_price_usd_per_t ?? 0) * l.limit, 0);

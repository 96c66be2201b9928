import { groupBy } from '../../tables/group-by.ts';
import type { LimitAt } from './plan.ts';
import { type Limits, type Problem, stockKind } from './problem.ts';
import { wrongInStocks } from './recompute-stocks.ts';

/** A row of a plan as it is shown: what a supplier delivers, or what a stock adds (drawn less bought). */
export interface PlanRow {
  readonly year: number;
  readonly mineral: string;
  readonly stage: string;
  readonly supplier: string;
  readonly country: string;
  readonly kind: string;
  readonly quantity_t: number;
  /** null for a stock */
  readonly unit_cost_usd_per_t: number | null;
  readonly cost_usd: number;
  readonly available_t: number;
  readonly demand_t: number;
  /** shares of its tonnes by the country that a cap counts: `CHN=0.9;AUS=0.1` */
  readonly counted_as: string;
  /** of a stock: opening + bought − drawn = closing */
  readonly opening_t?: number;
  readonly bought_t?: number;
  readonly drawn_t?: number;
  readonly closing_t?: number;
  readonly holding_usd_per_t?: number;
}

/** Tolerance of the check, relative to demand (or cost). */
const tolerance = 1e-6;

type Started = { readonly project: string; readonly year: number; readonly cost_usd: number };

/**
 * Checks a plan from its rows alone, added up again without the model that made it: balances, availability, caps, floors,
 * the loss of any one country, ramps, starts, stocks, budget and cost. @returns what is wrong, in words; empty where all holds
 */
export function recompute(
  rows: readonly PlanRow[],
  problem: Problem,
  started: readonly Started[],
  cost_usd: number,
): string[] {
  const { limits } = problem;
  const byNeed = groupBy(rows, (r) => `${r.mineral} ${r.stage} ${r.year}`);
  const problems = [...byNeed].flatMap(([key, own]) => wrongInNeed(own, limits).map((w) => `${key}: ${w}`));
  const suppliers = rows.filter((r) => r.kind !== stockKind);
  problems.push(
    ...wrongTogether(suppliers, problem),
    ...wrongOverYears(suppliers, problem, started),
    ...wrongInStocks(
      rows.filter((r) => r.kind === stockKind),
      problem,
    ),
  );
  const cost = rows.reduce((sum, r) => sum + r.cost_usd, 0) + started.reduce((sum, s) => sum + s.cost_usd, 0);
  if (Math.abs(cost - cost_usd) > tolerance * Math.max(1, Math.abs(cost_usd)))
    problems.push(`the rows cost ${cost}, the plan says ${cost_usd}`);
  if (limits.budgetUsd !== null && cost > limits.budgetUsd * (1 + tolerance)) problems.push('over budget');
  return problems;
}

/** `CHN=0.9;AUS=0.1` → shares by country. */
const countedIn = (row: PlanRow): [string, number][] =>
  row.counted_as === ''
    ? []
    : row.counted_as.split(';').map((part) => {
        const [country = '', share = ''] = part.split('=');
        return [country, Number(share)];
      });

/** What is wrong within one mineral, stage and year. */
function wrongInNeed(rows: readonly PlanRow[], limits: Limits): string[] {
  const wrong: string[] = [];
  const demand = rows[0]!.demand_t;
  const slack = tolerance * demand;
  let sum = 0;
  const kind = new Map<string, number>();
  const from = new Map<string, number>();
  const add = (to: Map<string, number>, key: string, t: number) => to.set(key, (to.get(key) ?? 0) + t);
  for (const row of rows) {
    sum += row.quantity_t;
    add(kind, row.kind, row.quantity_t);
    for (const [country, share] of countedIn(row)) add(from, country, share * row.quantity_t);
    if (row.kind === stockKind) continue;
    if (row.quantity_t < 0) wrong.push(`${row.supplier} delivers less than nothing`);
    if (row.quantity_t > row.available_t + tolerance * Math.max(row.available_t, demand))
      wrong.push(`${row.supplier} delivers more than it has`);
    if (
      Math.abs(row.cost_usd - row.quantity_t * row.unit_cost_usd_per_t!) >
      tolerance * Math.abs(row.cost_usd)
    )
      wrong.push(`the cost of ${row.supplier} is not quantity × unit cost`);
  }
  if (Math.abs(sum - demand) > slack) wrong.push(`${sum} t delivered for ${demand} t needed`);
  if (limits.cap !== null)
    for (const [country, t] of from)
      if (t > limits.cap * demand + slack) wrong.push(`${country} supplies ${t / demand} of demand`);
  if (limits.nMinus1 !== null)
    for (const [country, t] of from) {
      // the others deliver up to (1 + surge) times their tonnes, within what they have
      const others = rows.reduce((most, r) => {
        // a stock may be drawn already
        if (r.kind === stockKind) return most;
        const kept = 1 - (countedIn(r).find(([c]) => c === country)?.[1] ?? 0);
        return most + kept * Math.max(0, Math.min(limits.surge * r.quantity_t, r.available_t - r.quantity_t));
      }, 0);
      if (t - others > limits.nMinus1 * demand + slack)
        wrong.push(`${(t - others) / demand} of demand is missing after the loss of ${country}`);
    }
  for (const bloc of limits.blocs) {
    const t = [...from].reduce((all, [country, part]) => all + (bloc.members.has(country) ? part : 0), 0);
    if (t > bloc.cap * demand + slack) wrong.push(`${bloc.bloc} supplies ${t / demand} of demand`);
  }
  for (const [name, least] of [
    ['domestic', limits.domesticMin] as const,
    ['recycled', limits.recycledMin] as const,
  ])
    if (least !== null && (kind.get(name) ?? 0) < least * demand - slack)
      wrong.push(`${name} supply is below its floor`);
  return wrong;
}

/** What is wrong over all minerals of a year: the cap on their sum. */
function wrongTogether(rows: readonly PlanRow[], { limits, needs }: Problem): string[] {
  const { aggregateCap } = limits;
  if (aggregateCap === null) return [];
  const weight = new Map(needs.map((n) => [`${n.mineral} ${n.stage} ${n.year}`, n.weight]));
  return [...groupBy(rows, (r) => String(r.year))].flatMap(([year, own]) => {
    const all = needs.reduce((sum, n) => sum + (String(n.year) === year ? n.weight * n.quantity_t : 0), 0);
    const from = new Map<string, number>();
    for (const r of own)
      for (const [country, share] of countedIn(r)) {
        const t = share * r.quantity_t * weight.get(`${r.mineral} ${r.stage} ${r.year}`)!;
        from.set(country, (from.get(country) ?? 0) + t);
      }
    return [...from].flatMap(([country, x]) =>
      x > (aggregateCap + tolerance) * all ? [`${year}: ${country} supplies ${x / all} of all together`] : [],
    );
  });
}

/** What is wrong from year to year: rises above the ramp, deliveries of a project that has not started. */
function wrongOverYears(
  rows: readonly PlanRow[],
  { limits, offers }: Problem,
  started: readonly Started[],
): string[] {
  const wrong: string[] = [];
  const supplier = (r: Pick<PlanRow, 'supplier' | 'kind' | 'mineral' | 'stage'>) =>
    `${r.supplier} (${r.kind}, ${r.mineral} ${r.stage})`;
  const offersOf = groupBy(offers, supplier);
  for (const [name, own] of groupBy(rows, supplier)) {
    const its = offersOf.get(name) ?? [];
    const offerIn = (year: number) => its.find((o) => o.year === year) ?? its.find((o) => o.year === null);
    let before: PlanRow | null = null;
    for (const r of own.toSorted((a, b) => a.year - b.year)) {
      const offer = offerIn(r.year);
      const slack = tolerance * r.demand_t;
      if (limits.ramp !== null) {
        const start = before?.quantity_t ?? offer?.current_t ?? null;
        const most = limits.ramp * r.demand_t * (before ? r.year - before.year : 1);
        if (start !== null && r.quantity_t > start + most + slack)
          wrong.push(`${r.year}: ${name} rises by ${r.quantity_t - start} t`);
      }
      const project = offer?.project ?? null;
      if (
        project !== null &&
        r.quantity_t > slack &&
        !started.some((s) => s.project === project && s.year <= r.year)
      )
        wrong.push(`${r.year}: ${name} delivers before ${project} has started`);
      before = r;
    }
  }
  return wrong;
}

/** Cost by duality: Σ price × limit over everything; equals the cost of a linear plan that minimises it. */
export const costByDuality = (limits: readonly LimitAt[]): number =>
  limits.reduce((sum, l) => sum + (l.shadow_price_usd_per_t ?? 0) * l.limit, 0);

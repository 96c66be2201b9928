import { priceInWords, unmetInWords, usd } from '../../analysis/sourcing/explain.ts';
import type { Objective } from '../../analysis/sourcing/objective.ts';
import type { Delivery, LimitAt, Plan, StockYear } from '../../analysis/sourcing/plan.ts';
import { countedBy, type Offer, type Problem, stockKind } from '../../analysis/sourcing/problem.ts';
import { type PlanRow, recompute } from '../../analysis/sourcing/recompute.ts';
import type { AnswerRow, Note } from '../question.ts';

/** A delivery as a row of the answer. */
export function deliveryRow(plan: Plan, d: Delivery): PlanRow & { status: 'optimal'; share: number | null } {
  const need = plan.problem.needs[d.need]!;
  return {
    status: 'optimal',
    year: need.year,
    mineral: need.mineral,
    stage: need.stage,
    supplier: d.offer.supplier,
    country: d.offer.country,
    kind: d.offer.kind,
    quantity_t: d.quantity_t,
    share: need.quantity_t > 0 ? d.quantity_t / need.quantity_t : null,
    unit_cost_usd_per_t: d.offer.cost_usd_per_t,
    cost_usd: d.quantity_t * d.offer.cost_usd_per_t,
    available_t: d.offer.available_t,
    demand_t: need.quantity_t,
    counted_as: countedText(d.offer, plan.problem),
  };
}

/** A stock in a year as a row: what it adds to the balance is what is drawn, less what is bought for it. */
export function stockRow(
  plan: Plan,
  { need, opening_t, bought_t, drawn_t, closing_t, holding_usd_per_t }: StockYear,
): PlanRow & { status: 'optimal'; share: number | null } {
  const quantity_t = drawn_t - bought_t;
  return {
    status: 'optimal',
    year: need.year,
    mineral: need.mineral,
    stage: need.stage,
    supplier: stockKind,
    country: [...plan.problem.home][0] ?? '',
    kind: stockKind,
    quantity_t,
    share: need.quantity_t > 0 ? quantity_t / need.quantity_t : null,
    unit_cost_usd_per_t: null,
    cost_usd: closing_t * holding_usd_per_t,
    available_t: opening_t,
    demand_t: need.quantity_t,
    counted_as: '',
    opening_t,
    bought_t,
    drawn_t,
    closing_t,
    holding_usd_per_t,
  };
}

/** `CHN=0.9;AUS=0.1`: with the tonnes, all that the cap adds up. */
const countedText = (offer: Offer, { limits, home }: Problem): string =>
  [...countedBy(offer, limits.capOn, home)].map(([country, share]) => `${country}=${share}`).join(';');

/** Deliveries and stocks as rows, checked from the rows alone before they are shown. */
export function plannedRows(plan: Plan): AnswerRow[] {
  const stocked = new Map(plan.stocks.map((s) => [s.need, stockRow(plan, s)]));
  const rows = plan.deliveries.flatMap((d, k): PlanRow[] => {
    const last = plan.deliveries[k + 1]?.need !== d.need;
    const own = last ? stocked.get(plan.problem.needs[d.need]!) : undefined;
    return [deliveryRow(plan, d), ...(own ? [own] : [])];
  });
  // a need that nobody offers anything for lives on its stock
  const served = new Set(plan.deliveries.map((d) => plan.problem.needs[d.need]!));
  for (const [need, row] of stocked) if (!served.has(need)) rows.push(row);
  const wrong = recompute(rows, plan.problem, plan.started, plan.cost_usd);
  if (wrong.length) throw new Error(`the plan does not hold when it is added up again: ${wrong.join('; ')}`);
  return rows.map((row) => ({ ...row }));
}

/** What stands in the way of needs that cannot be met, demand first. */
export function unmetRows(plan: Plan): AnswerRow[] {
  const blank = (need: { year: number; mineral: string; stage: string; quantity_t: number } | null) => ({
    status: 'infeasible',
    year: need?.year ?? null,
    mineral: need?.mineral ?? null,
    stage: need?.stage ?? null,
    demand_t: need?.quantity_t ?? null,
  });
  return plan.unmet.flatMap((u) => [
    ...u.needs.map((n) => ({ ...blank(n.need), constraint: 'demand', short_by_t: n.short_by_t })),
    ...u.obstacles.map((o) => ({
      ...blank(o.need),
      constraint: o.constraint,
      short_by_t: o.constraint === 'budget' ? null : o.short_by,
    })),
  ]);
}

/**
 * Why needs cannot be met, with the rows that say it.
 * @param after how many rows of the answer stand before those of `unmetRows`
 */
export function unmetNotes(plan: Plan, after = 0, nameOf?: (id: string) => string): Note[] {
  let at = after;
  return plan.unmet.map((u) => {
    const [first] = u.needs;
    const years = [...new Set(u.needs.map((n) => n.need.year))];
    const where = first ? `${first.need.mineral} ${first.need.stage} ${years.join(', ')}: ` : '';
    const short = u.needs.reduce((sum, n) => sum + n.short_by_t, 0);
    const rows = Array.from({ length: u.needs.length + u.obstacles.length }, () => at++);
    return { code: 'infeasible', value: short, rows, text: `${where}${unmetInWords(u, nameOf)}` };
  });
}

/** Limits with their prices. */
export const dualNotes = (limits: readonly LimitAt[], nameOf?: (id: string) => string): Note[] =>
  limits.map((l) => ({
    code: 'dual',
    constraint: l.constraint,
    shadow_price_usd_per_t: l.shadow_price_usd_per_t,
    binding: l.binding,
    value: l.shadow_price_usd_per_t,
    mineral: l.need?.mineral ?? null,
    stage: l.need?.stage ?? null,
    year: l.need?.year ?? null,
    limit_t: l.limit,
    used_t: l.used,
    text: `${l.need ? `${l.need.mineral} ${l.need.stage} ${l.need.year}: ` : ''}${priceInWords(l, nameOf)}`,
  }));

/** Cost, starts and the gap of a plan. */
export function planNotes(plan: Plan, objective: Objective = 'cost'): Note[] {
  const notes: Note[] = [];
  // where nothing can be met there is no plan that could cost anything
  if (plan.met.length > 0)
    notes.push({
      code: 'cost',
      value: plan.cost_usd,
      text: `the plan costs ${usd(plan.cost_usd)}, undiscounted`,
    });
  const kindOf = new Map(plan.problem.projects.map((p) => [p.project, p.kind]));
  for (const s of plan.started) {
    const kind = kindOf.get(s.project)!;
    notes.push({
      code: 'start',
      value: s.cost_usd,
      [kind]: s.project,
      year: s.year,
      text: `the ${kind} ${s.project} ${kind === 'agreement' ? 'is used from' : 'starts in'} ${s.year}${s.cost_usd > 0 ? ` for ${usd(s.cost_usd)}` : ''}`,
    });
  }
  const held = plan.stocks.reduce((sum, s) => sum + s.closing_t * s.holding_usd_per_t, 0);
  if (held > 0)
    notes.push({
      code: 'holding_cost',
      value: held,
      text: `of which ${usd(held)} for holding stocks`,
    });
  if (plan.problem.projects.length)
    notes.push({
      code: 'gap',
      value: plan.gap,
      text: `no other choice of ${[...new Set(plan.problem.projects.map((p) => `${p.kind}s`))].sort().reverse().join(' and ')} can be better than this by more than ${(100 * plan.gap).toPrecision(2)} % of the ${objective === 'cost' ? 'cost' : 'aim'}`,
    });
  return notes;
}

import type { LinearModel, LinearSolution, Solve } from '../../store/world.ts';
import { type Assembled, assemble } from './assemble.ts';
import type { Held } from './held.ts';
import { explainInfeasible, type Unmet } from './infeasible.ts';
import { marginal } from './marginal.ts';
import { type Cell, sourcingModel } from './model.ts';
import { costOf, type Objective } from './objective.ts';
import { type Part, partsOf } from './parts.ts';
import type { Need, Problem } from './problem.ts';

/** A limit as the plan meets it. */
export interface LimitAt {
  /** `demand`, `cap:CHN`, `available:NAME` … */
  readonly constraint: string;
  /** null where it joins several needs */
  readonly need: Need | null;
  /** the limit itself and what the plan makes of it, t (USD for a budget) */
  readonly limit: number;
  readonly used: number;
  /** at its limit */
  readonly binding: boolean;
  /**
   * change of the cost per tonne more of the limit: at least 0 for demand and floors, at most 0 for caps and what is
   * available. null where the plan does not minimise cost
   */
  readonly shadow_price_usd_per_t: number | null;
}

export interface Delivery extends Cell {
  readonly quantity_t: number;
}

/** A stock in a year: opening + bought − drawn = closing. One of bought and drawn is 0. */
export interface StockYear {
  readonly need: Need;
  readonly opening_t: number;
  readonly bought_t: number;
  readonly drawn_t: number;
  readonly closing_t: number;
  /** the most that may be held at its end; null = any amount */
  readonly most_t: number | null;
  /** what holding a tonne of the closing stock costs, until the next year of the plan */
  readonly holding_usd_per_t: number;
}

export interface Plan {
  readonly problem: Problem;
  /** of the needs that can be met within all limits */
  readonly deliveries: readonly Delivery[];
  /** positions of needs that are met */
  readonly met: readonly number[];
  readonly limits: readonly LimitAt[];
  /** what cannot be met and why; empty where all can */
  readonly unmet: readonly Unmet[];
  readonly stocks: readonly StockYear[];
  /** projects built and agreements used */
  readonly started: readonly { readonly project: string; readonly year: number; readonly cost_usd: number }[];
  /** Σ cost of deliveries, starts and stocks of the needs that are met, USD, undiscounted */
  readonly cost_usd: number;
  /** largest relative gap of the parts with yes-or-no decisions; 0 without any */
  readonly gap: number;
}

/** Nearness at which a limit counts as reached, relative to it. */
export const reached = 1e-7;

/**
 * The best plan within all limits. Parts of the problem that nothing joins are solved and, where they cannot be met,
 * explained one by one. Needs that cannot be met even alone are explained and left out, so that they do not take the
 * others down with them through a limit that joins them.
 */
export async function planFor(
  problem: Problem,
  objective: Objective,
  solve: Solve,
  signal?: AbortSignal,
): Promise<Plan> {
  const plan = await planTogether(problem, objective, solve, signal);
  if (!plan.unmet.some((u) => u.needs.length > 1)) return plan;
  const limits = { ...problem.limits, aggregateCap: null, budgetUsd: null, ramp: null };
  const alone = await planTogether({ ...problem, limits }, objective, solve, signal);
  const hopeless = new Set(alone.unmet.flatMap((u) => u.needs.map((n) => n.need)));
  if (hopeless.size === 0 || hopeless.size === problem.needs.length) return plan;
  const rest = { ...problem, needs: problem.needs.filter((n) => !hopeless.has(n)) };
  const best = await planTogether(rest, objective, solve, signal);
  return { ...best, unmet: [...alone.unmet, ...best.unmet] };
}

async function planTogether(
  problem: Problem,
  objective: Objective,
  solve: Solve,
  signal: AbortSignal | undefined,
): Promise<Plan> {
  const assembled = assemble(sourcingModel(problem), objective);
  const parts = partsOf(assembled);
  const empty = (p: Part) => p.columns.length === 0;
  const solvable = parts.filter((p) => !empty(p));
  const first = await solve(
    solvable.map((p) => ({ ...p.linear, explain: true })),
    signal,
  );
  const found = new Map(solvable.map((p, k) => [p, first[k]!]));
  const done: { part: Part; solution: LinearSolution }[] = [];
  const failed: { part: Part; solution: LinearSolution | null }[] = [];
  for (const part of parts) {
    const solution = found.get(part);
    if (solution?.status === 'optimal') done.push({ part, solution });
    else if (solution && solution.status !== 'infeasible')
      throw new Error(`the solver stopped without an answer: ${solution.status}`);
    else if (!solution && part.linear.rows.every((r) => r.lower <= 0 && r.upper >= 0))
      done.push({ part, solution: nothingToDo });
    else failed.push({ part, solution: solution ?? null });
  }
  const settled =
    objective === 'cost'
      ? await marginal(assembled, done, solve, signal)
      : await cheapestOfTheBest(assembled, done, solve, signal);
  const values = new Float64Array(assembled.linear.columns.length);
  for (const { part, solution } of settled)
    part.columns.forEach((j, k) => {
      values[j] = solution.values[k] ?? 0;
    });
  const met = settled.flatMap((s) => s.part.needs).sort((a, b) => a - b);
  const isMet = new Set(met);
  const { sourcing } = assembled;
  const deliveries = sourcing.cells
    .filter((c) => isMet.has(c.need))
    .map((c) => ({ ...c, quantity_t: values[c.column]! }));
  const stocks = sourcing.held.filter((h) => isMet.has(h.need)).map((h) => stockYear(h, values, problem));
  const used = new Set(deliveries.flatMap((d) => (d.quantity_t > 0 ? (d.offer.project ?? []) : [])));
  // what costs nothing may stand open and serve nobody
  const started = sourcing.starts.filter(
    (s) => values[s.column]! > 0.5 && (s.cost_usd > 0 || used.has(s.project)),
  );
  return {
    problem,
    deliveries,
    met,
    limits: limitsAt(assembled, settled, values, isMet, objective),
    unmet: await explainInfeasible(assembled, failed, solve, signal),
    stocks,
    started,
    cost_usd:
      deliveries.reduce((sum, d) => sum + d.quantity_t * d.offer.cost_usd_per_t, 0) +
      started.reduce((sum, s) => sum + s.cost_usd, 0) +
      stocks.reduce((sum, s) => sum + s.closing_t * s.holding_usd_per_t, 0),
    gap: Math.max(0, ...settled.map((s) => s.solution.gap)),
  };
}

function stockYear(h: Held, values: Float64Array, { needs }: Problem): StockYear {
  // buying for a stock what is drawn in the same year is nothing but two entries
  const net = values[h.bought]! - values[h.drawn]!;
  return {
    need: needs[h.need]!,
    opening_t: h.before ? values[h.before.closing]! : h.stock.opening_t,
    bought_t: Math.max(0, net),
    drawn_t: Math.max(0, -net),
    closing_t: values[h.closing]!,
    most_t: h.stock.most_t,
    holding_usd_per_t: h.stock.holding_usd_per_t * h.years,
  };
}

const nothingToDo: LinearSolution = {
  status: 'optimal',
  objective: 0,
  values: [],
  duals: null,
  reducedCosts: null,
  gap: 0,
  irreducible: null,
};

/** Of all plans that are best by another objective, the cheapest. */
async function cheapestOfTheBest(
  assembled: Assembled,
  done: readonly { part: Part; solution: LinearSolution }[],
  solve: Solve,
  signal: AbortSignal | undefined,
) {
  const { sourcing, linear } = assembled;
  const costs = costOf(sourcing, linear.columns.length - sourcing.columns);
  const models = done.map(({ part, solution }): LinearModel => {
    const { squares: _, ...plain } = part.linear;
    const columns = part.linear.columns.map((c, k) => {
      const own = part.columns[k]! >= sourcing.columns;
      const fixed = own && part.linear.squares ? solution.values[k]! : null;
      return {
        ...c,
        cost: costs[part.columns[k]!]!,
        ...(fixed !== null && { lower: fixed, upper: fixed }),
      };
    });
    const best = part.linear.columns.flatMap((c, k) => (c.cost === 0 ? [] : [[k, c.cost] as const]));
    const limit = (solution.objective ?? 0) * (1 + 1e-9) + 1e-12;
    const rows = part.linear.squares
      ? part.linear.rows
      : [...part.linear.rows, { name: 'best', lower: -Infinity, upper: limit, terms: best }];
    return { ...plain, columns, rows };
  });
  const solvable = done.map((d) => d.part.columns.length > 0);
  const again = await solve(
    models.filter((_, k) => solvable[k]),
    signal,
  );
  let at = 0;
  return done.map(({ part, solution }, k) => {
    const cheap = solvable[k] ? again[at++]! : solution;
    return { part, solution: cheap.status === 'optimal' ? { ...cheap, gap: solution.gap } : solution };
  });
}

function limitsAt(
  { sourcing, rows, bounds, linear }: Assembled,
  settled: readonly { part: Part; solution: LinearSolution }[],
  values: Float64Array,
  isMet: ReadonlySet<number>,
  objective: Objective,
): LimitAt[] {
  const dual = new Map<number, number>();
  const reduced = new Map<number, number>();
  for (const { part, solution } of settled) {
    part.rows.forEach((i, k) => {
      dual.set(i, solution.duals?.[k] ?? 0);
    });
    part.columns.forEach((j, k) => {
      reduced.set(j, solution.reducedCosts?.[k] ?? 0);
    });
  }
  const { needs } = sourcing.problem;
  const priced = objective === 'cost';
  const found: LimitAt[] = [];
  rows.forEach((row, i) => {
    if (row.label === null || (row.need !== null && !isMet.has(row.need))) return;
    const used = row.terms.reduce((sum, [j, a]) => sum + a * values[j]!, 0);
    const limit = row.upper < Infinity ? row.upper : row.lower;
    found.push({
      constraint: row.label,
      need: row.need === null ? null : needs[row.need]!,
      limit,
      used,
      binding: row.lower === row.upper || near(used, limit),
      shadow_price_usd_per_t: priced ? (dual.get(i) ?? 0) : null,
    });
  });
  for (const b of bounds) {
    if (!isMet.has(b.need)) continue;
    const used = values[b.column]!;
    const price = Math.min(0, reduced.get(b.column) ?? 0);
    const binding = near(used, b.upper);
    found.push({
      constraint: b.label,
      need: needs[b.need]!,
      limit: b.upper,
      used,
      binding,
      shadow_price_usd_per_t: priced ? (binding ? price : 0) : null,
    });
  }
  // limits of the whole plan say nothing where a part of it cannot be met
  return found.filter((l) => l.need !== null || isMet.size === needs.length || linear.rows.length === 0);
}

const near = (used: number, limit: number) =>
  Math.abs(used - limit) <= reached * Math.max(1e-9, Math.abs(limit));

import type { LinearModel, LinearSolution, Solve } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { type Assembled, assemble } from './assemble.ts';
import { type SourcingModel, sourcingModel } from './model.ts';
import { costOf, supplierGroup } from './objective.ts';
import { countedBy, type Need, type Problem } from './problem.ts';

/** What is traded against cost: the cap on one country, the concentration, or what the loss of one may leave missing. */
export type Axis = 'cap' | 'hhi' | 'n-minus-1';
export const axes: readonly Axis[] = ['cap', 'hhi', 'n-minus-1'];

export interface FrontierPoint {
  /** the cap or the part that may be missing; null on the axis of concentration */
  readonly limit: number | null;
  readonly cost_usd: number;
  /** largest share of one country, as the cap counts it */
  readonly top_share: number;
  /** Σ (g_k/D)² over foreign countries and each supplier at home */
  readonly hhi: number;
  /** share missing after the loss of the worst country, when nobody can replace it */
  readonly loss: number;
}

export interface Frontier {
  readonly need: Need;
  /** from the cheapest plan to the strictest limit that can be met */
  readonly points: readonly FrontierPoint[];
  /** position in `points`; null where there is no bend */
  readonly knee: number | null;
}

/**
 * The knee of a falling curve: the point farthest from the chord between its ends, both axes scaled to 0…1. Before it
 * a tighter limit is cheap, beyond it dear. Null where no point lies clearly below the chord.
 */
export function kneeOf(points: readonly { readonly x: number; readonly y: number }[]): number | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 3) return null;
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  if (dx === 0 || dy === 0) return null;
  let best: number | null = null;
  let most = 0.01;
  points.forEach((p, k) => {
    const below = (p.x - first.x) / dx - (p.y - first.y) / dy;
    if (below > most) {
      most = below;
      best = k;
    }
  });
  return best;
}

/**
 * Cost against a limit for each need alone, with `points` points from where the limit begins to bind to the strictest
 * that can be met. Each series has one matrix, so that a solver starts each point from the one before.
 */
export async function frontiers(
  problem: Problem,
  axis: Axis,
  points: number,
  solve: Solve,
  signal?: AbortSignal,
): Promise<Frontier[]> {
  const found: Frontier[] = [];
  for (const need of problem.needs) {
    const alone: Problem = {
      ...problem,
      needs: [need],
      offers: problem.offers.filter((o) => o.mineral === need.mineral && o.stage === need.stage),
      projects: [],
      stocks: [],
      limits: { ...problem.limits, aggregateCap: null, budgetUsd: null, ramp: null },
    };
    if (!(need.quantity_t > 0)) continue;
    const series =
      axis === 'hhi'
        ? await byConcentration(alone, points, solve, signal)
        : await byLimit(alone, axis, points, solve, signal);
    if (!series.length) continue;
    const knee = kneeOf(series.map((p) => ({ x: axis === 'hhi' ? p.hhi : p.limit!, y: p.cost_usd })));
    found.push({ need, points: series, knee });
  }
  return found;
}

/** Rows of the limit that is moved, by its label. */
const movedBy = { cap: /^(cap|origin_cap|owner_cap):/, 'n-minus-1': /^n_minus_1:/ } as const;

const withLimit = (problem: Problem, axis: 'cap' | 'n-minus-1', limit: number): Problem => ({
  ...problem,
  limits: axis === 'cap' ? { ...problem.limits, cap: limit } : { ...problem.limits, nMinus1: limit },
});

async function byLimit(
  problem: Problem,
  axis: 'cap' | 'n-minus-1',
  points: number,
  solve: Solve,
  signal: AbortSignal | undefined,
): Promise<FrontierPoint[]> {
  const demand = problem.needs[0]!.quantity_t;
  const assembled = assemble(sourcingModel(withLimit(problem, axis, 1)));
  const moved = new Set(assembled.rows.flatMap((r, i) => (movedBy[axis].test(r.label ?? '') ? [i] : [])));
  const at = (limit: number): LinearModel => ({
    ...assembled.linear,
    rows: assembled.linear.rows.map((r, i) => (moved.has(i) ? { ...r, upper: limit * demand } : r)),
  });
  const [free, least] = await solve([at(Infinity), leastLimit(assembled.linear, moved, demand)], signal);
  if (free!.status !== 'optimal' || least!.status !== 'optimal') return [];
  const strictest = Math.min(1, least!.values.at(-1)!);
  const start = measured(assembled.sourcing, free!);
  const loosest = axis === 'cap' ? start.top_share : start.loss;
  const limits =
    loosest <= strictest + 1e-9
      ? [loosest]
      : Array.from({ length: points }, (_, k) => loosest + ((strictest - loosest) * k) / (points - 1));
  // the strictest is met to the last bit only by chance
  const solutions = await solve(
    limits.map((l) => at(l * (1 + 1e-9))),
    signal,
  );
  return limits.flatMap((limit, k) =>
    solutions[k]!.status === 'optimal' ? [{ ...measured(assembled.sourcing, solutions[k]!), limit }] : [],
  );
}

/** min t with every row of the limit at most t·D. */
function leastLimit(linear: LinearModel, moved: ReadonlySet<number>, demand: number): LinearModel {
  const column = linear.columns.length;
  return {
    columns: [
      ...linear.columns.map((c) => ({ ...c, cost: 0 })),
      { name: 'least', cost: 1, lower: 0, upper: Infinity },
    ],
    rows: linear.rows.map((r, i) =>
      moved.has(i) ? { ...r, upper: 0, terms: [...r.terms, [column, -demand] as const] } : r,
    ),
  };
}

/** Cost plus a rising price on concentration: c·x + λ Σ (g_k/D)². */
async function byConcentration(
  problem: Problem,
  points: number,
  solve: Solve,
  signal: AbortSignal | undefined,
): Promise<FrontierPoint[]> {
  const assembled: Assembled = assemble(sourcingModel(problem), 'hhi');
  const { sourcing, linear } = assembled;
  const costs = costOf(sourcing, linear.columns.length - sourcing.columns);
  const columns = linear.columns.map((c, j) => ({ ...c, cost: costs[j]! }));
  const { squares, ...plain } = linear;
  const [free] = await solve([{ ...plain, columns }], signal);
  if (free!.status !== 'optimal') return [];
  const scale = free!.objective || 1;
  const models = Array.from({ length: points - 1 }, (_, k) => {
    const weight = scale * 10 ** (-3 + (5 * k) / Math.max(1, points - 2));
    return { ...plain, columns, squares: squares!.map((q) => q * weight) };
  });
  const solutions = [free!, ...(await solve(models, signal))];
  return solutions
    .filter((s) => s.status === 'optimal')
    .map((s) => ({ ...measured(sourcing, s), limit: null }));
}

/** Cost, largest share, concentration and largest loss of a solution for one need. */
function measured(sourcing: SourcingModel, solution: LinearSolution): Omit<FrontierPoint, 'limit'> {
  const { needs, limits, home } = sourcing.problem;
  const demand = needs[0]!.quantity_t;
  const shares = new Map<string, number>();
  let cost_usd = 0;
  for (const c of sourcing.cells) {
    const t = solution.values[c.column]!;
    cost_usd += t * c.offer.cost_usd_per_t;
    for (const [country, part] of countedBy(c.offer, limits.capOn, home))
      shares.set(country, (shares.get(country) ?? 0) + (part * t) / demand);
  }
  let hhi = 0;
  for (const cells of groupBy(sourcing.cells, (c) => supplierGroup(c.offer)).values())
    hhi += (cells.reduce((sum, c) => sum + solution.values[c.column]!, 0) / demand) ** 2;
  const top_share = Math.max(0, ...shares.values());
  return { cost_usd, top_share, hhi, loss: top_share };
}

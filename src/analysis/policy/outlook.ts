import { type Case, chance } from './probability.ts';
import { type ProjectedOutput, projectedShares } from './projected-shares.ts';
import { requiredChangePerYear } from './tonnes-to-move.ts';

/** A project of a supplier, with its capacity on the basis of that supplier's output. */
export interface PipelineProject {
  readonly country: string;
  /** first year; null = not known, counted in the target year only in the case `all` */
  readonly start_year: number | null;
  readonly quantity_t: number;
  readonly status: string | null;
  readonly probability: number | null;
  /** tonnes promised to others */
  readonly committed_t: number;
}

export interface OutlookInput {
  /** shares s_j now, of all supply, the consumer's own included */
  readonly shares: ReadonlyMap<string, number>;
  /** Q_j, t a year; a supplier without an entry keeps its weight */
  readonly output_t: ReadonlyMap<string, number>;
  readonly projects: readonly PipelineProject[];
  /** output of each supplier as somebody projects it, on one basis; empty where nobody does */
  readonly projected?: readonly ProjectedOutput[];
  /** D_0 and D_y on one basis; null = not known */
  readonly demand_t: (year: number) => number | null;
  readonly cap: number;
  /** countries the limit does not count */
  readonly exempt: ReadonlySet<string>;
  /** year of the shares */
  readonly now: number;
  readonly targetYear: number;
  /** last year to show where it is after the target year, from which on the cap stands */
  readonly lastYear?: number;
}

export interface OutlookYear {
  readonly year: number;
  /** largest share if nothing changes */
  readonly unchanged: number;
  /** max(0, s_top − cap)·D_y, t; null without D_y */
  readonly tonnes_to_move_t: number | null;
  /** largest share a straight line to the cap allows; the cap from the target year on */
  readonly path: number;
  /** largest share with the projects at their chances */
  readonly pipeline: number;
  readonly pipeline_top: string | null;
  /** the same if no project comes, and if all come: the larger and the smaller of the two stand first and last */
  readonly low: number;
  readonly high: number;
  /** largest share if every supplier grows as its output is projected; null where nothing is projected */
  readonly projected: number | null;
  readonly projected_top: string | null;
}

export type OutlookStatus = 'met' | 'on_path' | 'off_path' | 'not_computable';

export interface Outlook {
  readonly status: OutlookStatus;
  readonly top_country: string | null;
  readonly share: number | null;
  readonly required_change_per_year: number | null;
  readonly years: readonly OutlookYear[];
  /** what suppliers with no share today could send at most in the target year */
  readonly potential: readonly { readonly country: string; readonly quantity_t: number }[];
  /** suppliers with projects whose output is not known, so that the projects could not be used */
  readonly withoutOutput: readonly string[];
}

/**
 * The year from which a project counts; null = never, as it is in the output already. One that should have begun by the
 * year of the shares and does not run yet is late: it counts from the next year.
 */
export function countsFrom(
  project: Pick<PipelineProject, 'start_year' | 'status'>,
  now: number,
): number | null {
  const { start_year, status } = project;
  if (start_year === null || start_year > now) return start_year;
  return status === 'operating' || status === null ? null : now + 1;
}

/** q_jy: capacity that has come by a year, in one of the three cases. */
function pipelineBy(projects: readonly PipelineProject[], year: number, now: number, of: Case) {
  const by = new Map<string, number>();
  for (const p of projects) {
    const from = countsFrom(p, now);
    if (from === null ? p.start_year !== null || of !== 'all' : from > year) continue;
    by.set(p.country, (by.get(p.country) ?? 0) + p.quantity_t * chance(p, of));
  }
  return by;
}

/** Largest share of a country that counts; [null, 0] where none does. */
function largest(
  shares: ReadonlyMap<string, number>,
  exempt: ReadonlySet<string>,
): readonly [string | null, number] {
  let top: [string | null, number] = [null, 0];
  for (const [country, share] of shares)
    if (!exempt.has(country) && (share > top[1] || (share === top[1] && top[0] !== null && country < top[0])))
      top = [country, share];
  return top;
}

/**
 * Shares of a year if suppliers grow with their projects: `s_j,y ∝ s_j·(Q_j + q_jy)/Q_j`, normalised to 1.
 * A supplier whose output is not known keeps its weight.
 */
export function sharesWithPipeline(
  shares: ReadonlyMap<string, number>,
  output_t: ReadonlyMap<string, number>,
  pipeline_t: ReadonlyMap<string, number>,
): Map<string, number> {
  const weights = new Map<string, number>();
  let sum = 0;
  let before = 0;
  for (const [country, share] of shares) {
    const q = output_t.get(country) ?? 0;
    const weight = q > 0 ? (share * (q + (pipeline_t.get(country) ?? 0))) / q : share;
    weights.set(country, weight);
    sum += weight;
    before += share;
  }
  if (sum > 0) for (const [country, weight] of weights) weights.set(country, (weight / sum) * before);
  return weights;
}

/**
 * The largest share from now to the target year: unchanged, with the pipeline of projects, and on the straight path
 * to the cap. Status: `met` (s ≤ cap now), `on_path` (with the pipeline at or below the path in every year),
 * `off_path`, `not_computable` (no shares, or the target year is past and the cap not met).
 * Suppliers grow in proportion to their own output: who would really sell to this consumer is not known.
 */
export function outlook(input: OutlookInput): Outlook {
  const { shares, cap, now, targetYear, exempt } = input;
  const [country, top] = largest(shares, exempt);
  const withoutOutput = [
    ...new Set(
      input.projects
        .map((p) => p.country)
        .filter((c) => (shares.get(c) ?? 0) > 0 && !((input.output_t.get(c) ?? 0) > 0)),
    ),
  ].sort();
  const known = shares.size > 0;
  const change = known ? requiredChangePerYear(top, cap, now, targetYear) : null;
  if (!known || change === null)
    return {
      status: 'not_computable',
      top_country: country,
      share: known ? top : null,
      required_change_per_year: change,
      years: [],
      potential: [],
      withoutOutput,
    };
  const years: OutlookYear[] = [];
  for (let year = now; year <= Math.max(targetYear, input.lastYear ?? targetYear); year++) {
    const of = (which: Case) =>
      largest(
        sharesWithPipeline(shares, input.output_t, pipelineBy(input.projects, year, now, which)),
        exempt,
      );
    const [none, [pipelineTop, expected], all] = [of('none')[1], of('expected'), of('all')[1]];
    const demand = input.demand_t(year);
    const projected = projectedShares(shares, input.projected ?? [], now, year);
    const [projectedTop, projectedShare] = projected ? largest(projected, exempt) : [null, null];
    years.push({
      year,
      unchanged: top,
      tonnes_to_move_t: demand === null ? null : Math.max(0, top - cap) * demand,
      path: top <= cap || year >= targetYear ? cap : top - change * (year - now),
      pipeline: expected,
      pipeline_top: pipelineTop,
      low: Math.min(none, expected, all),
      high: Math.max(none, expected, all),
      projected: projectedShare,
      projected_top: projectedTop,
    });
  }
  const slack = 1e-12;
  const status =
    top <= cap
      ? 'met'
      : years.every((y) => y.year > targetYear || y.pipeline <= y.path + slack)
        ? 'on_path'
        : 'off_path';
  return {
    status,
    top_country: country,
    share: top,
    required_change_per_year: change,
    years,
    potential: potentialOf(input),
    withoutOutput,
  };
}

/** `min(q_j,y − committed, cap·D_y)` for suppliers without a share today, in the target year. */
function potentialOf(input: OutlookInput): { country: string; quantity_t: number }[] {
  const demand = input.demand_t(input.targetYear);
  const free = input.projects.map((p) => ({ ...p, quantity_t: Math.max(0, p.quantity_t - p.committed_t) }));
  return [...pipelineBy(free, input.targetYear, input.now, 'expected')]
    .filter(([country, t]) => !((input.shares.get(country) ?? 0) > 0) && t > 0)
    .map(([country, t]) => ({
      country,
      quantity_t: demand === null || input.exempt.has(country) ? t : Math.min(t, input.cap * demand),
    }))
    .sort((a, b) => b.quantity_t - a.quantity_t || (a.country < b.country ? -1 : 1));
}

import { groupBy } from '../../tables/group-by.ts';
import { type Held, layStocks } from './held.ts';
import type { Need, Offer, Problem } from './problem.ts';

/** Tonnes that one offer delivers towards one need: a variable of the model. */
export interface Cell {
  readonly column: number;
  readonly need: number;
  readonly offer: Offer;
}

/** A project starts in this year (1) or not (0). */
export interface Start {
  readonly column: number;
  readonly project: string;
  readonly year: number;
  readonly cost_usd: number;
}

/** The variables of a sourcing problem, before limits and objective. */
export interface SourcingModel {
  readonly problem: Problem;
  readonly cells: readonly Cell[];
  /** by need */
  readonly cellsOf: readonly (readonly Cell[])[];
  readonly starts: readonly Start[];
  /** by mineral and stage, then by year */
  readonly held: readonly Held[];
  /** by cell, the variable of what it delivers more after a loss; empty where nothing can surge */
  readonly surges: readonly number[];
  readonly columns: number;
}

/** A limit as a row `lower ≤ Σ a·x ≤ upper`, and what it is to a person. */
export interface LimitRow {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
  readonly terms: readonly (readonly [column: number, coefficient: number])[];
  /** as answers name it: `demand`, `cap:CHN`, `domestic_min` …; null = bookkeeping that is nobody’s limit */
  readonly label: string | null;
  /** the need it is about, null where it joins several */
  readonly need: number | null;
}

/** A limit on one variable. */
export interface LimitBound {
  readonly column: number;
  readonly upper: number;
  readonly label: string;
  readonly need: number;
}

/** One limit of a plan: a name, a sentence, and its rows (and bounds) in a model. */
export interface Constraint {
  readonly name: string;
  readonly sentence: string;
  readonly rows: (model: SourcingModel) => readonly LimitRow[];
  readonly bounds?: (model: SourcingModel) => readonly LimitBound[];
}

const keyOf = (x: Pick<Need, 'mineral' | 'stage'>) => `${x.mineral} ${x.stage}`;

const cleaned = new Map<string, string>();
/** A name as LP files allow it; the same few names come again and again. */
function clean(part: string): string {
  let name = cleaned.get(part);
  if (name === undefined) {
    name = part.normalize('NFD').replace(/[^A-Za-z0-9_.]/g, '_');
    if (cleaned.size > 10_000) cleaned.clear();
    cleaned.set(part, name);
  }
  return name;
}

/** Names of rows and columns as LP files allow them. */
export const lpName = (...parts: readonly (string | number)[]): string =>
  parts.map((part) => clean(String(part))).join('_');

export const needName = (need: Need): string => lpName(need.mineral, need.stage, need.year);

/** Lays out the variables: one for each need and each offer of that mineral, stage and year. */
export function sourcingModel(problem: Problem): SourcingModel {
  const offersOf = groupBy(problem.offers, keyOf);
  const cells: Cell[] = [];
  const cellsOf = problem.needs.map((need, k) =>
    (offersOf.get(keyOf(need)) ?? [])
      .filter((offer) => offer.year === null || offer.year === need.year)
      .map((offer) => {
        const cell = { column: cells.length, need: k, offer };
        cells.push(cell);
        return cell;
      }),
  );
  let columns = cells.length;
  const years = [...new Set(problem.needs.map((n) => n.year))].sort((a, b) => a - b);
  const starts = problem.projects.flatMap((p) =>
    years
      .filter((year) => year >= p.from_year)
      .map((year) => ({ column: columns++, project: p.project, year, cost_usd: p.fixed_cost_usd })),
  );
  const held = layStocks(problem, columns);
  columns += 3 * held.length;
  const { nMinus1, surge } = problem.limits;
  const surges = nMinus1 !== null && surge > 0 ? cells.map(() => columns++) : [];
  return { problem, cells, cellsOf, starts, held, surges, columns };
}

/** What a column is called in an LP file. */
export function columnNames(model: SourcingModel): string[] {
  const needs = model.problem.needs.map(needName);
  const names = model.cells.map((c) => `x_${lpName(c.offer.supplier)}_${needs[c.need]!}`);
  for (const s of model.starts) names[s.column] = lpName('start', s.project, s.year);
  for (const h of model.held) {
    names[h.bought] = `stock_bought_${needs[h.need]!}`;
    names[h.drawn] = `stock_drawn_${needs[h.need]!}`;
    names[h.closing] = `stock_held_${needs[h.need]!}`;
  }
  model.surges.forEach((column, k) => {
    names[column] = names[model.cells[k]!.column]!.replace(/^x/, 'surge');
  });
  const seen = new Map<string, number>();
  return names.map((name) => {
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? name : `${name}_${n}`;
  });
}

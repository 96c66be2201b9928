import { groupBy } from '../../tables/group-by.ts';
import { type LimitRow, lpName, needName, type SourcingModel } from './model.ts';

/** What a plan makes as small as it can: its cost, the concentration of its suppliers, or the tonnes that change hands. */
export type Objective = 'cost' | 'hhi' | 'change';
export const objectives: readonly Objective[] = ['cost', 'hhi', 'change'];

/** Costs by column, with the columns and rows that the objective itself needs. */
export interface ObjectiveParts {
  /** by column, those of the model first, then the objective's own */
  readonly costs: Float64Array;
  readonly squares: Float64Array | null;
  readonly names: readonly string[];
  readonly rows: readonly LimitRow[];
}

/** c·x, the fixed costs of what is started, and what holding stocks costs. */
export function costOf(model: SourcingModel, own = 0): Float64Array {
  const costs = new Float64Array(model.columns + own);
  for (const c of model.cells) costs[c.column] = c.offer.cost_usd_per_t;
  for (const s of model.starts) costs[s.column] = s.cost_usd;
  for (const h of model.held) costs[h.closing] = h.stock.holding_usd_per_t * h.years;
  return costs;
}

/** Who counts as one supplier in the concentration: a foreign country; at home each supplier for itself. */
export const supplierGroup = (offer: { kind: string; country: string; supplier: string }): string =>
  offer.kind === 'import' ? offer.country : `${offer.kind}:${offer.supplier}`;

export const objectiveParts = (model: SourcingModel, objective: Objective): ObjectiveParts =>
  objective === 'cost'
    ? { costs: costOf(model), squares: null, names: [], rows: [] }
    : objective === 'hhi'
      ? concentration(model)
      : change(model);

/** Σ_need Σ_k (g_k/D)², g_k what group k delivers: the Herfindahl–Hirschman index of the plan. */
function concentration(model: SourcingModel): ObjectiveParts {
  const names: string[] = [];
  const rows: LimitRow[] = [];
  const weights: number[] = [];
  model.problem.needs.forEach((need, k) => {
    for (const [group, cells] of groupBy(model.cellsOf[k]!, (c) => supplierGroup(c.offer))) {
      const column = model.columns + names.length;
      names.push(lpName('group', group, needName(need)));
      weights.push(need.quantity_t > 0 ? 1 / need.quantity_t ** 2 : 0);
      rows.push({
        name: lpName('group', group, needName(need)),
        label: null,
        need: k,
        lower: 0,
        upper: 0,
        terms: [[column, 1], ...cells.map((c) => [c.column, -1] as const)],
      });
    }
  });
  const squares = new Float64Array(model.columns + names.length);
  squares.set(weights, model.columns);
  return { costs: new Float64Array(squares.length), squares, names, rows };
}

/**
 * ½ Σ|x_i − x_i0| = Σ max(0, x_i − x_i0) where both add up to D: tonnes that move to another supplier. Today's
 * tonnes are scaled to the need of the year; an unknown supply of today counts as none.
 */
function change(model: SourcingModel): ObjectiveParts {
  const names: string[] = [];
  const rows: LimitRow[] = [];
  model.problem.needs.forEach((need, k) => {
    const cells = model.cellsOf[k]!;
    const today = cells.reduce((sum, c) => sum + (c.offer.current_t ?? 0), 0);
    for (const c of cells) {
      const column = model.columns + names.length;
      const name = lpName('rise', c.offer.supplier, needName(need));
      names.push(name);
      rows.push({
        name,
        label: null,
        need: k,
        lower: -Infinity,
        upper: today > 0 ? ((c.offer.current_t ?? 0) * need.quantity_t) / today : 0,
        terms: [
          [c.column, 1],
          [column, -1],
        ],
      });
    }
  });
  const costs = new Float64Array(model.columns + names.length);
  costs.fill(1, model.columns);
  return { costs, squares: null, names, rows };
}

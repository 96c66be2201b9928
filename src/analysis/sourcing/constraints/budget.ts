import type { Constraint } from '../model.ts';

/** Σ c_i·x_i + Σ fixed costs of what is started + Σ holding costs ≤ budget, over all minerals and years */
export const budget: Constraint = {
  name: 'budget',
  sentence: 'All minerals and years together cost no more than the budget.',
  rows: ({ problem, cells, starts, held }) =>
    problem.limits.budgetUsd === null
      ? []
      : [
          {
            name: 'budget',
            label: 'budget',
            need: null,
            lower: -Infinity,
            upper: problem.limits.budgetUsd,
            terms: [
              ...cells.map((c) => [c.column, c.offer.cost_usd_per_t] as const),
              ...starts.map((s) => [s.column, s.cost_usd] as const),
              ...held.map((h) => [h.closing, h.stock.holding_usd_per_t * h.years] as const),
            ],
          },
        ],
};

import { type Constraint, lpName, needName } from '../model.ts';

/** Σ_i x_i = D */
export const balance: Constraint = {
  name: 'balance',
  sentence: 'What all suppliers deliver is what is needed: no more, no less.',
  rows: ({ problem, cellsOf }) =>
    problem.needs.map((need, k) => ({
      name: lpName('demand', needName(need)),
      label: 'demand',
      need: k,
      lower: need.quantity_t,
      upper: need.quantity_t,
      terms: cellsOf[k]!.map((c) => [c.column, 1] as const),
    })),
};

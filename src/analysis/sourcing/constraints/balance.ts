import { type Constraint, lpName, needName } from '../model.ts';

/** Σ_i x_i = D; with a stock Σ_i x_i + d − b = D, d what is drawn and b what is bought for it */
export const balance: Constraint = {
  name: 'balance',
  sentence: 'What all suppliers deliver is what is needed: no more, no less.',
  rows: ({ problem, cellsOf, held }) => {
    const stockOf = new Map(held.map((h) => [h.need, h]));
    return problem.needs.map((need, k) => {
      const h = stockOf.get(k);
      return {
        name: lpName('demand', needName(need)),
        label: 'demand',
        need: k,
        lower: need.quantity_t,
        upper: need.quantity_t,
        terms: [
          ...cellsOf[k]!.map((c) => [c.column, 1] as const),
          ...(h ? [[h.drawn, 1] as const, [h.bought, -1] as const] : []),
        ],
      };
    });
  },
};

import type { Constraint } from '../model.ts';

/** 0 ≤ x_i ≤ u_i */
export const availability: Constraint = {
  name: 'availability',
  sentence: 'Nobody delivers more than they have to spare in the year.',
  rows: () => [],
  bounds: ({ cells }) =>
    cells.map((c) => ({
      column: c.column,
      upper: c.offer.available_t,
      label: `available:${c.offer.supplier}`,
      need: c.need,
    })),
};

import { type Constraint, type LimitRow, lpName, needName } from '../model.ts';

/** h_y = h_y' + b_y − d_y ≥ 0, y' the year of the plan before y, h the opening stock before the first; h_y ≤ most; h_last ≥ end */
export const stock: Constraint = {
  name: 'stock',
  sentence:
    'What is held at the end of a year is what was held before and what is bought for it, less what is drawn: never less than nothing.',
  rows: ({ problem, held }) =>
    held.flatMap(({ stock: of, need: k, bought, drawn, closing, before, last }) => {
      const name = needName(problem.needs[k]!);
      const opening = before ? 0 : of.opening_t;
      const rows: LimitRow[] = [
        {
          name: lpName('stock', name),
          // what is there at the start is a limit; the rest is bookkeeping
          label: opening > 0 ? 'stock' : null,
          need: k,
          lower: opening,
          upper: opening,
          terms: [[closing, 1], [bought, -1], [drawn, 1], ...(before ? [[before.closing, -1] as const] : [])],
        },
      ];
      if (last && of.end_t > 0)
        rows.push({
          name: lpName('stock_end', name),
          label: 'stock_end',
          need: k,
          lower: of.end_t,
          upper: Infinity,
          terms: [[closing, 1]],
        });
      return rows;
    }),
  bounds: ({ held }) =>
    held.flatMap(({ stock: of, need, closing }) =>
      of.most_t === null ? [] : [{ column: closing, upper: of.most_t, label: 'stock_most', need }],
    ),
};

import { groupBy } from '../../../tables/group-by.ts';
import { type Constraint, type LimitRow, lpName, needName } from '../model.ts';

/** x_i,y − x_i,y' ≤ ramp·D_y·(y − y'), y' the year of the plan before y; before the first, today’s tonnes where known */
export const ramp: Constraint = {
  name: 'ramp',
  sentence: 'No supplier’s deliveries rise from one year to the next by more than a share of what is needed.',
  rows: ({ problem, cells }) => {
    const { limits, needs } = problem;
    if (limits.ramp === null) return [];
    const bySupplier = groupBy(cells, ({ offer: o }) => `${o.supplier}|${o.kind}|${o.mineral}|${o.stage}`);
    return [...bySupplier.values()].flatMap((own) => {
      const inOrder = [...own].sort((a, b) => needs[a.need]!.year - needs[b.need]!.year);
      return inOrder.flatMap((cell, k): LimitRow[] => {
        const need = needs[cell.need]!;
        const before = inOrder[k - 1];
        if (!before && cell.offer.current_t === null) return [];
        const years = before ? need.year - needs[before.need]!.year : 1;
        return [
          {
            name: lpName('ramp', cell.offer.supplier, needName(need)),
            label: `ramp:${cell.offer.supplier}`,
            need: cell.need,
            lower: -Infinity,
            upper: limits.ramp! * need.quantity_t * years + (before ? 0 : cell.offer.current_t!),
            terms: before ? [[cell.column, 1] as const, [before.column, -1] as const] : [[cell.column, 1]],
          },
        ];
      });
    });
  },
};

import { groupBy } from '../../../tables/group-by.ts';
import { type Constraint, type LimitRow, lpName } from '../model.ts';
import { countedBy } from '../problem.ts';

/** Σ_m w_m·x_mj ≤ cap · Σ_m w_m·D_m in each year, for every country j; w = the need’s weight */
export const aggregateCap: Constraint = {
  name: 'aggregate-cap',
  sentence: 'Of all minerals added up, no country supplies more than the cap allows.',
  rows: ({ problem, cellsOf }) => {
    const { aggregateCap: cap, capOn } = problem.limits;
    if (cap === null) return [];
    const years = groupBy([...problem.needs.keys()], (k) => String(problem.needs[k]!.year));
    return [...years].flatMap(([year, needs]) => {
      const all = needs.reduce((sum, k) => sum + problem.needs[k]!.weight * problem.needs[k]!.quantity_t, 0);
      const terms = new Map<string, (readonly [number, number])[]>();
      for (const k of needs)
        for (const cell of cellsOf[k]!)
          for (const [country, share] of countedBy(cell.offer, capOn, problem.home)) {
            const row = terms.get(country) ?? [];
            row.push([cell.column, share * problem.needs[k]!.weight]);
            terms.set(country, row);
          }
      return [...terms]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([country, row]): LimitRow => ({
            name: lpName('aggregate_cap', country, year),
            label: `aggregate_cap:${country}`,
            need: null,
            lower: -Infinity,
            upper: cap * all,
            terms: row,
          }),
        );
    });
  },
};

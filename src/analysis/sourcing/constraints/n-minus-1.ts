import { type Constraint, type LimitRow, lpName, needName } from '../model.ts';
import { countedBy } from '../problem.ts';

/**
 * After the loss of any one country j at most φ·D is missing: what came from it less what the others add,
 * Σ_i share_ij·x_i − Σ_i (1 − share_ij)·s_i ≤ φ·D, with s_i ≤ u_i − x_i and s_i ≤ surge·x_i.
 */
export const nMinus1: Constraint = {
  name: 'n-minus-1',
  sentence: 'After the loss of any one country no more than a share of what is needed is missing.',
  rows: (model) => {
    const { problem, cellsOf, surges } = model;
    const { limits, home } = problem;
    if (limits.nMinus1 === null) return [];
    const rows: LimitRow[] = [];
    problem.needs.forEach((need, k) => {
      const cells = cellsOf[k]!;
      const counted = cells.map((c) => countedBy(c.offer, limits.capOn, home));
      for (const lost of [...new Set(counted.flatMap((shares) => [...shares.keys()]))].sort())
        rows.push({
          name: lpName('n_minus_1', lost, needName(need)),
          label: `n_minus_1:${lost}`,
          need: k,
          lower: -Infinity,
          upper: limits.nMinus1! * need.quantity_t,
          terms: cells.flatMap((c, i) => {
            const part = counted[i]!.get(lost) ?? 0;
            const more = surges[c.column];
            return [
              ...(part > 0 ? [[c.column, part] as const] : []),
              ...(more !== undefined && part < 1 ? [[more, part - 1] as const] : []),
            ];
          }),
        });
      for (const c of cells) {
        const more = surges[c.column];
        if (more === undefined) continue;
        const name = lpName('surge', c.offer.supplier, needName(need));
        const own = { label: null, need: k, lower: -Infinity };
        rows.push(
          {
            ...own,
            name: `${name}_within`,
            upper: c.offer.available_t,
            terms: [
              [c.column, 1],
              [more, 1],
            ],
          },
          {
            ...own,
            name: `${name}_rate`,
            upper: 0,
            terms: [
              [more, 1],
              [c.column, -limits.surge],
            ],
          },
        );
      }
    });
    return rows;
  },
};

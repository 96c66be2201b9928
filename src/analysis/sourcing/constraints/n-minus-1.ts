import { type Constraint, type LimitRow, lpName, needName } from '../model.ts';
import { countedBy } from '../problem.ts';

/**
 * After the loss of any one country j what the others deliver is at least (1 − φ)·D:
 * Σ_i (1 − share_ij)·(x_i + s_i) ≥ (1 − φ)·D, with s_i ≤ u_i − x_i and s_i ≤ surge·x_i what a supplier adds then.
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
          lower: (1 - limits.nMinus1!) * need.quantity_t,
          upper: Infinity,
          terms: cells.flatMap((c, i) => {
            const left = 1 - (counted[i]!.get(lost) ?? 0);
            if (left <= 0) return [];
            const more = surges[c.column];
            return [[c.column, left] as const, ...(more === undefined ? [] : [[more, left] as const])];
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

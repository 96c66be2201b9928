import { type LimitRow, lpName, needName, type SourcingModel } from '../model.ts';
import type { Offer } from '../problem.ts';

/** One row for each need and each country that `counted` names: Σ_i share_ij·x_i ≤ cap·D. */
export function shareRows(
  model: SourcingModel,
  cap: number | null,
  label: string,
  counted: (offer: Offer) => Iterable<readonly [country: string, share: number]>,
): LimitRow[] {
  if (cap === null) return [];
  return model.problem.needs.flatMap((need, k) => {
    const terms = new Map<string, (readonly [number, number])[]>();
    for (const cell of model.cellsOf[k]!)
      for (const [country, share] of counted(cell.offer)) {
        const row = terms.get(country);
        if (row) row.push([cell.column, share]);
        else terms.set(country, [[cell.column, share]]);
      }
    return [...terms].sort(byName).map(([country, row]) => ({
      name: lpName(label, country, needName(need)),
      label: `${label}:${country}`,
      need: k,
      lower: -Infinity,
      upper: cap * need.quantity_t,
      terms: row,
    }));
  });
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

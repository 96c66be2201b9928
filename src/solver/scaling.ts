import type { LinearModel } from '../store/world.ts';

/** Units in which the figures of a model are near 1: value = unit × scaled value. */
export interface Units {
  readonly columns: Float64Array;
  readonly rows: Float64Array;
  readonly cost: number;
}

/** Powers of two multiply without rounding. */
const powerOfTwo = (x: number) => (x > 0 && Number.isFinite(x) ? 2 ** Math.round(Math.log2(x)) : 1);
const finite = (x: number) => (Number.isFinite(x) ? Math.abs(x) : 0);

/**
 * Kilograms of iridium and megatonnes of iron ore go to one solver whose tolerances are absolute: each row is
 * measured in its own bound, each column in the smallest row it is in, costs in the largest of them. Units are
 * powers of two, so nothing is rounded. Columns that must be whole keep their unit.
 */
export function unitsOf(model: LinearModel): Units {
  const { columns, rows } = model;
  const rowUnit = Float64Array.from(rows, (r) => powerOfTwo(Math.max(finite(r.lower), finite(r.upper))));
  const smallest = new Float64Array(columns.length).fill(Infinity);
  rows.forEach((row, i) => {
    if (!Math.max(finite(row.lower), finite(row.upper))) return;
    for (const [j, a] of row.terms)
      if (a !== 0) smallest[j] = Math.min(smallest[j]!, rowUnit[i]! / Math.abs(a));
  });
  const columnUnit = Float64Array.from(columns, (c, j) =>
    c.integer ? 1 : powerOfTwo(smallest[j] === Infinity ? finite(c.upper) : smallest[j]!),
  );
  // a column without a bound of its own (a sum of others, such as g = x + y) is measured in the largest of them
  rows.forEach((row) => {
    for (const [j, a] of row.terms) {
      if (a === 0 || smallest[j] !== Infinity || Number.isFinite(columns[j]!.upper) || columns[j]!.integer)
        continue;
      for (const [k, b] of row.terms)
        if (k !== j && smallest[k] !== Infinity)
          columnUnit[j] = Math.max(columnUnit[j]!, powerOfTwo(Math.abs(b / a) * columnUnit[k]!));
    }
  });
  // a row without a bound of its own (such as x ≤ y) is measured in its largest column
  rows.forEach((row, i) => {
    if (Math.max(finite(row.lower), finite(row.upper))) return;
    let most = 0;
    for (const [j, a] of row.terms) most = Math.max(most, Math.abs(a) * columnUnit[j]!);
    rowUnit[i] = powerOfTwo(most);
  });
  const { squares } = model;
  let costUnit = 0;
  columns.forEach((c, j) => {
    const square = (squares?.[j] ?? 0) * columnUnit[j]! ** 2;
    costUnit = Math.max(costUnit, Math.abs(c.cost) * columnUnit[j]!, square);
  });
  return { columns: columnUnit, rows: rowUnit, cost: powerOfTwo(costUnit) };
}

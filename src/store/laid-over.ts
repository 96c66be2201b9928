import type { Table } from '../tables/define.ts';
import { rowKey } from '../tables/row-key.ts';
import type { LoadTable } from './remembering.ts';

type Row = Readonly<Record<string, unknown>>;

/** As databases order cells: what is empty first, text by its bytes. */
function order(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return (a as number) < (b as number) ? -1 : 1;
}

/** Two lists of rows ordered by key as one. */
export function mergedByKey<R extends Row>(table: Table, a: readonly R[], b: readonly R[]): R[] {
  const isBefore = (x: R, y: R): boolean => {
    for (const column of table.key) {
      const sign = order(x[column], y[column]);
      if (sign !== 0) return sign < 0;
    }
    return true;
  };
  const rows: R[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) rows.push(isBefore(a[i]!, b[j]!) ? a[i++]! : b[j++]!);
  return rows.concat(a.slice(i), b.slice(j));
}

/**
 * Tables of one place with rows of another over them: a row whose key is in `own` comes from above, whatever it says.
 * Rows are ordered by key on both sides and stay so.
 */
export function laidOver(below: LoadTable, above: LoadTable, own: ReadonlySet<string>): LoadTable {
  return async (table, where, signal, missed) => {
    const [under, over] = await Promise.all([
      below(table, where, signal, missed),
      above(table, where, signal),
    ]);
    const kept = own.size > 0 ? under.filter((row) => !own.has(rowKey(table, row))) : under;
    return mergedByKey(table, kept, over);
  };
}

import { UsageError } from '../../errors.ts';
import type { World } from '../../store/world.ts';
import type { CellValue } from '../../tables/check.ts';

/** A world that is nothing but these rows, in the memory of the page: the same questions answer from it. */
export function ownWorld(
  rows: ReadonlyMap<string, readonly Record<string, CellValue>[]>,
  now: string,
): World {
  const load: World['load'] = async (table, where = {}) => {
    const asked = Object.entries(where as Record<string, readonly CellValue[]>).map(
      ([column, values]) => [column, new Set(values)] as const,
    );
    const kept = (rows.get(table.name) ?? []).filter((row) =>
      asked.every(([column, values]) => values.has(row[column]!)),
    );
    const order = (a: Record<string, CellValue>, b: Record<string, CellValue>): number => {
      for (const name of table.key) {
        const [x, y] = [a[name] ?? '', b[name] ?? ''];
        if (x !== y) return x < y ? -1 : 1;
      }
      return 0;
    };
    return [...kept].sort(order) as never;
  };
  return {
    load,
    now,
    dataVersion: 'own',
    data: 'own',
    own: new Set(),
    solve: () => Promise.reject(new UsageError('plans are not made in the page; use the command line')),
    progress: () => {},
    signal: new AbortController().signal,
  };
}

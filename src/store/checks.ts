import type { Harvest } from '../sources/source.ts';
import { type CellValue, duplicateText, type Known, quoted, valueProblem } from '../tables/check.ts';
import type { Table } from '../tables/define.ts';
import { country, mineral } from '../tables/world.ts';

/** What one source gave, with its id. */
export interface Gathered {
  readonly id: string;
  readonly harvest: Harvest;
}

/** Rows of one table from all sources, with what to call the place of each. */
export interface GatheredTable {
  readonly table: Table;
  readonly rows: readonly { readonly from: string; readonly row: Readonly<Record<string, CellValue>> }[];
}

/** The ids that the tables themselves define. */
export function knownIds(all: readonly GatheredTable[]): Known {
  const ids = (table: Table) =>
    new Set(
      all
        .filter((t) => t.table.name === table.name)
        .flatMap((t) => t.rows.map(({ row }) => String(row[table.key[0]!]))),
    );
  return { countries: ids(country), minerals: ids(mineral) };
}

const key = (table: Table, row: Readonly<Record<string, CellValue>>) =>
  table.key.map((name) => row[name] ?? null);

/** Every problem in the rows of one table: cells, names that are no columns, keys that stand twice. */
export function tableProblems({ table, rows }: GatheredTable, known: Known): string[] {
  const problems: string[] = [];
  const columns = Object.entries(table.columns);
  const seen = new Map<string, number>();
  rows.forEach(({ from, row }, i) => {
    const place = () => `${from}: ${table.name} ${key(table, row).join(', ')}`;
    for (const [name, column] of columns) {
      const why = valueProblem(column, row[name] ?? null, known);
      if (why !== null) problems.push(`${place()}, column ${name}: ${why}`);
    }
    for (const name of Object.keys(row))
      if (!table.columns[name]) problems.push(`${place()}: unknown column ${quoted(name)}`);
    const id = JSON.stringify(key(table, row));
    const first = seen.get(id);
    if (first === undefined) seen.set(id, i);
    else
      problems.push(duplicateText(table, `${from}: ${table.name}`, i + 1, first + 1, key(table, row), 'row'));
  });
  return problems;
}

/** A figure's source must be one that answers can cite. */
export function sourceProblems({ table, rows }: GatheredTable, ids: ReadonlySet<string>): string[] {
  if (!table.key.includes('source')) return [];
  const unknown = new Set(rows.map(({ row }) => String(row.source)).filter((id) => !ids.has(id)));
  return [...unknown].sort().map((id) => `${table.name}, column source: no such source: ${quoted(id)}`);
}

/** A source that says it refused more rows than it read has lost count. */
export const countProblems = ({ id, harvest }: Gathered): string[] => {
  const refused = harvest.refused.reduce((sum, r) => sum + r.rows, 0);
  return refused > harvest.rowsRead ? [`${id}: ${refused} rows refused of ${harvest.rowsRead} read`] : [];
};

import { DataError } from '../../errors.ts';
import { type CellValue, type Known, problemText, quoted, reserved, rowReader } from '../../tables/check.ts';
import type { RowOf, Table } from '../../tables/define.ts';
import type { Reference } from '../source.ts';

/** Columns that hold several ids separated by `;`, and what they name. */
export type IdLists = Readonly<Record<string, 'mineral' | 'country'>>;

/** Ids that the project's own small tables may name: every mineral, every country that has a code. */
export function knownIds(reference: Reference): Known {
  return {
    minerals: new Set(reference.csv('minerals').map((row) => row.mineral!)),
    countries: new Set(reference.csv('country-codes').map((row) => row.country!)),
  };
}

/**
 * Rows of reference/<name>.csv as rows of a canonical table. The file's columns are the table's; every cell is checked
 * by the table's declaration, every id in a list by `lists`. All problems are told at once, with file, line and column.
 */
export function readTable<T extends Table>(
  table: T,
  name: string,
  reference: Reference,
  lists: IdLists = {},
): RowOf<T>[] {
  const records = reference.csv(name);
  const file = `${name}.csv`;
  const header = Object.keys(records[0] ?? {});
  const known = knownIds(reference);
  const unknown = header.filter((column) => !(column in table.columns));
  const problems = unknown.map((column) => `${file}: unknown column: ${quoted(column)}`);
  const read = rowReader(table, header, known, (line, column, why) => {
    problems.push(problemText(file, line, column, why));
  });
  const rows: Record<string, CellValue>[] = [];
  const first = new Map<string, number>();
  records.forEach((record, at) => {
    const line = at + 2;
    const values = read(
      line,
      header.map((column) => record[column]!),
    );
    if (!values) return;
    const row = Object.fromEntries(Object.keys(table.columns).map((column, i) => [column, values[i]!]));
    const key = table.key.map((column) => row[column]).join(', ');
    const before = first.get(key);
    if (before !== undefined)
      problems.push(`${file} line ${line}: duplicate key: ${quoted(key)}, first on line ${before}`);
    first.set(key, line);
    for (const [column, kind] of Object.entries(lists)) {
      for (const id of String(row[column] ?? '').split(';')) {
        if (id === '' || reserved.has(id)) continue;
        const there = kind === 'mineral' ? known.minerals.has(id) : /^[A-Z]{3,4}$/.test(id);
        if (!there) problems.push(problemText(file, line, column, `unknown ${kind}: ${quoted(id)}`));
      }
    }
    rows.push(row);
  });
  if (problems.length > 0) throw new DataError(problems);
  return rows as RowOf<T>[];
}

import type { Column, ColumnType } from '../../tables/define.ts';

/** What is written as one file of a folder, or one sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  readonly about: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const plain = (type: ColumnType, about: string, unit: string): Column => ({
  type,
  nullable: true,
  optional: true,
  about,
  ...(unit && { unit }),
});

/** The type that holds every value of a column: text where they differ. */
function typeOf(values: Iterable<unknown>): ColumnType {
  const kinds = new Set<ColumnType>();
  for (const value of values) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'boolean') kinds.add('boolean');
    else if (typeof value === 'number') kinds.add(isWhole(value) ? 'integer' : 'number');
    else kinds.add('text');
  }
  const [first, ...more] = kinds;
  if (first === undefined) return 'text';
  if (more.length === 0) return first;
  return kinds.size === 2 && kinds.has('integer') && kinds.has('number') ? 'number' : 'text';
}

const isWhole = (value: number) => Number.isInteger(value) && Math.abs(value) < 2 ** 31;

/** Rows whose column types follow from what they hold; a column of figures and words is text. */
export function sheetOf(
  name: string,
  about: string,
  columns: readonly { readonly name: string; readonly unit: string; readonly about: string }[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Sheet {
  const typed = Object.fromEntries(
    columns.map((c) => [
      c.name,
      plain(
        c.unit === '' || c.unit === 'year' ? typeOf(rows.map((r) => r[c.name])) : typeOfFigures(rows, c.name),
        c.about,
        c.unit,
      ),
    ]),
  );
  return {
    name,
    about,
    columns: typed,
    key: [],
    rows: rows.map((row) =>
      Object.fromEntries(
        columns.map((c) => {
          const value = row[c.name] ?? null;
          return [c.name, typed[c.name]!.type === 'text' && value !== null ? String(value) : value];
        }),
      ),
    ),
  };
}

/** A column with a unit holds figures even where all of them are whole. */
const typeOfFigures = (rows: readonly Readonly<Record<string, unknown>>[], name: string): ColumnType => {
  const type = typeOf(rows.map((r) => r[name]));
  return type === 'integer' ? 'number' : type;
};

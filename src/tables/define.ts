/**
 * A table is declared once: each column with its type, unit, nullability and a sentence.
 * Row types, DDL, checks of people's own files, docs and datapackage.json follow from the declaration.
 */

export type ColumnType = 'text' | 'integer' | 'number' | 'boolean';

/** What a cell must satisfy beyond its type; each name is one check in `tables/check.ts`. */
export type Rule =
  | 'country'
  | 'country_or_total'
  | 'country_code'
  | 'mineral'
  | 'hs6'
  | 'year'
  | 'share'
  | 'not_negative'
  | 'governance'
  | 'date';

export interface Column {
  readonly type: ColumnType;
  /** unit as printed: t, USD, USD/t, 1 (a share), km … ; none for text */
  readonly unit?: string;
  readonly nullable: boolean;
  /** the file may leave the column out; then `fallback` (or null) is used */
  readonly optional: boolean;
  readonly fallback?: string | number | boolean;
  readonly rule?: Rule;
  readonly values?: readonly string[];
  readonly about: string;
}

type Cell = { text: string; integer: number; number: number; boolean: boolean };
type CellOf<C> = C extends { type: infer T extends ColumnType; nullable: infer N }
  ? N extends true
    ? Cell[T] | null
    : Cell[T]
  : never;

export interface Table<C extends Record<string, Column> = Record<string, Column>, N extends string = string> {
  readonly name: N;
  readonly about: string;
  /** columns whose values together name one row; rows are stored and returned in this order */
  readonly key: readonly string[];
  /** at least one of these must be a column of a person's own file */
  readonly main: readonly string[];
  readonly columns: C;
}

/** The row type of a table. */
export type RowOf<T> = T extends { columns: infer C } ? { -readonly [K in keyof C]: CellOf<C[K]> } : never;

export function defineTable<const C extends Record<string, Column>, const N extends string>(table: {
  name: N;
  about: string;
  key: readonly (keyof C & string)[];
  main?: readonly (keyof C & string)[];
  columns: C;
}): Table<C, N> {
  return { main: [], ...table };
}

type Extra = { readonly unit?: string; readonly rule?: Rule; readonly values?: readonly string[] };

/** A column every file must have and every row must fill. */
export const required = <const T extends ColumnType>(type: T, about: string, extra: Extra = {}) =>
  ({ type, nullable: false, optional: false, about, ...extra }) as const;

/** A column that may be left out or empty; null means unknown. */
export const optional = <const T extends ColumnType>(type: T, about: string, extra: Extra = {}) =>
  ({ type, nullable: true, optional: true, about, ...extra }) as const;

/** A column that may be left out or empty; then it has this value. */
export const defaulted = <const T extends ColumnType>(
  type: T,
  fallback: Cell[T],
  about: string,
  extra: Extra = {},
) => ({ type, nullable: false, optional: true, fallback, about, ...extra }) as const;

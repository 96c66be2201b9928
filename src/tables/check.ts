import type { Column, Table } from './define.ts';
import { didYouMean } from './nearest.ts';

/** What is checked of a cell, a header and a row, wherever the rows come from: own files, a build, a browser. */

export type CellValue = string | number | boolean | null;

/** The ids that cells may name. */
export interface Known {
  readonly countries: ReadonlySet<string>;
  readonly minerals: ReadonlySet<string>;
}

/** `country` of a published world total and of the published rest: not countries. */
export const reserved: ReadonlySet<string> = new Set(['WLD', 'OTH']);
export const firstYear = 1900;
export const lastYear = 2100;
const longestCell = 1_000_000;
/** Sums and squares of anything below this stay finite. */
const largest = 1e100;

/** Why a cell cannot be used. */
export interface Refused {
  readonly why: string;
}
const refuse = (why: string): Refused => ({ why });
const isRefused = (value: CellValue | Refused): value is Refused =>
  typeof value === 'object' && value !== null;

/** A value as it stands in a message: quoted, cut when long. */
export const quoted = (value: unknown): string => {
  const text = String(value);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
};

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const notFinite = /^[+-]?(?:nan|inf|infinity)$/i;

function numberOf(text: string): number | Refused {
  if (notFinite.test(text)) return refuse(`not a finite number: ${quoted(text)}`);
  if (!decimal.test(text)) return refuse(`not a number: ${quoted(text)}`);
  const value = Number(text);
  if (!Number.isFinite(value)) return refuse(`not a finite number: ${quoted(text)}`);
  if (value === 0 && /[1-9]/.test(text.split(/[eE]/)[0]!))
    return refuse(`too small to be told from zero: ${quoted(text)}`);
  return value === 0 ? 0 : value;
}

/** The value of a cell's text by the column's type; empty is the column's fallback or null. */
export function parseCell(column: Column, text: string): CellValue | Refused {
  if (text === '') return column.fallback ?? null;
  if (text.length > longestCell / 3 && new TextEncoder().encode(text).length > longestCell)
    return refuse(`a cell over 1 MB: ${quoted(text)}`);
  if (!isText(text)) return refuse(`not UTF-8 text: ${quoted(text)}`);
  if (column.type === 'text') return text;
  if (column.type === 'boolean') {
    const word = text.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    return refuse(`not true or false: ${quoted(text)}`);
  }
  return numberOf(text);
}

/** False for what a decoder of UTF-8 leaves of other bytes: the replacement character, or a NUL. */
export const isText = (text: string): boolean => !text.includes('\0') && !text.includes('\ufffd');

const isDate = (text: string): boolean => {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  const date = new Date(Date.UTC(year, month - 1, day));
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

function countryProblem(code: string, known: Known, totals: boolean): string | null {
  if (reserved.has(code)) return totals ? null : `reserved for totals, not a country: ${quoted(code)}`;
  if (known.countries.has(code)) return null;
  if (!/^[A-Z]{3}$/.test(code)) return `not three capital letters: ${quoted(code)}`;
  return `not in the table country: ${quoted(code)}${didYouMean(code, known.countries)}`;
}

function typeProblem(column: Column, value: CellValue): string | null {
  if (column.type === 'text' || column.type === 'boolean') {
    const wanted = column.type === 'text' ? 'string' : 'boolean';
    return typeof value === wanted ? null : `not ${column.type}: ${quoted(value)}`;
  }
  if (typeof value !== 'number') return `not a number: ${quoted(value)}`;
  if (!Number.isFinite(value)) return `not a finite number: ${quoted(value)}`;
  if (Math.abs(value) > largest) return `too large: ${quoted(value)}`;
  if (column.type !== 'integer') return null;
  if (!Number.isInteger(value)) return `not a whole number: ${quoted(value)}`;
  return Math.abs(value) > 2_147_483_647 ? `too large: ${quoted(value)}` : null;
}

function ruleProblem(column: Column, value: string | number, known: Known): string | null {
  switch (column.rule) {
    case 'country':
      return countryProblem(value as string, known, false);
    case 'country_or_total':
      return countryProblem(value as string, known, true);
    case 'country_code':
      if (reserved.has(value as string)) return `reserved for totals, not a country: ${quoted(value)}`;
      return /^[A-Z]{3}$/.test(value as string) ? null : `not three capital letters: ${quoted(value)}`;
    case 'mineral':
      if (known.minerals.has(value as string)) return null;
      return `unknown mineral: ${quoted(value)}${didYouMean(value as string, known.minerals)}`;
    case 'hs6':
      return /^\d{6}$/.test(value as string) ? null : `not six digits: ${quoted(value)}`;
    case 'year':
      return (value as number) >= firstYear && (value as number) <= lastYear
        ? null
        : `year outside ${firstYear}–${lastYear}: ${quoted(value)}`;
    case 'share':
      return (value as number) >= 0 && (value as number) <= 1 ? null : `share outside 0–1: ${quoted(value)}`;
    case 'not_negative':
      return (value as number) >= 0 ? null : `negative: ${quoted(value)}`;
    case 'governance':
      return Math.abs(value as number) <= 5 ? null : `governance outside −5…5: ${quoted(value)}`;
    case 'date':
      return isDate(value as string) ? null : `not a date (YYYY-MM-DD, YYYY-MM or YYYY): ${quoted(value)}`;
    default:
      return null;
  }
}

/** What is wrong with a value of a column, or null: type, allowed values, rule. */
export function valueProblem(column: Column, value: CellValue, known: Known): string | null {
  if (value === null) return column.nullable ? null : 'empty, but every row needs it';
  const wrongType = typeProblem(column, value);
  if (wrongType) return wrongType;
  if (column.values && !column.values.includes(value as string))
    return `not one of ${column.values.join(', ')}: ${quoted(value)}`;
  return typeof value === 'boolean' ? null : ruleProblem(column, value, known);
}

/** What is wrong with a header: unknown, repeated and missing columns, each with the list of those there are. */
export function headerProblems(table: Table, header: readonly string[]): string[] {
  const names = Object.keys(table.columns);
  const list = `columns of ${table.name}: ${names.join(', ')}`;
  const problems: string[] = [];
  header.forEach((name, i) => {
    if (!names.includes(name))
      problems.push(
        `column ${i + 1}: unknown column ${quoted(name)}${didYouMean(name, names)}${didYouMean(name, names) ? ' ' : '; '}${list}`,
      );
    else if (header.indexOf(name) < i) problems.push(`column ${i + 1}: column ${name} given twice`);
  });
  for (const name of names)
    if (!table.columns[name]!.optional && !header.includes(name))
      problems.push(`missing column ${quoted(name)}; ${list}`);
  if (table.main.length > 0 && !table.main.some((name) => header.includes(name)))
    problems.push(
      `missing column ${quoted(table.main[0])}${table.main.length > 1 ? ` (or ${table.main.slice(1).join(', ')})` : ''}; ${list}`,
    );
  return problems;
}

/** Reports what is wrong with one cell. */
export type Report = (line: number, column: string | null, why: string) => void;

/**
 * Checks the rows of one file, cells in the header's order (text as written, or typed), into values in the declared order.
 * Reports every problem of a row; returns null where a part of its key is faulty. Another faulty cell is null: whoever
 * reads on to find more (a key that stands twice) must refuse the file in the end.
 */
export function rowReader(table: Table, header: readonly string[], known: Known, report: Report) {
  const columns = Object.entries(table.columns).map(([name, column]) => ({
    name,
    column,
    at: header.indexOf(name),
    inKey: table.key.includes(name),
  }));
  return (line: number, cells: readonly CellValue[]): CellValue[] | null => {
    if (cells.length !== header.length) {
      const column = header[cells.length] ?? String(header.length + 1);
      report(line, column, `${cells.length} cells in the row, but the header has ${header.length}`);
      return null;
    }
    let hasKey = true;
    const values: CellValue[] = [];
    for (const { name, column, at, inKey } of columns) {
      const cell = at < 0 ? '' : cells[at]!;
      const value = typeof cell === 'string' ? parseCell(column, cell) : (cell ?? column.fallback ?? null);
      const why = isRefused(value) ? value.why : valueProblem(column, value, known);
      if (why !== null) report(line, name, why);
      if (why !== null && inKey) hasKey = false;
      values.push(why !== null || isRefused(value) ? null : value);
    }
    return hasKey ? values : null;
  };
}

/** Where a problem is, as printed: `production.csv line 3, column quantity_t: negative: "-1"`. */
export const problemText = (
  file: string,
  line: number,
  column: string | null,
  why: string,
  unit = 'line',
): string => `${file} ${unit} ${line}${column === null ? '' : `, column ${column}`}: ${why}`;

/** A key that stands twice. */
export const duplicateText = (
  table: Table,
  file: string,
  line: number,
  first: number,
  key: readonly CellValue[],
  unit = 'line',
): string =>
  `${file} ${unit} ${line}, column ${table.key.join(', ')}: duplicate key ${key.map((k) => k ?? '').join(', ')}; first on ${unit} ${first}`;

/** Checks a whole small table at once (a pasted one): its rows, to be used only where no problem was found. */
export function checkRows(
  table: Table,
  header: readonly string[],
  rows: Iterable<{ readonly line: number; readonly cells: readonly string[] }>,
  { file, known }: { readonly file: string; readonly known: Known },
): { rows: Record<string, CellValue>[]; problems: string[] } {
  const problems = headerProblems(table, header).map((why) => `${file} line 1, ${why}`);
  if (problems.length > 0) return { rows: [], problems };
  const names = Object.keys(table.columns);
  const seen = new Map<string, number>();
  const kept: Record<string, CellValue>[] = [];
  const read = rowReader(table, header, known, (line, column, why) => {
    problems.push(problemText(file, line, column, why));
  });
  for (const { line, cells } of rows) {
    const values = read(line, cells);
    if (!values) continue;
    const row = Object.fromEntries(names.map((name, i) => [name, values[i]!]));
    const key = table.key.map((name) => row[name]!);
    const first = seen.get(JSON.stringify(key));
    if (first !== undefined) problems.push(duplicateText(table, file, line, first, key));
    else seen.set(JSON.stringify(key), line);
    kept.push(row);
  }
  return { rows: kept, problems };
}

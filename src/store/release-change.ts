import { sqlName } from '../tables/ddl.ts';
import type { Table } from '../tables/define.ts';
import type { Database } from './duckdb.ts';

/** Rows of one table by source, year and code: the grain at which a publisher's mistake shows. */
export interface RowGroup {
  readonly table: string;
  readonly source: string;
  /** year, or the year of a month; null where the table has none */
  readonly year: number | null;
  /** customs code, mineral or dimension; null where the table has none */
  readonly code: string | null;
  readonly rows: number;
}

export interface ReleaseChange {
  /** rows vanished: a build stops */
  readonly stops: readonly string[];
  /** smaller losses, to be looked at */
  readonly warnings: readonly string[];
}

/** Part of a source's rows, in the years both releases have, beyond which its loss stops a build. */
export const mostVanished = 0.02;
/** The same of one year, and the rows it must have had for a part to mean anything. */
export const mostVanishedOfYear = 0.03;
const fewRows = 20;

/** Columns that name a group, by what they are called in the tables. */
const codeColumn = (table: Table): string | undefined =>
  ['hs6', 'cn8', 'heading', 'mineral', 'dimension'].find((name) => name in table.columns);
const yearSql = (table: Table): string =>
  'year' in table.columns
    ? '"year"'
    : 'month' in table.columns
      ? 'CAST(left("month", 4) AS INTEGER)'
      : 'NULL';

/** Counts a relation's rows by group; `from` is SQL that stands after FROM. */
export async function rowGroups(database: Database, table: Table, from: string): Promise<RowGroup[]> {
  const code = codeColumn(table);
  const source = 'source' in table.columns ? '"source"' : `'${table.name}'`;
  const { columns, length } = await database.query(
    `SELECT coalesce(${source}, ''), ${yearSql(table)}, ${code ? sqlName(code) : 'NULL'}, count(*) FROM ${from} t GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  return Array.from({ length }, (_, i) => ({
    table: table.name,
    source: String(columns[0]![i]),
    year: columns[1]![i] === null ? null : Number(columns[1]![i]),
    code: columns[2]![i] === null ? null : String(columns[2]![i]),
    rows: Number(columns[3]![i]),
  }));
}

/** The same of rows in memory. */
export function groupsOfRows(table: Table, rows: readonly Readonly<Record<string, unknown>>[]): RowGroup[] {
  const code = codeColumn(table);
  const groups = new Map<
    string,
    { source: string; year: number | null; code: string | null; rows: number }
  >();
  for (const row of rows) {
    const source = 'source' in table.columns ? String(row.source ?? '') : table.name;
    const year =
      'year' in table.columns
        ? (row.year as number | null)
        : 'month' in table.columns
          ? Number(String(row.month).slice(0, 4))
          : null;
    const of = code ? ((row[code] as string | null) ?? null) : null;
    const key = `${source} ${year} ${of}`;
    const group = groups.get(key) ?? { source, year, code: of, rows: 0 };
    group.rows++;
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ table: table.name, ...group }));
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

/**
 * What a new release lost against the one before. Rows are counted by source, year and code; gains of one group do not
 * make up for losses of another. A source that is new or gone altogether is not a loss of rows: it was decided.
 */
export function groupsVanished(before: readonly RowGroup[], after: readonly RowGroup[]): ReleaseChange {
  const stops: string[] = [];
  const warnings: string[] = [];
  const id = (g: RowGroup) => `${g.table} ${g.source} ${g.year} ${g.code}`;
  const now = new Map(after.map((g) => [id(g), g.rows]));
  const alive = new Set(after.map((g) => `${g.table} ${g.source}`));
  const sums = new Map<string, { had: number; lost: number }>();
  const add = (key: string, had: number, lost: number) => {
    const sum = sums.get(key) ?? { had: 0, lost: 0 };
    sums.set(key, { had: sum.had + had, lost: sum.lost + lost });
  };
  for (const group of before) {
    const place = `${group.table} ${group.source}`;
    if (!alive.has(place)) continue;
    const rows = now.get(id(group)) ?? 0;
    const lost = Math.max(0, group.rows - rows);
    add(place, group.rows, lost);
    if (group.year !== null) add(`${place} ${group.year}`, group.rows, lost);
    const what = `${group.table}, ${group.source}, ${[group.year, group.code].filter((x) => x !== null).join(', ')}`;
    if (rows === 0 && group.rows >= fewRows)
      stops.push(
        `all rows vanished from ${what}: ${group.rows} in the release before; if that is right, build with --accept-missing`,
      );
    else if (lost > 0 && (rows === 0 || lost / group.rows > 0.2) && group.rows >= 5)
      warnings.push(`${what}: ${rows} rows, ${group.rows} in the release before`);
  }
  for (const [place, { had, lost }] of sums) {
    const [table, source, year] = place.split(' ');
    const tooMany =
      year === undefined ? lost / had > mostVanished : had >= fewRows && lost / had >= mostVanishedOfYear;
    if (!tooMany) continue;
    stops.push(
      `rows vanished from ${table}, ${source}${year === undefined ? '' : `, ${year}`}: ${lost} of ${had} (${percent(lost / had)}) that the release before had; if that is right, build with --accept-missing`,
    );
  }
  return { stops: stops.sort(), warnings: warnings.sort() };
}

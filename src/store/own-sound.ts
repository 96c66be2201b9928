import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { firstYear, headerProblems, type Known, lastYear } from '../tables/check.ts';
import { sqlName, sqlType } from '../tables/ddl.ts';
import type { Column, Table } from '../tables/define.ts';
import type { Database, Parameter } from './duckdb.ts';
import type { OwnFile } from './own-files.ts';
import { quoted } from './quoted.ts';

/**
 * The quick way to read a large file of somebody's own: the database reads and checks it in one statement. It only
 * ever says "sound" or "look closer": a file with anything unusual in it, right or wrong, is read row by row by
 * `own-rows.ts`, which alone knows how to name a problem. So the checks here may be stricter than those of
 * `tables/check.ts`, never looser.
 */

/** Files of fewer bytes are read row by row at once: that takes no longer. */
const largeFile = { csv: 100_000, parquet: 10_000 };

const decimal = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';
const numeric = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT)|FLOAT|DOUBLE|DECIMAL.*)$/;

/** The condition that a value of a column must meet; null where SQL cannot say it. `value` is the SQL of the value. */
function condition(column: Column, value: string, ids: (which: keyof Known) => string): string | null {
  const parts: string[] = [];
  if (column.type === 'integer') parts.push(`${value} = floor(${value}) AND abs(${value}) <= 2147483647`);
  if (column.type === 'number') parts.push(`abs(${value}) <= 1e100`);
  if (column.values) parts.push(`${value} IN (${column.values.map(quoted).join(', ')})`);
  switch (column.rule) {
    case undefined:
      if (column.type === 'text' && !column.values)
        parts.push(
          `strlen(${value}) <= 300000 AND NOT contains(${value}, chr(0)) AND NOT contains(${value}, chr(65533))`,
        );
      break;
    case 'country':
      parts.push(`${value} NOT IN ('WLD', 'OTH') AND ${value} IN (${ids('countries')})`);
      break;
    case 'country_or_total':
      parts.push(`(${value} IN ('WLD', 'OTH') OR ${value} IN (${ids('countries')}))`);
      break;
    case 'mineral':
      parts.push(`${value} IN (${ids('minerals')})`);
      break;
    case 'hs6':
      parts.push(`regexp_full_match(${value}, '[0-9]{6}')`);
      break;
    case 'year':
      parts.push(`${value} BETWEEN ${firstYear} AND ${lastYear}`);
      break;
    case 'share':
      parts.push(`${value} BETWEEN 0 AND 1`);
      break;
    case 'not_negative':
      parts.push(`${value} >= 0`);
      break;
    case 'governance':
      parts.push(`abs(${value}) <= 5`);
      break;
    default:
      return null;
  }
  const met = parts.length ? parts.join(' AND ') : 'true';
  return column.nullable ? `(${value} IS NULL OR (${met}))` : `(${value} IS NOT NULL AND ${met})`;
}

const fallback = (column: Column): string =>
  column.fallback === undefined
    ? 'NULL'
    : typeof column.fallback === 'string'
      ? quoted(column.fallback)
      : String(column.fallback);

/** The SQL of a cell of a CSV file as a value, and the condition that its text is a number as we read numbers. */
function fromText(column: Column, cell: string): { value: string; written: string | null } | null {
  if (column.type === 'boolean') return null;
  if (column.type === 'text') return { value: `coalesce(${cell}, ${fallback(column)})`, written: null };
  // adding 0 turns -0 into 0; `0.00…1e-999` is not zero, though a double says so
  const number = `(CAST(${cell} AS DOUBLE) + 0.0)`;
  const value = column.fallback === undefined ? number : `coalesce(${number}, ${fallback(column)})`;
  const rounded = `CASE WHEN ${number} = 0 THEN regexp_matches(${cell}, '^[^eE]*[1-9]') ELSE false END`;
  return {
    value,
    written: `(${cell} IS NULL OR (regexp_full_match(${cell}, '${decimal}') AND NOT ${rounded}))`,
  };
}

interface Source {
  /** stands after FROM; $1 is the path */
  readonly sql: string;
  readonly header: readonly string[];
  readonly cell: (name: string, column: Column) => { value: string; written: string | null } | null;
  /** rows the file must have, where that is known without the database */
  readonly rows: number | null;
  readonly sha: string;
}

/** A plain CSV file: no quote and no carriage return in it, so that a line is a row and a comma ends a cell. */
function plainCsv(path: string): Source | null {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(1 << 18);
  const handle = openSync(path, 'r');
  let header: string[] | null = null;
  let lines = 0;
  let commas = 0;
  let last = 10;
  try {
    for (;;) {
      const length = readSync(handle, piece);
      if (length === 0) break;
      const bytes = piece.subarray(0, length);
      hash.update(bytes);
      if (bytes.includes(34) || bytes.includes(13) || bytes.includes(0)) return null;
      if (header === null) {
        const end = bytes.indexOf(10);
        if (end < 0) return null;
        header = bytes.toString('latin1', 0, end).split(',');
      }
      for (let i = 0; i < length; i++) {
        if (bytes[i] === 44) commas++;
        else if (bytes[i] === 10) lines++;
      }
      last = bytes[length - 1]!;
    }
  } finally {
    closeSync(handle);
  }
  if (!header) return null;
  // the database refuses a row of too few cells, but lets an empty one too many pass at the end of the file
  const all = lines + (last === 10 ? 0 : 1);
  if (commas !== all * (header.length - 1)) return null;
  const columns = header.map((name) => `${quoted(name)}: 'VARCHAR'`).join(', ');
  const options = `header = true, delim = ',', quote = '', escape = '', comment = '', nullstr = '', auto_detect = false, new_line = '\\n', buffer_size = 2000000, max_line_size = 1000000`;
  return {
    sql: `read_csv($1, ${options}, columns = {${columns}})`,
    header,
    cell: (name, column) => fromText(column, sqlName(name)),
    rows: all - 1,
    sha: hash.digest('hex'),
  };
}

async function parquet(path: string, table: Table, database: Database): Promise<Source | null> {
  const described = await database.query('DESCRIBE SELECT * FROM read_parquet($1)', [path]);
  const header = described.columns[0] as string[];
  const typeOf = new Map(header.map((name, i) => [name, described.columns[1]![i] as string]));
  const fits = (name: string, column: Column) =>
    column.type === 'text'
      ? typeOf.get(name) === 'VARCHAR'
      : column.type === 'boolean'
        ? typeOf.get(name) === 'BOOLEAN'
        : numeric.test(typeOf.get(name)!);
  if (header.some((name) => !table.columns[name] || !fits(name, table.columns[name]!))) return null;
  const hash = createHash('sha256');
  const piece = Buffer.alloc(1 << 18);
  const handle = openSync(path, 'r');
  for (let length = readSync(handle, piece); length > 0; length = readSync(handle, piece))
    hash.update(piece.subarray(0, length));
  closeSync(handle);
  return {
    sql: 'read_parquet($1)',
    header,
    cell: (name, column) => {
      const empty = column.type === 'text' ? `nullif(${sqlName(name)}, '')` : sqlName(name);
      const typed =
        column.type === 'integer' || column.type === 'number' ? `CAST(${empty} AS DOUBLE)` : empty;
      return { value: `coalesce(${typed}, ${fallback(column)})`, written: null };
    },
    rows: null,
    sha: hash.digest('hex'),
  };
}

/**
 * Holds a large file under the name `held` if every row of it is sound and no key stands twice. Returns the hash of
 * the file, or null where it has to be read row by row; then there is nothing under that name.
 */
export async function readSound(
  file: OwnFile,
  held: string,
  known: Known,
  database: Database,
  { smallest }: { smallest?: number } = {},
): Promise<string | null> {
  const { table } = file;
  const size = statSync(file.path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < (smallest ?? largeFile[file.kind]) || table.name === 'country' || table.name === 'mineral')
    return null;
  const rows = `${held}_rows`;
  try {
    const source = file.kind === 'csv' ? plainCsv(file.path) : await parquet(file.path, table, database);
    if (!source || headerProblems(table, source.header).length > 0) return null;
    const parameters: Parameter[] = [file.path];
    const listed = new Map<keyof Known, string>();
    const ids = (which: keyof Known) => {
      if (!listed.has(which)) {
        parameters.push([...known[which]]);
        listed.set(which, `SELECT unnest($${parameters.length})`);
      }
      return listed.get(which)!;
    };
    // a column that the file leaves out takes no room: it is added when the rows are read
    const given: string[] = [];
    const values: string[] = [];
    const written: string[] = [];
    const conditions: string[] = [];
    const shown: string[] = [];
    for (const [name, column] of Object.entries(table.columns)) {
      if (!source.header.includes(name)) {
        shown.push(`CAST(${fallback(column)} AS ${sqlType(column)}) AS ${sqlName(name)}`);
        continue;
      }
      const cell = source.cell(name, column);
      const met = condition(column, sqlName(name), ids);
      if (!cell || met === null) return null;
      given.push(`CAST(${sqlName(name)} AS ${sqlType(column)}) AS ${sqlName(name)}`);
      shown.push(sqlName(name));
      values.push(`${cell.value} AS ${sqlName(name)}`);
      if (cell.written) written.push(cell.written);
      conditions.push(met);
    }
    if (known.countries.size === 0 || known.minerals.size === 0) return null;
    const sound = ['plainly_written', ...conditions].join(' AND ');
    const plainly = written.length ? written.join(' AND ') : 'true';
    await database.query(
      `CREATE TABLE ${rows} AS SELECT ${given.join(', ')} FROM
         (SELECT ${values.join(', ')}, (${plainly}) AS plainly_written FROM ${source.sql})
       WHERE CASE WHEN ${sound} THEN true ELSE error('look closer') END`,
      parameters,
    );
    // two keys with one hash would only mean a closer look
    const key = table.key.filter((name) => source.header.includes(name)).map(sqlName);
    const { columns } = await database.query(
      `SELECT count(*), count(DISTINCT hash(${key.join(', ')})) FROM ${rows}`,
    );
    const [all, keys] = columns.map((c) => c[0]);
    if (all === keys && (source.rows === null || source.rows === all)) {
      await database.query(`CREATE VIEW ${held} AS SELECT ${shown.join(', ')} FROM ${rows}`);
      return source.sha;
    }
  } catch {
    // whatever it is, reading row by row will say it
  }
  await database.query(`DROP TABLE IF EXISTS ${rows}`);
  return null;
}

import { createHash } from 'node:crypto';
import { DataError } from '../errors.ts';
import { type CellValue, duplicateText, type Known } from '../tables/check.ts';
import { sqlName, sqlType } from '../tables/ddl.ts';
import type { Table } from '../tables/define.ts';
import type { Database } from './duckdb.ts';
import { type OwnFile, ownFiles } from './own-files.ts';
import { type OwnProblems, ownProblems } from './own-problems.ts';
import { type OwnSink, readOwnCsv, readOwnParquet } from './own-rows.ts';
import { readSound } from './own-sound.ts';

/** Somebody's own tables, checked and held in the database. */
export interface OwnData {
  /** table name → name of the database table that holds its rows (and their `line`) */
  readonly held: ReadonlyMap<string, string>;
  /** hash over the files */
  readonly version: string;
}

/** Rows, and characters of text, after which a batch is handed over. */
const batchRows = 8192;
const batchText = 8_000_000;

/** Rows gathered by column and handed over some thousands at a time, so that memory stays bounded. */
async function gather(database: Database, name: string, table: Table) {
  const columns = Object.values(table.columns);
  const { append, end } = await database.appender(name, ['integer', ...columns.map((c) => c.type)]);
  let held: CellValue[][] = [];
  let text = 0;
  const clear = () => {
    text = 0;
    held = ['line', ...columns].map(() => []);
  };
  clear();
  const flush = () => {
    append(held);
    clear();
  };
  return {
    row(line: number, values: readonly CellValue[]) {
      held[0]!.push(line);
      values.forEach((value, i) => {
        held[i + 1]!.push(value);
        if (typeof value === 'string') text += value.length;
      });
      if (held[0]!.length >= batchRows || text >= batchText) flush();
    },
    end() {
      flush();
      end();
    },
  };
}

async function duplicates(database: Database, file: OwnFile, held: string, problems: OwnProblems) {
  const key = file.table.key.map(sqlName);
  const twice = `SELECT ${key.join(', ')}, min("line") AS "first" FROM ${held} GROUP BY ${key.join(', ')} HAVING count(*) > 1`;
  const same = key.map((k) => `o.${k} IS NOT DISTINCT FROM d.${k}`).join(' AND ');
  const { columns, length } = await database.query(
    `SELECT o."line", d."first", ${key.map((k) => `o.${k}`).join(', ')} FROM ${held} o JOIN (${twice}) d ON ${same}
     WHERE o."line" <> d."first" ORDER BY o."line" LIMIT 10000`,
  );
  const unit = file.kind === 'csv' ? 'line' : 'row';
  for (let i = 0; i < length; i++) {
    const [line, first, ...values] = columns.map((column) => column[i]!);
    const text = duplicateText(file.table, file.name, line as number, first as number, values, unit);
    problems.add(file.name, text);
  }
}

/**
 * Reads a folder of own tables: every file, every row, every problem; DataError with all of them if there is any,
 * UsageError if the folder is absent or empty. `base` are ids that count besides the folder's own.
 */
export async function readOwnData(
  dir: string,
  option: string,
  database: Database,
  base: Known = { countries: new Set(), minerals: new Set() },
  signal?: AbortSignal,
): Promise<OwnData> {
  const problems = ownProblems();
  const files = ownFiles(dir, option, problems);
  const countries = new Set(base.countries);
  const minerals = new Set(base.minerals);
  const held = new Map<string, string>();
  const hash = createHash('sha256');
  for (const file of files) {
    const name = `own_${file.table.name}`;
    const columns = Object.entries(file.table.columns).map(([n, c]) => `${sqlName(n)} ${sqlType(c)}`);
    const sound = await readSound(file, name, { countries, minerals }, database);
    if (sound !== null) {
      hash.update(`${file.name} ${sound}\n`);
      held.set(file.table.name, name);
      continue;
    }
    await database.query(`CREATE TABLE ${name} ("line" INTEGER, ${columns.join(', ')})`);
    const rows = await gather(database, name, file.table);
    const ids = file.table.name === 'country' ? countries : file.table.name === 'mineral' ? minerals : null;
    const sink: OwnSink = {
      known: { countries, minerals },
      row: rows.row,
      id: (value) => ids?.add(value),
      signal,
    };
    const sha =
      file.kind === 'csv'
        ? await readOwnCsv(file, sink, problems)
        : await readOwnParquet(file, sink, problems, database);
    rows.end();
    await duplicates(database, file, name, problems);
    hash.update(`${file.name} ${sha}\n`);
    held.set(file.table.name, name);
  }
  const all = problems.all();
  if (all.length > 0) throw new DataError(all);
  return { held, version: hash.digest('hex') };
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  type CellValue,
  headerProblems,
  isText,
  type Known,
  problemText,
  rowReader,
} from '../tables/check.ts';
import { csvReader } from '../tables/csv.ts';
import { sqlName } from '../tables/ddl.ts';
import type { Database } from './duckdb.ts';
import type { OwnFile } from './own-files.ts';
import type { OwnProblems } from './own-problems.ts';

/** What becomes of a file: each sound row with its line, each id whether or not its row is sound. */
export interface OwnSink {
  readonly known: Known;
  readonly row: (line: number, values: readonly CellValue[]) => void;
  readonly id: (value: string) => void;
  readonly signal?: AbortSignal | undefined;
}

const notText = 'column 1: not UTF-8 text; write the file as UTF-8 CSV';
/** A NUL this early: UTF-16, a spreadsheet, an archive. */
const sniffed = 1000;

/** Reads a CSV file a piece at a time, checking every row. Returns the hash of the file. */
export async function readOwnCsv(file: OwnFile, sink: OwnSink, problems: OwnProblems): Promise<string> {
  const hash = createHash('sha256');
  let header: readonly string[] | null = null;
  let read: ReturnType<typeof rowReader> | null = null;
  const id = file.table.key[0]!;
  let idAt = -1;
  const report = (line: number, column: string | null, why: string) =>
    problems.add(file.name, problemText(file.name, line, column, why));
  const csv = csvReader({
    record(line, cells) {
      if (header === null) {
        header = cells;
        const wrong = cells.every(isText) ? headerProblems(file.table, cells) : [notText];
        for (const why of wrong) problems.add(file.name, `${file.name} line ${line}, ${why}`);
        if (wrong.length > 0) return;
        read = rowReader(file.table, cells, sink.known, report);
        idAt = cells.indexOf(id);
        return;
      }
      if (read === null) return;
      const given = cells[idAt];
      if (given) sink.id(given);
      const values = read(line, cells);
      if (values) sink.row(line, values);
    },
    malformed(line, cell, why) {
      if (header !== null && read === null) return;
      report(line, header?.[cell] ?? String(cell + 1), why);
      header ??= [];
    },
  });
  const decoder = new TextDecoder();
  try {
    for await (const chunk of createReadStream(file.path, { highWaterMark: 1 << 18 })) {
      sink.signal?.throwIfAborted();
      hash.update(chunk as Uint8Array);
      if (header === null && (chunk as Uint8Array).subarray(0, sniffed).includes(0)) {
        header = [];
        problems.add(file.name, `${file.name} line 1, ${notText}`);
      }
      csv.push(decoder.decode(chunk as Uint8Array, { stream: true }));
    }
    csv.push(decoder.decode());
    csv.end();
    if (header === null)
      problems.add(
        file.name,
        `${file.name} line 1: no header; columns of ${file.table.name}: ${Object.keys(file.table.columns).join(', ')}`,
      );
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // an error of the file system; anything else is not the file's fault
    if (typeof code !== 'string') throw error;
    problems.add(file.name, `${file.name}: cannot be read (${code})`);
  }
  return hash.digest('hex');
}

const numeric = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*)$/;
const accepts = { text: /^VARCHAR$/, integer: numeric, number: numeric, boolean: /^BOOLEAN$/ };
const casts = { text: 'VARCHAR', integer: 'DOUBLE', number: 'DOUBLE', boolean: 'BOOLEAN' };

/** Reads a Parquet file: the same checks, its types held against the declared ones. Returns its hash. */
export async function readOwnParquet(
  file: OwnFile,
  sink: OwnSink,
  problems: OwnProblems,
  database: Database,
): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file.path)) hash.update(chunk as Uint8Array);
    const described = await database.query('DESCRIBE SELECT * FROM read_parquet($1)', [file.path]);
    const header = described.columns[0] as string[];
    const types = described.columns[1] as string[];
    const wrong = headerProblems(file.table, header);
    for (const [i, name] of header.entries()) {
      const column = file.table.columns[name];
      if (!column || accepts[column.type].test(types[i]!)) continue;
      const used = await database.query(`SELECT count(${sqlName(name)}) FROM read_parquet($1)`, [file.path]);
      if (used.columns[0]![0] !== 0)
        wrong.push(`column ${name}: is ${types[i]} in the file, ${column.type} is wanted`);
    }
    for (const why of wrong) problems.add(file.name, `${file.name} header, ${why}`);
    if (wrong.length > 0) return hash.digest('hex');
    const read = rowReader(file.table, header, sink.known, (line, column, why) =>
      problems.add(file.name, problemText(file.name, line, column, why, 'row')),
    );
    const id = header.indexOf(file.table.key[0]!);
    const select = header.map((name) => {
      const column = file.table.columns[name]!;
      const cell = accepts[column.type].test(types[header.indexOf(name)]!) ? sqlName(name) : 'NULL';
      return `CAST(${cell} AS ${casts[column.type]})`;
    });
    let row = 0;
    const sql = `SELECT ${select.join(', ')} FROM read_parquet($1)`;
    for await (const { columns, length } of database.stream(sql, [file.path])) {
      sink.signal?.throwIfAborted();
      for (let i = 0; i < length; i++) {
        row++;
        const cells = columns.map((column) => column[i]!);
        if (typeof cells[id] === 'string') sink.id(cells[id]);
        const values = read(row, cells);
        if (values) sink.row(row, values);
      }
    }
  } catch (error) {
    sink.signal?.throwIfAborted();
    const why = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    problems.add(
      file.name,
      `${file.name}: cannot be read as Parquet: ${why.replaceAll(file.path, file.name)}`,
    );
  }
  return hash.digest('hex');
}

import { type CellValue, checkRows, type Known } from '../../tables/check.ts';
import { csvReader } from '../../tables/csv.ts';
import type { Table } from '../../tables/define.ts';
import { tables } from '../../tables/list.ts';
import { didYouMean } from '../../tables/nearest.ts';
import { isText, mostBytes, mostRows } from './limits.ts';

export interface Dropped {
  readonly name: string;
  readonly text: string;
}

export interface CheckedFile {
  readonly name: string;
  /** null where no table goes by the name of the file */
  readonly table: string | null;
  readonly rows: readonly Record<string, CellValue>[];
  readonly problems: readonly string[];
}

/** What is shown of one file's problems; the rest is counted. */
const mostProblems = 200;

const tableOf = (file: string): Table | undefined => {
  const name = file.replace(/^.*[\\/]/, '').replace(/\.csv$/i, '');
  return tables.find((t) => t.name === name);
};

/**
 * People's own tables, checked by the rules and in the words of the command line. Countries and minerals may be those
 * of the data in use or of the files themselves. Nothing leaves the page.
 */
export function checkFiles(files: readonly Dropped[], base: Known): CheckedFile[] {
  const read = files.map((file) => ({ file, table: tableOf(file.name), ...records(file) }));
  const ids = (table: string) =>
    read.flatMap(({ table: t, header, rows }) => {
      const at = t?.name === table ? header.indexOf(table) : -1;
      return at < 0 ? [] : rows.flatMap((r) => r.cells[at] ?? []);
    });
  const known: Known = {
    countries: new Set([...base.countries, ...ids('country')]),
    minerals: new Set([...base.minerals, ...ids('mineral')]),
  };
  return read.map(({ file, table, header, rows, problems }, i) => {
    const { name } = file;
    if (!/\.csv$/i.test(name))
      return { name, table: null, rows: [], problems: [`${name}: not a .csv file; save the sheet as CSV`] };
    const before = read.find((other, k) => k < i && table !== undefined && other.table === table);
    if (before) {
      const twice = `${name}: "${before.file.name}" is the same table; drop one of the two`;
      return { name, table: table!.name, rows: [], problems: [twice] };
    }
    if (!table) {
      const names = tables.map((t) => t.name);
      const given = name.replace(/\.csv$/i, '');
      const wayOut = didYouMean(given, names) || `; tables: ${names.join(', ')}`;
      return { name, table: null, rows: [], problems: [`${name}: unknown table: "${given}"${wayOut}`] };
    }
    if (problems.length > 0) return { name, table: table.name, rows: [], problems };
    const checked = checkRows(table, header, rows, { file: name, known });
    const more = checked.problems.length - mostProblems;
    return {
      name,
      table: table.name,
      rows: checked.problems.length > 0 ? [] : checked.rows,
      problems:
        more > 0
          ? [...checked.problems.slice(0, mostProblems), `${name}: ${more} more problems`]
          : checked.problems,
    };
  });
}

function records({ name, text }: Dropped) {
  const rows: { line: number; cells: readonly string[] }[] = [];
  const problems: string[] = [];
  let header: readonly string[] = [];
  if (text.length > mostBytes)
    problems.push(`${name}: over ${mostBytes / 1e6} MB; use "npx headwater board --data DIR"`);
  else if (!isText(text)) problems.push(`${name}: not UTF-8 text; save the sheet as CSV (UTF-8)`);
  else {
    let first = true;
    const reader = csvReader({
      record(line, cells) {
        if (first) header = cells;
        else if (rows.length < mostRows) rows.push({ line, cells });
        else if (rows.length === mostRows && problems.length === 0)
          problems.push(
            `${name}: over ${mostRows.toLocaleString('en')} rows; use "npx headwater board --data DIR"`,
          );
        first = false;
      },
      malformed: (line, cell, why) => problems.push(`${name} line ${line}, column ${cell + 1}: ${why}`),
    });
    reader.push(text.replace(/^\ufeff/, ''));
    reader.end();
    if (first) problems.push(`${name}: empty, not even a header`);
  }
  return { header, rows, problems: problems.slice(0, mostProblems) };
}

import { parse } from 'csv-parse/sync';
import { DataError } from '../errors.ts';

/** A record of a publisher's CSV file; every cell is text, as published. */
export interface CsvRow<C extends string = string> {
  /** line of the file on which the record ends, from 1 (the header) */
  readonly line: number;
  readonly cells: Readonly<Record<C, string>>;
}

export interface CsvOptions {
  /** how the bytes are to be read; a byte-order mark is dropped */
  readonly encoding?: 'utf-8' | 'windows-1252';
  /** published header → our name of the column, where the published one is unwieldy */
  readonly rename?: Readonly<Record<string, string>>;
  /** columns that the file has and nobody needs; `true` = any others */
  readonly ignore?: readonly string[] | true;
  readonly delimiter?: string;
  /** rows may be shorter or longer than the header; absent cells are empty */
  readonly ragged?: boolean;
}

/**
 * Reads a CSV file whose columns are known beforehand. Nothing is guessed: cells stay text (customs codes keep their
 * zeros, Namibia's `NA` stays), and a header that differs is a DataError naming the file, what is missing and what is new.
 */
export function readCsv<const C extends string>(
  bytes: Uint8Array,
  file: string,
  columns: readonly C[],
  options: CsvOptions = {},
): CsvRow<C>[] {
  const { records, lines } = parseRecords(decode(bytes, file, options.encoding ?? 'utf-8'), file, options);
  const header = records[0];
  if (!header) throw new DataError(`${file}: empty file; expected the columns ${columns.join(', ')}`);
  const names = header.map((name) => options.rename?.[name] ?? name);
  const problems = headerProblems(names, columns, options.ignore ?? []);
  if (problems.length > 0) throw new DataError(problems.map((problem) => `${file}: ${problem}`));
  const at = columns.map((column) => names.indexOf(column));
  const rows: CsvRow<C>[] = [];
  for (let r = 1; r < records.length; r++) {
    const record = records[r]!;
    const cells = {} as Record<C, string>;
    for (let c = 0; c < columns.length; c++) cells[columns[c]!] = record[at[c]!] ?? '';
    rows.push({ line: lines[r]!, cells });
  }
  return rows;
}

/** A cell as a number; null where it is empty or one of `missing`; DataError for anything that is not a plain number. */
export function numberIn(
  cell: string,
  file: string,
  line: number,
  missing: readonly string[] = [],
): number | null {
  const text = cell.trim();
  if (text === '' || missing.includes(text)) return null;
  const value = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new DataError(`${file}, line ${line}: not a number: "${cell}"`);
  return value;
}

/** A cell that must hold a number; DataError where it is empty too. */
export function figureIn(cell: string, file: string, line: number): number {
  const value = numberIn(cell, file, line);
  if (value === null) throw new DataError(`${file}, line ${line}: no number where one must be`);
  return value;
}

function decode(bytes: Uint8Array, file: string, encoding: string): string {
  if (encoding === 'windows-1252') return windows1252(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new DataError(`${file}: not ${encoding} text`);
  }
}

/** What windows-1252 has at 0x80…0x9F, where latin1 has control characters; some Node releases decode it as latin1. */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

export function windows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return text.replace(/[\x80-\x9f]/g, (character) => HIGH[character.charCodeAt(0) - 0x80]!);
}

/** The records with the line on which each ends; the first is the header. */
function parseRecords(
  text: string,
  file: string,
  options: CsvOptions,
): { records: string[][]; lines: number[] } {
  const lines: number[] = [];
  try {
    const records = parse(text, {
      delimiter: options.delimiter ?? ',',
      skip_empty_lines: true,
      relax_column_count: options.ragged ?? false,
      on_record: (cells: string[], context) => {
        lines.push(context.lines);
        return cells;
      },
    });
    return { records, lines };
  } catch (error) {
    throw new DataError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function headerProblems(
  names: readonly string[],
  columns: readonly string[],
  ignore: readonly string[] | true,
): string[] {
  const problems: string[] = [];
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) problems.push(`missing column: ${missing.join(', ')}`);
  const unknown =
    ignore === true ? [] : names.filter((name) => !columns.includes(name) && !ignore.includes(name));
  if (unknown.length > 0) problems.push(`unknown column: ${unknown.map((n) => `"${n}"`).join(', ')}`);
  const twice = columns.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice.length > 0) problems.push(`duplicate column: ${twice.join(', ')}`);
  return problems;
}

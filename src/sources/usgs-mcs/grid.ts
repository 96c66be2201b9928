import { parse } from 'csv-parse/sync';
import { DataError } from '../../errors.ts';
import { windows1252 } from '../csv.ts';

/**
 * A file as records of cells. The files of the releases up to 2024 are hand-made: some are UTF-8, some Windows-1252,
 * padded with empty columns and rows, and one has another header over the third column; so they are read by position.
 */
export function readGrid(bytes: Uint8Array, file: string): string[][] {
  try {
    return parse(decode(bytes), { skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    throw new DataError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return windows1252(bytes).replace(/^\u00ef\u00bb\u00bf/, '');
  }
}

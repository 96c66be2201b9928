import { UsageError } from '../errors.ts';
import { asMeant } from '../questions/as-meant.ts';
import type { Question } from '../questions/question.ts';
import { readParams } from '../questions/read-params.ts';
import { rowsParameter, usualRows } from './tool.ts';

/** A tool's arguments as parameters; what is wrong is a UsageError in the words of every shell. */
export function toolParams(
  question: Question,
  given: Readonly<Record<string, unknown>>,
): { params: Record<string, unknown>; maxRows: number } {
  const { [rowsParameter]: rows = usualRows, ...rest } = given;
  if (typeof rows !== 'number' || !Number.isInteger(rows) || rows < 1)
    throw new UsageError(`${rowsParameter} must be a whole number of at least 1: ${JSON.stringify(rows)}`);
  return { params: readParams(question, {}, (f) => f.name, asMeant(question, rest)), maxRows: rows };
}

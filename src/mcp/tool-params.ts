import { UsageError } from '../errors.ts';
import { fieldsOf } from '../questions/fields.ts';
import type { Question } from '../questions/question.ts';
import { readParams } from '../questions/read-params.ts';
import { rowsParameter, usualRows } from './tool.ts';

/**
 * A tool's arguments as parameters. Assistants write `"mineral": "cobalt"` for a list of one and `2024` for a text:
 * both are taken as meant; anything else wrong is a UsageError in the words of every shell.
 */
export function toolParams(
  question: Question,
  given: Readonly<Record<string, unknown>>,
): { params: Record<string, unknown>; maxRows: number } {
  const { [rowsParameter]: rows = usualRows, ...rest } = given;
  if (typeof rows !== 'number' || !Number.isInteger(rows) || rows < 1)
    throw new UsageError(`${rowsParameter} must be a whole number of at least 1: ${JSON.stringify(rows)}`);
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(rest)) {
    const field = fieldsOf(question.params).find((f) => f.name === name);
    if (value === null || value === undefined) continue;
    if (!field) values[name] = value;
    else if (field.kind === 'json') values[name] = whole(question, name, value);
    else values[name] = field.list && !Array.isArray(value) ? [simple(value)] : simple(value);

    function simple(one: unknown): unknown {
      if (Array.isArray(one)) return one.map(simple);
      const isText = field!.kind === 'text' || field!.kind === 'choice';
      if (isText && typeof one === 'number') return String(one);
      if (!isText && field!.kind !== 'boolean' && typeof one === 'string' && one.trim() !== '') {
        const number = Number(one);
        return Number.isFinite(number) ? number : one;
      }
      return one;
    }
  }
  return { params: readParams(question, {}, (f) => f.name, values), maxRows: rows };
}

/** A whole document: an object, its JSON text, or the name of one that is shipped. */
function whole(question: Question, name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const shipped = name === question.body ? question.named?.(value) : undefined;
  if (shipped !== undefined) return shipped;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

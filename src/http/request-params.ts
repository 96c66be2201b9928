import { UsageError } from '../errors.ts';
import { fieldsOf } from '../questions/fields.ts';
import type { Question } from '../questions/question.ts';
import { readParams } from '../questions/read-params.ts';
import { didYouMean } from '../tables/nearest.ts';

/** `capOn`, `cap-on` and `cap_on` are one parameter. */
const folded = (name: string) => name.replace(/[-_]/g, '').toLowerCase();

/**
 * Parameters of a question from a query and, for a POST, a body: JSON holds the parameters (or the value of the
 * question's `body` parameter), any other type is the text of that parameter.
 */
export function requestParams(
  question: Question,
  query: URLSearchParams,
  body?: { readonly text: string; readonly type: string },
): Record<string, unknown> {
  const fields = fieldsOf(question.params);
  const typed: Record<string, string[]> = {};
  for (const [name, value] of query) {
    const field = fields.find((f) => folded(f.name) === folded(name));
    if (!field)
      throw new UsageError(
        `unknown parameter: "${name}"${didYouMean(
          name,
          fields.map((f) => f.name),
        )}`,
      );
    typed[field.name] = [...(typed[field.name] ?? []), value];
  }
  const values = body === undefined ? {} : bodyValues(question, body);
  // the body may go by the name of something shipped, also in a query
  const [name, ...more] = (question.body && typed[question.body]) ?? [];
  const shipped = name === undefined || more.length > 0 ? undefined : question.named?.(name);
  if (shipped !== undefined) {
    delete typed[question.body!];
    values[question.body!] = shipped;
  }
  for (const name of Object.keys(values))
    if (typed[name]) throw new UsageError(`given both in the query and in the body: "${name}"`);
  return readParams(question, typed, (f) => f.name, values);
}

function bodyValues(
  question: Question,
  { text, type }: { readonly text: string; readonly type: string },
): Record<string, unknown> {
  const name = question.body!;
  const field = fieldsOf(question.params).find((f) => f.name === name)!;
  const isJson = /\bjson\b/.test(type);
  if (!isJson && field.kind !== 'json') return { [name]: text };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`the body is not JSON (${(error as Error).message.split('\n')[0]})`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (typeof value === 'string' && field.kind !== 'json') return { [name]: value };
    throw new UsageError(`the body must be a JSON object: "${text.slice(0, 60)}"`);
  }
  const known = new Set(fieldsOf(question.params).map((f) => f.name));
  const isParams = name in value || field.kind !== 'json' || Object.keys(value).every((k) => known.has(k));
  return isParams ? (value as Record<string, unknown>) : { [name]: value };
}

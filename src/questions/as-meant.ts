import { fieldsOf } from './fields.ts';
import type { Question } from './question.ts';

/**
 * Parameters as programs write them, as the question wants them: `mineral: 'cobalt'` for a list of one, `year: 2024`
 * for a text, `'0.5'` for a number, the JSON text or the shipped name of a document. What is null or undefined is left
 * out. Whether they are right is for `readParams` to say.
 */
export function asMeant(
  question: Question,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    const field = fieldsOf(question.params).find((f) => f.name === name);
    if (!field) {
      values[name] = value;
      continue;
    }
    const one = (item: unknown): unknown => {
      if (Array.isArray(item)) return item.map(one);
      const isText = field.kind === 'text' || field.kind === 'choice';
      if (isText && typeof item === 'number') return String(item);
      if (!isText && field.kind !== 'boolean' && typeof item === 'string' && item.trim() !== '') {
        const number = Number(item);
        return Number.isFinite(number) ? number : item;
      }
      return item;
    };
    if (field.kind === 'json') values[name] = whole(question, name, value);
    else values[name] = field.list && !Array.isArray(value) ? [one(value)] : one(value);
  }
  return values;
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

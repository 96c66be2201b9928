import type { z } from 'zod';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../tables/nearest.ts';
import { type Field, fieldsOf } from './fields.ts';
import type { Question } from './question.ts';

/** What a person typed for each parameter, by its camelCase name; several texts where it was given several times. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** How a shell writes a parameter's name to the person: `--cap-on` or `capOn`. */
export type Spelling = (field: Field) => string;

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Parameters of a question from texts. Lists may be repeated or comma-separated; numbers are decimals.
 *
 * @param values parameters that are already values (a parsed body), which stand beside the texts
 * @throws UsageError with one line for each problem, holding the offending text
 */
export function readParams(
  question: Question,
  typed: Typed,
  spell: Spelling,
  values: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const fields = fieldsOf(question.params);
  const problems: string[] = [];
  const input: Record<string, unknown> = { ...values };
  for (const field of fields) {
    const texts = typed[field.name];
    if (texts === undefined) continue;
    const parsed = parse(field, texts, spell(field));
    if ('problem' in parsed) problems.push(parsed.problem);
    else input[field.name] = parsed.value;
  }
  const known = fields.map((f) => f.name);
  for (const name of Object.keys(typed))
    if (!known.includes(name)) problems.push(`unknown parameter: ${quote(name)}${didYouMean(name, known)}`);
  const named = new Set(problems.map((p) => p.split(' ')[0]));
  const result = question.params.strict().safeParse(input);
  if (!result.success)
    for (const issue of result.error.issues) {
      const problem = inWords(issue, fields, input, spell);
      if (!named.has(problem.split(' ')[0])) problems.push(problem);
    }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return result.data as Record<string, unknown>;
}

type Parsed = { value: unknown } | { problem: string };

function parse(field: Field, texts: readonly string[], name: string): Parsed {
  if (!field.list && texts.length > 1)
    return { problem: `${name} was given ${texts.length} times: ${texts.map(quote).join(', ')}` };
  if (!field.list) return parseOne(field, texts[0]!, name);
  const parts = texts.flatMap((t) => (field.kind === 'json' ? [t] : t.split(',').map((p) => p.trim())));
  const values = [];
  for (const part of parts) {
    if (part === '') return { problem: `${name} has an empty item: ${quote(texts.join(','))}` };
    const one = parseOne(field, part, name);
    if ('problem' in one) return one;
    values.push(one.value);
  }
  return { value: values };
}

function parseOne(field: Field, text: string, name: string): Parsed {
  switch (field.kind) {
    case 'number':
    case 'integer':
      if (!number.test(text) || !Number.isFinite(Number(text)))
        return {
          problem: `${name} must be a ${field.kind === 'integer' ? 'whole ' : ''}number: ${quote(text)}`,
        };
      return { value: Number(text) };
    case 'boolean':
      if (/^(true|yes|1|)$/.test(text)) return { value: true };
      if (/^(false|no|0)$/.test(text)) return { value: false };
      return { problem: `${name} must be true or false: ${quote(text)}` };
    case 'json':
      try {
        return { value: JSON.parse(text) };
      } catch (error) {
        return { problem: `${name} is not JSON (${(error as Error).message}): ${quote(text)}` };
      }
    default:
      return { value: text };
  }
}

function inWords(issue: z.core.$ZodIssue, fields: readonly Field[], input: object, spell: Spelling): string {
  const field = fields.find((f) => f.name === issue.path[0]);
  if (issue.code === 'unrecognized_keys' && !field) {
    const known = fields.map((f) => f.name);
    return issue.keys.map((k) => `unknown parameter: ${quote(k)}${didYouMean(k, known)}`).join('\n');
  }
  const given = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], input);
  // inside a file or body the place matters; in a list of names it does not
  const place = issue.path
    .slice(1)
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  const name = field
    ? `${spell(field)}${field.kind === 'json' ? place : ''}`
    : issue.path.map(String).join('.');
  if (given === undefined && issue.code !== 'custom')
    return `${name} is required${field && issue.path.length === 1 && field.about ? `: ${field.about}` : ''}`;
  return `${name} ${rule(issue, field)}: ${quote(given)}${choiceMeant(issue, given)}`;
}

function rule(issue: z.core.$ZodIssue, field: Field | undefined): string {
  switch (issue.code) {
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_big':
    case 'too_small': {
      if (field?.range && issue.path.length <= (field.list ? 2 : 1)) return `must be ${field.range}`;
      const [word, limit] =
        issue.code === 'too_big' ? ['at most', issue.maximum] : ['at least', issue.minimum];
      if (issue.origin === 'number' || issue.origin === 'int')
        return `must be ${issue.inclusive ? word : word === 'at most' ? 'below' : 'above'} ${limit}`;
      return `must have ${word} ${limit} ${issue.origin === 'string' ? 'characters' : 'items'}`;
    }
    case 'invalid_type':
      return `must be ${issue.expected === 'int' ? 'a whole number' : /^[aeiou]/.test(issue.expected) ? `an ${issue.expected}` : `a ${issue.expected}`}`;
    case 'unrecognized_keys':
      return `has unknown keys (${issue.keys.join(', ')})`;
    case 'invalid_format':
      return issue.message.startsWith('Invalid') ? 'is not in the form expected' : issue.message;
    default:
      return issue.message.startsWith('Invalid') ? 'is not valid' : issue.message;
  }
}

const choiceMeant = (issue: z.core.$ZodIssue, given: unknown): string =>
  issue.code === 'invalid_value' && typeof given === 'string'
    ? didYouMean(given, issue.values.map(String))
    : '';

/** The offending text in quotes, short enough for a line. */
function quote(given: unknown): string {
  const text = typeof given === 'string' ? given : (JSON.stringify(given) ?? String(given));
  const flat = text.replace(/\s+/g, ' ');
  return `"${flat.length > 80 ? `${flat.slice(0, 79)}…` : flat}"`;
}

import type { z } from 'zod';

/** What a parameter looks like to a person who types it. */
export interface Field {
  /** camelCase, as in `params` */
  readonly name: string;
  /** kebab-case, as on a command line */
  readonly option: string;
  readonly kind: 'text' | 'number' | 'integer' | 'boolean' | 'choice' | 'json';
  /** may be given several times or as a comma list */
  readonly list: boolean;
  readonly choices: readonly string[];
  readonly required: boolean;
  /** what is used when it is left out, if the question says */
  readonly fallback: unknown;
  /** limits of a number in words: `between 0 and 1`; empty if none */
  readonly range: string;
  readonly about: string;
}

/** `capOn` → `cap-on`, `nMinus1` → `n-minus-1`; a code such as `hs6` stays whole. */
export const kebab = (name: string): string =>
  name.replace(/[A-Z]|(?<=[A-Z][a-z]+)\d+/g, (part) => `-${part.toLowerCase()}`);

/** The parameters of a question, in the order in which they are declared. */
export const fieldsOf = (params: z.ZodObject): Field[] =>
  Object.entries(params.shape).map(([name, schema]) => fieldOf(name, schema as z.ZodType));

function fieldOf(name: string, schema: z.ZodType): Field {
  let at = schema;
  let about = at.description;
  let required = true;
  let fallback: unknown;
  let list = false;
  for (;;) {
    const def = at.def as { type: string; innerType?: z.ZodType; in?: z.ZodType; element?: z.ZodType };
    if (def.type === 'optional' || def.type === 'nullable') required = false;
    else if (def.type === 'default' || def.type === 'prefault') {
      required = false;
      fallback = (at.def as unknown as { defaultValue: unknown }).defaultValue;
    } else if (def.type === 'array') list = true;
    else if (def.type !== 'readonly' && def.type !== 'pipe') break;
    at = (def.innerType ?? def.in ?? def.element)!;
    about ??= at.description;
  }
  const choices = choicesOf(at);
  const { kind, range } = kindOf(at, choices);
  return { name, option: kebab(name), kind, list, choices, required, fallback, range, about: about ?? '' };
}

function choicesOf(schema: z.ZodType): string[] {
  const def = schema.def as { type: string; entries?: Record<string, string>; values?: unknown[] };
  if (def.type === 'enum') return Object.values(def.entries!).map(String);
  if (def.type === 'literal') return def.values!.map(String);
  return [];
}

function kindOf(schema: z.ZodType, choices: readonly string[]): Pick<Field, 'kind' | 'range'> {
  if (choices.length > 0) return { kind: 'choice', range: '' };
  switch (schema.def.type) {
    case 'boolean':
      return { kind: 'boolean', range: '' };
    case 'number':
      return numberKind(schema);
    case 'object':
    case 'record':
      return { kind: 'json', range: '' };
    default:
      return { kind: 'text', range: '' };
  }
}

type NumberCheck = { check: string; value?: number; inclusive?: boolean; format?: string };

function numberKind(schema: z.ZodType): Pick<Field, 'kind' | 'range'> {
  const def = schema.def as unknown as { checks?: { _zod: { def: NumberCheck } }[] } & NumberCheck;
  const checks = [def as NumberCheck, ...(def.checks ?? []).map((c) => c._zod.def)];
  const kind = checks.some((c) => c.format?.includes('int')) ? 'integer' : 'number';
  const low = checks.find((c) => c.check === 'greater_than');
  const high = checks.find((c) => c.check === 'less_than');
  if (low?.inclusive && high?.inclusive) return { kind, range: `between ${low.value} and ${high.value}` };
  const range = [
    low && `${low.inclusive ? 'at least' : 'above'} ${low.value}`,
    high && `${high.inclusive ? 'at most' : 'below'} ${high.value}`,
  ];
  return { kind, range: range.filter(Boolean).join(' and ') };
}

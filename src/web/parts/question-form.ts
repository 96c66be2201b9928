import type { Entry, ParamSchema } from '../state/api.ts';

export interface FormField {
  readonly name: string;
  readonly kind: 'choice' | 'switch' | 'number' | 'text' | 'countries' | 'minerals';
  readonly choices: readonly string[];
  readonly required: boolean;
  readonly fallback: string;
  readonly about: string;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

const shown = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(',')
    : value === undefined || typeof value === 'object'
      ? ''
      : String(value);

/** The form of any question, from its JSON Schema. Objects (plan options, scenarios) have no field: they are files. */
export function formOf(entry: Entry): FormField[] {
  return Object.entries(entry.params.properties).flatMap(([name, schema]) => {
    if (schema.type === 'object') return [];
    const inner: ParamSchema = schema.type === 'array' ? (schema.items ?? {}) : schema;
    if (inner.type === 'object') return [];
    const kind: FormField['kind'] = inner.enum
      ? 'choice'
      : inner.type === 'boolean'
        ? 'switch'
        : inner.type === 'number' || inner.type === 'integer'
          ? 'number'
          : /^(for|country|partner)$/.test(name)
            ? 'countries'
            : name === 'mineral'
              ? 'minerals'
              : 'text';
    const bounded = (v: number | undefined) => (v !== undefined && Math.abs(v) < 1e9 ? v : undefined);
    return [
      {
        name,
        kind: kind === 'choice' && schema.type === 'array' ? ('text' as const) : kind,
        choices: inner.enum ?? [],
        required: entry.params.required?.includes(name) ?? false,
        fallback: shown(schema.default),
        about: schema.description ?? '',
        min: bounded(inner.minimum),
        max: bounded(inner.maximum),
      },
    ];
  });
}

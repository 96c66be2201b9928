import { figure } from './figure.ts';
import type { AnswerRow } from './question.ts';

/** Parts of the sentences in which views say an answer. Figures keep their units beside them by no-break spaces. */

const nbsp = '\u00a0';

/** `1 limit`, `3 limits`; no figure in front of the noun is ever without it. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/**
 * A share with one decimal, as tables print it. What is not 0 is never printed as 0, what is not 100 % never as 100 %;
 * a share on the other side of `limit` than its rounding gets the decimals that show it.
 */
export function shareOf(share: number, limit: number | null = null): string {
  const text = (decimals: number) => `${Number((100 * share).toFixed(decimals))}${nbsp}%`;
  if (share > 0 && share < 0.0005) return `<0.1${nbsp}%`;
  // a sum of shares may miss 1 by its last binary digits
  if (share < 1 - 1e-9 && share > 0.9995) return `>99.9${nbsp}%`;
  const crosses = (decimals: number) =>
    limit !== null && share > limit && Number((share * 100).toFixed(decimals)) <= limit * 100;
  let decimals = 1;
  while (decimals < 8 && crosses(decimals)) decimals++;
  return text(decimals).replace('-', '−');
}

/** Tonnes to three figures, thousands set apart. */
export const tonnes = (value: number): string => `${figure(Number(value.toPrecision(3)))}${nbsp}t`;

/** Dollars to three figures, in millions and thousands of millions where there are so many. */
export function dollars(value: number): string {
  const rounded = Number(value.toPrecision(3));
  if (rounded >= 1e9) return `${figure(rounded / 1e9)}${nbsp}bn${nbsp}USD`;
  if (rounded >= 1e6) return `${figure(rounded / 1e6)}${nbsp}m${nbsp}USD`;
  return `${figure(rounded)}${nbsp}USD`;
}

/** `a`, `a and b`, `a, b and c`; after `most` names the rest is counted: `a, b and 5 more`. */
export function named(names: readonly string[], most = names.length): string {
  const kept = names.length > most ? names.slice(0, most) : names;
  const parts = names.length > most ? [...kept, `${names.length - most} more`] : kept;
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** An id as it reads in a sentence. */
export const plainly = (id: unknown): string => String(id).replaceAll('_', ' ');

/** `magnesium (refine)`; a figure of all stages together has no stage to name. */
export const mineralStage = (row: AnswerRow): string =>
  row.stage === null || row.stage === undefined || row.stage === 'all'
    ? plainly(row.mineral)
    : `${plainly(row.mineral)} (${plainly(row.stage)})`;

/** Minerals with all their stages, in order: `boron (mine, refine), cobalt (mine)`. */
export function byMineral(rows: readonly AnswerRow[]): string {
  const stages = new Map<string, Set<string>>();
  for (const r of rows) {
    const name = plainly(r.mineral);
    const set = stages.get(name) ?? new Set();
    if (typeof r.stage === 'string' && r.stage !== 'all') set.add(plainly(r.stage));
    stages.set(name, set);
  }
  return [...stages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, set]) => (set.size ? `${name} (${[...set].sort().join(', ')})` : name))
    .join(', ');
}

/** The years that rows are of: `2024`, `2020–2024`; empty where none is given. */
export function yearsOfRows(rows: readonly AnswerRow[], column = 'year'): string {
  const years = rows.flatMap((r) => (typeof r[column] === 'number' ? [r[column] as number] : []));
  if (years.length === 0) return '';
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return first === last ? String(first) : `${first}–${last}`;
}

/** How many different values a column has; rows without one do not count. */
export const distinct = (rows: readonly AnswerRow[], column: string): number =>
  new Set(rows.flatMap((r) => (r[column] === null || r[column] === undefined ? [] : [r[column]]))).size;

/** Positions of the rows that pass. */
export const positions = (
  rows: readonly AnswerRow[],
  test: (row: AnswerRow, position: number) => boolean,
): number[] => rows.flatMap((r, k) => (test(r, k) ? [k] : []));

/** First letter as a sentence begins. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `Kazakhstan’s`, `United States’`. */
export const possessive = (name: string): string => `${name}’${name.endsWith('s') ? '' : 's'}`;

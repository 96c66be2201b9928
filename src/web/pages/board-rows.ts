import type { AnswerRow } from '../../questions/question.ts';

/** One line of the board keeps its place in the page when the lens changes, so that its bar moves. */
export const keyOf = (row: AnswerRow): string => `${row.mineral}|${row.stage}|${row.hs6}`;

export type Filter = 'known' | 'over' | 'depends' | 'unknown' | 'all';
export type Order = 'share' | 'cap' | 'mineral' | 'value';

export const isKnown = (row: AnswerRow): boolean => typeof row.top_share === 'number';

const lensNames = ['declared', 'dispatch', 'traced', 'controlled'] as const;

export interface LensCell {
  readonly lens: (typeof lensNames)[number];
  readonly country: string | null;
  readonly share: number | null;
  readonly isOver: boolean;
}

/** The largest share of one row under every lens. */
export const lensesOf = (row: AnswerRow): LensCell[] =>
  lensNames.map((lens) => {
    const share = row[`${lens}_share`];
    const country = row[`${lens}_country`];
    return {
      lens,
      country: typeof country === 'string' ? country : null,
      share: typeof share === 'number' ? share : null,
      isOver: String(row.over_lenses).split(';').includes(lens),
    };
  });

/** True where one lens surely puts a row over its limit and another surely does not: as the headline counts. */
export const depends = (row: AnswerRow): boolean => row.verdict_depends === true;

const choices: Readonly<Record<string, string>> = {
  method: 'whether two-way trade is netted',
  weight: 'whether tonnes or value count',
  unrecorded: 'where supply that nobody reports comes from',
  owners: 'owners that are not known',
};

/** `method;weight` → what a verdict rests on, in words. */
export const dependsWords = (ids: unknown): string =>
  String(ids ?? 'method')
    .split(';')
    .map((id) => choices[id] ?? id.replaceAll('_', ' '))
    .join(' and ');

const kept: Readonly<Record<Filter, (row: AnswerRow) => boolean>> = {
  known: isKnown,
  over: (row) => row.over_cap === true,
  depends,
  unknown: (row) => !isKnown(row),
  all: () => true,
};

const number = (value: unknown) => (typeof value === 'number' ? value : -1);

/** What has no limit or no share is not near it. */
const room = (value: unknown) => (typeof value === 'number' ? value : 2);

const orders: Readonly<Record<Order, (a: AnswerRow, b: AnswerRow) => number>> = {
  share: (a, b) => number(b.top_share) - number(a.top_share),
  cap: (a, b) => room(a.headroom) - room(b.headroom),
  mineral: (a, b) => String(a.mineral).localeCompare(String(b.mineral)),
  value: (a, b) => number(b.supply_usd) - number(a.supply_usd),
};

/** Rows as chosen; equal ones by mineral, stage and code, so that the order is always the same. */
export const chosen = (rows: readonly AnswerRow[], filter: Filter, order: Order): AnswerRow[] =>
  rows.filter(kept[filter]).sort((a, b) => orders[order](a, b) || (keyOf(a) < keyOf(b) ? -1 : 1));

/** For how many lines of the board each country is over the limit. */
export function overByCountry(rows: readonly AnswerRow[]): Map<string, AnswerRow[]> {
  const by = new Map<string, AnswerRow[]>();
  for (const row of rows)
    if (row.over_cap === true && typeof row.top_country === 'string')
      by.set(row.top_country, [...(by.get(row.top_country) ?? []), row]);
  return new Map([...by].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)));
}

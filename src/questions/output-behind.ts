import type { World } from '../store/world.ts';
import { type Production, production } from '../tables/quantities.ts';
import type { AnswerRow, Explanation } from './question.ts';
import { worked } from './worked.ts';

/** The rows of one source behind a share of the world's output (or reserves), and what they add up to. */
export interface OutputBehind {
  readonly inputs: Explanation['inputs'];
  /** by what the source gives: tonnes, or shares of the world */
  readonly measure: 'quantity_t' | 'share';
  /** named countries with a figure above 0, largest first */
  readonly named: readonly { readonly country: string; readonly size: number }[];
  /** the world total as published; null where none is */
  readonly published: number | null;
  /** sum of the rows but the world's, others included */
  readonly sum: number;
  /** what shares are of: the larger of both; 1 where the source gives shares that add up to no more */
  readonly total: number;
}

/** Looks up a row's output by mineral, stage, year and source; null where the table has none. */
export async function outputBehind(row: AnswerRow, world: World): Promise<OutputBehind | null> {
  const found = await world.load(production, {
    mineral: [String(row.mineral)],
    stage: [String(row.stage)],
    year: [Number(row.year)],
    source: [String(row.source)],
  });
  return found.length === 0 ? null : placesIn(production.name, found);
}

/** The same of any rows by country, WLD and OTH among them: output, or reserves. */
export function placesIn(
  table: string,
  found: readonly (Pick<Production, 'country' | 'quantity_t'> & { readonly share?: number | null })[],
): OutputBehind {
  const measure = found.some((r) => (r.quantity_t ?? 0) > 0) ? 'quantity_t' : 'share';
  const size = (r: (typeof found)[number]) => r[measure] ?? 0;
  const rows = found.toSorted((a, b) => size(b) - size(a) || (a.country < b.country ? -1 : 1));
  const sum = rows.reduce((s, r) => (r.country === 'WLD' ? s : s + size(r)), 0);
  const published = rows.find((r) => r.country === 'WLD')?.[measure] ?? null;
  return {
    inputs: [{ table, rows: rows as unknown as AnswerRow[] }],
    measure,
    named: rows
      .filter((r) => r.country !== 'WLD' && r.country !== 'OTH' && size(r) > 0)
      .map((r) => ({ country: r.country, size: size(r) })),
    published,
    sum,
    // published shares that add up to 1 but for binary rounding are of 1
    total: measure === 'quantity_t' ? Math.max(published ?? 0, sum) : sum > 1 + 1e-9 ? sum : 1,
  };
}

/** What shares of output are of, in words. */
export const wholeOf = ({ measure, published }: OutputBehind): string =>
  measure === 'share'
    ? 'all, shares as published'
    : published === null
      ? 'Σ quantity_t of the rows below'
      : 'the larger of WLD and Σ quantity_t of the other rows below';

/** The formula of a cell of output: a country's own, its share, rank, or what that is of; null for any other column. */
export function workedOutput(
  row: AnswerRow,
  column: string,
  country: string,
  output: OutputBehind,
): Pick<Explanation, 'formula' | 'behind'> | null {
  const { named, published, sum, total, measure } = output;
  const size = named.find((r) => r.country === country)?.size ?? 0;
  switch (column) {
    case 'quantity_t':
      return worked(row, column, `quantity_t of the row ${country} below`, measure === 'share' ? 0 : size);
    case 'share':
      return worked(
        row,
        column,
        `${measure} of ${country} / ${wholeOf(output)}`,
        size / total,
        `${size} / ${total}`,
      );
    case 'rank':
      return worked(
        row,
        column,
        `1 + named countries below with more ${measure} than ${country}`,
        1 + named.filter((r) => r.size > size).length,
      );
    case 'ranked':
    case 'countries':
      return worked(row, column, `named countries with ${measure} above 0 in the rows below`, named.length);
    case 'total_t':
      return published === null
        ? worked(row, column, wholeOf(output), sum)
        : worked(row, column, wholeOf(output), total, `max(${published}, ${sum})`);
    case 'published_t':
      return worked(row, column, 'quantity_t of the row WLD below', published ?? 0);
    case 'share_of_published':
      return worked(
        row,
        column,
        `quantity_t of ${country} / quantity_t of WLD`,
        size / (published ?? 0),
        `${size} / ${published}`,
      );
    default:
      return null;
  }
}

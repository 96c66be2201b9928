import { groupBy } from '../tables/group-by.ts';
import { figure } from './figure.ts';
import type { AnswerRow, View } from './question.ts';
import {
  count,
  distinct,
  mineralStage,
  named,
  positions,
  sentence,
  shareOf,
  yearsOfRows,
} from './wording.ts';

/** Series told one by one in the headline. */
const mostTold = 4;

/** Single minerals: the newest price of every series and how it moved; all of them: how many, and the largest moves. */
export function pricesView(rows: readonly AnswerRow[], { single }: { readonly single: boolean }): View {
  const known = rows.filter((r) => typeof r.price_usd_per_t === 'number');
  const series = [...groupBy(known, (r) => `${r.mineral} ${r.stage} ${r.country} ${r.source}`).values()];
  return {
    headline:
      known.length === 0
        ? ['No price is known from open data.']
        : single
          ? series.slice(0, mostTold).map(seriesLine)
          : allLines(series.map((s) => s.at(-1)!)),
    columns: [
      'mineral',
      'stage',
      'year',
      'price_usd_per_t',
      'change_per_year',
      'market',
      'source',
      'basis',
      'status',
      'country',
    ],
    heads: { price_usd_per_t: 'USD/t', change_per_year: 'on year' },
    least: { market: 14, source: 11, basis: 8 },
    group: 'mineral',
    sections: [{ title: '', rows: positions(rows, () => true) }].filter((s) => s.rows.length > 0),
  };
}

const perTonne = (value: number): string => `${figure(Number(value.toPrecision(3)))} USD/t`;

/** `33 % more than the year before`; a doubling and more is told as so many times. */
function moved(change: unknown): string {
  if (typeof change !== 'number') return '';
  if (change >= 1) return `, ${Number((1 + change).toPrecision(2))} times that of the year before`;
  if (Math.abs(change) < 0.0005) return ', as the year before';
  return `, ${shareOf(Math.abs(change))} ${change > 0 ? 'more' : 'less'} than the year before`;
}

function seriesLine(series: readonly AnswerRow[]): string {
  const last = series.at(-1)!;
  const where = [last.market, last.status === 'estimated' ? 'estimated' : null].filter(Boolean).join(', ');
  const prices = series.map((r) => Number(r.price_usd_per_t));
  const range =
    series.length > 1
      ? `; ${perTonne(Math.min(...prices))} to ${perTonne(Math.max(...prices))} in ${yearsOfRows(series)}`
      : '';
  return `${sentence(mineralStage(last))}: ${perTonne(Number(last.price_usd_per_t))} in ${last.year}${where ? ` (${where})` : ''}${moved(last.change_per_year)}${range}.`;
}

function allLines(newest: readonly AnswerRow[]): string[] {
  const risen = newest
    .filter((r) => typeof r.change_per_year === 'number')
    .sort((a, b) => Number(b.change_per_year) - Number(a.change_per_year));
  const words = (r: AnswerRow) =>
    `${mineralStage(r)} ${Number(r.change_per_year) < 0 ? '−' : '+'}${shareOf(Math.abs(Number(r.change_per_year)))}`;
  const [up, down] = [
    risen.filter((r) => Number(r.change_per_year) > 0).slice(0, 3),
    risen
      .filter((r) => Number(r.change_per_year) < 0)
      .slice(-3)
      .reverse(),
  ];
  return [
    `${count(newest.length, 'price')} of ${count(distinct(newest, 'mineral'), 'mineral')}, ${yearsOfRows(newest)}.`,
    ...(up.length ? [`Risen most within a year: ${named(up.map(words))}.`] : []),
    ...(down.length ? [`Fallen most: ${named(down.map(words))}.`] : []),
  ];
}

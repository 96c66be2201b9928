import type { AnswerColumn, AnswerRow } from '../question.ts';

export const profileColumns: AnswerColumn[] = [
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product' },
  { name: 'year', unit: '', about: 'year of the evidence' },
  { name: 'source', unit: '', about: 'source id' },
  { name: 'quantity_t', unit: 't', about: 'output' },
  {
    name: 'share',
    unit: '1',
    about: 'of world output: over the larger of the published total and the sum of the rows',
  },
  { name: 'rank', unit: '', about: 'among named countries with output; ties share the better rank' },
  { name: 'ranked', unit: '', about: 'how many countries are ranked' },
  { name: 'on_list', unit: '', about: 'whether the mineral is on the list asked for' },
  { name: 'reserves_t', unit: 't', about: 'reserves, newest edition' },
  { name: 'reserves_share', unit: '1', about: 'of world reserves' },
  { name: 'export_value_usd', unit: 'USD', about: 'exports of the code named, in its newest complete year' },
  { name: 'export_share', unit: '1', about: 'of the world’s exports of that code, by value' },
  { name: 'export_rank', unit: '', about: 'among exporters of that code, by value' },
  {
    name: 'evidence',
    unit: '',
    about: 'production, production_share (share only), exports, reserves or none',
  },
  { name: 'status', unit: '', about: 'how the figure is known' },
  { name: 'total_t', unit: 't', about: 'denominator of share' },
  { name: 'share_of_published', unit: '1', about: 'output over the world total as published (rounded)' },
  { name: 'period', unit: '', about: 'years averaged, where not one year' },
  { name: 'export_hs6', unit: '', about: 'the code of the export figures' },
  { name: 'export_year', unit: '', about: 'their year' },
  { name: 'export_source', unit: '', about: 'their source' },
  { name: 'note', unit: '', about: 'what a missing figure means' },
];

/** A row with every column. */
export function profileRow(cells: AnswerRow): AnswerRow {
  const row: AnswerRow = {};
  for (const { name } of profileColumns) row[name] = cells[name] ?? null;
  return row;
}

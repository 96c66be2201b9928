import type { AnswerColumn, AnswerRow } from '../question.ts';

export const changesColumns: AnswerColumn[] = [
  {
    name: 'kind',
    unit: '',
    about:
      'cap_crossed, top_replaced, share_moved (of the importer’s supply), output_top_replaced, output_moved (of the world’s output), restriction_announced, restriction_begun, restriction_resumed, restriction_suspended, restriction_lapsed, restriction_ended, restriction_unknown, agreement_signed, agreement_ended, figure_revised; not_comparable where two years cannot be compared',
  },
  { name: 'mineral', unit: '', about: 'mineral id; of a register the ids it names, separated by ;' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product' },
  { name: 'what', unit: '', about: 'the change in words' },
  {
    name: 'before',
    unit: '',
    about: 'a share 0…1, a figure, the largest supplier or a status, as `unit` says',
  },
  { name: 'after', unit: '', about: 'the same afterwards' },
  {
    name: 'change',
    unit: '',
    about: 'after − before in `unit`; of a replacement the move of the new largest share; null for statuses',
  },
  { name: 'year_before', unit: 'year', about: 'year (of a register: the year of the earlier day)' },
  { name: 'year_after', unit: 'year', about: 'year (of a register: the year of the later day)' },
  {
    name: 'matters_usd',
    unit: 'USD',
    about:
      'what it is worth to the importer: value of its imports × share that moved; of a restriction the imports it covers; null = not known',
  },
  { name: 'source', unit: '', about: 'source id' },
  { name: 'note', unit: '', about: 'what to beware of' },
  { name: 'unit', unit: '', about: 'of before and after: 1 (a share), t, USD, country, status' },
  { name: 'country', unit: '', about: 'whose share, measure or figure it is' },
  { name: 'hs6', unit: '', about: 'customs code, where it is about trade' },
  { name: 'supply_usd', unit: 'USD', about: 'the importer’s imports behind it, in the later year' },
  { name: 'cap', unit: '1', about: 'limit that was passed' },
];

export const changeKinds = {
  supply: ['cap_crossed', 'top_replaced', 'share_moved'],
  output: ['output_top_replaced', 'output_moved'],
} as const;

/** A row with every column. */
export function changeRow(cells: AnswerRow): AnswerRow {
  const row: AnswerRow = {};
  for (const { name } of changesColumns) row[name] = cells[name] ?? null;
  return row;
}

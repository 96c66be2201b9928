import type { AnswerColumn } from './question.ts';

export const boardColumns: readonly AnswerColumn[] = [
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product' },
  {
    name: 'hs6',
    unit: '',
    about: 'customs code; several joined by ; where a lens works on the stage as a whole',
  },
  {
    name: 'lens',
    unit: '',
    about: 'declared origin, country of dispatch, traced origin or home of the owner',
  },
  { name: 'year', unit: '', about: 'year of the shares' },
  { name: 'supply_usd', unit: 'USD', about: 'value the shares are of' },
  {
    name: 'supply_t',
    unit: 't',
    about: 'tonnes the shares are of: contained where the content of the code is known, else gross',
  },
  { name: 'suppliers', unit: '', about: 'countries with a share above 0' },
  { name: 'top_country', unit: '', about: 'largest supplier' },
  {
    name: 'top_share',
    unit: '1',
    about: 'its share of imports (declared, dispatch) or of apparent consumption (traced, controlled)',
  },
  { name: 'second_country', unit: '', about: 'second supplier' },
  { name: 'second_share', unit: '1', about: 'its share' },
  { name: 'third_country', unit: '', about: 'third supplier' },
  { name: 'third_share', unit: '1', about: 'its share' },
  { name: 'hhi', unit: '1', about: 'Herfindahl–Hirschman index of the shares, 0…1' },
  { name: 'cap', unit: '1', about: 'largest share the importer’s own rule allows one country' },
  {
    name: 'over_cap',
    unit: '',
    about:
      'top_share > cap; null where either is unknown, or where it is the importer’s own, which no limit counts',
  },
  { name: 'headroom', unit: '1', about: 'cap − top_share' },
  {
    name: 'evidence',
    unit: '',
    about: 'complete, partial (small flows cut off), own, basket (code hides the mineral), none',
  },
  { name: 'note', unit: '', about: 'what a missing or doubtful figure means' },
  { name: 'period', unit: '', about: 'months covered where not the calendar year' },
  { name: 'weight', unit: '', about: 'what the shares are of: value or quantity' },
  { name: 'source', unit: '', about: 'source id of the shares' },
  { name: 'domestic_t', unit: 't', about: 'domestic output of the stage that year; null = not published' },
  { name: 'declared_country', unit: '', about: 'largest supplier by declared origin' },
  { name: 'declared_share', unit: '1', about: 'its share' },
  { name: 'declared_year', unit: '', about: 'year of the declared share' },
  { name: 'dispatch_country', unit: '', about: 'largest supplier by country of dispatch' },
  { name: 'dispatch_share', unit: '1', about: 'its share' },
  { name: 'dispatch_period', unit: '', about: 'months of the dispatch share' },
  { name: 'traced_country', unit: '', about: 'largest traced origin' },
  { name: 'traced_share', unit: '1', about: 'its share of apparent consumption' },
  { name: 'traced_low', unit: '1', about: 'lowest that method, weight and unrecorded supply leave open' },
  { name: 'traced_high', unit: '1', about: 'highest of the same' },
  { name: 'controlled_country', unit: '', about: 'country from which the largest part is controlled' },
  { name: 'controlled_share', unit: '1', about: 'its share, lowest estimate' },
  { name: 'controlled_high', unit: '1', about: 'highest share it could hold given what is unknown' },
  {
    name: 'controlled_unattributed',
    unit: '1',
    about: 'part of controlled_share that stands with it only as no owner is known',
  },
  {
    name: 'top_low',
    unit: '1',
    about:
      'lowest top_share that the choices of a traced lens, or the flows that a truncated series lacks, leave open',
  },
  { name: 'top_high', unit: '1', about: 'highest of the same' },
  {
    name: 'verdict',
    unit: '',
    about:
      'of the largest supplier that the limit counts: over, within, or depends where its range spans the cap',
  },
  {
    name: 'depends_on',
    unit: '',
    about:
      'what a verdict of depends rests on: method, weight, unrecorded (supply), owners (not known); joined by ;',
  },
  {
    name: 'over_lenses',
    unit: '',
    about:
      'lenses by which the largest supplier that the limit counts is surely over it, joined by ;, or none; what is made at home counts under no limit',
  },
  { name: 'verdict_depends', unit: '', about: 'true where over or under the cap depends on the lens' },
];

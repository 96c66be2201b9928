import type { AnswerColumn } from '../question.ts';

export const planColumns: readonly AnswerColumn[] = [
  {
    name: 'status',
    unit: '',
    about: 'optimal, or infeasible: then the row names a limit that stands in the way',
  },
  { name: 'year', unit: '', about: 'year of the plan' },
  { name: 'mineral', unit: '', about: 'mineral' },
  { name: 'stage', unit: '', about: 'stage' },
  { name: 'supplier', unit: '', about: 'who delivers' },
  { name: 'country', unit: '', about: 'the seller’s country' },
  { name: 'kind', unit: '', about: 'import, domestic or recycled' },
  { name: 'quantity_t', unit: 't', about: 'delivered in the year' },
  { name: 'share', unit: '1', about: 'of demand' },
  { name: 'unit_cost_usd_per_t', unit: 'USD/t', about: 'landed cost of a tonne' },
  { name: 'cost_usd', unit: 'USD', about: 'quantity × landed cost, undiscounted' },
  { name: 'available_t', unit: 't', about: 'the most it could deliver in the year' },
  { name: 'demand_t', unit: 't', about: 'needed in the year' },
  {
    name: 'counted_as',
    unit: '',
    about: 'its tonnes by the country that the cap counts, as shares: CHN=0.9;AUS=0.1; empty where in no cap',
  },
  { name: 'constraint', unit: '', about: 'where infeasible: demand, or a limit in its way' },
  {
    name: 'short_by_t',
    unit: 't',
    about:
      'of demand: what cannot be met at the least; of another limit: how much wider it alone would have to be, empty where that alone is not enough',
  },
];

/** Landed cost in its parts, where it was made up from data. */
export const snapshotColumns: readonly AnswerColumn[] = [
  ...planColumns,
  { name: 'unit_value_usd_per_t', unit: 'USD/t', about: 'what a tonne of its exports fetches' },
  { name: 'freight_usd_per_t', unit: 'USD/t', about: 'freight by distance, an assumption' },
  { name: 'risk_premium_usd_per_t', unit: 'USD/t', about: 'premium for governance, an assumption' },
];

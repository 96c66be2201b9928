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
  { name: 'kind', unit: '', about: 'import, domestic or recycled; stock where stocks are asked for' },
  { name: 'quantity_t', unit: 't', about: 'delivered in the year; of a stock drawn less bought for it' },
  { name: 'share', unit: '1', about: 'of demand' },
  { name: 'unit_cost_usd_per_t', unit: 'USD/t', about: 'landed cost of a tonne; empty for a stock' },
  {
    name: 'cost_usd',
    unit: 'USD',
    about: 'quantity × landed cost, undiscounted; of a stock closing × holding cost',
  },
  { name: 'available_t', unit: 't', about: 'the most it could deliver in the year; of a stock its opening' },
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

/** Stocks, where they are asked for. */
export const stockColumns: readonly AnswerColumn[] = [
  { name: 'opening_t', unit: 't', about: 'of a stock: held when the year begins' },
  { name: 'bought_t', unit: 't', about: 'of a stock: bought for it in the year' },
  { name: 'drawn_t', unit: 't', about: 'of a stock: drawn from it in the year' },
  { name: 'closing_t', unit: 't', about: 'of a stock: held when the year ends, opening + bought − drawn' },
  {
    name: 'holding_usd_per_t',
    unit: 'USD/t',
    about: 'of a stock: what holding a tonne of the closing stock costs until the next year of the plan',
  },
];

/** Landed cost in its parts, where it was made up from data. */
export const snapshotColumns: readonly AnswerColumn[] = [
  ...planColumns,
  { name: 'unit_value_usd_per_t', unit: 'USD/t', about: 'what a tonne of its exports fetches' },
  { name: 'freight_usd_per_t', unit: 'USD/t', about: 'freight by distance, an assumption' },
  { name: 'risk_premium_usd_per_t', unit: 'USD/t', about: 'premium for governance, an assumption' },
];

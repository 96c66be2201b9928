import type { ModelName } from '../../analysis/shocks/draws.ts';
import type { AnswerColumn } from '../question.ts';

const t = 't';
const common: AnswerColumn[] = [
  { name: 'country', unit: '', about: 'who uses the mineral; WLD = the world' },
  { name: 'month', unit: '', about: 'month of the run, 1 = the first; empty in models without time' },
  {
    name: 'baseline_t',
    unit: t,
    about: 'apparent consumption before the shock, per month in `months`, else per year',
  },
  { name: 'supply_t', unit: t, about: 'what it gets after the shock' },
  { name: 'stock_used_t', unit: t, about: 'drawn from its stocks' },
  { name: 'shortfall_t', unit: t, about: 'baseline − supply − stock used' },
  { name: 'shortfall_share', unit: '1', about: 'shortfall over baseline; empty where nothing is used' },
  { name: 'price_ratio', unit: '1', about: 'world price over the price before' },
];
const change = (name: string, what: string) => ({
  name,
  unit: t,
  about: `change of ${what}; losses are negative`,
});
const ofModel: Record<ModelName, AnswerColumn[]> = {
  months: [],
  cascade: [
    change('stock_change_t', 'stocks'),
    change('consumption_change_t', 'use'),
    change('import_change_t', 'imports'),
    change('export_change_t', 'exports'),
  ],
  market: [
    { name: 'output_baseline_t', unit: t, about: 'output before the shock' },
    { name: 'output_t', unit: t, about: 'output at the new price' },
    {
      name: 'consumer_loss_usd',
      unit: 'USD',
      about: 'what users lose in all: P0·∫₁^r D(p) dp; empty without a price',
    },
  ],
};
const drawn: AnswerColumn[] = [
  ...(['p05', 'p50', 'p95'] as const).map((name) => ({
    name,
    unit: t,
    about: `shortfall that ${Number(name.slice(1))} % of the draws stay below`,
  })),
  { name: 'cvar95', unit: t, about: 'mean shortfall of the worst 5 % of the draws' },
];
const dimensions: AnswerColumn[] = [
  { name: 'mineral', unit: '', about: 'mineral' },
  { name: 'stage', unit: '', about: 'stage' },
  { name: 'year', unit: '', about: 'year of the trade and output' },
];

/** The columns of an answer: common to all models, the model's own, the spread of draws, and what the row is of. */
export const shockColumns = (model: ModelName, draws: boolean): AnswerColumn[] => [
  ...common,
  ...ofModel[model],
  ...(draws ? drawn : []),
  ...dimensions,
];

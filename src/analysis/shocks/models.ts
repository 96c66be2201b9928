import { cascadeModel } from './cascade.ts';
import type { ModelName } from './draws.ts';
import { marketModel } from './market.ts';
import { monthsModel } from './months-model.ts';
import type { ShockModel } from './shock.ts';

/** The three models by name. */
export const models: Readonly<Record<ModelName, ShockModel>> = {
  cascade: cascadeModel,
  market: marketModel,
  months: monthsModel,
};

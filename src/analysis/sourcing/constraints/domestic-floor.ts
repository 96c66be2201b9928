import type { Constraint } from '../model.ts';
import { floorRows } from './floor-rows.ts';

/** Σ x_i over domestic supply ≥ floor·D */
export const domesticFloor: Constraint = {
  name: 'domestic-floor',
  sentence: 'At least this share of what is needed is mined or made at home.',
  rows: (model) => floorRows(model, model.problem.limits.domesticMin, 'domestic', 'domestic_min'),
};

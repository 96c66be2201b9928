import type { Constraint } from '../model.ts';
import { floorRows } from './floor-rows.ts';

/** Σ x_i over recycled supply ≥ floor·D */
export const recycledFloor: Constraint = {
  name: 'recycled-floor',
  sentence: 'At least this share of what is needed comes from recycling.',
  rows: (model) => floorRows(model, model.problem.limits.recycledMin, 'recycled', 'recycled_min'),
};

import type { Constraint } from '../model.ts';
import { countedBy } from '../problem.ts';
import { shareRows } from './share-rows.ts';

/** Σ_i κ_iw·x_i ≤ cap·D for every home w of owners */
export const controlledCap: Constraint = {
  name: 'controlled-cap',
  sentence: 'No country outside owns the mines and plants of more than the cap allows.',
  rows: (model) => {
    const { home, limits } = model.problem;
    const cap = limits.capOn === 'controlled' ? limits.cap : null;
    return shareRows(model, cap, 'owner_cap', (offer) => countedBy(offer, 'controlled', home));
  },
};

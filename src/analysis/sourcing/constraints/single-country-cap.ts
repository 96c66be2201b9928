import type { Constraint } from '../model.ts';
import { countedBy } from '../problem.ts';
import { shareRows } from './share-rows.ts';

/** Σ x_i over the imports from a country ≤ cap·D */
export const singleCountryCap: Constraint = {
  name: 'single-country-cap',
  sentence: 'No country sells more than the cap allows.',
  rows: (model) => {
    const { home, limits } = model.problem;
    const cap = limits.capOn === 'declared' ? limits.cap : null;
    return shareRows(model, cap, 'cap', (offer) => countedBy(offer, 'declared', home));
  },
};

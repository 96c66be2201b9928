import type { Constraint } from '../model.ts';
import { countedBy } from '../problem.ts';
import { shareRows } from './share-rows.ts';

/** Σ_i O_ij·x_i ≤ cap·D for every origin j */
export const tracedCap: Constraint = {
  name: 'traced-cap',
  sentence: 'No country outside is the birthplace of more than the cap allows, whoever sells it.',
  rows: (model) => {
    const { home, limits } = model.problem;
    const cap = limits.capOn === 'traced' ? limits.cap : null;
    return shareRows(model, cap, 'origin_cap', (offer) => countedBy(offer, 'traced', home));
  },
};

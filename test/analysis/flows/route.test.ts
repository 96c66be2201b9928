import { describe, expect, it } from 'vitest';
import { routeBack } from '../../../src/analysis/flows/route.ts';

const aluminium = [
  { from_stage: 'mine', to_stage: 'compound' },
  { from_stage: 'compound', to_stage: 'refine' },
  { from_stage: 'mine', to_stage: 'refine' },
];

describe('the way back through what is made from what', () => {
  it('takes the way with most stages: metal from alumina from bauxite', () => {
    expect(routeBack(aluminium, 'refine', 'mine')).toEqual(['compound', 'mine']);
    expect(routeBack(aluminium, 'compound', 'mine')).toEqual(['mine']);
  });
  it('is null where none is declared', () => {
    expect(routeBack(aluminium, 'product', 'mine')).toBeNull();
    expect(routeBack([], 'refine', 'mine')).toBeNull();
    expect(routeBack(aluminium, 'mine', 'mine')).toBeNull();
  });
  it('does not go round: scrap is made from products and products from scrap', () => {
    const round = [
      ...aluminium,
      { from_stage: 'scrap', to_stage: 'refine' },
      { from_stage: 'refine', to_stage: 'scrap' },
    ];
    expect(routeBack(round, 'refine', 'mine')).toEqual(['compound', 'mine']);
    expect(routeBack([{ from_stage: 'a', to_stage: 'a' }], 'a', 'b')).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alternativeScore,
  defaultWeights,
  type Merit,
  type Merits,
} from '../../../src/analysis/dependence/alternative-score.ts';

const names = Object.keys(defaultWeights) as Merit[];
const all = (value: number | null) => Object.fromEntries(names.map((n) => [n, value])) as unknown as Merits;

describe('score of an alternative', () => {
  it('default weights sum to 1', () => {
    expect(Object.values(defaultWeights).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
  });
  it('worked: output .8 and governance .5 known alone: (.25·.8 + .2·.5)/.45, on 45 % of the weights', () => {
    const { score, known } = alternativeScore({ ...all(null), output: 0.8, governance: 0.5 });
    expect(score).toBeCloseTo(0.3 / 0.45, 14);
    expect(known).toBeCloseTo(0.45, 14);
  });
  it('is null where nothing is known', () =>
    expect(alternativeScore(all(null))).toEqual({ score: null, known: 0 }));
  it('lies between the worst and the best merit, and a missing one moves it towards neither by itself', () => {
    const merit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.option(merit), { minLength: 9, maxLength: 9 }), (values) => {
        const merits = Object.fromEntries(names.map((n, k) => [n, values[k]])) as unknown as Merits;
        const { score } = alternativeScore(merits);
        const known = values.filter((v) => v !== null);
        if (!known.length) return;
        expect(score!).toBeGreaterThanOrEqual(Math.min(...known) - 1e-12);
        expect(score!).toBeLessThanOrEqual(Math.max(...known) + 1e-12);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concentrationRatio } from '../../../src/analysis/concentration/concentration-ratio.ts';
import { effectiveSuppliers } from '../../../src/analysis/concentration/effective-suppliers.ts';
import { entropy, evenness } from '../../../src/analysis/concentration/entropy.ts';
import { gini } from '../../../src/analysis/concentration/gini.ts';
import { hhi } from '../../../src/analysis/concentration/hhi.ts';
import { normalisedHhi } from '../../../src/analysis/concentration/normalised-hhi.ts';
import { ranks, sharesOf, summedByBloc } from '../../../src/analysis/concentration/shares.ts';
import { theil } from '../../../src/analysis/concentration/theil.ts';

const four = [0.7, 0.15, 0.1, 0.05];
const shares = fc
  .array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 })
  .map((q) => sharesOf(q)!);

describe('indices on shares .70 .15 .10 .05 (worked by hand)', () => {
  it('HHI is .49 + .0225 + .01 + .0025', () => expect(hhi(four)).toBeCloseTo(0.525, 15));
  it('normalised HHI is (.525 − .25)/.75', () =>
    expect(normalisedHhi(0.525, 4)).toBeCloseTo(0.275 / 0.75, 15));
  it('1/.525 effective suppliers', () => expect(effectiveSuppliers(hhi(four))).toBeCloseTo(1 / 0.525, 14));
  it('CR1 .70, CR3 .95', () => {
    expect(concentrationRatio(four, 1)).toBe(0.7);
    expect(concentrationRatio(four, 3)).toBeCloseTo(0.95, 15);
  });
  it('entropy .91429, evenness .65952, Theil .47201', () => {
    expect(entropy(four)).toBeCloseTo(0.9142855814670989, 14);
    expect(evenness(four)).toBeCloseTo(0.659517637169433, 14);
    expect(theil(four)).toBeCloseTo(0.47200877965279164, 14);
  });
  it('Gini .5', () => expect(gini(four)).toBeCloseTo(0.5, 14));
  it('second and third in one bloc are summed before squaring: .49 + .0625 + .0025', () => {
    const byCountry = new Map(four.map((s, k) => ['ABCD'[k]!, s]));
    const bloc = summedByBloc(byCountry, (c) => (c === 'B' || c === 'C' ? 'BLOC' : undefined));
    expect(hhi([...bloc.values()])).toBeCloseTo(0.555, 15);
  });
});

describe('properties of concentration indices', () => {
  it('equal shares: HHI 1/n, normalised 0, n effective suppliers, full entropy, no inequality', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), (n) => {
        const equal = Array.from({ length: n }, () => 1 / n);
        expect(hhi(equal)).toBeCloseTo(1 / n, 12);
        expect(normalisedHhi(hhi(equal), n)).toBeCloseTo(0, 12);
        expect(effectiveSuppliers(hhi(equal))).toBeCloseTo(n, 9);
        expect(evenness(equal)).toBeCloseTo(1, 12);
        expect(gini(equal)).toBeCloseTo(0, 12);
        expect(theil(equal)).toBeCloseTo(0, 12);
      }),
    );
  });

  it('stay in their ranges and bound each other', () => {
    fc.assert(
      fc.property(shares, (s) => {
        const n = s.length;
        const index = hhi(s)!;
        const top = concentrationRatio(s, 1)!;
        expect(index).toBeLessThanOrEqual(top + 1e-12);
        expect(index).toBeGreaterThanOrEqual(top * top - 1e-12);
        expect(index).toBeGreaterThanOrEqual(1 / n - 1e-12);
        expect(normalisedHhi(index, n)!).toBeLessThanOrEqual(1 + 1e-12);
        // Rényi: entropy of order 2 is at most Shannon's
        expect(-Math.log(index)).toBeLessThanOrEqual(entropy(s)! + 1e-9);
        expect(concentrationRatio(s, n)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('Gini by sorting equals Gini by all pairs (second route)', () => {
    fc.assert(
      fc.property(shares, (s) => {
        let pairs = 0;
        for (const a of s) for (const b of s) pairs += Math.abs(a - b);
        const mean = s.reduce((x, y) => x + y, 0) / s.length;
        expect(gini(s)).toBeCloseTo(pairs / (2 * s.length ** 2 * mean), 9);
      }),
    );
  });

  it('a merger never lowers the HHI', () => {
    fc.assert(
      fc.property(shares, (s) => {
        const merged = [s[0]! + s[1]!, ...s.slice(2)];
        expect(hhi(merged)!).toBeGreaterThanOrEqual(hhi(s)!);
      }),
    );
  });
});

describe('what cannot be computed', () => {
  it('is null, not 0', () => {
    expect(sharesOf([0, 0])).toBeNull();
    expect([hhi([]), concentrationRatio([], 1), entropy([]), theil([]), gini([])]).toEqual(
      Array(5).fill(null),
    );
    expect(effectiveSuppliers(null)).toBeNull();
    expect(evenness([1])).toBeNull();
  });
  it('one supplier has HHI 1 but no normalised HHI', () => {
    expect(hhi([1])).toBe(1);
    expect(normalisedHhi(1, 1)).toBeNull();
  });
});

describe('ranks', () => {
  it('ties share the better rank, missing and zero have none', () =>
    expect(ranks([5, 9, null, 5, 0, 2])).toEqual([2, 1, null, 2, null, 4]));
});

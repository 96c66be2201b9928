import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionalValueAtRisk, quantile, spreadOf } from '../../../src/analysis/shocks/quantiles.ts';

const upTo = (n: number) => Float64Array.from({ length: n }, (_, i) => i + 1);

describe('quantile', () => {
  it('of 1…100 at 5, 50, 95 %: 5.95, 50.5, 95.05 (R, type 7)', () => {
    expect(quantile(upTo(100), 0.05)).toBeCloseTo(5.95, 12);
    expect(quantile(upTo(100), 0.5)).toBeCloseTo(50.5, 12);
    expect(quantile(upTo(100), 0.95)).toBeCloseTo(95.05, 12);
  });
  it('of nothing is null', () => expect(quantile([], 0.5)).toBeNull());
});

describe('conditional value at risk', () => {
  it('of 1…100 at 95 %: the mean of the five largest, 98', () => {
    expect(conditionalValueAtRisk(upTo(100), 0.95)).toBeCloseTo(98, 12);
  });
  it('of 1…10 at 75 %: the two largest and half of the next, (10 + 9 + 4)/2.5', () => {
    expect(conditionalValueAtRisk(upTo(10), 0.75)).toBeCloseTo(9.2, 12);
  });
  it('of nothing is null', () => expect(conditionalValueAtRisk([], 0.95)).toBeNull());
  it('is ordered: p05 ≤ p50 ≤ p95 ≤ max, and at least p95 with a whole tail', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 100, maxLength: 100 }),
        (xs) => {
          const { p05, p50, p95, cvar95 } = spreadOf(Float64Array.from(xs));
          expect(p50!).toBeGreaterThanOrEqual(p05!);
          expect(p95!).toBeGreaterThanOrEqual(p50!);
          expect(cvar95!).toBeGreaterThanOrEqual(p95! * (1 - 1e-12));
          expect(cvar95!).toBeLessThanOrEqual(Math.max(...xs) * (1 + 1e-12));
        },
      ),
    );
  });
});

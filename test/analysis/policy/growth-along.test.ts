import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthAlong } from '../../../src/analysis/policy/growth-along.ts';

describe('growth along a published series', () => {
  const series = [
    { year: 2024, quantity_t: 100 },
    { year: 2030, quantity_t: 200 },
    { year: 2040, quantity_t: 100 },
  ];
  it('is even between published years: ×√2 half-way to a doubling', () =>
    expect(growthAlong(series, 2024)!(2027)).toBeCloseTo(Math.SQRT2, 12));
  it('is flat before the first and after the last published year', () => {
    const at = growthAlong(series, 2020)!;
    expect(at(2024)).toBe(1);
    expect(at(2050)).toBeCloseTo(1, 12);
  });
  it('needs two years', () => expect(growthAlong(series.slice(0, 1), 2024)).toBeNull());
  it('is 1 in the base year, and passes through the published values', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 2024, max: 2040 }),
        fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (base, [a, b, c]) => {
          const at = growthAlong(
            [2024, 2030, 2040].map((year, k) => ({ year, quantity_t: [a!, b!, c!][k]! })),
            base,
          )!;
          expect(at(base)).toBeCloseTo(1, 9);
          expect(at(2030) / at(2024)).toBeCloseTo(b! / a!, 6);
        },
      ),
    ));
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../src/tables/nearest.ts';

describe('edit distance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['saturday', 'sunday', 3],
    ['ca', 'ac', 1],
    ['', 'abc', 3],
    ['lithium', 'litium', 1],
  ])('of %s and %s is %d (known)', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

  it('is symmetric, zero only for equals, and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const d = editDistance(a, b);
        expect(d).toBe(editDistance(b, a));
        expect(d === 0).toBe(a === b);
        expect(d).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(d).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

describe('names one may have meant', () => {
  const names = ['lithium', 'niobium', 'indium', 'iridium', 'rhodium', 'rare_earths', 'tin', 'titanium'];
  it('finds a slip, a swap, another case, a beginning', () => {
    expect(nearest('litium', names)).toEqual(['lithium']);
    expect(nearest('nioibum', names)).toEqual(['niobium']);
    expect(nearest('TITANUM', names)).toEqual(['titanium']);
    expect(nearest('rare', names)).toEqual(['rare_earths']);
  });
  it('gives ties in alphabetical order', () =>
    expect(nearest('tn', ['ton', 'tin', 'tan', 'zinc'])).toEqual(['tan', 'tin', 'ton']));
  it('offers nothing for what is far from all', () => {
    expect(nearest('copernicium', names)).toEqual([]);
    expect(nearest('', names)).toEqual([]);
    expect(didYouMean('xyz', names)).toBe('');
    expect(didYouMean('tinn', names)).toBe('; did you mean tin?');
  });
});

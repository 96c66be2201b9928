import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usgsValue } from '../../../src/sources/usgs-mcs/value.ts';

describe('a cell of a world table', () => {
  it.each([
    ['—', 0, null, null],
    ['12,300', 12300, null, null],
    ['e20,000', 20000, null, null],
    ['0.5', 0.5, null, null],
    ['>140,000,000', 140e6, null, 'more_than'],
    ['<200,000', 200e3, null, 'less_than'],
    ['W', null, 'withheld', null],
    ['NA', null, 'not_available', null],
    ['XX', null, 'not_available', null],
    ['330 - 390', null, 'not_available', null],
    ['500–16,000', null, 'not_available', null],
    ['Moderate to large', null, 'not_available', null],
    ['Included with ilmenite', null, 'not_separately_reported', null],
    ['', null, 'not_available', null],
  ] as const)('%s', (cell, amount, missing, limit) => {
    expect(usgsValue(cell, '')).toMatchObject({ amount, missing, limit });
  });

  it('s is half a unit as a bound where the note says so, else counted elsewhere', () => {
    expect(usgsValue('s', 'Estimated. -- Less than ½ unit.')).toMatchObject({
      amount: 0.5,
      limit: 'less_than',
    });
    expect(usgsValue('s', 'Included in World total.')).toMatchObject({
      amount: null,
      missing: 'not_separately_reported',
    });
  });

  it('a blank of the 2025 release is withheld where its note says W', () => {
    expect(usgsValue('', 'W for 23-24')?.missing).toBe('withheld');
  });

  it('does not guess what it does not know', () => {
    expect(usgsValue('12k', '')).toBeUndefined();
    expect(usgsValue('1 2', '')).toBeUndefined();
  });

  it('reads back any whole number with thousands commas', () => {
    fc.assert(fc.property(fc.nat(), (n) => usgsValue(n.toLocaleString('en-US'), '')?.amount === n));
  });
});

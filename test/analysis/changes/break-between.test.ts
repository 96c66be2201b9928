import { describe, expect, it } from 'vitest';
import { breakBetween } from '../../../src/analysis/changes/break-between.ts';

const breaks = [
  { source: 'baci', country: 'GBR', year: 2022, what: 'country of origin; until 2021 of dispatch' },
  { source: 'baci', country: 'WLD', year: 2012, what: '252800; until 2011 the sum of 252810 and 252890' },
  { source: 'baci', country: 'WLD', year: 2024, what: 'tonnes given; until 2023 values only' },
];
const compared = { source: 'baci', countries: ['GBR'], hs6: '720293', measure: 'value' as const };
const between = (from: number, to: number, changes: object = {}) =>
  breakBetween(breaks, { ...compared, from, to, ...changes })?.year ?? null;

describe('breakBetween', () => {
  it('finds the UK’s change from dispatch to origin between 2021 and 2022, in either direction', () => {
    expect(between(2021, 2022)).toBe(2022);
    expect(between(2024, 2020)).toBe(2022);
    expect(between(2022, 2024)).toBeNull();
    expect(between(2020, 2021)).toBeNull();
  });
  it('leaves other sources and countries alone', () => {
    expect(between(2021, 2022, { source: 'own' })).toBeNull();
    expect(between(2021, 2022, { countries: ['FRA'] })).toBeNull();
  });
  it('takes a break of named codes for these codes only, one of tonnes for quantities only', () => {
    expect(between(2010, 2013)).toBeNull();
    expect(between(2010, 2013, { hs6: '252800' })).toBe(2012);
    expect(between(2023, 2024, { measure: 'quantity' })).toBe(2024);
  });
});

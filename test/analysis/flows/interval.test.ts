import { describe, expect, it } from 'vitest';
import { againstCap, interval, type Reckoning } from '../../../src/analysis/flows/interval.ts';

const reckoning = (choice: string, option: string, share: number, unrecorded: Record<string, number> = {}) =>
  ({
    choice,
    option,
    shares: new Map([['CHN', share]]),
    unrecorded: new Map(Object.entries(unrecorded)),
  }) satisfies Reckoning;
const gross = reckoning('method', 'gross', 0.7);

describe('interval of a share', () => {
  it('is the share itself where nothing else could be defended', () =>
    expect(interval(gross, [], 'CHN')).toEqual({ share: 0.7, low: 0.7, high: 0.7 }));
  it('spans the alternatives', () =>
    expect(
      interval(gross, [reckoning('method', 'net', 0.5), reckoning('weight', 'value', 0.8)], 'CHN'),
    ).toEqual({
      share: 0.7,
      low: 0.5,
      high: 0.8,
    }));
  it('unrecorded supply: its own may be from elsewhere, that of others may be its own', () => {
    const { low, high } = interval(reckoning('method', 'gross', 0.5, { CHN: 0.125, NLD: 0.25 }), [], 'CHN');
    expect([low, high]).toEqual([0.375, 0.75]);
  });
  it('of a country that supplies nothing starts at 0', () =>
    expect(interval(reckoning('method', 'gross', 0.5, { NLD: 0.25 }), [], 'COD')).toEqual({
      share: 0,
      low: 0,
      high: 0.25,
    }));
});

describe('verdict against a cap', () => {
  it('is over only if all of the range is', () => {
    expect(againstCap(gross, [reckoning('method', 'net', 0.61)], 'CHN', 0.6).verdict).toBe('over');
    expect(againstCap(gross, [reckoning('method', 'net', 0.6)], 'CHN', 0.6)).toMatchObject({
      verdict: 'depends',
      dependsOn: ['method'],
    });
  });
  it('is within only if none of it is', () => {
    expect(againstCap(reckoning('method', 'gross', 0.6), [], 'CHN', 0.6)).toMatchObject({
      verdict: 'within',
      dependsOn: [],
    });
  });
  it('names unrecorded supply where that alone decides', () =>
    expect(againstCap(reckoning('method', 'gross', 0.5, { NLD: 0.2 }), [], 'CHN', 0.6)).toMatchObject({
      verdict: 'depends',
      dependsOn: ['unrecorded'],
    }));
});

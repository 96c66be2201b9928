import { describe, expect, it } from 'vitest';
import { restrictionChange } from '../../../src/analysis/changes/restriction-change.ts';

const licence = {
  announced: '2025-10-09',
  effective: '2025-11-08',
  suspended_from: '2025-11-07',
  suspended_until: '2026-11-10',
  ended: null,
};
const between = (from: string, to: string, dates = licence as never) =>
  restrictionChange({ dates, on: from }, { dates, on: to })?.kind ?? null;

describe('restrictionChange', () => {
  it('follows the suspended Chinese licences of October 2025: announced, suspended, lapsed with no sequel known', () => {
    expect(between('2025-10-01', '2025-10-31')).toBe('restriction_announced');
    expect(between('2025-10-31', '2025-12-31')).toBe('restriction_suspended');
    expect(between('2025-12-31', '2026-11-10')).toBeNull();
    expect(between('2025-12-31', '2026-11-11')).toBe('restriction_lapsed');
  });
  it('tells a measure that begins, and one that began and ended in between', () => {
    const ban = { ...licence, suspended_from: null, suspended_until: null, ended: '2026-01-31' } as never;
    expect(between('2025', '2025-12', ban)).toBeNull();
    expect(between('2024', '2025', ban)).toBe('restriction_begun');
    expect(between('2025', '2026', ban)).toBe('restriction_ended');
    expect(between('2024', '2026', ban)).toBe('restriction_ended');
  });
  it('tells a new entry of the register by what it is, unless it is over', () => {
    const on = '2025-12-31';
    expect(restrictionChange(null, { dates: licence, on })).toEqual({
      kind: 'restriction_suspended',
      before: null,
      after: 'suspended',
    });
    expect(restrictionChange(null, { dates: { ...licence, ended: '2025-12-01' }, on })).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agreementOn,
  firstDay,
  lastDay,
  type RestrictionDates,
  restrictionOn,
} from '../../../src/analysis/policy/status-on.ts';

const dates = (d: Partial<RestrictionDates>): RestrictionDates => ({
  announced: null,
  effective: null,
  suspended_from: null,
  suspended_until: null,
  ended: null,
  ...d,
});

describe('dates of any precision', () => {
  it('cover all of their days', () => {
    expect([firstDay('2024'), lastDay('2024')]).toEqual(['2024-01-01', '2024-12-31']);
    expect([firstDay('2024-02'), lastDay('2024-02')]).toEqual(['2024-02-01', '2024-02-29']);
    expect(lastDay('2025-02')).toBe('2025-02-28');
    expect([firstDay('2026-11-10'), lastDay('2026-11-10')]).toEqual(['2026-11-10', '2026-11-10']);
  });
});

describe('restrictions on a day', () => {
  const five = dates({
    announced: '2025-10-09',
    effective: '2025-11-08',
    suspended_from: '2025-11-07',
    suspended_until: '2026-11-10',
  });
  it.each([
    ['2025-10-08', 'not_yet'],
    ['2025-10-09', 'announced'],
    ['2025-11-06', 'announced'],
    ['2025-11-07', 'suspended'],
    ['2025-11-08', 'suspended'],
    ['2026-11-10', 'suspended'],
    ['2026-11-11', 'lapsed_unknown'],
  ])('MOFCOM announcement 57 of 2025 (five rare earths) on %s: %s', (on, status) =>
    expect(restrictionOn(five, on)).toBe(status),
  );

  const seven = dates({ announced: '2025-04-04', effective: '2025-04-04' });
  it('announcement 18 of 2025 (seven rare earths) binds before and after 10 November 2026', () => {
    expect(restrictionOn(seven, '2026-11-10')).toBe('in_force');
    expect(restrictionOn(seven, '2026-11-11')).toBe('in_force');
  });
  it('the ban for the United States binds, rests until 27 November 2026, then nobody knows', () => {
    const ban = dates({
      announced: '2024-12-03',
      effective: '2024-12-03',
      suspended_from: '2025-11-09',
      suspended_until: '2026-11-27',
    });
    expect(
      ['2025-11-08', '2025-11-09', '2026-11-27', '2026-11-28'].map((d) => restrictionOn(ban, d)),
    ).toEqual(['in_force', 'suspended', 'suspended', 'lapsed_unknown']);
  });
  it('Congo’s stop of cobalt exports ended on 15 October 2025', () => {
    const stop = dates({ announced: '2025-02-22', effective: '2025-02-22', ended: '2025-10-15' });
    expect(restrictionOn(stop, '2025-10-15')).toBe('in_force');
    expect(restrictionOn(stop, '2025-10-16')).toBe('ended');
  });
  it('a measure without a first day stays announced', () =>
    expect(restrictionOn(dates({ announced: '2025-12-03' }), '2030-01-01')).toBe('announced'));
  it('a measure of a month begins with the month, and a question about a month is about its last day', () => {
    expect(restrictionOn(dates({ announced: '2026', effective: '2026-04' }), '2026-04-01')).toBe('in_force');
    expect(restrictionOn(five, '2026-11')).toBe('lapsed_unknown');
    expect(restrictionOn(five, '2026-10')).toBe('suspended');
  });
  it('does not claim that an old measure still binds: Indonesia’s ore tax of 2012 was recorded once', () => {
    const tax = dates({ announced: '2012-05-06', effective: '2012-05-06', known_until: '2012-05-06' });
    expect(restrictionOn(tax, '2012-05-06')).toBe('in_force');
    expect(restrictionOn(tax, '2026-01-01')).toBe('unknown');
  });
  it('knows nothing of a measure without dates', () =>
    expect(restrictionOn(dates({}), '2026-01-01')).toBe('unknown'));

  const day = fc
    .integer({ min: 0, max: 4000 })
    .map((n) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10));
  it('goes only forward: never back to not_yet or announced, never out of ended', () => {
    const order = ['not_yet', 'announced', 'in_force', 'suspended', 'lapsed_unknown', 'ended'];
    fc.assert(
      fc.property(fc.array(day, { minLength: 5, maxLength: 5 }), day, day, (all, a, b) => {
        const [announced, effective, suspended_from, suspended_until, ended] = all.toSorted();
        const d = { announced, effective, suspended_from, suspended_until, ended } as RestrictionDates;
        const [early, late] = [a, b].toSorted();
        expect(order.indexOf(restrictionOn(d, early!))).toBeLessThanOrEqual(
          order.indexOf(restrictionOn(d, late!)),
        );
      }),
    );
  });
});

describe('agreements on a day', () => {
  const roadmap = { date: '2026-02-26', ends: '2027', status: 'in_force' };
  it('the UK–Kazakhstan roadmap: signed 26 February 2026, through 2027', () => {
    expect(agreementOn(roadmap, '2026-02-25')).toBe('not_yet');
    expect(agreementOn(roadmap, '2026-02-26')).toBe('in_force');
    expect(agreementOn(roadmap, '2027-12-31')).toBe('in_force');
    expect(agreementOn(roadmap, '2028-01-01')).toBe('lapsed_unknown');
  });
  it('its predecessor ended when it was superseded', () => {
    const before = { date: '2024-03-12', ends: '2026-02-26', status: 'superseded' };
    expect(agreementOn(before, '2025-01-01')).toBe('in_force');
    expect(agreementOn(before, '2026-02-27')).toBe('ended');
  });
  it('a treaty that is not ratified is signed, one that could not be confirmed is unknown', () => {
    expect(agreementOn({ date: '2024', ends: null, status: 'signed' }, '2026-01-01')).toBe('signed');
    expect(agreementOn({ date: null, ends: null, status: 'unknown' }, '2026-01-01')).toBe('unknown');
    expect(agreementOn({ date: '2026', ends: null, status: 'announced' }, '2026-06-01')).toBe('announced');
  });
});

import { describe, expect, it } from 'vitest';
import type { Claim, Claimed } from '../../../src/reading/claim.ts';
import { type Finding, judge } from '../../../src/reading/verdict/judge.ts';
import { judgeRestriction, judgeTarget, stateOn } from '../../../src/reading/verdict/register.ts';

const claim = (claimed: Claimed | null, more: Partial<Claim> = {}): Claim => ({
  kind: 'share',
  sentence: 0,
  start: 0,
  end: 1,
  text: 'x',
  country: 'XAA',
  mineral: 'm',
  stage: null,
  measure: 'production',
  claimed,
  years: [],
  date: null,
  other: null,
  together: [],
  without: [],
  negated: false,
  attribution: null,
  detail: {},
  notCheckable: null,
  ...more,
});
const share = (comparator: Claimed['comparator'], low: number, high = low): Claimed => ({
  unit: 'share',
  comparator,
  low,
  high,
});
const found = (year: number, value: number | null, more: Partial<Finding> = {}): Finding => ({
  year,
  value,
  stage: 'mine',
  source: 's',
  of: 'o',
  ...more,
});

describe('verdicts on figures', () => {
  it.each([
    ['more than X holds from X on', share('>=', 0.4), 0.4, 'supported'],
    ['a little under', share('>=', 0.4), 0.386, 'overstated'],
    ['less than half of what is claimed', share('>=', 0.4), 0.19, 'contradicted'],
    ['about: 10 % either way', share('~', 0.2), 0.22, 'supported'],
    ['about: beyond it', share('~', 0.2), 0.23, 'understated'],
    ['a bare figure: 5 % either way', share('=', 0.6), 0.628, 'supported'],
    ['a bare small figure: one point', share('=', 0.05), 0.059, 'supported'],
    ['a bare figure beyond it', share('=', 0.6), 0.64, 'understated'],
    ['ranges are inclusive', share('=', 0.2, 0.25), 0.25, 'supported'],
    ['outside a range', share('=', 0.2, 0.25), 0.26, 'understated'],
    ['off by more than half', share('=', 0.2), 0.31, 'contradicted'],
    ['no more than', share('<=', 0.6), 0.61, 'understated'],
    [
      'a rank is right or wrong',
      { unit: 'rank', comparator: '=', low: 1, high: 1 } as Claimed,
      2,
      'contradicted',
    ],
    ['top ten', { unit: 'rank', comparator: '<=', low: 1, high: 10 } as Claimed, 10, 'supported'],
  ] as const)('%s', (_name, claimed, value, verdict) =>
    expect(judge(claim(claimed), [found(2024, value)]).verdict).toBe(verdict),
  );

  it('was true in an earlier year: outdated, with the newest such year', () => {
    const j = judge(claim(share('>=', 0.4)), [
      found(2024, 0.386),
      found(2023, 0.388),
      found(2022, 0.428),
      found(2021, 0.45),
    ]);
    expect([j.verdict, j.found, j.found_year]).toEqual(['outdated', 0.428, 2022]);
  });
  it('years before 2018 make nothing outdated', () =>
    expect(judge(claim(share('>=', 0.4)), [found(2024, 0.3), found(2017, 0.5)]).verdict).toBe('overstated'));
  it('a year named is the only one that counts', () => {
    const findings = [found(2024, 0.386), found(2022, 0.428)];
    expect(judge(claim(share('>=', 0.4), { years: [2022] }), findings).verdict).toBe('supported');
    expect(judge(claim(share('>=', 0.4), { years: [2024] }), findings).verdict).toBe('overstated');
    expect(judge(claim(share('>=', 0.4), { years: [2012] }), findings).verdict).toBe('not_in_data');
  });
  it('an estimate for a later year may support but not refute', () => {
    const findings = [found(2025, 0.5, { estimated: true }), found(2024, 0.4)];
    expect(judge(claim(share('>=', 0.4)), findings).found_year).toBe(2024);
    expect(judge(claim(share('>=', 0.5)), findings).verdict).toBe('supported');
  });
  it('where the stage is open either will do, and the other is told', () => {
    const j = judge(claim(share('>=', 0.9)), [found(2020, 0.68), found(2020, 1, { stage: 'refine' })]);
    expect([j.verdict, j.stage]).toEqual(['supported', 'refine']);
    expect(j.why).toContain('0.68');
  });
  it('a country no table names: refuted where the rest is too small, open where it is not', () => {
    expect(judge(claim(share('>=', 0.4)), [found(2024, null, { atMost: 0.05 })]).verdict).toBe(
      'contradicted',
    );
    expect(judge(claim(share('>=', 0.4)), [found(2024, null, { atMost: 0.6 })]).verdict).toBe('not_in_data');
  });
  it('a withheld figure settles nothing', () =>
    expect(judge(claim(share('>=', 0.4)), [found(2024, null)]).verdict).toBe('not_in_data'));
  it('denial turns the verdict', () => {
    expect(judge(claim(share('>=', 0.5), { negated: true }), [found(2024, 0.3)]).verdict).toBe('supported');
    expect(judge(claim(share('>=', 0.5), { negated: true }), [found(2024, 0.6)]).verdict).toBe(
      'contradicted',
    );
  });
});

describe('verdicts on the registers', () => {
  const rule = {
    id: 'r',
    jurisdiction: 'XAA',
    metric: 'single_country_share_max',
    minerals: [],
    comparator: '<=',
    value: 0.6,
    year: 2035,
    wording: 'w',
  };
  const target = (low: number, year: number) =>
    claim(share('<=', low), {
      kind: 'target',
      mineral: null,
      years: [year],
      detail: { metric: 'single_country_share_max' },
    });
  it('a limit by value and year', () => {
    expect(judgeTarget(target(0.6, 2035), [rule], 's').verdict).toBe('supported');
    expect(judgeTarget(target(0.6, 2030), [rule], 's').verdict).toBe('contradicted');
    expect(judgeTarget(target(0.5, 2035), [rule], 's').verdict).toBe('understated');
  });
  const ban = {
    id: 'b',
    country: 'XAA',
    minerals: ['m'],
    measure: 'export_ban',
    targets: ['XBB'],
    announced: '2024-12-01',
    effective: '2024-12-03',
    suspendedFrom: '2025-11-09',
    suspendedUntil: '2026-11-27',
    ended: null,
    title: 't',
  };
  it('a ban stands as its dates say on the day', () => {
    expect([
      stateOn(ban, '2024-12-02'),
      stateOn(ban, '2025-01-01'),
      stateOn(ban, '2026-01-01'),
      stateOn(ban, '2026-11-28'),
    ]).toEqual(['announced', 'in_force', 'suspended', 'in_force']);
  });
  const said = (more: Partial<Claim>, detail: Claim['detail']) =>
    judgeRestriction(
      claim(null, { kind: 'restriction', ...more, detail: { measure: 'ban', state: null, ...detail } }),
      [ban],
      '2026-03-01',
      's',
      () => null,
    ).verdict;
  it.each([
    ['right date', { date: '2024-12' }, {}, 'supported'],
    ['wrong date', { date: '2023' }, {}, 'contradicted'],
    ['suspended, as it is', {}, { state: 'suspended' }, 'supported'],
    ['said to stand', {}, { state: 'in_force' }, 'outdated'],
    ['said to be over', {}, { state: 'ended' }, 'overstated'],
    ['another kind of measure', {}, { measure: 'quota' }, 'contradicted'],
    ['denied', { negated: true }, {}, 'contradicted'],
    ['of another mineral', { mineral: 'other' }, {}, 'not_in_data'],
  ] as const)('%s', (_name, more, detail, verdict) => expect(said(more, detail)).toBe(verdict));
});

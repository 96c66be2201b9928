import { describe, expect, it } from 'vitest';
import { type Limits, noLimits, type Problem } from '../../../src/analysis/sourcing/problem.ts';
import { type PlanRow, recompute } from '../../../src/analysis/sourcing/recompute.ts';
import { offer } from './worked.ts';

const row = (
  supplier: string,
  quantity_t: number,
  counted_as: string,
  more: Partial<PlanRow> = {},
): PlanRow => ({
  year: 2030,
  mineral: 'testium',
  stage: 'refine',
  supplier,
  country: 'CHN',
  kind: 'import',
  quantity_t,
  unit_cost_usd_per_t: 10,
  cost_usd: 10 * quantity_t,
  available_t: 100,
  demand_t: 100,
  counted_as,
  ...more,
});
/** 60 t of one seller, half of it born elsewhere, 30 t of another, 10 t recycled at home. */
const rows = [
  row('one', 60, 'CHN=0.5;AUS=0.5'),
  row('two', 30, 'AUS=1'),
  row('home', 10, '', { kind: 'recycled' }),
];
const need = { mineral: 'testium', stage: 'refine', year: 2030, quantity_t: 100, weight: 2 };
const problem = (limits: Partial<Limits>, more: Partial<Problem> = {}): Problem => ({
  home: new Set(['GBR']),
  needs: [need],
  offers: [
    offer('one', 'import', 'CHN', 100, 10),
    offer('two', 'import', 'AUS', 100, 10),
    offer('home', 'recycled', 'GBR', 100, 10),
  ],
  projects: [],
  limits: { ...noLimits, capOn: 'traced', ...limits },
  ...more,
});
const wrong = (limits: Partial<Limits>, some: readonly PlanRow[] = rows, cost = 1000) =>
  recompute(some, problem(limits), [], cost);

describe('a plan added up again from its rows', () => {
  it('holds where every limit is kept, to the last tonne', () => {
    expect(
      wrong({
        cap: 0.6,
        aggregateCap: 0.6,
        recycledMin: 0.1,
        nMinus1: 0.6,
        blocs: [{ bloc: 'PAIR', members: new Set(['CHN', 'AUS']), cap: 0.9 }],
        budgetUsd: 1000,
      }),
    ).toEqual([]);
  });

  it.each<[string, Partial<Limits>, RegExp]>([
    ['a cap', { cap: 0.59 }, /AUS supplies 0.6 of demand/],
    ['a cap on all together', { aggregateCap: 0.59 }, /2030: AUS supplies 0.6 of all together/],
    ['a floor', { recycledMin: 0.11 }, /recycled supply is below its floor/],
    ['a floor at home', { domesticMin: 0.01 }, /domestic supply is below its floor/],
    ['the loss of one', { nMinus1: 0.59 }, /0.6 of demand is missing after the loss of AUS/],
    // 30 t of CHN are made good by a tenth of what is left of 60, 30 and 10 t: 3 + 3 + 1 t
    ['the loss of one, others adding', { nMinus1: 0.22, surge: 0.1 }, /after the loss of CHN/],
    [
      'a bloc',
      { blocs: [{ bloc: 'PAIR', members: new Set(['CHN', 'AUS']), cap: 0.89 }] },
      /PAIR supplies 0.9/,
    ],
    ['a budget', { budgetUsd: 999 }, /over budget/],
  ])('finds %s broken', (_, limits, message) => {
    expect(wrong(limits).join()).toMatch(message);
  });

  it('finds a balance, an availability, a cost and a total that are not', () => {
    expect(wrong({}, rows.slice(1), 400).join()).toMatch(/40 t delivered for 100 t needed/);
    expect(wrong({}, [{ ...rows[0]!, available_t: 59 }, ...rows.slice(1)]).join()).toMatch(
      /more than it has/,
    );
    expect(wrong({}, [{ ...rows[0]!, cost_usd: 599 }, ...rows.slice(1)], 999).join()).toMatch(/not quantity/);
    expect(wrong({}, rows, 1001).join()).toMatch(/the rows cost 1000, the plan says 1001/);
  });

  it('finds a rise above the ramp, also over a gap of years, and a delivery before its project', () => {
    const years = [row('one', 40, 'CHN=1', { demand_t: 40 }), row('one', 100, 'CHN=1', { year: 2032 })];
    const needs = [
      { ...need, quantity_t: 40 },
      { ...need, year: 2032 },
    ];
    const ramped = (ramp: number) => recompute(years, problem({ ramp }, { needs }), [], 1400).join();
    expect(ramped(0.3)).toBe('');
    expect(ramped(0.29)).toMatch(/2032: one .* rises by 60 t/);
    const built = { offers: [offer('one', 'import', 'CHN', 100, 10, { project: 'works' })], needs };
    const opened = (year: number) =>
      recompute(years, problem({}, built), [{ project: 'works', year, cost_usd: 0 }], 1400).join();
    expect(opened(2030)).toBe('');
    expect(opened(2031)).toMatch(/2030: one .* before works has started/);
  });
});

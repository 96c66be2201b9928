import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OutlookInput, outlook, sharesWithPipeline } from '../../../src/analysis/policy/outlook.ts';
import { chance, projectProbability } from '../../../src/analysis/policy/probability.ts';

const input = (more: Partial<OutlookInput> = {}): OutlookInput => ({
  shares: new Map([
    ['CHN', 0.8],
    ['AUS', 0.2],
  ]),
  output_t: new Map([
    ['CHN', 800],
    ['AUS', 200],
  ]),
  projects: [],
  demand_t: (year) => 100 * 1.1 ** (year - 2025),
  cap: 0.6,
  exempt: new Set(['GBR']),
  now: 2025,
  targetYear: 2035,
  ...more,
});
const project = (more: object) => ({
  country: 'AUS',
  start_year: 2030,
  quantity_t: 1000,
  status: 'construction',
  probability: null,
  committed_t: 0,
  ...more,
});

describe('chance of a project', () => {
  it('is that of its status: operating 1, construction .8, financed .6, permitted .4, feasibility .2, announced .1', () =>
    expect(projectProbability).toMatchObject({
      operating: 1,
      construction: 0.8,
      financed: 0.6,
      permitted: 0.4,
      feasibility: 0.2,
      announced: 0.1,
    }));
  it('lies between none and all, and a stopped project is in neither', () => {
    for (const status of Object.keys(projectProbability)) {
      const p = { status, probability: null };
      expect(chance(p, 'none')).toBeLessThanOrEqual(chance(p, 'expected'));
      expect(chance(p, 'expected')).toBeLessThanOrEqual(chance(p, 'all'));
    }
    expect(chance({ status: 'stopped', probability: null }, 'all')).toBe(0);
    expect(chance({ status: 'announced', probability: 0.7 }, 'expected')).toBe(0.7);
  });
});

describe('outlook', () => {
  it('moves nothing by itself: unchanged share, path to .60 by 2035 in steps of .02', () => {
    const found = outlook(input());
    expect(found.required_change_per_year).toBeCloseTo(0.02, 12);
    expect(found.years.map((y) => y.unchanged)).toEqual(Array(11).fill(0.8));
    expect(found.years.at(-1)!.path).toBeCloseTo(0.6, 12);
    expect(found.years[5]!.path).toBeCloseTo(0.7, 12);
    expect(found.years.at(-1)!.tonnes_to_move_t).toBeCloseTo(0.2 * 100 * 1.1 ** 10, 9);
    expect(found.status).toBe('off_path');
  });
  it('grows suppliers with their projects: 200 t + .8·1000 t against 800 t → .8/(.8 + .2·1000/200)', () => {
    const found = outlook(input({ projects: [project({})] }));
    const y2030 = found.years.find((y) => y.year === 2030)!;
    expect(y2030.pipeline).toBeCloseTo(1 / 1.8, 12);
    expect(y2030.pipeline_top).toBe('AUS');
    expect(found.years.find((y) => y.year === 2029)!.pipeline).toBe(0.8);
    expect([y2030.low, y2030.high]).toEqual([1 / 1.8, 0.8].map((x) => expect.closeTo(x, 12)));
  });
  it('does not count what ran before the year of the shares, and counts what is late from the next year', () => {
    const pipelineOf = (status: string, year: number) =>
      outlook(input({ projects: [project({ start_year: 2024, status })] })).years.find(
        (y) => y.year === year,
      )!.pipeline;
    expect(pipelineOf('operating', 2035)).toBe(0.8);
    expect(pipelineOf('construction', 2025)).toBe(0.8);
    expect(pipelineOf('construction', 2026)).toBeCloseTo(1 / 1.8, 12);
  });
  it('goes on beyond the target year with the cap as the path; what comes too late is not on path', () => {
    const late = project({ start_year: 2036, quantity_t: 4000, probability: 1 });
    const found = outlook(input({ lastYear: 2040, projects: [late] }));
    expect(found.years.map((y) => y.year).at(-1)).toBe(2040);
    expect(found.years.filter((y) => y.year >= 2035).map((y) => y.path)).toEqual(Array(6).fill(0.6));
    expect(found.required_change_per_year).toBeCloseTo(0.02, 12);
    expect(found.status).toBe('off_path');
  });
  it('lets suppliers grow as projected: .8·1.5 against .2·3 → 2/3; nothing outside the projected years', () => {
    const projected = [
      { country: 'CHN', points: [2025, 2035].map((year, k) => ({ year, quantity_t: [100, 150][k]! })) },
      { country: 'OTH', points: [2025, 2035].map((year, k) => ({ year, quantity_t: [10, 30][k]! })) },
    ];
    const found = outlook(input({ projected, lastYear: 2036 }));
    expect(found.years.find((y) => y.year === 2035)!.projected).toBeCloseTo(1.2 / 1.8, 12);
    expect(found.years[0]!.projected).toBeCloseTo(0.8, 12);
    expect(found.years.at(-1)!.projected).toBeNull();
    expect(outlook(input()).years[0]!.projected).toBeNull();
  });
  it('is met below the cap, on path where projects come in time, not computable when the year is past', () => {
    expect(outlook(input({ cap: 0.8 })).status).toBe('met');
    expect(
      outlook(input({ projects: [project({ start_year: 2026, quantity_t: 200, probability: 1 })] })).status,
    ).toBe('off_path');
    expect(
      outlook(input({ projects: [project({ start_year: 2026, quantity_t: 400, probability: 1 })], cap: 0.6 }))
        .status,
    ).toBe('on_path');
    expect(outlook(input({ now: 2035 })).status).toBe('not_computable');
    expect(outlook(input({ shares: new Map() })).status).toBe('not_computable');
  });
  it('names suppliers whose projects cannot be used, and what newcomers could send: min(q − promised, cap·D)', () => {
    const found = outlook(
      input({
        output_t: new Map([['CHN', 800]]),
        projects: [project({}), project({ country: 'KAZ', quantity_t: 50, committed_t: 20, probability: 1 })],
      }),
    );
    expect(found.withoutOutput).toEqual(['AUS']);
    expect(found.potential).toEqual([{ country: 'KAZ', quantity_t: 30 }]);
  });
  it('keeps the sum of shares, and no pipeline changes nothing', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.nat(100), fc.nat(100)), {
          minLength: 1,
          maxLength: 6,
        }),
        (list) => {
          const ids = list.map((_, i) => `C${i}`);
          const total = list.reduce((a, [s]) => a + s, 0);
          const shares = new Map(list.map(([s], i) => [ids[i]!, s / total]));
          const outputs = new Map(list.map(([, q], i) => [ids[i]!, q]));
          const pipeline = new Map(list.map(([, , q], i) => [ids[i]!, q]));
          const after = sharesWithPipeline(shares, outputs, pipeline);
          expect([...after.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
          for (const [c, s] of sharesWithPipeline(shares, outputs, new Map()))
            expect(s).toBeCloseTo(shares.get(c)!, 12);
        },
      ),
    ));
});

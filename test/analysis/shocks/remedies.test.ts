import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stopOne, stopTwo } from '../../../src/analysis/shocks/chokepoints.ts';
import { companionLosses } from '../../../src/analysis/shocks/companions.ts';
import { monthsModel } from '../../../src/analysis/shocks/months-model.ts';
import { sectorLosses } from '../../../src/analysis/shocks/sectors.ts';
import { assume } from '../../../src/analysis/shocks/shock.ts';
import { monthsBought, stockToBridge } from '../../../src/analysis/shocks/stockpile.ts';
import { fiveCountries, networkOf } from './worlds.ts';

describe('stockpile', () => {
  const gap = [0, 2, 3, 4, 4];
  it('5 t bridge three months of gaps 0, 2, 3, 4 t', () => expect(monthsBought(gap, 5)).toBe(3));
  it('nothing bridges up to the first gap', () => expect(monthsBought(gap, 0)).toBe(1));
  it('bridging three months takes 5 t', () => expect(stockToBridge(gap, 3)).toBe(5));
  it('a run shorter than asked cannot tell', () => expect(stockToBridge(gap, 6)).toBeNull());
  it('the two answer each other, and the model agrees: the smallest stock leaves no shortfall, a little less does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (months, severity) => {
          const shocks = [{ kind: 'production_loss' as const, country: 'CD', severity }];
          const shortfalls = (stock: number) =>
            monthsModel(
              fiveCountries,
              shocks,
              assume(fiveCountries, { stock: [0, 0, 0, stock, 0] }),
            ).rows.filter((r) => r.country === 'GB');
          const gaps = shortfalls(0).map((r) => r.shortfall_t);
          const need = stockToBridge(gaps, months)!;
          expect(monthsBought(gaps, need)).toBeGreaterThanOrEqual(months);
          const short = (stock: number) =>
            shortfalls(stock)
              .slice(0, months)
              .reduce((a, r) => a + r.shortfall_t, 0);
          expect(short(need)).toBeCloseTo(0, 9);
          if (need > 0.1) expect(short(need * 0.9)).toBeGreaterThan(0);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('sectors', () => {
  const uses = [
    { sector: 'aerospace', share: 0.2, priority: 1 },
    { sector: 'steel', share: 0.5, priority: 2 },
    { sector: 'other', share: 0.3, priority: 3 },
  ];
  it('those served last lose first: 40 of 100 t take all of the last and a fifth of the middle', () => {
    const losses = sectorLosses(uses, 100, 40);
    expect(losses.map((l) => l.shortfall_t)).toEqual([0, 10, 30]);
    expect(losses[1]!.shortfall_share).toBeCloseTo(0.2, 12);
  });
  it('without priorities all lose alike', () => {
    const losses = sectorLosses(
      uses.map(({ sector, share }) => ({ sector, share })),
      100,
      40,
    );
    for (const l of losses) expect(l.shortfall_share).toBeCloseTo(0.4, 12);
  });
  it('losses add up to the shortage, whatever the shares', () => {
    const use = fc.record({
      sector: fc.string(),
      share: fc.double({ min: 0, max: 0.6, noNaN: true }),
      priority: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(
        fc.array(use, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (all, short) => {
          const total = sectorLosses(all, 100, short).reduce((a, l) => a + l.shortfall_t, 0);
          expect(total).toBeCloseTo(short, 6);
        },
      ),
    );
  });
});

describe('companions', () => {
  it('zinc smelting stops by half, 80 % of germanium comes with two hosts: germanium loses 20 %', () => {
    const losses = companionLosses({ mineral: 'germanium', hosts: ['zinc', 'coal'], companionality: 0.8 }, [
      { kind: 'production_loss', country: 'CHN', severity: 0.5, mineral: 'zinc', months: 6 },
      { kind: 'export_ban', country: 'CHN', mineral: 'zinc' },
    ]);
    expect(losses).toEqual([
      { kind: 'production_loss', country: 'CHN', severity: 0.2, mineral: 'germanium', months: 6 },
    ]);
  });
});

describe('chokepoints', () => {
  const a = assume(fiveCountries, { capacity: fiveCountries.production });
  it('stopping CD hurts GB most; each figure is a run of the model', () => {
    const ranking = stopOne(fiveCountries, ['GB'], a);
    expect(ranking.map((c) => c.stopped)).toEqual([['CD'], ['CN']]);
    for (const { stopped, shortfall_t } of ranking) {
      const { rows } = monthsModel(
        fiveCountries,
        [{ kind: 'production_loss', country: stopped[0]!, severity: 1 }],
        a,
      );
      const gb = rows.filter((r) => r.country === 'GB').reduce((sum, r) => sum + r.shortfall_t, 0);
      expect(shortfall_t).toBeCloseTo(gb, 9);
    }
  });
  it('a pair hurts at least as much as either alone', () => {
    const world = networkOf(
      ['A', 'B', 'C', 'D'],
      [100, 60, 30, 0],
      [
        [0, 0, 0, 40],
        [0, 0, 0, 30],
        [0, 0, 0, 20],
        [0, 0, 0, 0],
      ],
    );
    const free = assume(world);
    const one = new Map(stopOne(world, ['D'], free).map((c) => [c.stopped[0]!, c.shortfall_t]));
    const pairs = stopTwo(world, ['D'], free);
    expect(pairs).toHaveLength(3);
    for (const { stopped, shortfall_t } of pairs)
      for (const c of stopped) expect(shortfall_t).toBeGreaterThanOrEqual(one.get(c)! - 1e-9);
  });
  it('a country that is not in the network has no ranking', () => {
    expect(stopOne(fiveCountries, ['US'], a)).toEqual([]);
  });
});

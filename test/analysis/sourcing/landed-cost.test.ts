import { describe, expect, it } from 'vitest';
import { available } from '../../../src/analysis/sourcing/available.ts';
import { landedCost, unitValues } from '../../../src/analysis/sourcing/landed-cost.ts';
import { waterFilling } from '../../../src/analysis/sourcing/water-filling.ts';

describe('landed cost', () => {
  it('is unit value + freight + premium, each shown', () => {
    const cost = landedCost(1000, 8000, 0.5, { freightPerTonneKm: 0.01, riskPremium: 0.1 });
    expect(cost).toEqual({
      unit_value_usd_per_t: 1000,
      freight_usd_per_t: 80,
      risk_premium_usd_per_t: 50,
      total_usd_per_t: 1130,
    });
    expect(landedCost(1000, null, null).total_usd_per_t).toBe(1000);
  });

  it('draws the price of a thin flow to the mean of the world, and leaves a thick one', () => {
    const flow = (exporter: string, quantity_t: number, value_usd: number) => ({
      exporter,
      importer: 'XZZ',
      quantity_t,
      value_usd,
    });
    const values = unitValues([
      flow('XAA', 1000, 100_000),
      flow('XAB', 0.001, 1000),
      { ...flow('XAC', 5, 1), quantity_t: null },
    ])!;
    expect(values.mean).toBeCloseTo(101_000 / 1000.001, 9);
    expect(values.of('XAA')).toBeCloseTo(100, 0);
    // a million USD a tonne, on a kilogram
    expect(values.of('XAB')).toBeLessThan(2.5 * values.mean);
    expect(values.of('XAD')).toBeCloseTo(values.mean, 9);
    expect(unitValues([])).toBeNull();
  });
});

describe('what can be had', () => {
  const room = { current_t: 10, toOthers_t: 100, spare_t: 50, coming_t: 30, restricted: false };
  it('today’s tonnes and a part of what others have', () => {
    expect(available(room, 0.1)).toBeCloseTo(10 + 18, 12);
    expect(available({ ...room, spare_t: null }, 0.1)).toBeCloseTo(10 + 13, 12);
  });
  it('no more than today where exports are restricted', () => {
    expect(available({ ...room, restricted: true }, 0.5)).toBe(10);
  });
});

describe('water filling', () => {
  it('level 18, HHI .172 for bounds 60 40 30 60 10 20 and 100 t', () => {
    expect(waterFilling([60, 40, 30, 60, 10, 20], 100)).toEqual({
      level: 18,
      split: [18, 18, 18, 18, 10, 18],
      hhi: expect.closeTo(0.172, 12),
    });
  });
  it('is nothing where the bounds are too small, and everything where they are just enough', () => {
    expect(waterFilling([10, 20], 31)).toBeNull();
    expect(waterFilling([10, 20], 30)?.split).toEqual([10, 20]);
    expect(waterFilling([], 0)).toMatchObject({ split: [], hhi: null });
  });
});

import { describe, expect, it } from 'vitest';
import { pinkSheet } from '../../../src/sources/pink-sheet/source.ts';
import { price } from '../../../src/tables/quantities.ts';
import { harvestFixture, refusedRows, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(pinkSheet, 'pink-sheet');
const rows = rowsIn(harvest, price);
const mean = (mineral: string, year = 2024) =>
  rows.find((r) => r.mineral === mineral && r.year === year)?.price_usd_per_t;

describe('annual means of monthly prices', () => {
  it('2024: copper 9,142 and nickel 16,814 USD/t (Pink Sheet, June 2026)', () => {
    expect(mean('copper')).toBeCloseTo(9142, 0);
    expect(mean('nickel')).toBeCloseTo(16_814, 0);
  });

  it('troy ounces become tonnes: 32,150.7 oz in a tonne', () => {
    expect(mean('gold')! / 32_150.7).toBeGreaterThan(2300);
    expect(mean('gold')! / 32_150.7).toBeLessThan(2500);
  });

  it('iron ore is per dry tonne whatever its header says', () => {
    expect(mean('iron_ore')).toBeGreaterThan(80);
    expect(mean('iron_ore')).toBeLessThan(150);
  });

  it('a year with fewer than twelve months has no mean', () => {
    expect(mean('copper', 2026)).toBeUndefined();
    expect(mean('copper', 1960)).toBeUndefined();
    expect(harvest.rowsRead).toBe(rows.length * 12 + refusedRows(harvest));
  });
});

import { describe, expect, it } from 'vitest';
import { wdi } from '../../../src/sources/wdi/source.ts';
import { economy } from '../../../src/tables/world.ts';
import { harvestFixture, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(wdi, 'wdi');
const rows = rowsIn(harvest, economy);

describe('economies', () => {
  it('puts the three indicators of a country and year in one row', () => {
    const uk = rows.find((r) => r.country === 'GBR' && r.year === 2018);
    expect(uk?.gdp_usd).toBeGreaterThan(2.5e12);
    expect(uk?.gdp_per_head_usd).toBeGreaterThan(40_000);
    expect(uk?.logistics_index).toBeGreaterThan(3.5);
  });

  it('has no logistics index where none was published that year', () => {
    expect(rows.find((r) => r.country === 'GBR' && r.year === 2024)?.logistics_index).toBeNull();
  });

  it('leaves out aggregates and years before 1996, and says so', () => {
    expect(rows.some((r) => r.country === 'WLD' || r.year < 1996)).toBe(false);
    expect(harvest.refused.map((r) => r.reason).sort()).toEqual([
      'before 1996',
      'not a country: region or income group',
    ]);
  });
});

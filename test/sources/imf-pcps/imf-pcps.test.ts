import { describe, expect, it } from 'vitest';
import { imfPcps } from '../../../src/sources/imf-pcps/source.ts';
import { price } from '../../../src/tables/quantities.ts';
import { harvestFixture, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(imfPcps, 'imf-pcps');
const rows = rowsIn(harvest, price);

describe('IMF prices', () => {
  it('2024 means: copper 9,142 and cobalt 26,327 USD/t (PCPS)', () => {
    const mean = (mineral: string) =>
      rows.find((r) => r.mineral === mineral && r.year === 2024)?.price_usd_per_t;
    expect(mean('copper')).toBeCloseTo(9142, 0);
    expect(mean('cobalt')).toBeCloseTo(26_327, 0);
  });

  it('lithium is the metal and says so', () => {
    expect(rows.find((r) => r.mineral === 'lithium')?.basis).toBe('lithium metal, not carbonate');
  });

  it('leaves out the index and the running year', () => {
    expect(rows.every((r) => r.year === 2024)).toBe(true);
    expect(harvest.refused.map((r) => r.reason)).toEqual([
      'index of the same price',
      'month of a year that is not complete',
    ]);
  });
});

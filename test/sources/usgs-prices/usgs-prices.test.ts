import { describe, expect, it } from 'vitest';
import { usgsPrices } from '../../../src/sources/usgs-prices/source.ts';
import { price } from '../../../src/tables/quantities.ts';
import { harvestFixture, refusedRows, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(usgsPrices, 'usgs-prices');
const rows = rowsIn(harvest, price);
const usd = (mineral: string, stage: string) =>
  rows.find((r) => r.mineral === mineral && r.stage === stage)?.price_usd_per_t;

describe('USGS prices in dollars per tonne', () => {
  it('cobalt 2024 at the LME: 11.84 USD/lb is 26,103 USD/t (MCS 2026)', () => {
    expect(usd('cobalt', 'refine')).toBeCloseTo(26_103, 0);
  });

  it('a metric ton unit of tungsten trioxide is 10 kg: 252 USD/mtu is 25,200 USD/t WO3', () => {
    expect(usd('tungsten', 'mine')).toBe(25_200);
    expect(rows.find((r) => r.mineral === 'tungsten')?.basis).toBe('WO3 content of concentrate');
  });

  it('manganese is per metric ton unit although its unit says tonne: 553 USD/t', () => {
    expect(usd('manganese', 'mine')).toBeCloseTo(553, 9);
  });

  it('withheld and ranges are null with a status', () => {
    expect(rows.find((r) => r.mineral === 'mica_sheet')).toMatchObject({
      price_usd_per_t: null,
      status: 'withheld',
    });
    expect(rows.find((r) => r.mineral === 'scandium' && r.stage === 'compound')).toMatchObject({
      price_usd_per_t: null,
      status: 'not_available',
    });
  });

  it('refuses laboratory prices and second quotations, and accounts for all', () => {
    expect(harvest.refused.length).toBeGreaterThan(2);
    expect(harvest.rowsRead).toBe(rows.length + refusedRows(harvest));
  });
});

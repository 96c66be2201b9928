import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/errors.ts';
import { baciSeries } from '../../../src/sources/baci/series.ts';
import { rawFolder } from '../../../src/store/raw-folder.ts';
import { referenceFolder } from '../../../src/store/reference-folder.ts';
import { seriesCoverage, tradeFlow } from '../../../src/tables/quantities.ts';
import { harvestFixture, refusedRows, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(baciSeries, 'baci');
const flows = rowsIn(harvest, tradeFlow);

describe('the cut series of BACI', () => {
  it('counts 811292 once although it stands under gallium, germanium and hafnium', () => {
    const basket = flows.filter((row) => row.hs6 === '811292');
    expect(basket).toEqual([
      expect.objectContaining({
        year: 2024,
        exporter: 'CHN',
        importer: 'GBR',
        value_usd: 29543482,
        quantity_t: 85,
      }),
    ]);
    expect(flows.some((row) => row.hs6 === '811231')).toBe(false);
    expect(refusedRows(harvest)).toBe(2);
    expect(harvest.rowsRead).toBe(flows.length + 2);
  });

  it('refuses copies that differ', () => {
    const folder = rawFolder('test/fixtures/baci').raw;
    const changed = {
      ...folder,
      read: (path: string) => {
        const text = new TextDecoder().decode(folder.read(path));
        return new TextEncoder().encode(
          text.replace('germanium,811292,CN,GB,29543482', 'germanium,811292,CN,GB,1'),
        );
      },
    };
    expect(() => baciSeries.harvest(changed, referenceFolder('reference'))).toThrow(DataError);
    expect(() => baciSeries.harvest(changed, referenceFolder('reference'))).toThrow(
      'two different rows for one flow: "2024 CHN GBR 811292" (gallium, germanium)',
    );
  });

  it('shows the UK’s break of 2022: ferro-niobium from the Netherlands before, from Canada after', () => {
    const top = (year: number) =>
      flows
        .filter((row) => row.year === year && row.importer === 'GBR' && row.hs6 === '720293')
        .sort((a, b) => b.value_usd! - a.value_usd!)[0]!.exporter;
    expect([2021, 2022, 2024].map(top)).toEqual(['NLD', 'CAN', 'BRA']);
  });

  it('reads NA as Namibia and keeps countries that are no more', () => {
    expect(flows.map((row) => row.importer)).toContain('NAM');
    expect(flows.map((row) => row.exporter)).toEqual(expect.arrayContaining(['SCG', 'ANT']));
  });

  it('measures the part of world value kept where there is a complete matrix, and only there', () => {
    const coverage = rowsIn(harvest, seriesCoverage);
    const of = (year: number) => coverage.find((row) => row.hs6 === '720293' && row.year === year)!;
    expect(of(2021)).toMatchObject({ complete: false, value_kept_share: null, has_quantity: false });
    expect(of(2024).has_quantity).toBe(true);
    expect(of(2024).value_kept_share).toBeGreaterThan(0.9);
    expect(of(2024).value_kept_share).toBeLessThanOrEqual(1);
  });
});

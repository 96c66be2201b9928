import { describe, expect, it } from 'vitest';
import { baci } from '../../../src/sources/baci/baci.ts';
import { rawFolder } from '../../../src/store/raw-folder.ts';
import { referenceFolder } from '../../../src/store/reference-folder.ts';
import { seriesCoverage, tradeFlow } from '../../../src/tables/quantities.ts';
import { harvestFixture, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(baci, 'baci');
const flows = rowsIn(harvest, tradeFlow);
const flow = (year: number, exporter: string, importer: string, hs6: string) =>
  flows.find(
    (row) => row.year === year && row.exporter === exporter && row.importer === importer && row.hs6 === hs6,
  );

describe('complete matrices of BACI', () => {
  it('reads 2024 in USD and tonnes: ferro-niobium, Brazil to the UK, 17.0 m USD and 450.81 t', () => {
    expect(flow(2024, 'BRA', 'GBR', '720293')).toMatchObject({
      basis: 'reconciled',
      source: 'baci',
      value_usd: 17000407,
      quantity_t: 450.81,
      status: null,
    });
  });

  it('reads 2022 as values without tonnes', () => {
    expect(flow(2022, 'CAN', 'GBR', '720293')).toMatchObject({ value_usd: 8389786, quantity_t: null });
  });

  it('puts Taiwan where BACI has S19 or 490', () => {
    expect(flow(2024, 'TWN', 'JOR', '250490')).toMatchObject({ value_usd: 12585, quantity_t: null });
    expect(flow(2020, 'ZAF', 'TWN', '711011')).toBeDefined();
  });

  it('reads a release in its own layout, only for mapped codes, France and the USA under BACI’s own codes', () => {
    expect(flow(2020, 'ZAF', 'FRA', '260200')!.value_usd).toBe(18572017);
    expect(flow(2020, 'ZAF', 'USA', '720241')!.quantity_t).toBe(94201.6);
    expect(flow(2020, 'ZAF', 'CHN', '260600')!.quantity_t).toBeNull();
    expect(flows.some((row) => row.hs6 === '300431')).toBe(false);
  });

  it('refuses two files of one year: two vintages of the nomenclature would count the trade twice', () => {
    const folder = rawFolder('test/fixtures/baci').raw;
    const twice = {
      ...folder,
      list: (path: string) => [...folder.list(path), 'BACI_HS22_Y2020_V202301.csv'],
    };
    expect(() => baci.harvest(twice, referenceFolder('reference'))).toThrow(
      'two files for one year, keep one: "BACI_HS17_Y2020_V202301.csv", "BACI_HS22_Y2020_V202301.csv"',
    );
  });

  it('says which codes and years are complete, and what part of the value has no tonnes', () => {
    const coverage = rowsIn(harvest, seriesCoverage);
    const of = (hs6: string, year: number) => coverage.find((row) => row.hs6 === hs6 && row.year === year);
    expect(of('720293', 2024)).toMatchObject({
      complete: true,
      value_kept_share: 1,
      has_quantity: true,
      note: null,
    });
    expect(of('720293', 2022)).toMatchObject({
      complete: true,
      has_quantity: false,
      note: 'values only, no tonnes',
    });
  });

  it('accounts for every row', () => {
    expect(harvest.rowsRead).toBe(flows.length);
    expect(new Set(flows.map((f) => `${f.year}${f.exporter}${f.importer}${f.hs6}`)).size).toBe(flows.length);
  });
});

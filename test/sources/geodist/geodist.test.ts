import { describe, expect, it } from 'vitest';
import { geodist } from '../../../src/sources/geodist/geodist.ts';
import { distance } from '../../../src/tables/world.ts';
import { harvestFixture, refusedRows, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(geodist, 'geodist');
const rows = rowsIn(harvest, distance);
const km = (a: string, b: string) =>
  rows.find((row) => row.country === a && row.other_country === b)?.distance_km;

describe('distances', () => {
  it('takes the population-weighted distance: UK to France 750 km (749.65)', () => {
    expect(km('GBR', 'FRA')).toBe(750);
    expect(km('FRA', 'GBR')).toBe(750);
  });

  it('falls back on the distance between largest cities', () => {
    expect(km('ABW', 'CCK')).toBe(18614);
  });

  it('knows the codes of before 2010: ZAR, ROM, TMP, PAL, YUG', () => {
    expect(km('GBR', 'COD')).toBe(6753);
    expect(['ROU', 'TLS', 'PSE', 'SRB'].map((country) => km(country, 'GBR'))).toEqual([
      2100, 13218, 3719, 1871,
    ]);
  });

  it('has no distance of a country to itself', () => {
    expect(km('GBR', 'GBR')).toBeUndefined();
    expect(harvest.rowsRead - refusedRows(harvest)).toBe(rows.length);
  });
});

import { describe, expect, it } from 'vitest';
import { countryCodeList } from '../../../src/sources/country-codes/country-codes.ts';
import { country } from '../../../src/tables/world.ts';
import { harvestFixture, rowsIn } from '../fixture.ts';

const rows = rowsIn(harvestFixture(countryCodeList, 'country-codes'), country);
const of = (code: string) => rows.find((row) => row.country === code);

describe('countries', () => {
  it('keeps Namibia’s ISO2, the text NA', () => {
    expect(of('NAM')).toMatchObject({ iso2: 'NA', name: 'Namibia', subregion: 'Sub-Saharan Africa' });
  });

  it('uses everyday names and keeps the publisher’s regions', () => {
    expect(of('COD')).toMatchObject({ name: 'DR Congo', region: 'Africa', source: 'country_codes' });
    expect(of('GBR')!.name).toBe('United Kingdom');
  });

  it('has Kosovo and Taiwan, and each country once', () => {
    expect(of('XKX')).toMatchObject({ name: 'Kosovo', iso2: 'XK' });
    expect(of('TWN')!.name).toBe('Taiwan');
    expect(new Set(rows.map((row) => row.country)).size).toBe(rows.length);
  });
});

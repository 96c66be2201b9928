import { describe, expect, it } from 'vitest';
import { wgi } from '../../../src/sources/wgi/source.ts';
import { governance } from '../../../src/tables/world.ts';
import { harvestFixture, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(wgi, 'wgi');
const rows = rowsIn(harvest, governance);

describe('governance', () => {
  it('old World Bank codes become ISO codes: ZAR is COD, ROM is ROU, KSV is XKX', () => {
    const countries = new Set(rows.map((r) => r.country));
    for (const code of ['COD', 'ROU', 'XKX']) expect(countries.has(code)).toBe(true);
    for (const code of ['ZAR', 'ROM', 'KSV', 'ADO']) expect(countries.has(code)).toBe(false);
  });

  it('an absent estimate is null, never 0', () => {
    const empty = rows.filter((r) => r.estimate === null);
    expect(empty.length).toBeGreaterThan(0);
    expect(rows.some((r) => r.estimate === 0)).toBe(false);
  });

  it('six dimensions a year, with standard errors', () => {
    const uk = rows.filter((r) => r.country === 'GBR' && r.year === 2022);
    expect(uk.map((r) => r.dimension).sort()).toEqual(['cc', 'ge', 'pv', 'rl', 'rq', 'va']);
    expect(uk.every((r) => r.standard_error! > 0 && Math.abs(r.estimate!) < 2.5)).toBe(true);
    expect(harvest.rowsRead).toBe(rows.length);
  });
});

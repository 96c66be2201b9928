import { describe, expect, it } from 'vitest';
import { eurostatComext } from '../../../src/sources/eurostat-comext/eurostat-comext.ts';
import { yearMean } from '../../../src/sources/hmrc-ots/exchange-rates.ts';
import { rawFolder } from '../../../src/store/raw-folder.ts';
import { referenceFolder } from '../../../src/store/reference-folder.ts';
import { reportedImport } from '../../../src/tables/quantities.ts';
import { harvestFixture, rowsIn } from '../fixture.ts';

const rows = rowsIn(harvestFixture(eurostatComext, 'eurostat-comext'), reportedImport);

describe('EU imports by partner', () => {
  it('knows EL as Greece, NA as Namibia, XK as Kosovo, XS as Serbia', () => {
    expect(rows.find((row) => row.cn8 === '28046900')!.reporter).toBe('GRC');
    const partners = rows.map((row) => row.partner);
    expect(partners).toEqual(expect.arrayContaining(['NAM', 'XKX', 'SRB']));
  });

  it('keeps a reported zero zero, in both currencies', () => {
    expect(rows.filter((row) => row.value_eur === 0).map((row) => row.value_usd)).toEqual([0]);
  });

  it('converts at the mean of the year’s months: 1.0539 USD per EUR in 2022 (ECB annual mean 1.0530)', () => {
    const greek = rows.find((row) => row.reporter === 'GRC')!;
    expect(greek.value_eur).toBe(159604);
    expect(greek.value_usd! / greek.value_eur!).toBeCloseTo(1.0539, 4);
  });

  it('needs all twelve months of a year', () => {
    expect(() => yearMean(new Map([['2022-01', 1.1]]), 2022)).toThrow('no rate for the month: "2022-02"');
  });

  it('refuses exports, which the file is not meant to hold', () => {
    const folder = rawFolder('test/fixtures/eurostat-comext').raw;
    const changed = {
      ...folder,
      read: (path: string) =>
        new TextEncoder().encode(new TextDecoder().decode(folder.read(path)).replace(',1,2022,', ',2,2022,')),
    };
    expect(() => eurostatComext.harvest(changed, referenceFolder('reference'))).toThrow('not an import: "2"');
  });
});

import { describe, expect, it } from 'vitest';
import { baciHeadings } from '../../../src/sources/baci/headings.ts';
import { baciRareEarths } from '../../../src/sources/baci/rare-earths.ts';
import { seriesCoverage, tradeFlow, tradeHeading } from '../../../src/tables/quantities.ts';
import { harvestFixture, refusedRows, rowsIn } from '../fixture.ts';

describe('headings', () => {
  const rows = rowsIn(harvestFixture(baciHeadings, 'baci'), tradeHeading);

  it('keeps the world total beside its largest flows: bauxite 2023, Guinea to China 6.39 of 10.01 bn USD', () => {
    const total = rows.find((row) => row.exporter === 'WLD' && row.heading === '2606')!;
    const guinea = rows.find((row) => row.exporter === 'GIN' && row.importer === 'CHN')!;
    expect(total).toMatchObject({ importer: 'WLD', value_usd: 10013729791, value_kept_share: 0.999 });
    expect(guinea.value_usd! / total.value_usd!).toBeCloseTo(0.638, 3);
  });

  it('warns of the faulty tonnes of bauxite in 2023', () => {
    expect(rows.filter((row) => row.heading === '2606').every((row) => row.note !== null)).toBe(true);
    expect(rows.find((row) => row.heading === '2701')!.note).toBeNull();
  });

  it('copper ore stands under its one code too, cut at 99.81 % of value: Chile to China is the largest', () => {
    const harvest = harvestFixture(baciHeadings, 'baci');
    const flows = rowsIn(harvest, tradeFlow);
    expect(new Set(flows.map((f) => f.hs6))).toEqual(new Set(['260300']));
    const chile = flows.find((f) => f.exporter === 'CHL' && f.importer === 'CHN')!;
    const heading = rows.find((r) => r.heading === '2603' && r.exporter === 'CHL' && r.importer === 'CHN')!;
    expect([chile.value_usd, chile.quantity_t]).toEqual([heading.value_usd, heading.quantity_t]);
    expect(rowsIn(harvest, seriesCoverage)).toMatchObject([
      { hs6: '260300', year: 2024, complete: false, value_kept_share: 0.9981 },
    ]);
  });
});

describe('rare-earth layers', () => {
  const harvest = harvestFixture(baciRareEarths, 'baci');
  const rows = rowsIn(harvest, tradeHeading);

  it('adds a pair’s codes within a layer: China to the USA, compounds and metals, 129,127,017 USD', () => {
    const pair = rows.filter((row) => row.importer === 'USA' && row.heading.startsWith('284690'));
    expect(pair.map((row) => row.value_usd)).toEqual([108150104 + 20976913]);
  });

  it('leaves the ore layer out, which is spodumene, and says how many rows that was', () => {
    expect(rows.some((row) => row.heading.includes('253090'))).toBe(false);
    expect(harvest.refused[0]).toMatchObject({ rows: 2 });
    expect(refusedRows(harvest)).toBeLessThan(harvest.rowsRead);
  });

  it('has China’s exports of 284690 at 483 m USD, to the world', () => {
    const china = rows.find(
      (row) => row.exporter === 'CHN' && row.importer === 'WLD' && row.heading === '284690',
    );
    expect(china!.value_usd).toBe(483380324);
  });
});

import { describe, expect, it } from 'vitest';
import { hmrcOts } from '../../../src/sources/hmrc-ots/hmrc-ots.ts';
import { windowsOf } from '../../../src/sources/hmrc-ots/twelve-months.ts';
import {
  seriesCoverage,
  tradeFlow,
  type UkTradeMonth,
  ukTradeMonth,
} from '../../../src/tables/quantities.ts';
import { harvestFixture, refusedRows, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(hmrcOts, 'hmrc-ots');
const months = rowsIn(harvest, ukTradeMonth);
const flows = rowsIn(harvest, tradeFlow);

describe('UK customs by month', () => {
  it('recovers the pounds HMRC published: whole numbers', () => {
    expect(months.length).toBeGreaterThan(10);
    for (const row of months) expect(Number.isInteger(row.value_gbp)).toBe(true);
  });

  it('adds the rows of one month, flow, code and partner: borates to the USA, June 2024, twice 16 t', () => {
    const borates = months.filter(
      (row) => row.month === '2024-06' && row.partner === 'USA' && row.cn8 === '25280000',
    );
    expect(borates.map((row) => row.quantity_t)).toEqual([32]);
    expect(harvest.rowsRead - refusedRows(harvest)).toBe(months.length);
  });

  it('keeps confidential partners apart, in months but not among countries', () => {
    const confidential = months.filter((row) => row.partner === 'XXX');
    expect(confidential.map((row) => row.status)).toContain('confidential');
    expect(flows.some((row) => row.exporter === 'XXX' || row.importer === 'XXX')).toBe(false);
  });

  it('keeps gallium and germanium apart by eight-digit code', () => {
    const codes = new Set(months.filter((row) => row.hs6 === '811292').map((row) => row.cn8));
    expect([...codes].sort()).toEqual(['81129289', '81129295']);
  });
});

describe('UK customs by twelve months', () => {
  it('has ferro-niobium from the Netherlands at 90.8 % of imports, July 2024 to June 2025 (by dispatch)', () => {
    const imports = flows.filter(
      (row) => row.importer === 'GBR' && row.hs6 === '720293' && row.year === 2024,
    );
    const total = imports.reduce((sum, row) => sum + row.value_usd!, 0);
    const dutch = imports.find((row) => row.exporter === 'NLD')!;
    expect(dutch).toMatchObject({ basis: 'dispatch', source: 'hmrc_ots', period: '2024-07/2025-06' });
    expect(dutch.value_usd! / total).toBeCloseTo(0.908, 3);
  });

  it('marks six-digit codes of which only some eight-digit codes are there as not complete', () => {
    const coverage = rowsIn(harvest, seriesCoverage);
    const of = (hs6: string) => coverage.find((row) => row.hs6 === hs6)!;
    expect(of('720293').complete).toBe(true);
    expect(of('811292').complete).toBe(false);
    expect(of('811292').note).toContain('81129289, 81129295');
  });

  it('makes a year only of twelve months', () => {
    const month = (name: string) => ({ month: name }) as UkTradeMonth;
    const year = Array.from({ length: 12 }, (_, n) =>
      month(n < 6 ? `2024-${String(n + 7).padStart(2, '0')}` : `2025-${String(n - 5).padStart(2, '0')}`),
    );
    expect(windowsOf(year)).toEqual([{ year: 2024, first: '2024-07', last: '2025-06' }]);
    expect(windowsOf(year.slice(1))).toEqual([]);
    expect(windowsOf([...year, month('2025-07')])).toHaveLength(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concentration, type OutputRow } from '../../../src/analysis/concentration/concentration.ts';

const row = (country: string, quantity_t: number | null, extra: Partial<OutputRow> = {}): OutputRow => ({
  country,
  quantity_t,
  share: null,
  status: null,
  ...extra,
});

describe('concentration of production rows', () => {
  it('USGS MCS 2026, rare earths 2024: China 270,000 of the published 380,000 t is 71.1 %', () => {
    const c = concentration([
      row('CHN', 270_000),
      row('USA', 45_500),
      row('OTH', 1_100),
      row('WLD', 380_000),
    ]);
    expect(c.total_t).toBe(380_000);
    expect(c.cr1_country).toBe('CHN');
    expect(c.cr1).toBeCloseTo(0.7105, 4);
    expect(c.countries).toBe(2);
    expect(c.coverage).toBeCloseTo(315_500 / 380_000, 12);
  });

  it('takes the sum of the rows, OTH included, where the published total is smaller', () => {
    const c = concentration([row('AAA', 60), row('BBB', 30), row('OTH', 15), row('WLD', 100)]);
    expect(c.total_t).toBe(105);
    expect(c.breakdown.map((p) => p.share)).toEqual([60 / 105, 30 / 105]);
    expect(c.hhi).toBeCloseTo((60 / 105) ** 2 + (30 / 105) ** 2, 14);
  });

  it('never ranks WLD or OTH, keeps withheld countries visible without a share', () => {
    const c = concentration([
      row('AAA', 10),
      row('BBB', 10),
      row('CCC', 4),
      row('DDD', 0),
      row('USA', null, { status: 'withheld' }),
      row('OTH', 50),
      row('WLD', 80),
    ]);
    expect(c.breakdown.map((p) => [p.country, p.rank])).toEqual([
      ['AAA', 1],
      ['BBB', 1],
      ['CCC', 3],
      ['DDD', null],
      ['USA', null],
    ]);
    expect(c.missing.map((p) => [p.country, p.status])).toEqual([['USA', 'withheld']]);
    expect(c.countries).toBe(3);
  });

  it('one supplier: HHI 1, normalised HHI null', () => {
    const c = concentration([row('AAA', 7), row('BBB', 0)]);
    expect([c.hhi, c.hhi_normalised, c.effective_suppliers]).toEqual([1, null, 1]);
  });

  it('no output, no figure: everything null rather than 0', () => {
    const c = concentration([row('AAA', null, { status: 'withheld' }), row('BBB', 0)]);
    expect([c.total_t, c.hhi, c.cr1, c.cr1_country, c.entropy, c.coverage]).toEqual(Array(6).fill(null));
  });

  it('works on shares where a source publishes no tonnes, leaving them as published', () => {
    const c = concentration([
      row('AAA', null, { share: 0.6 }),
      row('BBB', null, { share: 0.25 }),
      row('OTH', null, { share: 0.15 }),
    ]);
    expect(c.total_t).toBeNull();
    expect(c.breakdown.map((p) => p.share)).toEqual([0.6, 0.25]);
    expect(c.coverage).toBeCloseTo(0.85, 14);
  });

  it('is independent of the order of rows and of the unit', () => {
    const rows = fc.uniqueArray(
      fc.record({
        country: fc.stringMatching(/^[A-Z]{3}$/).filter((c) => c !== 'WLD' && c !== 'OTH'),
        quantity_t: fc.integer({ min: 0, max: 1e6 }),
      }),
      { selector: (r) => r.country, minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 1e7 }), (rs, world) => {
        const all = [...rs.map((r) => row(r.country, r.quantity_t)), row('WLD', world)];
        const a = concentration(all);
        const b = concentration(all.toReversed().map((r) => ({ ...r, quantity_t: r.quantity_t! * 1024 })));
        expect(b.hhi).toEqual(a.hhi);
        expect(b.breakdown.map((p) => p.share)).toEqual(a.breakdown.map((p) => p.share));
        if (a.hhi !== null) expect(a.coverage).toBeLessThanOrEqual(1);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hhi } from '../../../src/analysis/concentration/hhi.ts';
import { sharesOf } from '../../../src/analysis/concentration/shares.ts';
import { geoPolRisk, publishedHhi, type RiskFlow } from '../../../src/analysis/indices/geopolrisk.ts';
import { instability, scaledGovernance } from '../../../src/analysis/indices/governance-risk.ts';

const flow = fc.record({
  country: fc.stringMatching(/^[A-Z]{3}$/),
  quantity_t: fc.double({ min: 0, max: 1e6, noNaN: true }),
  value_usd: fc.double({ min: 0, max: 1e9, noNaN: true }),
  pv: fc.option(fc.double({ min: -2.5, max: 2.5, noNaN: true })),
});

describe('GeoPolRisk', () => {
  it('gives WTA .545189, score .110956 and CF .108604 for manganese, USA, 2022 (published case, inputs as printed)', () => {
    // one flow that carries the published weighted mean
    const hhi = 0.2035183372902862;
    const imports = 350700.567;
    const g = 191198.0034766202 / imports;
    const flows: RiskFlow[] = [
      {
        country: 'XAA',
        quantity_t: imports,
        value_usd: 0.40073488389883327 * imports * 1000,
        pv: 2.5 - 5 * g,
      },
    ];
    const result = geoPolRisk(hhi, 0, flows);
    expect(result.import_risk).toBeCloseTo(0.5451887492289689, 12);
    expect(result.score).toBeCloseTo(0.11095590775245055, 12);
    expect(result.midpoint_usd_per_kg).toBeCloseTo(0.04446390281106793, 12);
    expect(result.price_usd_per_kg).toBeCloseTo(0.40073488389883327, 12);
    expect(result.cf).toBeCloseTo(0.10860404642372944, 12);
  });

  it('counts a supplier without an estimate as 0.5 and names it', () => {
    const result = geoPolRisk(0.5, 0, [{ country: 'XAB', quantity_t: 10, value_usd: 1, pv: null }]);
    expect(result).toMatchObject({ hhi: 0.5, import_risk: 0.5, score: 0.25, governance_missing: ['XAB'] });
  });

  it('says null, not 0, without any supply, and 0 where a producer imports nothing', () => {
    expect(geoPolRisk(1, 0, [])).toMatchObject({
      import_risk: null,
      score: null,
      price_usd_per_kg: null,
      cf: null,
    });
    expect(geoPolRisk(1, 5, [])).toMatchObject({ import_risk: 0, score: 0, price_usd_per_kg: null });
    const bought: RiskFlow = { country: 'XAB', quantity_t: 1, value_usd: 1, pv: 0 };
    expect(geoPolRisk(null, 0, [bought])).toMatchObject({ import_risk: 0.5, score: null, cf: null });
    expect(geoPolRisk(1, null, [bought])).toMatchObject({ import_risk: null, score: null });
    expect(geoPolRisk(1, 3, [{ ...bought, value_usd: null }])).toMatchObject({
      import_risk: 0.125,
      price_usd_per_kg: null,
    });
    expect(geoPolRisk(1, 0, [{ ...bought, quantity_t: 0 }])).toMatchObject({
      import_risk: null,
      imports_usd: 1,
    });
  });

  it('scores 0 without supply and cuts output to whole tonnes, precious metals to kilograms, by the published rules', () => {
    expect(geoPolRisk(1, 0, [], { compat: true }).score).toBe(0);
    expect(publishedHhi([1.9, 1], 'tin')).toBe(0.5);
    expect(publishedHhi([0.9], 'tin')).toBeNull();
    expect(publishedHhi([0.0019, 0.001], 'platinum')).toBe(0.5);
    expect(publishedHhi([0.003, 0.001], 'platinum')).toBe(0.625);
  });

  it('counts trade inside a bloc with g = 0 where it is passed on, as the published rules do', () => {
    const flows: RiskFlow[] = [
      { country: 'XAB', quantity_t: 30, value_usd: 1, pv: -2.5 },
      { country: 'XAC', quantity_t: 70, value_usd: 1, pv: null, inside: true },
    ];
    expect(geoPolRisk(1, 0, flows)).toMatchObject({ import_risk: 0.3, governance_missing: [] });
  });

  it('equals a second route: expanded flow by flow', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 1e5, noNaN: true }),
        fc.array(flow, { minLength: 1, maxLength: 20 }),
        (output, domestic, flows) => {
          const total = flows.reduce((s, f) => s + f.quantity_t, domestic);
          fc.pre(total > 1e-6);
          const sum = output.reduce((a, b) => a + b, 0);
          const direct = output.reduce((s, p) => s + p * p, 0) / sum ** 2;
          const risk = flows.reduce(
            (s, f) => s + (f.quantity_t / total) * (f.pv === null ? 0.5 : 0.5 - f.pv / 5),
            0,
          );
          const result = geoPolRisk(hhi(sharesOf(output)!), domestic, flows);
          expect(Math.abs(result.score! - direct * risk)).toBeLessThan(1e-9);
          expect(result.import_risk).toBeGreaterThanOrEqual(0);
          expect(result.import_risk).toBeLessThanOrEqual(1 + 1e-12);
        },
      ),
    );
  });
});

describe('governance', () => {
  it('puts stability on 0 (stable) to 1 and clips', () => {
    expect([instability(2.5), instability(-2.5), instability(0), instability(-4), instability(null)]).toEqual(
      [0, 1, 0.5, 1, null],
    );
  });
  it('scales −1.5, 0 and 1.5 to 8, 5 and 2 (EU study)', () => {
    expect([-1.5, 0, 1.5].map((e) => scaledGovernance(Array(6).fill(e)))).toEqual([8, 5, 2]);
    expect(scaledGovernance([null, null])).toBeNull();
    expect(scaledGovernance([null, 0.5])).toBe(4);
  });
});

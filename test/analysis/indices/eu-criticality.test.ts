import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { economicImportanceEu } from '../../../src/analysis/indices/economic-importance-eu.ts';
import {
  governedConcentration,
  importReliance,
  supplyRiskEu,
} from '../../../src/analysis/indices/supply-risk-eu.ts';

const side = (shares: number[], t = [1.1, 1, 0.8], wgi = [8, 5, 2]) =>
  governedConcentration(shares.map((share, i) => ({ country: `XA${i}`, share, wgi: wgi[i]!, t: t[i]! })))
    .value!;

describe('EU supply risk', () => {
  const global = side([0.6, 0.25, 0.15]);
  const sourcing = side([0.3, 0.2, 0.5]);
  const factors = { importReliance: 0.8, eolRir: 0.22, siSr: 0.98 };

  it('weighs world supply at 35 165 and EU sourcing at 13 920 (worked case of the 2017 guidelines)', () => {
    expect(global).toBeCloseTo(35165, 8);
    expect(sourcing).toBeCloseTo(13920, 8);
  });
  it('is 1.71363 with both sides and 2.68801 with the global side alone', () => {
    expect(supplyRiskEu({ global, sourcing, scope: 'GS+EU', ...factors })).toBeCloseTo(1.71363192, 10);
    expect(supplyRiskEu({ global, sourcing, scope: 'GS', ...factors })).toBeCloseTo(2.6880126, 10);
    expect(supplyRiskEu({ global, sourcing: null, scope: 'GS+EU', ...factors })).toBeCloseTo(2.6880126, 10);
    expect(supplyRiskEu({ global, sourcing: null, scope: 'EU', ...factors })).toBeCloseTo(2.6880126, 10);
  });
  it('needs recycling, substitution and, with both sides, import reliance', () => {
    expect(supplyRiskEu({ global, sourcing, scope: null, ...factors, importReliance: null })).toBeNull();
    expect(supplyRiskEu({ global, sourcing, scope: null, ...factors, eolRir: null })).toBeNull();
    expect(supplyRiskEu({ global: null, sourcing: null, scope: null, ...factors })).toBeNull();
  });
  it('leaves out and names suppliers without governance', () => {
    const result = governedConcentration([
      { country: 'XAA', share: 1, wgi: null, t: 1 },
      { country: 'XAB', share: 0.1, wgi: 10, t: null },
    ]);
    expect(result).toEqual({ value: 1000, terms: [{ country: 'XAB', term: 1000 }], missing: ['XAA'] });
  });
  it('never rises with more recycling, and lies between its two sides', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, unit, fc.double({ min: 0, max: 1e5, noNaN: true }), (ir, a, b, g) => {
        const of = (eolRir: number) =>
          supplyRiskEu({ global: g, sourcing: 1000, importReliance: ir, eolRir, siSr: 0.9, scope: 'GS+EU' })!;
        expect(of(Math.max(a, b))).toBeLessThanOrEqual(of(Math.min(a, b)));
        const sr = of(0) / 0.9;
        expect(sr).toBeGreaterThanOrEqual(Math.min(g, 1000) / 1e4 - 1e-9);
        expect(sr).toBeLessThanOrEqual(Math.max(g, 1000) / 1e4 + 1e-9);
      }),
    );
  });
  it('has import reliance .8 of imports 90, exports 10, domestic 20, and none without supply', () => {
    expect(importReliance(90, 10, 20)).toBe(0.8);
    expect(importReliance(10, 30, 20)).toBeNull();
  });
});

describe('EU economic importance', () => {
  it('is 4.0034 for uses .4/.35/.25 of 180/120/60 bn at most 290 bn, SI .9 (worked case)', () => {
    const uses = [
      { share: 0.4, valueAdded: 180_000 },
      { share: 0.35, valueAdded: 120_000 },
      { share: 0.25, valueAdded: 60_000 },
    ];
    expect(economicImportanceEu(uses, 290_000, 0.9)).toBeCloseTo(4.003448275862069, 10);
  });
  it('is null without a substitution index or a use', () => {
    expect(economicImportanceEu([{ share: 1, valueAdded: 1 }], 10, null)).toBeNull();
    expect(economicImportanceEu([{ share: null, valueAdded: 1 }], 10, 1)).toBeNull();
  });
});

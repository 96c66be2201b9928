import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leverage, originGap } from '../../../src/analysis/indices/leverage.ts';
import { nMinusOne } from '../../../src/analysis/indices/n-minus-1.ts';
import { meanRanks, rankCorrelation } from '../../../src/analysis/indices/rank-correlation.ts';
import {
  disruptionPotential,
  economicVulnerability,
  supplyRiskUsgs,
  tradeExposure,
} from '../../../src/analysis/indices/supply-risk-usgs.ts';

describe('USGS 2020', () => {
  it('gives DP .2010, TE .73684, EV .002 and SR .06666 (worked case of Nassar et al. 2020)', () => {
    const dp = disruptionPotential([
      { share: 0.7, ability: 0.5, willingness: 0.8 },
      { share: 0.2, ability: 0.3, willingness: 0.4 },
      { share: 0.1, ability: 0.1, willingness: 0.2 },
    ]);
    const te = tradeExposure({ imports: 80, exports: 10, stockChange: 0, primary: 20, secondary: 5 });
    const ev = economicVulnerability([
      { valueAddedShare: 0.02, expenditureOverProfit: 0.05 },
      { valueAddedShare: 0.01, expenditureOverProfit: 0.1 },
    ]);
    expect(dp).toBeCloseTo(0.201, 12);
    expect(te).toBeCloseTo(0.7368421052631579, 12);
    expect(ev).toBeCloseTo(0.002, 12);
    expect(supplyRiskUsgs(dp, te, ev)).toBeCloseTo(0.06666023329732501, 12);
  });
  it('is null with negative apparent consumption and 0 for a net exporter', () => {
    expect(tradeExposure({ imports: 0, exports: 50, stockChange: 0, primary: 10, secondary: 0 })).toBeNull();
    expect(tradeExposure({ imports: 0, exports: 5, stockChange: 0, primary: 10, secondary: 0 })).toBe(0);
    expect(supplyRiskUsgs(0.2, null, 0.1)).toBeNull();
  });
});

describe('N−1', () => {
  it('covers 40/55 = .7273 of the demand elsewhere (worked case)', () => {
    const result = nMinusOne(
      new Map([
        ['A', 60],
        ['B', 25],
        ['C', 15],
      ]),
      new Map([
        ['A', 40],
        ['B', 10],
        ['C', 5],
        ['rest', 40],
      ]),
    )!;
    expect(result).toMatchObject({ largest: 'A', remaining_t: 40, demand_t: 55, remaining_share: 0.4 });
    expect(result.cover).toBeCloseTo(0.7272727272727273, 12);
  });
  it('is null without supply or without demand elsewhere', () => {
    expect(nMinusOne(new Map(), new Map([['A', 1]]))).toBeNull();
    expect(nMinusOne(new Map([['A', 1]]), new Map([['A', 1]]))).toBeNull();
  });
});

describe('leverage and origin gap', () => {
  it('multiplies the dominant share by the root of the import HHI', () =>
    expect(leverage(0.5, 0.64)).toBeCloseTo(0.4, 12));
  it('is null where a part is unknown', () => {
    expect(leverage(null, 0.5)).toBeNull();
    expect(originGap(0.5, null)).toBeNull();
    expect(originGap(0.5, 0.1)).toBeCloseTo(0.4, 12);
  });
});

describe('rank correlation', () => {
  it('is .8 for ranks 1 2 3 4 5 against 2 1 4 3 5 (1 − 6Σd²/(n(n²−1)))', () =>
    expect(rankCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).toBeCloseTo(0.8, 12));
  it('gives ties the mean rank', () => expect(meanRanks([3, 1, 3])).toEqual([2.5, 1, 2.5]));
  it('needs three pairs that vary', () => {
    expect(rankCorrelation([1, 2, null], [1, 2, 3])).toBeNull();
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
  });
  it('is 1 under any increasing transform', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 30 }),
        (values) => {
          expect(
            rankCorrelation(
              values,
              values.map((v) => v ** 3),
            ),
          ).toBeCloseTo(1, 10);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregate } from '../../../src/analysis/policy/aggregate-share.ts';
import { capStatus, ruleStatus } from '../../../src/analysis/policy/rule.ts';
import { requiredChangePerYear, tonnesToMove } from '../../../src/analysis/policy/tonnes-to-move.ts';

const supplyOf = (by: Record<string, number>) => ({ by: new Map(Object.entries(by)) });
const uk = (cap: number | null = 0.6) => ({
  comparator: '<=' as const,
  cap,
  targetYear: 2035,
  exempt: new Set(['GBR']),
  now: 2024,
});

describe('tonnes to move', () => {
  it('is Σ max(0, supply − cap·D): the baseline 85/5/5/0/2/3 of the sourcing example, cap .60 → 25', () =>
    expect(tonnesToMove([85, 5, 5, 0, 2, 3], 100, 0.6)).toBeCloseTo(25, 12));
  it('is not computable without demand', () => {
    expect(tonnesToMove([1], null, 0.6)).toBeNull();
    expect(tonnesToMove([1], 0, 0.6)).toBeNull();
  });
  it('adds what two countries are above a low cap', () =>
    expect(tonnesToMove([50, 40, 10], 100, 0.3)).toBeCloseTo(30, 12));
  it('falls year by year on the straight line: (.82 − .60)/(2035 − 2024) = .02', () =>
    expect(requiredChangePerYear(0.82, 0.6, 2024, 2035)).toBeCloseTo(0.02, 12));
  it('has no line where the year has come', () => {
    expect(requiredChangePerYear(0.7, 0.6, 2035, 2035)).toBeNull();
    expect(requiredChangePerYear(0.6, 0.6, 2035, 2035)).toBe(0);
  });
});

describe('rule status', () => {
  it('keeps null apart from met', () => {
    expect(ruleStatus(null, '<=', 0.6)).toBe('not_computable');
    expect(ruleStatus(0.5, '<=', null)).toBe('not_computable');
  });
  it('tells over a limit from under a floor, and holds at equality', () => {
    expect(ruleStatus(0.61, '<=', 0.6)).toBe('over');
    expect(ruleStatus(0.6, '<=', 0.6)).toBe('met');
    expect(ruleStatus(0.06, '>=', 0.1)).toBe('under');
    expect(ruleStatus(0.1, '>=', 0.1)).toBe('met');
  });
});

describe('limit on one country', () => {
  it('does not count the consumer itself', () => {
    const found = capStatus(supplyOf({ GBR: 70, CHN: 20, USA: 10 }), uk());
    expect([found.top_country, found.share, found.status]).toEqual(['CHN', 0.2, 'met']);
  });
  it('does not count members of a bloc where only third countries count', () => {
    const terms = { ...uk(0.65), exempt: new Set(['DEU', 'BEL']) };
    expect(capStatus(supplyOf({ DEU: 80, CHN: 20 }), terms).top_country).toBe('CHN');
    expect(capStatus(supplyOf({ DEU: 80, CHN: 20 }), { ...terms, exempt: new Set() }).status).toBe('over');
  });
  it('says why it cannot be computed', () => {
    expect(capStatus(supplyOf({}), uk())).toMatchObject({ status: 'not_computable', reason: 'no_supply' });
    expect(capStatus(supplyOf({ CHN: 1 }), uk(null))).toMatchObject({
      status: 'not_computable',
      reason: 'no_limit',
      share: 1,
    });
  });
  it('takes shares of the whole where part of it is of no known country', () =>
    expect(capStatus({ by: new Map([['CHN', 50]]), total: 100 }, uk()).share).toBe(0.5));

  const supplies = fc.dictionary(
    fc.constantFrom('GBR', 'CHN', 'COD', 'AUS', 'USA', 'CHL'),
    // grams of a kilotonne: amounts that trade could have, not the smallest double there is
    fc.integer({ min: 0, max: 1e9 }).map((grams) => grams / 1e6),
    { minKeys: 1 },
  );
  const caps = fc.double({ min: 0.01, max: 1, noNaN: true });
  it('moves something exactly where the limit is broken, and headroom has its sign', () =>
    fc.assert(
      fc.property(supplies, caps, (by, cap) => {
        const found = capStatus(supplyOf(by), uk(cap));
        if (found.reason) return;
        expect(found.to_move! > 0).toBe(found.to_move! > 0 && found.status === 'over');
        expect(found.headroom! >= 0).toBe(found.status === 'met');
        if (found.status === 'met') expect(found.required_change_per_year).toBe(0);
      }),
    ));
  it('does not depend on the unit', () =>
    fc.assert(
      fc.property(supplies, caps, fc.double({ min: 0.001, max: 1000, noNaN: true }), (by, cap, k) => {
        const a = capStatus(supplyOf(by), uk(cap));
        const b = capStatus(
          supplyOf(Object.fromEntries(Object.entries(by).map(([c, v]) => [c, v * k]))),
          uk(cap),
        );
        if (a.share === null || b.share === null) return;
        expect(b.share).toBeCloseTo(a.share, 9);
      }),
    ));
  it('needs to move no more than the top country sends, for any cap above one half', () =>
    fc.assert(
      fc.property(supplies, fc.double({ min: 0.5, max: 1, noNaN: true }), (by, cap) => {
        const found = capStatus(supplyOf(by), uk(cap));
        if (found.reason) return;
        const total = Object.values(by).reduce((a, b) => a + b, 0);
        expect(found.to_move!).toBeCloseTo(Math.max(0, found.share! - cap) * total, 3);
      }),
    ));
});

describe('aggregate', () => {
  const parts = [
    {
      id: 'iron',
      by: new Map([
        ['BRA', 900],
        ['SWE', 100],
      ]),
    },
    { id: 'gallium', by: new Map([['CHN', 1]]) },
    { id: 'hafnium', by: null },
  ];
  it('adds the minerals of a list into one supply, names what it leaves out and what weighs most', () => {
    const all = aggregate(parts);
    expect(all.by.get('BRA')).toBe(900);
    expect(all.total).toBe(1001);
    expect(all.missing).toEqual(['hafnium']);
    expect(all.heaviest).toEqual({ id: 'iron', share: 1000 / 1001 });
  });
  it('is the rule on the sums: one broken mineral need not break the aggregate', () => {
    const each = capStatus({ by: parts[1]!.by! }, uk());
    const together = capStatus(
      aggregate([
        {
          id: 'a',
          by: new Map([
            ['AUS', 1],
            ['CHL', 1],
          ]),
        },
        parts[1]!,
      ]),
      uk(),
    );
    expect([each.status, together.status]).toEqual(['over', 'met']);
  });
  it('keeps the sum', () =>
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.constantFrom('CHN', 'AUS', 'USA'), fc.integer({ min: 0, max: 1000 }))),
        (list) => {
          const all = aggregate(list.map((by, i) => ({ id: String(i), by: new Map(Object.entries(by)) })));
          expect([...all.by.values()].reduce((a, b) => a + b, 0)).toBe(all.total);
          expect(all.counted.length + all.missing.length).toBe(list.length);
        },
      ),
    ));
});

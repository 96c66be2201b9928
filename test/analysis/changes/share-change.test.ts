import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutOffAtMost } from '../../../src/analysis/changes/cut-off.ts';
import { boundedShare, leastMove, supplyChanges } from '../../../src/analysis/changes/share-change.ts';

const side = (by: Record<string, number>, missing = 0) => ({ by: new Map(Object.entries(by)), missing });
const limits = { cap: 0.6, points: 0.05 };

describe('supplyChanges', () => {
  it('tells a limit passed, another first supplier and the shares that moved', () => {
    const changes = supplyChanges(side({ A: 50, B: 30, C: 20 }), side({ A: 25, B: 65, C: 10 }), limits);
    expect(changes.map((c) => [c.kind, c.country, c.replaced])).toEqual([
      ['cap_crossed', 'B', null],
      ['top_replaced', 'B', 'A'],
      ['share_moved', 'B', null],
      ['share_moved', 'A', null],
      ['share_moved', 'C', null],
    ]);
    expect(changes[0]).toMatchObject({ before: 0.3, after: 0.65 });
  });

  it('is silent at exactly the limit and exactly the threshold, whatever the rounding of shares', () => {
    expect(supplyChanges(side({ A: 55, B: 45 }), side({ A: 60, B: 40 }), limits)).toEqual([]);
    expect(
      supplyChanges(side({ A: 20, B: 80 }), side({ A: 25, B: 75 }), { cap: null, points: 0.05 }),
    ).toEqual([]);
  });

  it('tells of a supplier that went or came as of a share that was or became 0', () => {
    const changes = supplyChanges(side({ A: 10, B: 2 }), side({ B: 2, C: 10 }), { cap: null, points: 0.5 });
    expect(changes.filter((c) => c.kind === 'share_moved').map((c) => [c.country, c.after])).toEqual([
      ['A', 0],
      ['C', 10 / 12],
    ]);
  });

  it('says nothing where one of the years has no supply, and of a tie for the first place', () => {
    expect(supplyChanges(side({}), side({ A: 1 }), limits)).toEqual([]);
    expect(supplyChanges(side({ A: 5, B: 5 }), side({ A: 4, B: 6 }), { cap: null, points: 1 })).toEqual([]);
  });

  it('does not report a move that what was cut off could make', () => {
    // 30 of 100 may be missing: A may be 60/130 … 60/100, which holds 48 %, and C up to 30/130
    expect(supplyChanges(side({ A: 60, B: 40 }, 30), side({ A: 48, B: 40, C: 12 }), limits)).toEqual([]);
    // a supplier below the cut is not 0
    expect(supplyChanges(side({ A: 100 }, 30), side({ A: 80, B: 20 }), limits)).toEqual([]);
    expect(
      supplyChanges(side({ A: 100 }, 5), side({ A: 30, B: 70 }), limits).map((c) => `${c.kind} ${c.country}`),
    ).toEqual(['cap_crossed A', 'cap_crossed B', 'top_replaced B', 'share_moved A', 'share_moved B']);
  });

  const amounts = fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D'), fc.integer({ min: 1, max: 1000 }), {
    minKeys: 1,
  });
  it('never tells more where something may be missing, and nothing where nothing changed', () => {
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 0, max: 500 }), (a, b, missing) => {
        const name = (c: { kind: string; country: string }) => `${c.kind} ${c.country}`;
        const whole = new Set(supplyChanges(side(a), side(b), limits).map(name));
        for (const c of supplyChanges(side(a, missing), side(b), limits)) expect(whole).toContain(name(c));
        expect(supplyChanges(side(a), side(a), { cap: 0.6, points: 0 })).toEqual([]);
      }),
    );
  });

  it('holds every completion of a truncated record between its bounds', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, u, t) => {
          const bounds = boundedShare(side(a, u), 'A')!;
          // what is missing goes to A only where A is not in the record
          const extra = u * t;
          const total = Object.values(a).reduce((s, v) => s + v, 0) + extra;
          const share = ('A' in a ? a.A! : extra) / total;
          expect(share).toBeGreaterThanOrEqual(bounds.low - 1e-12);
          expect(share).toBeLessThanOrEqual(bounds.high + 1e-12);
          expect(leastMove(bounds, bounds)).toBe(0);
        },
      ),
    );
  });
});

describe('cutOffAtMost', () => {
  it('is nothing for a whole record, the rest of the world’s trade for a truncated one, unknown otherwise', () => {
    expect(cutOffAtMost(true, 100, 0.5)).toBe(0);
    expect(cutOffAtMost(null, 100, null)).toBe(0);
    expect(cutOffAtMost(false, 80, 0.8)).toBeCloseTo(20, 12);
    expect(cutOffAtMost(false, 80, null)).toBeNull();
    expect(cutOffAtMost(false, 80, 0)).toBeNull();
  });
});

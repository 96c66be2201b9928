import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { control, type Holding } from '../../../src/analysis/flows/control.ts';
import {
  type HeldReckoning,
  heldAgainstCap,
  heldInterval,
} from '../../../src/analysis/flows/control-range.ts';

const mine = (country: string, owner_country: string, output_t: number): Holding => ({
  asset: `${country} mine`,
  country,
  owner_country,
  equity_share: 1,
  output_t,
  channel: 'equity',
});
/** B's 100 t: 80 held from A, 20 of no known owner; A and C hold their own */
const holdings = [mine('A', 'A', 100), mine('B', 'A', 80), mine('C', 'C', 100)];
const held = (
  choice: string,
  shares: Record<string, number>,
  unrecorded: Record<string, number> = {},
): HeldReckoning => {
  const by = (s: Record<string, number>) => control(new Map(Object.entries(s)), holdings, () => 100);
  return { choice, held: by(shares), unrecorded: by(unrecorded) };
};

describe('what a country holds, with what is open', () => {
  const chosen = held('method', { A: 0.3, B: 0.5, C: 0.2 });
  it('A: .3 + .5·.8 = .7, up to .8 if the rest of B were held from A too', () => {
    const a = heldInterval(chosen, [], 'A');
    expect(a.share).toBeCloseTo(0.7, 14);
    expect(a.low).toBeCloseTo(0.7, 14);
    expect(a.high).toBeCloseTo(0.8, 14);
  });
  it('a country that holds nothing known could hold what is open', () => {
    expect(heldInterval(chosen, [], 'D')).toEqual({ share: 0, low: 0, high: expect.closeTo(0.1, 14) });
  });
  it('unrecorded supply may have been born, and so held, anywhere', () => {
    const some = held('method', { A: 0.3, B: 0.5, C: 0.2 }, { C: 0.15, B: 0.1 });
    const a = heldInterval(some, [], 'A');
    expect(a.low).toBeCloseTo(0.7 - 0.08, 14);
    expect(a.high).toBeCloseTo(0.8 + 0.15, 14);
  });
  it.each([
    [0.6, [], 'over', []],
    [0.75, [], 'depends', ['owners']],
    [0.85, [], 'within', []],
    [0.65, [held('weight', { A: 0.2, B: 0.5, C: 0.3 })], 'depends', ['weight', 'owners']],
    [0.65, [held('weight', { A: 0.2, C: 0.8 })], 'depends', ['weight']],
    [0.66, [held('method', { A: 0.3, B: 0.5, C: 0.2 }, { A: 0.1 })], 'depends', ['unrecorded']],
  ] as const)('against a cap of %f: %j is %s on %j', (cap, others, verdict, on) => {
    const found = heldAgainstCap(chosen, others, 'A', cap);
    expect(found.verdict).toBe(verdict);
    expect([...found.dependsOn].sort()).toEqual([...on].sort());
  });
  it('holds low ≤ share ≤ high, and names a reason exactly where it depends', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const supply = fc.tuple(share, share, share).map(([a, b, c]) => {
      const sum = a + b + c || 1;
      return { A: a / sum, B: b / sum, C: c / sum };
    });
    const any = fc.tuple(supply, share).map(([s, u]) => held('method', s, { A: s.A * u, C: s.C * u }));
    fc.assert(
      fc.property(
        any,
        fc.array(any, { maxLength: 2 }),
        fc.constantFrom('A', 'B', 'C', 'D'),
        share,
        (main, others, who, cap) => {
          const v = heldAgainstCap(main, others, who, cap);
          expect(v.low).toBeLessThanOrEqual(v.share + 1e-12);
          expect(v.high).toBeGreaterThanOrEqual(v.share - 1e-12);
          expect(v.dependsOn.length > 0).toBe(v.verdict === 'depends');
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementEffect, freeOutput } from '../../../src/analysis/policy/agreement-effect.ts';

const shares = (by: Record<string, number>) => new Map(Object.entries(by));
const worked = { demand_t: 100, shares: shares({ CHN: 0.8, AUS: 0.1, KAZ: 0.02, USA: 0.08 }) };

describe('free output', () => {
  it('is max(0, Q − K − own use)', () => {
    expect(freeOutput({ output_t: 100, committed_t: 50, own_use_t: 20 })).toBe(30);
    expect(freeOutput({ output_t: 10, committed_t: 50, own_use_t: 0 })).toBe(0);
    expect(freeOutput({ output_t: null, committed_t: 0, own_use_t: 0 })).toBeNull();
  });
});

describe('what an agreement could change', () => {
  const mixes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 6 }).map((w) => {
    const sum = w.reduce((a, b) => a + b, 0);
    return new Map(w.map((x, i) => [`C${i}`, x / sum] as const));
  });
  it('worked: top .80, second .10, partner .02, D 100, free 30, φ 1 → g 30, top′ .50; pro rata .5551', () => {
    const found = agreementEffect('KAZ', 30, worked, 1)!;
    expect(found.moved_t).toBe(30);
    expect(found.best).toBeCloseTo(0.5, 12);
    expect(found.pro_rata).toBeCloseTo(0.5551, 4);
    expect((1 - 0.32) / 0.98).toBeCloseTo(0.6939, 4);
  });
  it('changes nothing where nothing is free, or where the partner is the top supplier', () => {
    expect(agreementEffect('KAZ', 0, worked, 1)!.best).toBe(0.8);
    expect(agreementEffect('CHN', 30, worked, 1)).toMatchObject({ moved_t: 0, best: 0.8, pro_rata: 0.8 });
  });
  it('says so where the partner would become the top: .80/.20 and 90 t free of 100 → 0.9', () =>
    expect(
      agreementEffect('KAZ', 90, { demand_t: 100, shares: shares({ CHN: 0.8, AUS: 0.2 }) }, 1)!.best,
    ).toBe(0.9));
  it('takes no more than helps: of .80 and .20 with 90 t free the best is .50, not .90', () => {
    const mix = { demand_t: 100, shares: shares({ CHN: 0.8, AUS: 0.2 }) };
    expect(agreementEffect('KAZ', 90, mix, 1)!).toMatchObject({
      most: expect.closeTo(0.4, 12),
      most_t: expect.closeTo(40, 9),
    });
    expect(agreementEffect('KAZ', 30, worked, 1)!.most).toBeCloseTo(0.3, 12);
  });
  it('finds the largest fall that trying every amount finds', () =>
    fc.assert(
      fc.property(mixes, fc.double({ min: 0, max: 200, noNaN: true }), (s, free) => {
        const found = agreementEffect('C0', free, { demand_t: 100, shares: s }, 1)!;
        let tried = 0;
        for (let k = 0; k <= 400; k++) {
          const at = agreementEffect('C0', (free * k) / 400, { demand_t: 100, shares: s }, 1)!;
          tried = Math.max(tried, at.top_share - at.best);
        }
        expect(found.most).toBeGreaterThanOrEqual(tried - 1e-9);
        expect(found.most).toBeLessThanOrEqual(tried + free / 400 / 100 + 1e-9);
      }),
      { numRuns: 50 },
    ));
  it('is null without demand or output', () => {
    expect(agreementEffect('KAZ', null, worked, 1)).toBeNull();
    expect(agreementEffect('KAZ', 1, { ...worked, demand_t: null }, 1)).toBeNull();
  });

  it('never sends more than demand, and the best case is at or below pro rata wherever the partner stays small', () =>
    fc.assert(
      fc.property(mixes, fc.double({ min: 0, max: 200, noNaN: true }), (s, free) => {
        const found = agreementEffect('C0', free, { demand_t: 100, shares: s }, 1)!;
        expect(found.moved_t).toBeLessThanOrEqual(100 * (1 - s.get('C0')!) + 1e-9);
        const others = [...s].filter(([c]) => c !== 'C0' && c !== found.top_country).map(([, v]) => v);
        if (found.top_country !== 'C0' && Math.max(0, ...others) <= found.best - 1e-9)
          expect(found.best).toBeLessThanOrEqual(found.pro_rata + 1e-9);
      }),
    ));
  it('falls, or stays, as more is taken, until the partner leads', () =>
    fc.assert(
      fc.property(mixes, fc.double({ min: 0, max: 60, noNaN: true }), (s, free) => {
        const supply = { demand_t: 100, shares: s };
        const [some, all] = [0.5, 1].map((part) => agreementEffect('C0', free, supply, part)!);
        if (all!.best > s.get('C0')! + all!.moved_t / 100 + 1e-9)
          expect(all!.best).toBeLessThanOrEqual(some!.best + 1e-9);
      }),
    ));
});

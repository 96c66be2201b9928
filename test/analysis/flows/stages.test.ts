import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acrossStages, type Origins } from '../../../src/analysis/flows/stages.ts';

const mines = ['X', 'Y', 'Z'];
const ore: Record<string, number[]> = { A: [0.1, 0.8, 0.1], B: [0, 0.3, 0.7], C: [1, 0, 0] };
const supplyOf = (k: string): Origins => ({
  traced: new Map(mines.map((m, j) => [m, ore[k]![j]! * 1000])),
  unrecorded: new Map([['X', ore[k]![0]! * 500]]),
});
const made = new Map([
  ['A', 0.55],
  ['B', 0.25],
  ['C', 0.2],
]);
const shares = (yields: Record<string, number>) => {
  const staged = acrossStages(made, supplyOf, (k) => yields[k]!);
  return mines.map((m) => staged.traced.get(m)! / staged.total);
};

describe('origins across stages', () => {
  it('worked: refined (.55, .25, .20) on the ore matrix gives (.255, .515, .230)', () => {
    const s = shares({ A: 1, B: 1, C: 1 });
    [0.255, 0.515, 0.23].forEach((v, k) => {
      expect(s[k]).toBeCloseTo(v, 14);
    });
  });
  it('worked: with 1.2, 1.0 and 1.5 t of ore per t refined it is (.3025, .4983, .1992)', () => {
    const s = shares({ A: 1.2, B: 1, C: 1.5 });
    [0.30247933884297523, 0.4983471074380165, 0.19917355371900827].forEach((v, k) => {
      expect(s[k]).toBeCloseTo(v, 13);
    });
  });
  it('carries the unrecorded part of the ore along', () => {
    const staged = acrossStages(made, supplyOf, () => 1);
    expect(staged.unrecorded.get('X')).toBeCloseTo(0.255 / 2, 14);
  });
  it('stops at a maker whose own supply is not known, and does not spread its part', () => {
    const staged = acrossStages(
      made,
      (k) => (k === 'C' ? null : supplyOf(k)),
      () => 2,
    );
    expect([...staged.stopped]).toEqual([['C', 0.4]]);
    expect(staged.total).toBeCloseTo(2, 14);
    expect(staged.traced.get('X')! / staged.total).toBeCloseTo(0.055, 14);
  });
  it('a maker that consumed nothing at the earlier stage is unknown too', () => {
    const nothing: Origins = { traced: new Map([['X', 0]]), unrecorded: new Map() };
    expect(
      acrossStages(
        made,
        () => nothing,
        () => 1,
      ).stopped.size,
    ).toBe(3);
  });
  it('what is traced and what stopped is all that was made, times its yield', () => {
    const tonnes = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e6, noNaN: true }));
    const world = fc.array(
      fc.record({ made: tonnes, yield: tonnes, ore: fc.array(tonnes, { maxLength: 5 }) }),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(world, (makers) => {
        const staged = acrossStages(
          new Map(makers.map((m, k) => [String(k), m.made])),
          (k) => ({
            traced: new Map(makers[Number(k)]!.ore.map((t, j) => [`m${j}`, t])),
            unrecorded: new Map(),
          }),
          (k) => makers[Number(k)]!.yield,
        );
        const feed = makers.reduce((s, m) => s + m.made * m.yield, 0);
        let sum = 0;
        for (const t of [...staged.traced.values(), ...staged.stopped.values()]) sum += t;
        expect(Math.abs(sum - feed)).toBeLessThanOrEqual(1e-9 * feed);
        expect(Math.abs(staged.total - feed)).toBeLessThanOrEqual(1e-9 * feed);
      }),
    );
  });
});

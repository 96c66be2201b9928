import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { control, type Holding, hostControl } from '../../../src/analysis/flows/control.ts';

const holding = (
  country: string,
  owner_country: string | null,
  equity_share: number | null,
  output_t: number | null,
  extra: Partial<Holding> = {},
): Holding => ({
  asset: `${country} mine`,
  country,
  owner_country,
  equity_share,
  output_t,
  channel: 'equity',
  ...extra,
});

const supply = new Map([
  ['A', 0.5],
  ['B', 0.3],
  ['C', 0.2],
]);
const holdings = [
  holding('A', 'A', 1, 100),
  holding('B', 'A', 0.6, 80),
  holding('B', 'B', 0.4, 80),
  holding('C', 'C', 1, 100),
];

describe('control', () => {
  it('worked: A .5 + .3·.8·.6 = .644, B .3·(.8·.4 + .2) = .156 of which .06 unattributed, C .2; high for A .704', () => {
    const { owners, unknown } = control(supply, holdings, () => 100);
    expect(owners.map((o) => o.country)).toEqual(['A', 'C', 'B']);
    const by = Object.fromEntries(owners.map((o) => [o.country, o]));
    expect(by.A!.share).toBeCloseTo(0.644, 14);
    expect(by.A!.high).toBeCloseTo(0.704, 14);
    expect(by.B!.share).toBeCloseTo(0.156, 14);
    expect(by.B!.unattributed).toBeCloseTo(0.06, 14);
    expect(by.C!.share).toBeCloseTo(0.2, 14);
    expect(unknown).toBe(0);
  });

  it('equity that does not reach 1 belongs to unknown owners, not to the host', () => {
    const k = hostControl([holding('B', 'A', 0.3, 100)], 100);
    expect(k).toMatchObject({ unattributed: 0, unknown: 0.7 });
    const { owners, unknown } = control(new Map([['B', 1]]), [holding('B', 'A', 0.3, 100)], () => 100);
    expect(unknown).toBeCloseTo(0.7, 14);
    expect(owners).toMatchObject([{ country: 'A', share: 0.3, high: 1 }]);
  });

  it('an owner without a home is unknown too', () =>
    expect(hostControl([holding('B', null, 1, 100)], 100)).toMatchObject({ unknown: 1, unattributed: 0 }));

  it('assets that add up to more than national output are scaled to it', () => {
    const k = hostControl([holding('B', 'A', 1, 150), holding('B', 'B', 1, 50, { asset: 'other' })], 100);
    expect(Object.fromEntries(k.by)).toEqual({ A: 0.75, B: 0.25 });
    expect(k).toMatchObject({ scaled: true, assets_t: 200, unattributed: 0 });
  });

  it('assets without output count only in the range', () => {
    const { owners, hosts } = control(new Map([['B', 1]]), [holding('B', 'A', 1, null)], () => 100);
    expect(owners).toMatchObject([
      { country: 'B', share: 1, unattributed: 1 },
      { country: 'A', share: 0, low: 0, high: 1 },
    ]);
    expect(hosts.get('B')!.withoutOutput).toEqual(['B mine']);
  });

  it('where national output is unknown everything stays with the host, marked', () =>
    expect(control(new Map([['B', 1]]), [holding('B', 'A', 1, 9)], () => null).owners[0]).toMatchObject({
      country: 'B',
      share: 1,
      unattributed: 1,
    }));

  it('channels are never added: an operator is no owner', () => {
    const rows = [holding('B', 'B', 1, 100), holding('B', 'A', 1, 100, { channel: 'operator' })];
    const s = new Map([['B', 1]]);
    expect(control(s, rows, () => 100).owners.map((o) => o.country)).toEqual(['B']);
    expect(control(s, rows, () => 100, 'operator').owners.map((o) => o.country)).toEqual(['A']);
  });

  it('every share ends with an owner, unattributed at home, or unknown; ranges hold the share', () => {
    const hosts = ['A', 'B', 'C', 'D'];
    const anyHolding = fc.record({
      asset: fc.constantFrom('m1', 'm2', 'm3'),
      country: fc.constantFrom(...hosts),
      owner_country: fc.option(fc.constantFrom(...hosts)),
      equity_share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      output_t: fc.option(fc.double({ min: 0, max: 1000, noNaN: true })),
      channel: fc.constantFrom('equity', 'offtake'),
    });
    fc.assert(
      fc.property(
        fc.array(anyHolding, { maxLength: 12 }),
        fc.array(fc.option(fc.double({ min: 0, max: 500, noNaN: true })), { minLength: 4, maxLength: 4 }),
        (rows, outputs) => {
          const s = new Map(hosts.map((h) => [h, 0.25]));
          const result = control(s, rows, (h) => outputs[hosts.indexOf(h)]!);
          const sum = result.owners.reduce((t, o) => t + o.share, result.unknown);
          expect(sum).toBeCloseTo(1, 12);
          for (const o of result.owners) {
            expect(o.low).toBeLessThanOrEqual(o.share + 1e-12);
            expect(o.high).toBeGreaterThanOrEqual(o.share - 1e-12);
            expect(o.high).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});

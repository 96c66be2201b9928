import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../../src/analysis/shocks/baseline.ts';
import { simulate } from '../../../src/analysis/shocks/month-by-month.ts';
import { monthsModel } from '../../../src/analysis/shocks/months-model.ts';
import {
  type Assumptions,
  assume,
  type Shock,
  type ShockNetwork,
} from '../../../src/analysis/shocks/shock.ts';
import { lay } from '../../../src/analysis/shocks/strikes.ts';
import { anyNetwork, fiveCountries, networkOf } from './worlds.ts';

const share = fc.double({ min: 0.01, max: 1, noNaN: true });

/** Assumptions anywhere in their range. */
const anyAssumptions = (network: ShockNetwork) => {
  const n = network.countries.length;
  const perCountry = (max: number) =>
    fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max, noNaN: true })), {
      minLength: n,
      maxLength: n,
    });
  return fc
    .record({
      stock: perCountry(100),
      room: perCountry(1),
      demandElasticity: fc.double({ min: -1, max: -0.02, noNaN: true }),
      pipelineMonths: fc.integer({ min: 1, max: 4 }),
      spareDelayMonths: fc.integer({ min: 0, max: 6 }),
      spareRampMonths: fc.integer({ min: 0, max: 12 }),
      response: fc.double({ min: 0, max: 1, noNaN: true }),
      sharing: fc.double({ min: 0, max: 1, noNaN: true }),
      sharingMonths: fc.integer({ min: 0, max: 12 }),
      stockDraw: fc.double({ min: 0.05, max: 1, noNaN: true }),
    })
    .map(({ room, ...rest }) =>
      assume(network, {
        ...rest,
        months: 10,
        capacity: room.map((r, j) => network.production[j]! * (1 + r)),
      }),
    );
};

const anyShock = (network: ShockNetwork): fc.Arbitrary<Shock> => {
  const country = fc.constantFrom(...network.countries);
  const timed = { start: fc.integer({ min: 1, max: 5 }), months: fc.integer({ min: 1, max: 8 }) };
  const some = fc.uniqueArray(country, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    fc.record({ kind: fc.constant('production_loss' as const), country, severity: share, ...timed }),
    fc.record({
      kind: fc.constant('export_ban' as const),
      country,
      to: fc.option(some, { nil: undefined }),
      severity: share,
      ...timed,
    }),
    fc.record({ kind: fc.constant('export_quota' as const), country, share, ...timed }),
    fc.record({
      kind: fc.constant('licence_delay' as const),
      country,
      delay: fc.integer({ min: 1, max: 4 }),
      refused: share,
      ...timed,
    }),
    fc.record({
      kind: fc.constant('corridor_closed' as const),
      pairs: fc.array(fc.tuple(country, country), { minLength: 1, maxLength: 4 }),
      severity: share,
      ...timed,
    }),
    fc.record({
      kind: fc.constant('tariff' as const),
      country,
      rate: fc.double({ min: 0.01, max: 3, noNaN: true }),
      ...timed,
    }),
  );
};

const anyRun = anyNetwork.chain((network) =>
  fc.record({
    network: fc.constant(network),
    shocks: fc.array(anyShock(network), { minLength: 1, maxLength: 3 }),
    assumptions: anyAssumptions(network),
  }),
);

const run = (network: ShockNetwork, shocks: Shock[], a: Assumptions) => {
  const struck = lay(network, shocks, a.demandElasticity);
  return {
    struck,
    result: simulate(
      struck,
      struck.strikes.map((s) => s.share),
      a,
    ),
  };
};

const total = (xs: ArrayLike<number>) => Array.from(xs).reduce((a, b) => a + b, 0);

describe('month by month', () => {
  it('no shock, or one of severity 0, returns the baseline to the last bit', () => {
    fc.assert(
      fc.property(anyRun, ({ network, assumptions }) => {
        for (const shocks of [[], [{ kind: 'production_loss' as const, country: 'C0', severity: 0 }]]) {
          const { consumption } = baselineOf(network);
          const { rows } = monthsModel(network, shocks, assumptions);
          expect(rows).toHaveLength(network.countries.length * 10);
          rows.forEach((row, i) => {
            expect(row.baseline_t).toBe(consumption[Math.floor(i / 10)]! / 12);
            expect(row.supply_t).toBe(row.baseline_t);
            expect([row.shortfall_t, row.stock_used_t, row.price_ratio]).toEqual([0, 0, 1]);
          });
        }
      }),
    );
  });

  it('the stepping itself gives exactly 0 when a strike is laid with share 0', () => {
    fc.assert(
      fc.property(anyRun, ({ network, shocks, assumptions }) => {
        const struck = lay(network, shocks, assumptions.demandElasticity);
        const result = simulate(
          struck,
          struck.strikes.map(() => 0),
          assumptions,
        );
        for (const list of [result.gap, result.stockUsed, result.shortfall, result.lost, result.held])
          expect(list.every((x) => x === 0)).toBe(true);
        expect(result.price.every((r) => r === 1)).toBe(true);
      }),
    );
  });

  it('keeps every tonne: what users miss is output lost − spare capacity + goods held back − goods that were under way', () => {
    fc.assert(
      fc.property(anyRun, ({ network, shocks, assumptions }) => {
        const { struck, result } = run(network, shocks, assumptions);
        for (let t = 0; t < 10; t++) {
          const gap = total(result.gap.subarray(t * struck.n, (t + 1) * struck.n));
          expect(gap).toBeCloseTo(
            result.lost[t]! - result.spare[t]! + result.held[t]! - result.transit[t]!,
            6,
          );
        }
      }),
    );
  });

  it('nobody gets more than before or less than nothing; stocks are never overdrawn; shortfall = baseline − supply − stock used', () => {
    fc.assert(
      fc.property(anyRun, ({ network, shocks, assumptions }) => {
        const { rows } = monthsModel(network, shocks, assumptions);
        network.countries.forEach((country, j) => {
          const own = rows.filter((r) => r.country === country);
          for (const r of own) {
            expect(r.supply_t).toBeGreaterThanOrEqual(-1e-9);
            expect(r.supply_t).toBeLessThanOrEqual(r.baseline_t);
            expect(r.shortfall_t).toBeCloseTo(r.baseline_t - r.supply_t - r.stock_used_t, 9);
            if (r.price_ratio !== null) expect(r.price_ratio).toBeGreaterThanOrEqual(1);
          }
          expect(total(own.map((r) => r.stock_used_t))).toBeLessThanOrEqual(assumptions.stock[j]! + 1e-9);
        });
      }),
    );
  });

  it('a harsher loss of production never gives anyone more, in any month, nor lowers the price', () => {
    fc.assert(
      fc.property(
        anyRun,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ network, shocks, assumptions }, mild) => {
          const losses = shocks.filter((s) => s.kind === 'production_loss');
          if (losses.length === 0) return;
          const struck = lay(network, losses, assumptions.demandElasticity);
          const harsh = simulate(
            struck,
            struck.strikes.map((s) => s.share),
            assumptions,
          );
          const soft = simulate(
            struck,
            struck.strikes.map((s) => s.share * mild),
            assumptions,
          );
          for (let i = 0; i < harsh.gap.length; i++) {
            expect(harsh.gap[i]!).toBeGreaterThanOrEqual(soft.gap[i]! - 1e-7);
            expect(harsh.shortfall[i]!).toBeGreaterThanOrEqual(soft.shortfall[i]! - 1e-7);
          }
          harsh.price.forEach((r, t) => {
            expect(r).toBeGreaterThanOrEqual(soft.price[t]! * (1 - 1e-9));
          });
        },
      ),
    );
  });

  it('a harsher ban never gives the banned partner more', () => {
    fc.assert(
      fc.property(
        anyNetwork,
        share,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (network, severity, mild) => {
          const ban = (s: number): Shock[] => [
            { kind: 'export_ban', country: 'C0', to: ['C1'], severity: s },
          ];
          const a = assume(network);
          const harsh = run(network, ban(severity), a).result;
          const soft = run(network, ban(severity * mild), a).result;
          const n = network.countries.length;
          for (let t = 0; t < a.months; t++)
            expect(harsh.gap[t * n + 1]!).toBeGreaterThanOrEqual(soft.gap[t * n + 1]! - 1e-7);
        },
      ),
    );
  });

  it('a longer loss never gives anyone more', () => {
    fc.assert(
      fc.property(anyNetwork, share, fc.integer({ min: 1, max: 11 }), (network, severity, months) => {
        const stop = (m: number): Shock[] => [
          { kind: 'production_loss', country: 'C0', severity, months: m },
        ];
        const a = assume(network);
        const long = run(network, stop(months + 1), a).result;
        const short = run(network, stop(months), a).result;
        long.shortfall.forEach((x, i) => {
          expect(x).toBeGreaterThanOrEqual(short.shortfall[i]! - 1e-9);
        });
      }),
    );
  });

  it('a stop is felt one hop later each month: CD at once, CN and BE after one, GB and DE after two', () => {
    const quiet = assume(fiveCountries, { response: 0, sharing: 0, capacity: fiveCountries.production });
    const { rows } = monthsModel(
      fiveCountries,
      [{ kind: 'production_loss', country: 'CD', severity: 0.5 }],
      quiet,
    );
    const firstShort = (c: string) => rows.find((r) => r.country === c && r.shortfall_t > 0)?.month;
    expect(['CD', 'CN', 'BE', 'GB', 'DE'].map(firstShort)).toEqual([1, 2, 2, 3, 3]);
  });

  it('without response, spare, sharing or stocks a lasting stop costs each what its traced share says (second route: the inverse of the trade matrix)', () => {
    const quiet = assume(fiveCountries, {
      response: 0,
      sharing: 0,
      capacity: fiveCountries.production,
      months: 60,
    });
    const { rows } = monthsModel(
      fiveCountries,
      [{ kind: 'production_loss', country: 'CD', severity: 0.5 }],
      quiet,
    );
    const last = Object.fromEntries(
      rows.filter((r) => r.month === 60).map((r) => [r.country, r.shortfall_share!]),
    );
    // half of the traced share of CD in what each country consumes
    const traced = { CD: 1, CN: 0.7777777778, BE: 0.9241295778, GB: 0.8447138907, DE: 0.8702403744 };
    for (const [country, origin] of Object.entries(traced)) expect(last[country]).toBeCloseTo(origin / 2, 6);
  });

  it('a stockpile buys exactly the months it covers', () => {
    const pair = networkOf(
      ['A', 'B'],
      [120, 0],
      [
        [0, 120],
        [0, 0],
      ],
    );
    const a = assume(pair, { stock: [0, 35], capacity: pair.production });
    const { rows } = monthsModel(pair, [{ kind: 'production_loss', country: 'A', severity: 1 }], a);
    const b = rows.filter((r) => r.country === 'B');
    expect(b.slice(0, 6).map((r) => r.shortfall_t)).toEqual([0, 0, 0, 0, 5, 10]);
    expect(b.slice(0, 6).map((r) => r.stock_used_t)).toEqual([0, 10, 10, 10, 5, 0]);
  });

  it('a ban on one country makes no shortage elsewhere: what is held back serves the others', () => {
    const ban: Shock[] = [{ kind: 'export_ban', country: 'CN', to: ['GB'] }];
    const { rows } = monthsModel(fiveCountries, ban, assume(fiveCountries, { response: 0 }));
    const year = (c: string) => total(rows.filter((r) => r.country === c).map((r) => r.shortfall_t));
    expect(year('GB')).toBeGreaterThan(0);
    expect(year('CN')).toBeCloseTo(0, 9);
  });

  it('a licence delay of 3 months stops exports for 3 months, then they resume', () => {
    const pair = networkOf(
      ['A', 'B'],
      [120, 0],
      [
        [0, 120],
        [0, 0],
      ],
    );
    const { rows } = monthsModel(
      pair,
      [{ kind: 'licence_delay', country: 'A', delay: 3, refused: 0.2 }],
      assume(pair, { sharing: 0 }),
    );
    const b = rows.filter((r) => r.country === 'B').map((r) => Math.round(r.supply_t * 1e9) / 1e9);
    expect(b.slice(0, 6)).toEqual([10, 0, 0, 0, 8, 8]);
  });

  it('price is the one at which demand is what is delivered: half of world use lost at εd −0.5 quadruples it', () => {
    const one = networkOf(['A'], [120], [[0]]);
    const { rows } = monthsModel(
      one,
      [{ kind: 'production_loss', country: 'A', severity: 0.5 }],
      assume(one, { demandElasticity: -0.5 }),
    );
    expect(rows[0]!.price_ratio).toBeCloseTo(4, 9);
  });
});

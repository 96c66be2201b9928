import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../../src/analysis/shocks/baseline.ts';
import { clear, consumerLoss, marketModel, type Producer } from '../../../src/analysis/shocks/market.ts';
import { assume } from '../../../src/analysis/shocks/shock.ts';
import { anyNetwork, fiveCountries } from './worlds.ts';

const worked: Producer[] = [
  { output: 60, capacity: 66, lost: 0.5 },
  { output: 25, capacity: 30, lost: 0 },
  { output: 15, capacity: 18, lost: 0 },
];
const elasticities = { supplyElasticity: 0.3, demandElasticity: -0.2 };

const anyProducers = fc.array(
  fc.record({
    output: fc.double({ min: 1, max: 1000, noNaN: true }),
    room: fc.double({ min: 1, max: 2, noNaN: true }),
    lost: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 0.99, noNaN: true })),
  }),
  { minLength: 1, maxLength: 8 },
);
const producersOf = (raw: { output: number; room: number; lost: number }[]): Producer[] =>
  raw.map(({ output, room, lost }) => ({ output, capacity: output * room, lost }));
const anyElasticities = fc.record({
  supplyElasticity: fc.double({ min: 0, max: 2, noNaN: true }),
  demandElasticity: fc.double({ min: -2, max: -0.05, noNaN: true }),
});

/** Second route: plain bisection of supply − demand in ln r. */
function bisected(producers: Producer[], es: number, ed: number): number {
  const d0 = producers.reduce((a, p) => a + p.output, 0);
  const excess = (x: number) =>
    producers.reduce(
      (a, p) =>
        a + (p.lost > 0 ? p.output * (1 - p.lost) : Math.min(p.capacity, p.output * Math.exp(es * x))),
      -d0 * Math.exp(ed * x),
    );
  let low = 0;
  let high = 700;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  return Math.exp(low);
}

describe('clear', () => {
  it('60/25/15 t, the first loses half, εs 0.3, εd −0.2, capacities 30 and 18: r = 3.4636, Q = 78 (the linear rule says 1.73)', () => {
    const { priceRatio, quantity, outputs } = clear(worked, elasticities);
    expect(priceRatio).toBeCloseTo(3.463594063051756, 10);
    expect(quantity).toBeCloseTo(78, 10);
    expect([...outputs]).toEqual([30, 30, 18]);
  });

  it('loss to users in the same case: 212.70 P0·t', () => {
    expect(consumerLoss(100, clear(worked, elasticities).priceRatio!, -0.2)).toBeCloseTo(
      212.7004211477421,
      8,
    );
  });

  it('without limits on capacity the closed form holds: r = (D0/S)^(1/(εs − εd)) for one free producer', () => {
    const { priceRatio } = clear(
      [
        { output: 50, capacity: 50, lost: 1 },
        { output: 50, capacity: 1e9, lost: 0 },
      ],
      { supplyElasticity: 0.5, demandElasticity: -0.25 },
    );
    expect(priceRatio).toBeCloseTo(2 ** (1 / 0.75), 10);
  });

  it('agrees with bisection, and supply meets demand', () => {
    fc.assert(
      fc.property(anyProducers, anyElasticities, (raw, e) => {
        const producers = producersOf(raw);
        const { priceRatio, outputs, quantity } = clear(producers, e);
        const other = bisected(producers, e.supplyElasticity, e.demandElasticity);
        if (priceRatio === null || !Number.isFinite(other)) return;
        expect(Math.log(priceRatio)).toBeCloseTo(Math.log(other), 7);
        const offered = outputs.reduce((a, b) => a + b, 0);
        expect(offered / quantity).toBeCloseTo(1, 9);
      }),
    );
  });

  it('a larger loss never lowers the price or raises what is sold', () => {
    fc.assert(
      fc.property(anyProducers, anyElasticities, fc.double({ min: 0.01, max: 0.5 }), (raw, e, lost) => {
        const [first, ...others] = producersOf(raw);
        const mild = clear([{ ...first!, lost }, ...others], e);
        const harsh = clear([{ ...first!, lost: lost * 1.9 }, ...others], e);
        expect(harsh.priceRatio ?? Number.MAX_VALUE).toBeGreaterThanOrEqual(mild.priceRatio! * (1 - 1e-12));
        expect(harsh.quantity).toBeLessThanOrEqual(mild.quantity * (1 + 1e-12));
      }),
    );
  });

  it('is exactly 1 where nobody is stopped', () => {
    expect(
      clear(
        worked.map((p) => ({ ...p, lost: 0 })),
        elasticities,
      ).priceRatio,
    ).toBe(1);
  });

  it('has no price where no production is left', () => {
    const { priceRatio, quantity } = clear([{ output: 60, capacity: 66, lost: 1 }], elasticities);
    expect(priceRatio).toBeNull();
    expect(quantity).toBe(0);
  });

  it('has no price where users do not respond and capacity is short', () => {
    expect(clear(worked, { supplyElasticity: 0.3, demandElasticity: 0 }).priceRatio).toBeNull();
  });

  it('finds the price where users do not respond but capacity suffices', () => {
    const roomy = [
      { output: 10, capacity: 10, lost: 0.5 },
      { output: 90, capacity: 200, lost: 0 },
    ];
    expect(clear(roomy, { supplyElasticity: 0.5, demandElasticity: 0 }).priceRatio).toBeCloseTo(
      (95 / 90) ** 2,
      10,
    );
  });
});

describe('consumerLoss', () => {
  it('is the area under the demand curve (Simpson’s rule)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 20, noNaN: true }),
        fc.oneof(fc.constant(-1), fc.double({ min: -2, max: -0.01, noNaN: true })),
        (r, e) => {
          const steps = 2000;
          const h = (r - 1) / steps;
          let area = 0;
          for (let i = 0; i <= steps; i++)
            area += (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2) * (1 + i * h) ** e;
          expect(consumerLoss(100, r, e)).toBeCloseTo((100 * area * h) / 3, 4);
        },
      ),
    );
  });
});

describe('marketModel', () => {
  it('cuts every user alike: supply = baseline·r^εd, and says what producers make and users lose', () => {
    const shocks = [{ kind: 'production_loss' as const, country: 'CD', severity: 0.5 }];
    const { rows } = marketModel(fiveCountries, shocks, assume(fiveCountries, { priceUsdPerT: 1000 }));
    const world = rows.at(-1)!;
    expect(world.country).toBe('WLD');
    expect(world.baseline_t).toBe(120);
    const r = world.price_ratio!;
    for (const row of rows) {
      expect(row.price_ratio).toBe(r);
      expect(row.supply_t).toBeCloseTo(row.baseline_t * r ** -0.2, 9);
    }
    expect(rows[0]!.output_t).toBe(50);
    expect(rows[1]!.output_t).toBeCloseTo(22, 9);
    expect(world.supply_t).toBeCloseTo(72, 9);
    expect(world.consumer_loss_usd).toBeCloseTo(1000 * consumerLoss(120, r, -0.2), 3);
  });

  it('a zero shock returns the baseline to the last bit', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const zero = [{ kind: 'production_loss' as const, country: 'C0', severity: 0 }];
        const { rows } = marketModel(network, zero, assume(network));
        const { consumption } = baselineOf(network);
        rows.forEach((row, j) => {
          expect(row.price_ratio).toBe(1);
          expect(row.shortfall_t).toBe(0);
          if (row.country !== 'WLD') expect(row.supply_t).toBe(consumption[j]);
          if (row.output_t !== undefined) expect(row.output_t).toBe(row.output_baseline_t);
        });
      }),
    );
  });

  it('gives no price ratio where all output is lost', () => {
    const shocks = ['CD', 'CN'].map((country) => ({
      kind: 'production_loss' as const,
      country,
      severity: 1,
    }));
    const { rows, notes } = marketModel(fiveCountries, shocks, assume(fiveCountries));
    expect(rows.every((row) => row.price_ratio === null && row.supply_t === 0)).toBe(true);
    expect(notes.map((n) => n.code)).toContain('no_price');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alongChain, type Feed, type Origins, type StepBack } from '../../../src/analysis/flows/stages.ts';

const mines = ['X', 'Y', 'Z'];
const ore: Record<string, number[]> = { A: [0.1, 0.8, 0.1], B: [0, 0.3, 0.7], C: [1, 0, 0] };
const oreOf = (k: string): Feed => ({
  traced: new Map(mines.map((m, j) => [m, ore[k]![j]! * 1000])),
  unrecorded: new Map([['X', ore[k]![0]! * 500]]),
  seen: null,
});
const only = (traced: Record<string, number>): Origins => ({
  traced: new Map(Object.entries(traced)),
  unrecorded: new Map(),
});
const made = only({ A: 0.55, B: 0.25, C: 0.2 });
const back = (
  feedOf: StepBack['feedOf'],
  tonnesPerTonne: StepBack['tonnesPerTonne'] = () => 1,
  stage = 'mine',
) => ({ stage, feedOf, tonnesPerTonne });
const shares = (yields: Record<string, number>) => {
  const chain = alongChain(made, [back(oreOf, (k) => yields[k]!)]);
  return mines.map((m) => chain.traced.get(m)! / chain.total);
};

describe('one step back', () => {
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
    expect(alongChain(made, [back(oreOf)]).unrecorded.get('X')).toBeCloseTo(0.255 / 2, 14);
  });
  it('stops at a maker whose own supply is not known, and does not spread its part', () => {
    const chain = alongChain(made, [
      back(
        (k) => (k === 'C' ? null : oreOf(k)),
        () => 2,
      ),
    ]);
    expect(chain.stops).toEqual([{ country: 'C', before: 'mine', traced: 0.4 }]);
    expect(chain.traced.get('C')).toBeCloseTo(0.4, 14);
    expect(chain.open.get('C')).toBeCloseTo(0.4, 14);
    expect(chain.total).toBeCloseTo(2, 14);
    expect(chain.traced.get('X')! / chain.total).toBeCloseTo(0.055, 14);
    expect(chain.paths.filter((p) => !p.followed)).toMatchObject([{ origin: 'C', maker: 'C', traced: 0.4 }]);
  });
  it('a maker that consumed nothing at the earlier stage is unknown too', () => {
    const nothing: Feed = { traced: new Map([['X', 0]]), unrecorded: new Map(), seen: null };
    expect(alongChain(made, [back(() => nothing)]).stops).toHaveLength(3);
  });
  it('of a feed of which a tenth is seen, a tenth is followed, or all of it with the rest open', () => {
    const thin = [back((k) => ({ ...oreOf(k), unrecorded: new Map(), seen: k === 'A' ? 0.1 : 1 }))];
    const kept = alongChain(made, thin, true);
    expect(kept.stops).toEqual([{ country: 'A', before: 'mine', traced: expect.closeTo(0.495, 14) }]);
    expect(kept.traced.get('Y')).toBeCloseTo(0.055 * 0.8 + 0.25 * 0.3, 14);
    expect(kept.open.has('Y')).toBe(false);
    const spread = alongChain(made, thin, false);
    expect(spread.stops).toEqual([]);
    expect(spread.traced.get('Y')).toBeCloseTo(0.515, 14);
    expect(spread.open.get('Y')).toBeCloseTo(0.9 * 0.55 * 0.8, 14);
  });
});

/** one number of 0…1 after another, from a seed */
function numbers(seed: number) {
  let state = seed;
  return () => {
    state = (1103515245 * (state % 65536) + 12345 + state * 7) % 2147483648;
    return state / 2147483648;
  };
}

/** A chain of stages over n countries as plain matrices: of[s][k][j] from j into k, y[s][k]; made[k]. */
function chainOfMatrices(n: number, stages: number, next: () => number) {
  const row = () => Array.from({ length: n }, () => (next() < 0.4 ? 0 : next() * 100));
  return {
    made: Array.from({ length: n }, () => next() * 50),
    of: Array.from({ length: stages }, () => Array.from({ length: n }, row)),
    y: Array.from({ length: stages }, () => Array.from({ length: n }, () => 0.5 + next())),
  };
}
const name = (k: number) => String.fromCharCode(65 + k);
const steps = ({ of, y }: ReturnType<typeof chainOfMatrices>, label = name): StepBack[] =>
  of.map((matrix, s) => {
    const at = new Map(matrix.map((_, k) => [label(k), k]));
    return {
      stage: `stage ${s}`,
      feedOf: (k) => ({
        traced: new Map(matrix[at.get(k)!]!.map((t, j) => [label(j), t])),
        unrecorded: new Map(),
        seen: null,
      }),
      tonnesPerTonne: (k) => y[s]![at.get(k)!]!,
    };
  });
const supply = ({ made: t }: { made: number[] }, label = name): Origins => ({
  traced: new Map(t.map((v, k) => [label(k), v])),
  unrecorded: new Map(),
});

describe('a chain of several steps', () => {
  const world = chainOfMatrices(5, 3, numbers(7));

  it('worked by hand: product from two refiners, metal from one compound maker, ore from two mines', () => {
    // 30 t made in P, 10 t in Q; 2 t of metal a tonne; P buys 3 : 1 from R and S, Q all from S; 1 t of compound a tonne
    // in R, 1.5 t in S; R makes it all from mine X, S half from X and half from Y
    const chain = alongChain(only({ P: 30, Q: 10 }), [
      back(
        (k) => ({ ...only(k === 'P' ? { R: 3, S: 1 } : { S: 5 }), seen: 1 }),
        () => 2,
        'refine',
      ),
      back(
        (k) => ({ ...only(k === 'R' ? { X: 9 } : { X: 4, Y: 4 }), seen: 1 }),
        (k) => (k === 'R' ? 1 : 1.5),
      ),
    ]);
    // metal: R 45 t, S 15 + 20 t; ore: X 45 + 26.25 t, Y 26.25 t
    expect(chain.traced).toEqual(
      new Map([
        ['X', 71.25],
        ['Y', 26.25],
      ]),
    );
    expect(chain.total).toBe(97.5);
    expect(chain.feeds).toEqual([
      { stage: 'refine', maker: 'P', tonnes: 60 },
      { stage: 'mine', maker: 'R', tonnes: 45 },
      { stage: 'mine', maker: 'S', tonnes: 52.5 },
      { stage: 'refine', maker: 'Q', tonnes: 20 },
    ]);
    const way = Object.fromEntries(chain.paths.map((p) => [`${p.origin} ${p.maker}`, p.traced]));
    expect(way).toEqual({ 'X P': 45 + 11.25, 'Y P': 11.25, 'X Q': 15, 'Y Q': 15 });
  });

  it('is the sum over every sequence of countries, written out', () => {
    const chain = alongChain(supply(world), steps(world));
    const total = (r: number[]) => r.reduce((a, b) => a + b, 0);
    const expected = new Array<number>(5).fill(0);
    for (let k = 0; k < 5; k++)
      for (let l = 0; l < 5; l++)
        for (let m = 0; m < 5; m++)
          for (let j = 0; j < 5; j++) {
            let t = world.made[k]!;
            for (const [s, [to, from]] of [
              [k, l],
              [l, m],
              [m, j],
            ].entries())
              t *= (world.y[s]![to!]! * world.of[s]![to!]![from!]!) / total(world.of[s]![to!]!);
            expected[j]! += t;
          }
    expected.forEach((t, j) => {
      expect(chain.traced.get(name(j))! / t).toBeCloseTo(1, 12);
    });
  });

  it('is what lots drawn one by one along the chain come to', () => {
    const chain = alongChain(supply(world), steps(world));
    const next = numbers(20240229);
    const drawn = new Map<string, number>();
    const pick = (weights: readonly number[]) => {
      let left = next() * weights.reduce((a, b) => a + b, 0);
      return weights.findIndex((w) => {
        left -= w;
        return left < 0;
      });
    };
    let all = 0;
    for (let lot = 0; lot < 60_000; lot++) {
      let at = pick(world.made);
      let weight = 1;
      for (let s = 0; s < 3; s++) {
        weight *= world.y[s]![at]!;
        at = pick(world.of[s]![at]!);
      }
      drawn.set(name(at), (drawn.get(name(at)) ?? 0) + weight);
      all += weight;
    }
    for (const [c, t] of chain.traced)
      expect(Math.abs(drawn.get(c)! / all - t / chain.total)).toBeLessThan(0.01);
  });

  it('two steps are one step on the product of the two matrices', () => {
    const two = chainOfMatrices(4, 2, numbers(3));
    const [first, second] = steps(two);
    const merged: StepBack = {
      stage: 'both',
      tonnesPerTonne: (k) => alongChain(only({ [k]: 1 }), [first!, second!]).total,
      feedOf: (k) => ({ ...alongChain(only({ [k]: 1 }), [first!, second!]), seen: 1 }),
    };
    const [a, b] = [alongChain(supply(two), [first!, second!]), alongChain(supply(two), [merged])];
    for (const [c, t] of a.traced) expect(b.traced.get(c)! / t).toBeCloseTo(1, 12);
    expect(b.total / a.total).toBeCloseTo(1, 12);
  });

  it('permuting the countries permutes the answer', () => {
    const order = [3, 0, 4, 1, 2];
    const permuted = {
      made: order.map((k) => world.made[k]!),
      of: world.of.map((m) => order.map((k) => order.map((j) => m[k]![j]!))),
      y: world.y.map((v) => order.map((k) => v[k]!)),
    };
    const label = (k: number) => name(order[k]!);
    const [a, b] = [
      alongChain(supply(world), steps(world)),
      alongChain(supply(permuted, label), steps(permuted, label)),
    ];
    for (const [c, t] of a.traced) expect(b.traced.get(c)! / t).toBeCloseTo(1, 12);
  });

  it('stops half way at the country and stage where nothing is known, at that country’s own yields', () => {
    const [first, second, third] = steps(world);
    const cut = { ...second!, feedOf: (k: string) => (k === 'C' ? null : second!.feedOf(k)) };
    const chain = alongChain(supply(world), [first!, cut, third!]);
    const into = chain.feeds.find((f) => f.stage === 'stage 1' && f.maker === 'C')!.tonnes;
    expect(chain.stops).toEqual([
      { country: 'C', before: 'stage 1', traced: expect.closeTo(into * world.y[2]![2]!, 10) },
    ]);
  });

  it('all that is born, stopped and unseen is all that was made, at any cuts and yields; open never exceeds it', () => {
    const tonnes = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e6, noNaN: true }));
    const one = fc.double({ min: 0, max: 1, noNaN: true });
    const maker = fc.record({
      feed: fc.option(fc.array(fc.tuple(tonnes, one), { minLength: 4, maxLength: 4 })),
      y: fc.double({ min: 0.1, max: 10, noNaN: true }),
      seen: fc.option(one),
    });
    const stage = fc.array(maker, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(tonnes, { minLength: 4, maxLength: 4 }),
        fc.array(stage, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (t, stages, keep) => {
          const at = (k: string) => k.charCodeAt(0) - 65;
          const chain = alongChain(
            supply({ made: t }),
            stages.map((makers, s) => ({
              stage: String(s),
              feedOf: (k) => {
                const { feed, seen } = makers[at(k)]!;
                return (
                  feed && {
                    traced: new Map(feed.map(([v], j) => [name(j), v])),
                    unrecorded: new Map(feed.map(([v, u], j) => [name(j), v * u])),
                    seen,
                  }
                );
              },
              // one yield per stage: then every tonne made stands for the same at the earliest
              tonnesPerTonne: () => makers[0]!.y,
            })),
            keep,
          );
          const whole = stages.reduce((p, m) => p * m[0]!.y, 1) * t.reduce((a, b) => a + b, 0);
          const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
          const near = (a: number) => expect(Math.abs(a - whole)).toBeLessThanOrEqual(1e-9 * whole);
          near(chain.total);
          near(sum(chain.traced.values()));
          near(sum(chain.paths.map((p) => p.traced)));
          for (const part of [chain.open, chain.unrecorded])
            for (const [c, v] of part) expect(v).toBeLessThanOrEqual(chain.traced.get(c)! * (1 + 1e-9));
          for (const { country, traced } of chain.stops)
            expect(chain.open.get(country)!).toBeGreaterThanOrEqual(traced * (1 - 1e-9));
        },
      ),
    );
  });
});

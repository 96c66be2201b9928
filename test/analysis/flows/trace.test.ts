import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowMatrix } from '../../../src/analysis/flows/flow-matrix.ts';
import {
  balanced,
  type Method,
  type NamedFlow,
  namedNetwork,
  worldUnrecordedShare,
} from '../../../src/analysis/flows/network.ts';
import { traceAll, traceTo } from '../../../src/analysis/flows/trace.ts';
import { consumptionByOrigin } from './leontief.ts';

const flows = (matrix: Record<string, Record<string, number>>): NamedFlow[] =>
  Object.entries(matrix).flatMap(([exporter, row]) =>
    Object.entries(row).map(([importer, amount]) => ({ exporter, importer, amount })),
  );
const sharesOf = (consumer: string, network: ReturnType<typeof namedNetwork>) => {
  const trace = traceTo(network, [network.positionOf.get(consumer)!]);
  return Object.fromEntries(
    network.countries.flatMap((c, j) =>
      trace.traced[j]! > 0 ? [[c, trace.traced[j]! / trace.consumption]] : [],
    ),
  );
};

/** Cobalt-like case worked through with numpy: the ore country, a refiner, a hub and two users. */
const five = flows({
  COD: { CHN: 70, BEL: 20 },
  CHN: { BEL: 10, GBR: 15, DEU: 5 },
  BEL: { GBR: 12, DEU: 10 },
  GBR: { DEU: 3 },
  DEU: { BEL: 1, GBR: 2 },
});
const output = new Map([
  ['COD', 100],
  ['CHN', 20],
]);

describe('trace of the worked five-country case', () => {
  it('gross: 84.47 % of what GB uses was mined in CD, 15.53 % in CN, though GB buys nothing from CD', () => {
    const s = sharesOf('GBR', namedNetwork(five, output));
    expect(s.COD).toBeCloseTo(0.8447138906615614, 13);
    expect(s.CHN).toBeCloseTo(0.1552861093384386, 13);
    expect(Object.keys(s)).toEqual(['CHN', 'COD']);
  });
  it('pairwise net: 84.36 % and 15.64 %', () => {
    const s = sharesOf('GBR', namedNetwork(five, output, 'net'));
    expect(s.COD).toBeCloseTo(0.8436213991769547, 13);
    expect(s.CHN).toBeCloseTo(0.15637860082304525, 13);
  });
  it('has the worked throughput and consumption under both methods', () => {
    const [gross, net] = (['gross', 'net'] as Method[]).map((m) => namedNetwork(five, output, m));
    const by = (a: Float64Array) => Object.fromEntries(gross!.countries.map((c, j) => [c, a[j]]));
    expect(by(gross!.throughput)).toEqual({ COD: 100, CHN: 90, BEL: 31, GBR: 29, DEU: 18 });
    expect(by(net!.throughput)).toEqual({ COD: 100, CHN: 90, BEL: 30, GBR: 27, DEU: 15 });
    for (const n of [gross!, net!])
      expect(by(n.consumption)).toEqual({ COD: 10, CHN: 60, BEL: 9, GBR: 26, DEU: 15 });
  });
  it('of a bloc is the sum of its members', () => {
    const network = namedNetwork(five, output);
    const at = (c: string) => network.positionOf.get(c)!;
    const both = traceTo(network, [at('BEL'), at('DEU')]);
    const [bel, deu] = ['BEL', 'DEU'].map((c) => traceTo(network, [at(c)]));
    expect(both.consumption).toBe(24);
    both.traced.forEach((t, j) => {
      expect(t).toBeCloseTo(bel!.traced[j]! + deu!.traced[j]!, 12);
    });
  });
});

describe('unrecorded supply', () => {
  it('worked case: a hub with 30 t in and 45 t out has 15 t unrecorded, a third of what the user uses', () => {
    const network = namedNetwork(flows({ P: { HUB: 30 }, HUB: { USER: 45 } }), new Map([['P', 50]]));
    const trace = traceTo(network, [network.positionOf.get('USER')!]);
    const by = (a: Float64Array) => Object.fromEntries(network.countries.map((c, j) => [c, a[j]]));
    expect(by(trace.traced)).toEqual({ P: 30, HUB: 15, USER: 0 });
    expect(by(trace.unrecorded)).toEqual({ P: 0, HUB: 15, USER: 0 });
    expect(by(network.consumption)).toEqual({ P: 20, HUB: 0, USER: 45 });
    expect(worldUnrecordedShare(network)).toBe(0.3);
  });
  it('is null over the world where no output is reported', () =>
    expect(worldUnrecordedShare(namedNetwork(flows({ A: { B: 1 } }), new Map()))).toBeNull());
  it('splits a country that both reports output and ships more than it has', () => {
    const network = namedNetwork(flows({ A: { B: 40 } }), new Map([['A', 10]]));
    const trace = traceTo(network, [network.positionOf.get('B')!]);
    expect([trace.traced[0], trace.unrecorded[0]]).toEqual([40, 30]);
  });
});

describe('re-export loops', () => {
  it.each([0.9, 0.9999, 0.99999999])('is exact for two hubs that swap %f of what they have', (strength) => {
    // A has 1 t; A ships `pass` to B, B ships `back` to A, B keeps the rest: all ends in B, born in A
    const back = strength / (1 - strength);
    const network = namedNetwork(flows({ A: { B: 1 + back }, B: { A: back, C: 0.25 } }), new Map([['A', 1]]));
    const b = traceTo(network, [network.positionOf.get('B')!]);
    expect(b.traced[0]! / b.consumption).toBeCloseTo(1, 12);
    const c = traceTo(network, [network.positionOf.get('C')!]);
    expect(c.traced[0]).toBeCloseTo(0.25, 12);
    expect(c.residual).toBeLessThanOrEqual(1e-12);
    if (strength > 0.99) expect(c.solver).toBe('elimination');
  });

  it('two sources feeding one strong loop keep their proportions (closed form)', () => {
    // A 3 t and B 1 t enter hub H, H and K swap 1e6 t, K ships 4 t on to U: U has 3/4 from A
    const network = namedNetwork(
      flows({ A: { H: 3 }, B: { H: 1 }, H: { K: 1e6 + 4 }, K: { H: 1e6, U: 4 } }),
      new Map([
        ['A', 3],
        ['B', 1],
      ]),
    );
    const s = sharesOf('U', network);
    expect(s.A).toBeCloseTo(0.75, 9);
    expect(s.B).toBeCloseTo(0.25, 9);
  });

  it('a closed loop without source or use is named and left out, the rest is unharmed', () => {
    const network = namedNetwork(
      flows({ X: { Y: 5 }, Y: { Z: 5 }, Z: { X: 5 }, A: { B: 2 } }),
      new Map([['A', 3]]),
    );
    for (const trace of [traceTo(network, [network.positionOf.get('B')!]), traceAll(network)])
      expect(trace.closedLoops.map((l) => l.map((j) => network.countries[j]).sort())).toEqual([
        ['X', 'Y', 'Z'],
      ]);
    expect(sharesOf('B', network)).toEqual({ A: 1 });
    expect(traceTo(network, [network.positionOf.get('X')!])).toMatchObject({ consumption: 0, residual: 0 });
  });

  it('an open loop is not taken for a closed one', () => {
    const network = namedNetwork(flows({ X: { Y: 5 }, Y: { X: 4, Z: 1 } }), new Map([['X', 1]]));
    expect(traceAll(network).closedLoops).toEqual([]);
    expect(sharesOf('Z', network).X).toBeCloseTo(1, 13);
  });

  it('tenths that do not add up in binary leave no ghost supply', () => {
    const network = namedNetwork(
      flows({ A: { H: 0.1 }, B: { H: 0.2 }, H: { U: 0.3 } }),
      new Map([
        ['A', 0.1],
        ['B', 0.2],
      ]),
    );
    const h = network.positionOf.get('H')!;
    expect([network.unrecorded[h], network.consumption[h]]).toEqual([0, 0]);
  });
});

describe('trace of any network', () => {
  const worlds = fc.integer({ min: 2, max: 14 }).chain((n) =>
    fc.record({
      n: fc.constant(n),
      production: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1000, noNaN: true })), {
        minLength: n,
        maxLength: n,
      }),
      edges: fc.array(
        fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.double({ min: 0.01, max: 1000, noNaN: true })),
        { maxLength: 4 * n },
      ),
    }),
  );
  const networkOf = (
    w: { n: number; production: number[]; edges: [number, number, number][] },
    method: Method,
  ) =>
    balanced(
      flowMatrix(w.n, ...([0, 1, 2].map((k) => w.edges.map((e) => e[k]!)) as [number[], number[], number[]])),
      Float64Array.from(w.production),
      method,
    );

  it('balances, stays at or above 0, and agrees for one and for all consumers', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom<Method>('gross', 'net'), (w, method) => {
        const network = networkOf(w, method);
        const all = traceAll(network);
        expect(all.identityError).toBeLessThan(1e-8);
        // what iteration may leave without an origin (1e-14 of consumption), and the rounding of the largest flows
        const left = 1e-14 * Math.max(...network.throughput);
        for (let i = 0; i < w.n; i++) {
          const one = traceTo(network, [i]);
          expect(one.residual).toBeLessThanOrEqual(1e-12);
          for (let j = 0; j < w.n; j++) {
            const t = all.traced[i * w.n + j]!;
            expect(one.traced[j]).toBeGreaterThanOrEqual(0);
            expect(Math.abs(one.traced[j]! - t)).toBeLessThanOrEqual(1e-9 * t + left);
            expect(one.unrecorded[j]!).toBeLessThanOrEqual(one.traced[j]! * (1 + 1e-12));
          }
          // one of many: the same equations on factors kept with the network, none by sweeps
          const ofMany = traceTo(network, [i], true);
          expect(ofMany.sweeps).toBe(0);
          expect(ofMany.traced).toEqual(all.traced.slice(i * w.n, (i + 1) * w.n));
        }
      }),
    );
  });

  it('solves directly where sweeps account for all but a trickle of a large flow', () => {
    const w = {
      n: 5,
      production: [437.50420231926813, 0.018187504723935283, 92.67610091197255, 0, 0],
      edges: [
        [0, 2, 0.01],
        [1, 0, 1.8302514553785196],
        [2, 1, 0.03502122840284641],
        [1, 0, 3.4235219603872076],
      ] as [number, number, number][],
    };
    const network = networkOf(w, 'gross');
    for (let i = 0; i < w.n; i++) expect(traceTo(network, [i]).residual).toBeLessThanOrEqual(1e-12);
  });

  it('equals the Leontief inverse of the paper solved by pivoted LU (second route)', () => {
    fc.assert(
      fc.property(worlds, (w) => {
        // a little use everywhere keeps I − A away from singular, where plain LU can be trusted
        const production = w.production.map((p) => p + 50);
        const network = networkOf({ ...w, production }, 'gross');
        const expected = consumptionByOrigin(network.flows, production);
        const found = traceAll(network).traced;
        let scale = 0;
        for (const x of network.throughput) scale = Math.max(scale, x);
        for (let k = 0; k < found.length; k++)
          expect(Math.abs(found[k]! - expected[k]!)).toBeLessThanOrEqual(1e-9 * scale);
      }),
    );
  });

  it('does not change shares when everything is measured in another unit', () => {
    fc.assert(
      fc.property(worlds, (w) => {
        const a = traceAll(networkOf(w, 'gross')).traced;
        const scaled = {
          ...w,
          production: w.production.map((p) => p * 1024),
          edges: w.edges.map(([j, k, z]) => [j, k, z * 1024] as [number, number, number]),
        };
        const b = traceAll(networkOf(scaled, 'gross')).traced;
        for (let k = 0; k < a.length; k++) expect(b[k]).toBe(a[k]! * 1024);
      }),
    );
  });

  it('netting leaves consumption and unrecorded supply as they are', () => {
    fc.assert(
      fc.property(worlds, (w) => {
        const [gross, net] = (['gross', 'net'] as Method[]).map((m) => networkOf(w, m));
        for (let j = 0; j < w.n; j++) {
          const size = 1e-11 * gross!.throughput[j]!;
          expect(Math.abs(net!.consumption[j]! - gross!.consumption[j]!)).toBeLessThanOrEqual(size);
          expect(Math.abs(net!.unrecorded[j]! - gross!.unrecorded[j]!)).toBeLessThanOrEqual(size);
        }
      }),
    );
  });
});

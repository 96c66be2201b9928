import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rerouted } from '../../../src/analysis/sourcing/rerouted.ts';

const countries = ['GBR', 'CHN', 'AUS', 'CHL'];
const network = (flows: readonly (readonly [number, number, number])[]) => ({
  countries,
  production: [0, 100, 100, 0],
  from: flows.map((f) => f[0]),
  to: flows.map((f) => f[1]),
  flow: flows.map((f) => f[2]),
});
type Network = ReturnType<typeof rerouted>;
const sum = (n: Network, keep: (from: string, to: string) => boolean) => {
  let total = 0;
  for (let e = 0; e < n.flow.length; e++)
    if (keep(n.countries[n.from[e]!]!, n.countries[n.to[e]!]!)) total += n.flow[e]!;
  return total;
};

describe('trade rerouted to another mix', () => {
  it('80 : 20 becomes 50 : 50, and each seller sells to the others what the consumer leaves', () => {
    const before = network([
      [1, 0, 80],
      [2, 0, 20],
      [1, 3, 10],
      [2, 3, 60],
    ]);
    const after = rerouted(
      before,
      new Set(['GBR']),
      new Map([
        ['CHN', 1],
        ['AUS', 1],
      ]),
    );
    const flow = (a: string, b: string) => sum(after, (from, to) => from === a && to === b);
    expect(flow('CHN', 'GBR')).toBeCloseTo(50, 9);
    expect(flow('AUS', 'GBR')).toBeCloseTo(50, 9);
    expect(flow('CHN', 'CHL')).toBeCloseTo(40, 9);
    expect(flow('AUS', 'CHL')).toBeCloseTo(30, 9);
  });

  it('spreads what a seller cannot ship over the rest of the mix', () => {
    const before = network([
      [1, 0, 80],
      [2, 0, 20],
      [1, 3, 100],
    ]);
    const after = rerouted(
      before,
      new Set(['GBR']),
      new Map([
        ['CHN', 1],
        ['AUS', 3],
      ]),
    );
    expect(sum(after, (from, to) => from === 'AUS' && to === 'GBR')).toBeCloseTo(20, 9);
    expect(sum(after, (from, to) => from === 'CHN' && to === 'GBR')).toBeCloseTo(80, 9);
  });

  it('keeps the consumer’s imports; the same mix changes nothing', () => {
    const t = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(t, t, t, t, t, t, (a, b, c, d, x, y) => {
        const before = network([
          [1, 0, a],
          [2, 0, b],
          [1, 3, c],
          [2, 3, d],
        ]);
        const into = (n: Network) => sum(n, (_, to) => to === 'GBR');
        const other = rerouted(
          before,
          new Set(['GBR']),
          new Map([
            ['CHN', x],
            ['AUS', y],
          ]),
        );
        expect(into(other)).toBeCloseTo(into(before as never), 6);
        const same = rerouted(
          before,
          new Set(['GBR']),
          new Map([
            ['CHN', a],
            ['AUS', b],
          ]),
        );
        expect(sum(same, (from, to) => from === 'CHN' && to === 'CHL')).toBeCloseTo(c, 6);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveModels } from '../../src/solver/highs.ts';
import { unitsOf } from '../../src/solver/scaling.ts';
import type { LinearModel } from '../../src/store/world.ts';

const column = (name: string, cost: number, upper: number, integer = false) => ({
  name,
  cost,
  lower: 0,
  upper,
  ...(integer && { integer }),
});
const row = (name: string, lower: number, upper: number, terms: readonly (readonly [number, number])[]) => ({
  name,
  lower,
  upper,
  terms,
});

/** min 2x + 3y, x + y = 10, x ≤ 4 as a row */
const small: LinearModel = {
  columns: [column('x', 2, 100), column('y', 3, 100)],
  rows: [
    row('demand', 10, 10, [
      [0, 1],
      [1, 1],
    ]),
    row('cap', -Infinity, 4, [[0, 1]]),
  ],
};

describe('solver', () => {
  it('gives values, objective and duals: a tonne more of demand costs 3, a tonne more of the cap saves 1', async () => {
    const [found] = await solveModels([small]);
    expect(found).toMatchObject({ status: 'optimal', objective: 26, values: [4, 6], duals: [3, -1], gap: 0 });
  });

  it('solves a series that differs in bounds as it solves each alone', async () => {
    const series = [4, 7, 0, 10, 3].map((cap) => ({
      ...small,
      rows: [small.rows[0]!, { ...small.rows[1]!, upper: cap }],
    }));
    const together = await solveModels(series);
    for (const [k, one] of series.entries()) {
      const [alone] = await solveModels([one]);
      expect(together[k]!.objective).toBeCloseTo(alone!.objective!, 9);
    }
  });

  it('names an irreducible set: each limit in it is needed, and the others are not', async () => {
    const model: LinearModel = {
      columns: [column('a', 1, 500), column('b', 1, 20), column('c', 1, 70)],
      rows: [
        row('demand', 100, 100, [
          [0, 1],
          [1, 1],
        ]),
        row('cap_a', -Infinity, 60, [[0, 1]]),
        row('cap_b', -Infinity, 60, [[1, 1]]),
        row('other', -Infinity, 5, [[2, 1]]),
      ],
      explain: true,
    };
    const [found] = await solveModels([model]);
    expect(found).toMatchObject({ status: 'infeasible', irreducible: { rows: [0, 1], columns: [1] } });
  });

  it('solves again after a conflict was taken apart', async () => {
    const impossible = {
      ...small,
      rows: [row('demand', 500, 500, small.rows[0]!.terms), small.rows[1]!],
      explain: true,
    };
    const [first, second] = await solveModels([impossible, small]);
    expect(first!.status).toBe('infeasible');
    expect(second!.objective).toBe(26);
  });

  it('decides yes or no, has no duals then, and says its gap', async () => {
    const model: LinearModel = {
      columns: [column('cheap', 1, 10), column('dear', 5, 10), column('open', 12, 1, true)],
      rows: [
        row('demand', 4, 4, [
          [0, 1],
          [1, 1],
        ]),
        row('needs', -Infinity, 0, [
          [0, 1],
          [2, -10],
        ]),
      ],
    };
    const [found] = await solveModels([model]);
    expect(found).toMatchObject({ status: 'optimal', objective: 16, values: [4, 0, 1], duals: null });
    expect(found!.gap).toBeLessThanOrEqual(1e-6);
  });

  it('minimises squares', async () => {
    const model: LinearModel = {
      columns: [column('a', 0, 60), column('b', 0, 10), column('c', 0, 60)],
      rows: [
        row('demand', 100, 100, [
          [0, 1],
          [1, 1],
          [2, 1],
        ]),
      ],
      squares: [1, 1, 1],
    };
    const [found] = await solveModels([model]);
    [45, 10, 45].forEach((t, k) => {
      expect(found!.values[k]).toBeCloseTo(t, 6);
    });
    expect(found!.objective).toBeCloseTo(45 ** 2 * 2 + 100, 3);
  });

  it('solves kilograms and megatonnes to the same relative precision', async () => {
    for (const unit of [1e-6, 1, 1e9]) {
      const scaled: LinearModel = {
        columns: small.columns.map((c) => ({ ...c, upper: c.upper * unit, cost: c.cost / unit })),
        rows: small.rows.map((r) => ({ ...r, lower: r.lower * unit, upper: r.upper * unit })),
      };
      const [found] = await solveModels([scaled]);
      expect(found!.values[0]! / unit).toBeCloseTo(4, 9);
      expect(found!.duals![0]! * unit).toBeCloseTo(3, 9);
    }
  });

  it('says unbounded', async () => {
    const [found] = await solveModels([{ columns: [column('x', -1, Infinity)], rows: [] }]);
    expect(found!.status).toBe('unbounded');
  });
});

describe('units', () => {
  it('are powers of two, so that changing them loses no bit', () => {
    const positive = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(positive, positive, positive, (cost, upper, demand) => {
        const model: LinearModel = {
          columns: [column('x', cost, upper)],
          rows: [row('demand', demand, demand, [[0, 1]])],
        };
        const units = unitsOf(model);
        for (const u of [...units.columns, ...units.rows, units.cost])
          expect(Number.isInteger(Math.log2(u))).toBe(true);
        expect((upper / units.columns[0]!) * units.columns[0]!).toBe(upper);
        // demand is near 1 in its own unit
        expect(demand / units.rows[0]!).toBeGreaterThan(0.7);
        expect(demand / units.rows[0]!).toBeLessThan(1.42);
      }),
    );
  });
});

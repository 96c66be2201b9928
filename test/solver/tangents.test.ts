import { describe, expect, it } from 'vitest';
import { waterFilling } from '../../src/analysis/sourcing/water-filling.ts';
import { solveModels } from '../../src/solver/highs.ts';

/** Offers of boron ore to one buyer, tonnes: some thousands, some a few kilograms; the quadratic solver gives up on them. */
const offers = [
  8890.5854, 9.955, 35192.7087, 1042.9038, 2.639, 0.006, 6.209, 17.85, 1.5, 201.4166, 0.003, 0.162, 8e3,
];
const demand = 3829.232;
const cap = 0.6 * demand;

describe('least concentration among offers of very different size', () => {
  it('equals filling to one level (methods §10), which needs no solver', async () => {
    const [found] = await solveModels([
      {
        columns: offers.map((upper, j) => ({
          name: `x${j}`,
          cost: 0,
          lower: 0,
          upper: Math.min(upper, cap),
        })),
        rows: [
          { name: 'demand', lower: demand, upper: demand, terms: offers.map((_, j) => [j, 1] as const) },
        ],
        squares: offers.map(() => 1 / demand ** 2),
      },
    ]);
    const { split, hhi } = waterFilling(
      offers.map((o) => Math.min(o, cap)),
      demand,
    )!;
    expect(found!.status).toBe('optimal');
    found!.values.forEach((x, j) => {
      expect(Math.abs(x - split[j]!)).toBeLessThan(1e-3 * demand);
    });
    expect(found!.objective!).toBeCloseTo(hhi!, 8);
  });
});

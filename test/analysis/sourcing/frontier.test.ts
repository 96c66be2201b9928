import { describe, expect, it } from 'vitest';
import { frontiers, kneeOf } from '../../../src/analysis/sourcing/frontier.ts';
import { planFor } from '../../../src/analysis/sourcing/plan.ts';
import { solveModels } from '../../../src/solver/highs.ts';
import { hubs, problem, sixOffers } from './worked.ts';

describe('the frontier of cost against a limit', () => {
  it('goes from the cheapest plan to the strictest cap that can be met, and each point is the plan of its cap', async () => {
    const [frontier] = await frontiers(problem(sixOffers), 'cap', 6, solveModels);
    const { points } = frontier!;
    expect(points.length).toBe(6);
    expect(points[0]).toMatchObject({ limit: 1, cost_usd: 10_000, top_share: 1 });
    // home has 30 t, CL 30: the other three share 40 and more
    expect(points.at(-1)!.limit).toBeCloseTo(70 / 4 / 100, 6);
    for (const p of points) {
      const plan = await planFor(problem(sixOffers, { cap: p.limit! * (1 + 1e-9) }), 'cost', solveModels);
      expect(plan.cost_usd).toBeCloseTo(p.cost_usd, 3);
    }
  });

  it.each(['cap', 'hhi', 'n-minus-1'] as const)(
    'never gets cheaper along %s, and is convex there',
    async (axis) => {
      const capOn = axis === 'cap' ? 'traced' : 'declared';
      const [frontier] = await frontiers(problem(hubs, { capOn }), axis, 12, solveModels);
      const { points } = frontier!;
      expect(points.length).toBeGreaterThan(5);
      for (const [k, p] of points.entries()) {
        if (k === 0) continue;
        const before = points[k - 1]!;
        expect(p.cost_usd).toBeGreaterThanOrEqual(before.cost_usd - 1e-3);
        if (axis === 'hhi') expect(p.hhi).toBeLessThanOrEqual(before.hhi + 1e-6);
      }
      if (axis !== 'hhi') {
        const slopes = points.slice(1).map((p, k) => p.cost_usd - points[k]!.cost_usd);
        slopes.slice(1).forEach((s, k) => {
          expect(s).toBeGreaterThanOrEqual(slopes[k]! - 1e-3);
        });
      }
    },
  );

  it('has its knee where cheap turns dear', () => {
    const bent = [1, 0.8, 0.6, 0.4, 0.2].map((x) => ({ x, y: x >= 0.4 ? 100 + (1 - x) : 200 }));
    expect(kneeOf(bent)).toBe(3);
    expect(kneeOf([1, 0.5, 0].map((x) => ({ x, y: 10 - x })))).toBeNull();
    expect(kneeOf([{ x: 1, y: 1 }])).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Plan, planFor } from '../../../src/analysis/sourcing/plan.ts';
import type { Limits, Offer, Problem, Stock } from '../../../src/analysis/sourcing/problem.ts';
import { costByDuality, recompute } from '../../../src/analysis/sourcing/recompute.ts';
import { plannedRows } from '../../../src/questions/plan/plan-rows.ts';
import { solveModels } from '../../../src/solver/highs.ts';
import { offer, problem } from './worked.ts';

const needs = (...tonnes: number[]) =>
  tonnes.map((quantity_t, k) => ({
    mineral: 'testium',
    stage: 'refine',
    year: 2030 + k,
    quantity_t,
    weight: 1,
  }));
const stock = (more: Partial<Stock> = {}): Stock => ({
  mineral: 'testium',
  stage: 'refine',
  opening_t: 0,
  most_t: null,
  end_t: 0,
  holding_usd_per_t: 0,
  ...more,
});
const solved = async (
  offers: readonly Offer[],
  of: Problem['needs'],
  held: Partial<Stock> | null,
  limits: Partial<Limits> = {},
) =>
  await planFor(
    problem(offers, limits, { needs: of, stocks: held ? [stock(held)] : [] }),
    'cost',
    solveModels,
  );
const told = (plan: Plan) =>
  plan.stocks.map((s) =>
    [s.opening_t, s.bought_t, s.drawn_t, s.closing_t].map((t) => Math.round(t * 1e6) / 1e6),
  );

describe('stocks', () => {
  const two = [offer('cheap', 'import', 'CHN', 80, 100), offer('dear', 'import', 'AUS', 100, 130)];

  it('buys 20 t ahead at 100 + 5 USD instead of 130, and no tonne more than may be held', async () => {
    const free = await solved(two, needs(60, 120), { holding_usd_per_t: 5 });
    expect(told(free)).toEqual([
      [0, 20, 0, 20],
      [20, 0, 20, 0],
    ]);
    // 60 + 20 t at 100, 20 t held for 5, then 80 t at 100 and 20 t at 130 beside what is drawn
    expect(free.cost_usd).toBeCloseTo(8000 + 100 + 8000 + 2600, 6);
    const tight = await solved(two, needs(60, 120), { holding_usd_per_t: 5, most_t: 8 });
    expect(told(tight)[0]).toEqual([0, 8, 0, 8]);
    expect(tight.limits.find((l) => l.constraint === 'stock_most' && l.need?.year === 2030)).toMatchObject({
      binding: true,
    });
    expect(
      tight.limits.find((l) => l.constraint === 'stock_most' && l.need?.year === 2030)
        ?.shadow_price_usd_per_t,
    ).toBeCloseTo(-25, 6);
  });

  it('holds for every year between those of the plan, and buys nothing where holding costs more than it saves', async () => {
    const gap = [
      { ...needs(60)[0]!, year: 2030 },
      { ...needs(120)[0]!, year: 2034 },
    ];
    expect((await solved(two, gap, { holding_usd_per_t: 7 })).cost_usd).toBeCloseTo(
      8000 + 20 * 28 + 8000 + 2600,
      6,
    );
    const dear = await solved(two, gap, { holding_usd_per_t: 8 });
    expect(told(dear)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(dear.cost_usd).toBeCloseTo((await solved(two, gap, null)).cost_usd, 6);
  });

  it('draws what is there at the start, but for what is to be left', async () => {
    const plan = await solved(two, needs(60, 120), { opening_t: 50, end_t: 30, holding_usd_per_t: 1 });
    expect(plan.stocks[0]?.opening_t).toBe(50);
    expect(plan.stocks.at(-1)?.closing_t).toBeCloseTo(30, 9);
    const price = plan.limits.find((l) => l.constraint === 'stock')?.shadow_price_usd_per_t;
    expect(price).toBeLessThan(0);
    expect(costByDuality(plan.limits)).toBeCloseTo(plan.cost_usd, 6);
  });

  it('meets a year that nobody can supply alone, and says what is short where a stock is too small', async () => {
    const one = [offer('one', 'import', 'CHN', 100, 100)];
    expect((await solved(one, needs(60, 120), null)).unmet[0]?.needs[0]?.short_by_t).toBeCloseTo(20, 6);
    expect((await solved(one, needs(60, 120), {})).unmet).toEqual([]);
    const [unmet] = (await solved(one, needs(60, 120), { most_t: 5 })).unmet;
    expect(unmet?.needs.reduce((sum, n) => sum + n.short_by_t, 0)).toBeCloseTo(15, 6);
    const most = unmet?.obstacles.find((o) => o.constraint === 'stock_most');
    expect(most).toMatchObject({ limit: 5 });
    expect(most?.short_by).toBeCloseTo(15, 6);
    // 150 t are to be left and only 100 + 100 can be had for 60 + 120
    const [left] = (await solved(one, needs(60, 120), { end_t: 150 })).unmet;
    expect(left?.obstacles.map((o) => o.constraint)).toContain('stock_end');
  });

  it('counts what is bought for it under the cap in the year it is bought', async () => {
    const capped = await solved(two, needs(60, 120), { holding_usd_per_t: 5 }, { cap: 0.6 });
    const first = capped.deliveries.filter((d) => d.need === 0 && d.offer.country === 'CHN');
    expect(first[0]?.quantity_t).toBeCloseTo(36, 6);
  });

  it('costs what the cheapest of all levels of stock costs, tried one by one', async () => {
    const tonnes = fc.integer({ min: 0, max: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(tonnes, tonnes, tonnes),
        fc.array(fc.tuple(fc.integer({ min: 4, max: 7 }), fc.integer({ min: 1, max: 20 })), {
          minLength: 3,
          maxLength: 3,
        }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 3, max: 5 }),
        async (demands, prices, holding_usd_per_t, opening_t, most_t) => {
          const offers = prices.flatMap(([available, cost], k) => [
            offer(`own ${k}`, 'import', 'CHN', available, cost, { year: 2030 + k }),
            offer(`rest ${k}`, 'import', 'AUS', 20, 25, { year: 2030 + k }),
          ]);
          const plan = await solved(offers, needs(...demands), { opening_t, most_t, holding_usd_per_t });
          let best = Infinity;
          const levels = Array.from({ length: most_t + 1 }, (_, h) => h);
          const buy = (k: number, t: number) => {
            const [available, cost] = prices[k]!;
            return t < 0 || t > available + 20
              ? Infinity
              : Math.min(t, available) * cost + Math.max(0, t - available) * 25;
          };
          for (const a of levels)
            for (const b of levels)
              for (const c of levels)
                best = Math.min(
                  best,
                  buy(0, demands[0] + a - opening_t) +
                    buy(1, demands[1] + b - a) +
                    buy(2, demands[2] + c - b) +
                    holding_usd_per_t * (a + b + c),
                );
          if (best === Infinity) expect(plan.unmet.length).toBeGreaterThan(0);
          else expect(plan.cost_usd).toBeCloseTo(best, 6);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is added up again from its rows, which find what does not hold', async () => {
    const plan = await solved(two, needs(60, 120), {
      opening_t: 10,
      end_t: 10,
      most_t: 40,
      holding_usd_per_t: 5,
    });
    const rows = plannedRows(plan) as never as Parameters<typeof recompute>[0];
    const wrong = (change: (r: (typeof rows)[number]) => (typeof rows)[number]) =>
      recompute(
        rows.map((r) => (r.kind === 'stock' ? change(r) : r)),
        plan.problem,
        [],
        plan.cost_usd,
      ).join('; ');
    expect(wrong((r) => r)).toBe('');
    expect(wrong((r) => ({ ...r, closing_t: r.closing_t! + 1 }))).toMatch(
      /does not add up.*2031.* begins with/,
    );
    expect(wrong((r) => ({ ...r, opening_t: 0 }))).toMatch(/begins with 0 t, not 10/);
    expect(wrong((r) => ({ ...r, quantity_t: 0 }))).toMatch(/adds other tonnes than are drawn/);
    expect(wrong((r) => ({ ...r, cost_usd: 0 }))).toMatch(/the stock of testium refine costs 0/);
    const small = {
      ...plan.problem,
      stocks: [stock({ opening_t: 10, end_t: 11, most_t: 20, holding_usd_per_t: 5 })],
    };
    expect(recompute(rows, small, [], plan.cost_usd).join()).toMatch(
      /more than may be held.*ends with 10 t, not 11/,
    );
    expect(recompute(rows, { ...small, stocks: [] }, [], plan.cost_usd).join()).toMatch(/may not be held/);
  });
});

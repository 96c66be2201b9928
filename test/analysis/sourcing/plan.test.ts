import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFor } from '../../../src/analysis/sourcing/plan.ts';
import {
  countedBy,
  type Kind,
  type Limits,
  type Offer,
  type Problem,
  type Project,
} from '../../../src/analysis/sourcing/problem.ts';
import { costByDuality } from '../../../src/analysis/sourcing/recompute.ts';
import { waterFilling } from '../../../src/analysis/sourcing/water-filling.ts';
import { solveModels } from '../../../src/solver/highs.ts';
import { hubs, offer, problem, sixOffers } from './worked.ts';

const cheapest = (p: Problem) => planFor(p, 'cost', solveModels);
const mix = (plan: Awaited<ReturnType<typeof cheapest>>) =>
  Object.fromEntries(
    plan.deliveries.filter((d) => d.quantity_t > 0).map((d) => [d.offer.supplier, d.quantity_t]),
  );
const price = (plan: Awaited<ReturnType<typeof cheapest>>, constraint: string) =>
  plan.limits.find((l) => l.constraint === constraint)?.shadow_price_usd_per_t;
const origin = (plan: Awaited<ReturnType<typeof cheapest>>, country: string) =>
  plan.deliveries.reduce((sum, d) => sum + d.quantity_t * (d.offer.origins.get(country) ?? 0), 0);

describe('a plan, worked by hand', () => {
  it('60 / 10 / 30 t for 10,900 USD under a cap of 60 %; a tonne more of demand costs 130', async () => {
    const plan = await cheapest(problem(sixOffers, { cap: 0.6 }));
    expect(mix(plan)).toEqual({ CN: 60, AU: 10, CL: 30 });
    expect(plan.cost_usd).toBe(10_900);
    expect(price(plan, 'demand')).toBeCloseTo(130, 9);
    expect(price(plan, 'cap:CHN')).toBeCloseTo(-30, 9);
    expect(price(plan, 'available:CL')).toBeCloseTo(-10, 9);
    expect(price(plan, 'cap:ZAF')).toBe(0);
    expect(
      plan.limits
        .filter((l) => l.binding)
        .map((l) => l.constraint)
        .sort(),
    ).toEqual(['available:CL', 'cap:CHN', 'demand']);
  });

  it('12,000 USD with a tenth from home and a fifth recycled', async () => {
    const plan = await cheapest(problem(sixOffers, { cap: 0.6, domesticMin: 0.1, recycledMin: 0.2 }));
    expect(mix(plan)).toEqual({ CN: 60, CL: 10, 'UK mine': 10, 'UK recycled': 20 });
    expect(plan.cost_usd).toBe(12_000);
    expect(price(plan, 'domestic_min')).toBeCloseTo(60, 9);
    expect(price(plan, 'recycled_min')).toBeCloseTo(30, 9);
  });

  it('the declared cap is met for 10,080 USD with 82 % of Chinese origin', async () => {
    const plan = await cheapest(problem(hubs, { cap: 0.6 }));
    expect(mix(plan)).toEqual({ 'CN refiner': 60, 'Hub B': 40 });
    expect(plan.cost_usd).toBe(10_080);
    expect(origin(plan, 'CHN')).toBeCloseTo(82, 9);
  });

  it('capping the origin costs 10,300 USD, and then no origin is above 60 t', async () => {
    const plan = await cheapest(problem(hubs, { cap: 0.6, capOn: 'traced' }));
    expect(plan.cost_usd).toBeCloseTo(10_300, 6);
    expect(origin(plan, 'CHN')).toBeCloseTo(60, 6);
  });

  it('25 t have to move, and no more do', async () => {
    const plan = await planFor(problem(sixOffers, { cap: 0.6 }), 'change', solveModels);
    const moved = plan.deliveries.reduce((s, d) => s + Math.max(0, d.quantity_t - d.offer.current_t!), 0);
    expect(moved).toBeCloseTo(25, 6);
    expect(plan.limits.every((l) => l.shadow_price_usd_per_t === null)).toBe(true);
  });

  it('is least concentrated at the water level 18, HHI .172', async () => {
    const plan = await planFor(problem(sixOffers, { cap: 0.6 }), 'hhi', solveModels);
    const hhi = plan.deliveries.reduce((s, d) => s + (d.quantity_t / 100) ** 2, 0);
    expect(hhi).toBeCloseTo(0.172, 9);
    const filled = waterFilling([60, 40, 30, 60, 10, 20], 100)!;
    expect(filled.level).toBe(18);
    expect(filled.hhi).toBeCloseTo(0.172, 12);
    plan.deliveries.forEach((d, k) => {
      expect(d.quantity_t).toBeCloseTo(filled.split[k]!, 6);
    });
  });

  it('cannot be where 60 + 20 t are to meet 100: 20 t short, and the limits in the way by name', async () => {
    const plan = await cheapest(
      problem([offer('CN', 'import', 'CHN', 500, 100), offer('AU', 'import', 'AUS', 20, 130)], { cap: 0.6 }),
    );
    expect(plan.deliveries).toEqual([]);
    const [unmet] = plan.unmet;
    expect(unmet!.needs.map((n) => n.short_by_t)).toEqual([20]);
    expect(unmet!.obstacles.map((o) => [o.constraint, o.short_by])).toEqual([
      ['cap:CHN', 20],
      ['available:AU', 20],
    ]);
  });

  it('cannot be where a floor is above what home has: demand is met without it, and the floor says 5 t', async () => {
    const plan = await cheapest(
      problem([offer('CN', 'import', 'CHN', 500, 100), offer('UK', 'domestic', 'GBR', 5, 130)], {
        domesticMin: 0.1,
      }),
    );
    const [unmet] = plan.unmet;
    expect(unmet!.withoutFloors).toBe(true);
    expect(unmet!.needs[0]!.short_by_t).toBe(0);
    expect(unmet!.obstacles.map((o) => [o.constraint, o.short_by])).toEqual([
      ['domestic_min', 5],
      ['available:UK', 5],
    ]);
  });

  it('does not say that more of a seller would be enough where the cap on it then stands in the way', async () => {
    // the cap of 50 t cannot bind while the seller has 10 t, so the model leaves it out
    const short = async (available_t: number, cap: number) =>
      (
        await cheapest(
          problem([offer('CN', 'import', 'CHN', 10, 100), offer('AU', 'import', 'AUS', available_t, 130)], {
            cap,
          }),
        )
      ).unmet[0]!.obstacles.map((o) => [o.constraint, o.short_by]);
    expect(await short(20, 0.5)).toEqual([
      ['available:CN', null],
      ['available:AU', null],
    ]);
    expect(await short(20, 0.8)).toEqual([
      ['available:CN', 70],
      ['available:AU', null],
    ]);
    expect(await short(60, 0.9)).toEqual([
      ['available:CN', 30],
      ['available:AU', 30],
    ]);
  });

  it('cannot be where nobody offers anything: all of it is short', async () => {
    const plan = await cheapest(problem([]));
    expect(plan.unmet[0]).toMatchObject({ needs: [{ short_by_t: 100 }], obstacles: [] });
  });

  it('two sellers of one country share its cap', async () => {
    const plan = await cheapest(
      problem(
        [
          offer('one', 'import', 'CHN', 50, 10),
          offer('two', 'import', 'CHN', 50, 11),
          offer('far', 'import', 'AUS', 100, 90),
        ],
        { cap: 0.6 },
      ),
    );
    expect(mix(plan)).toEqual({ one: 50, two: 10, far: 40 });
  });

  it('prices the tonne after the corner: a supplier used up exactly where the next begins', async () => {
    const plan = await cheapest(
      problem([offer('cheap', 'import', 'CHN', 100, 10), offer('dear', 'import', 'AUS', 100, 70)]),
    );
    expect(mix(plan)).toEqual({ cheap: 100 });
    expect(price(plan, 'demand')).toBeCloseTo(70, 6);
    expect(price(plan, 'available:cheap')).toBeCloseTo(-60, 6);
  });

  it('starts a project where it pays over the years, once, and says so', async () => {
    const needs = [2030, 2031].map((year) => ({
      mineral: 'testium',
      stage: 'refine',
      year,
      quantity_t: 100,
      weight: 1,
    }));
    const offers = [
      offer('far', 'import', 'CHN', 500, 100),
      offer('mine', 'domestic', 'GBR', 50, 40, { project: 'mine' }),
    ];
    const at = (fixed_cost_usd: number) =>
      cheapest(
        problem(
          offers,
          {},
          { needs, projects: [{ project: 'mine', kind: 'project', fixed_cost_usd, from_year: 2030 }] },
        ),
      );
    const worth = await at(5000);
    expect(worth.started).toMatchObject([{ project: 'mine', year: 2030 }]);
    expect(worth.cost_usd).toBeCloseTo(2 * (50 * 100 + 50 * 40) + 5000, 6);
    const dear = await at(6001);
    expect(dear.started).toEqual([]);
    expect(dear.cost_usd).toBeCloseTo(20_000, 6);
  });

  it('after the loss of any one country no more than a fifth is missing when others can surge by half', async () => {
    const offers = [
      offer('one', 'import', 'CHN', 100, 10),
      offer('two', 'import', 'AUS', 100, 20),
      offer('three', 'import', 'CHL', 100, 30),
    ];
    const plan = await cheapest(problem(offers, { nMinus1: 0.2, surge: 0.5 }));
    for (const lost of ['CHN', 'AUS', 'CHL']) {
      const left = plan.deliveries.filter((d) => d.offer.country !== lost);
      const delivered = left.reduce((s, d) => s + Math.min(d.offer.available_t, 1.5 * d.quantity_t), 0);
      expect(delivered).toBeGreaterThanOrEqual(80 - 1e-6);
    }
    // x_CHN ≤ 100 − 80/1.5
    expect(mix(plan).one).toBeCloseTo(100 - 80 / 1.5, 6);
  });

  it('one mineral that nobody can supply does not take the others down through an aggregate cap', async () => {
    const need = (mineral: string) => ({ mineral, stage: 'refine', year: 2030, quantity_t: 100, weight: 1 });
    const plan = await cheapest(
      problem(
        [...sixOffers, offer('few', 'import', 'CHN', 10, 5, { mineral: 'rarium' })],
        { aggregateCap: 0.6 },
        { needs: [need('testium'), need('rarium')] },
      ),
    );
    expect(mix(plan)).toEqual({ CN: 60, AU: 10, CL: 30 });
    expect(plan.unmet.map((u) => [u.needs[0]!.need.mineral, u.needs[0]!.short_by_t])).toEqual([
      ['rarium', 90],
    ]);
  });

  it('a budget joins minerals: within it less is bought of nothing, or there is no plan', async () => {
    const enough = await cheapest(problem(sixOffers, { cap: 0.6, budgetUsd: 10_900 }));
    expect(enough.cost_usd).toBeCloseTo(10_900, 6);
    const short = await cheapest(problem(sixOffers, { cap: 0.6, budgetUsd: 10_770 }));
    // the last tonne bought costs 130
    expect(short.unmet[0]!.needs[0]!.short_by_t).toBeCloseTo(1, 6);
    expect(short.unmet[0]!.obstacles.map((o) => o.constraint)).toContain('budget');
  });
});

const amount = fc.integer({ min: 0, max: 8 });
const offers: fc.Arbitrary<Offer[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom<Kind>('import', 'import', 'import', 'domestic', 'recycled'),
      country: fc.constantFrom('XAA', 'XAB', 'XAC'),
      available: amount,
      cost: fc.integer({ min: 1, max: 9 }),
      part: fc.constantFrom(0, 0.5, 1),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) =>
    list.map((o, k) =>
      offer(`s${k}`, o.kind, o.kind === 'import' ? o.country : 'GBR', o.available, o.cost, {
        origins: new Map([[o.country, o.part], ...(o.part < 1 ? [['XAD', 1 - o.part] as const] : [])]),
      }),
    ),
  );
const limits: fc.Arbitrary<Partial<Limits>> = fc.record({
  cap: fc.constantFrom(null, 0.25, 0.5, 0.75, 1),
  capOn: fc.constantFrom('declared', 'traced'),
  domesticMin: fc.constantFrom(null, 0.25),
  recycledMin: fc.constantFrom(null, 0.25),
  nMinus1: fc.constantFrom(null, 0.5),
});
const small = (list: readonly Offer[], some: Partial<Limits>, demand = 8) =>
  problem(list, some, {
    needs: [{ mineral: 'testium', stage: 'refine', year: 2030, quantity_t: demand, weight: 1 }],
  });

/** Every mix in whole and half tonnes tried in turn; limits are such that the optimum is among them. */
function bruteForce(p: Problem): number | null {
  const demand = p.needs[0]!.quantity_t;
  const { cap, capOn, domesticMin, recycledMin, nMinus1 } = p.limits;
  let best: number | null = null;
  const x: number[] = [];
  const ok = () => {
    const by = new Map<string, number>();
    let domestic = 0;
    let recycled = 0;
    p.offers.forEach((o, k) => {
      if (o.kind === 'domestic') domestic += x[k]!;
      if (o.kind === 'recycled') recycled += x[k]!;
      for (const [c, s] of countedBy(o, capOn, p.home)) by.set(c, (by.get(c) ?? 0) + s * x[k]!);
    });
    const most = Math.min(cap ?? 1, nMinus1 ?? 1) * demand + 1e-9;
    return (
      [...by.values()].every((t) => t <= most) &&
      domestic >= (domesticMin ?? 0) * demand - 1e-9 &&
      recycled >= (recycledMin ?? 0) * demand - 1e-9
    );
  };
  const go = (k: number, left: number, cost: number) => {
    if (best !== null && cost >= best) return;
    const o = p.offers[k];
    if (!o) {
      if (left === 0 && ok()) best = cost;
      return;
    }
    for (let t = 0; t <= Math.min(left, o.available_t); t += 0.5) {
      x[k] = t;
      go(k + 1, left - t, cost + t * o.cost_usd_per_t);
    }
  };
  go(0, demand, 0);
  return best;
}

describe('a plan on random small worlds', () => {
  it('is never dearer than any mix tried by hand, and is there whenever one is', async () => {
    let met = 0;
    let exact = 0;
    await fc.assert(
      fc.asyncProperty(offers, limits, async (list, some) => {
        const p = small(list, some);
        const tried = bruteForce(p);
        const plan = await cheapest(p);
        if (tried === null) return;
        met++;
        expect(plan.unmet).toEqual([]);
        expect(plan.cost_usd).toBeLessThanOrEqual(tried + 1e-6);
        // declared caps have corners at whole and half tonnes: there the two are equal
        if (some.capOn === 'declared') {
          exact++;
          expect(plan.cost_usd).toBeCloseTo(tried, 6);
        }
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(met).toBeGreaterThan(15);
    expect(exact).toBeGreaterThan(8);
  });

  it('with projects and agreements it is the best of all choices and first years tried in turn', async () => {
    const years = [2030, 2031];
    const option = fc.record({
      kind: fc.constantFrom<Project['kind']>('project', 'agreement'),
      country: fc.constantFrom('XAA', 'XAB', 'GBR'),
      available: fc.integer({ min: 1, max: 6 }),
      cost: fc.integer({ min: 1, max: 9 }),
      fixed: fc.constantFrom(0, 3, 12, 30),
      from: fc.constantFrom(2030, 2031),
    });
    let used = 0;
    let left = 0;
    await fc.assert(
      fc.asyncProperty(
        offers,
        fc.array(option, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(null, 0.5, 0.75),
        async (list, options, cap) => {
          const projects = options.map(
            (o, k): Project => ({
              project: `o${k}`,
              kind: o.kind,
              fixed_cost_usd: o.fixed,
              from_year: o.from,
            }),
          );
          const opened = options.map((o, k) =>
            offer(`by o${k}`, o.country === 'GBR' ? 'domestic' : 'import', o.country, o.available, o.cost, {
              project: `o${k}`,
            }),
          );
          const p = small([...list, ...opened], { cap });
          const all: Problem = { ...p, projects, needs: years.map((year) => ({ ...p.needs[0]!, year })) };
          // a first year for each, or none at all
          const choices = projects.reduce<(number | null)[][]>(
            (before, { from_year }) =>
              before.flatMap((b) =>
                [null, ...years.filter((y) => y >= from_year)].map((year) => [...b, year]),
              ),
            [[]],
          );
          let best: number | null = null;
          for (const choice of choices) {
            let cost = choice.reduce<number>(
              (sum, y, k) => sum + (y === null ? 0 : projects[k]!.fixed_cost_usd),
              0,
            );
            for (const year of years) {
              const open = opened.filter((_, k) => choice[k] !== null && choice[k]! <= year);
              const year_cost = bruteForce(small([...list, ...open], { cap }));
              cost = year_cost === null ? Infinity : cost + year_cost;
            }
            if (cost < Infinity && (best === null || cost < best)) best = cost;
          }
          const plan = await cheapest(all);
          if (best === null) {
            expect(plan.unmet.length).toBeGreaterThan(0);
            return;
          }
          expect(plan.unmet).toEqual([]);
          expect(plan.cost_usd).toBeCloseTo(best, 6);
          expect(plan.gap).toBeLessThanOrEqual(1e-4);
          if (plan.started.length) used++;
          if (plan.started.length < projects.length) left++;
        },
      ),
      { numRuns: 80, seed: 2 },
    );
    expect(used).toBeGreaterThan(10);
    expect(left).toBeGreaterThan(10);
  }, 60_000);

  it('costs never fall when a limit tightens', async () => {
    await fc.assert(
      fc.asyncProperty(
        offers,
        limits,
        fc.constantFrom('cap', 'nMinus1', 'domesticMin', 'recycledMin'),
        async (list, some, which) => {
          const before = some[which as 'cap'];
          const floor = which.endsWith('Min');
          const tighter = floor ? (before ?? 0) + 0.125 : (before ?? 1) * 0.8;
          const loose = await cheapest(small(list, some));
          const tight = await cheapest(small(list, { ...some, [which]: tighter }));
          if (tight.unmet.length) return;
          expect(loose.unmet).toEqual([]);
          expect(tight.cost_usd).toBeGreaterThanOrEqual(loose.cost_usd - 1e-6);
        },
      ),
      { numRuns: 100, seed: 2 },
    );
  });

  it('cost = Σ price × limit (duality); demand and floors have prices ≥ 0, caps and availability ≤ 0', async () => {
    await fc.assert(
      fc.asyncProperty(offers, limits, async (list, some) => {
        const plan = await cheapest(small(list, some));
        if (plan.unmet.length) return;
        expect(costByDuality(plan.limits)).toBeCloseTo(plan.cost_usd, 5);
        for (const l of plan.limits) {
          const p = l.shadow_price_usd_per_t!;
          if (/^(cap|origin_cap|available)/.test(l.constraint)) expect(p).toBeLessThanOrEqual(1e-9);
          if (/^(domestic_min|recycled_min)/.test(l.constraint)) expect(p).toBeGreaterThanOrEqual(-1e-9);
          if (!l.binding) expect(Math.abs(p)).toBeLessThanOrEqual(1e-9);
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('the price of demand is what a little more demand costs, the limits held', async () => {
    await fc.assert(
      fc.asyncProperty(offers, fc.constantFrom(0.25, 0.5, 0.75), async (list, cap) => {
        const demand = 8;
        const plan = await cheapest(small(list, { cap }, demand));
        if (plan.unmet.length) return;
        const more = await cheapest(small(list, { cap: (cap * demand) / (demand + 0.01) }, demand + 0.01));
        if (more.unmet.length) return;
        expect(price(plan, 'demand')).toBeCloseTo((more.cost_usd - plan.cost_usd) / 0.01, 4);
      }),
      { numRuns: 100, seed: 4 },
    );
  });

  it('what cannot be met is the least that cannot: with that much less demand, and no less, there is a plan', async () => {
    let unmet = 0;
    await fc.assert(
      fc.asyncProperty(offers, fc.constantFrom(0.25, 0.5), async (list, cap) => {
        const demand = 8;
        const plan = await cheapest(small(list, { cap }, demand));
        if (!plan.unmet.length) return;
        unmet++;
        const short = plan.unmet[0]!.needs[0]!.short_by_t;
        const caps = new Map<string, number>();
        for (const o of list)
          caps.set(`${o.kind} ${o.country}`, (caps.get(`${o.kind} ${o.country}`) ?? 0) + o.available_t);
        let most = 0;
        for (const [key, t] of caps) most += key.startsWith('import') ? Math.min(t, cap * demand) : t;
        expect(short).toBeCloseTo(demand - most, 6);
      }),
      { numRuns: 150, seed: 5 },
    );
    expect(unmet).toBeGreaterThan(20);
  });

  it('the least concentrated plan is the water level where only bounds bind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 6 }),
        async (bounds) => {
          const list = bounds.map((b, k) => offer(`s${k}`, 'import', `XA${'ABCDEF'[k]}`, b, k + 1));
          const filled = waterFilling(bounds, 100);
          const plan = await planFor(problem(list), 'hhi', solveModels);
          if (!filled) {
            expect(plan.unmet.length).toBe(1);
            return;
          }
          plan.deliveries.forEach((d, k) => {
            expect(d.quantity_t).toBeCloseTo(filled.split[k]!, 4);
          });
        },
      ),
      { numRuns: 80, seed: 6 },
    );
  });
});

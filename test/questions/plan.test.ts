import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { planQuestion } from '../../src/questions/plan.ts';
import type { Question } from '../../src/questions/question.ts';
import { readParams } from '../../src/questions/read-params.ts';
import { solveModels } from '../../src/solver/highs.ts';
import { openWorld } from '../../src/store/open.ts';
import { smallWorld, type Tables } from '../support/world.ts';

const countries = ['GBR', 'CHN', 'AUS', 'CHL', 'XAA'].map((country) => ({
  country,
  name: `land ${country}`,
}));
const bare: Tables = { country: countries, mineral: [{ mineral: 'testium', name: 'Testium' }] };

const asked = (values: Record<string, unknown>) =>
  readParams(planQuestion as unknown as Question, {}, (f) => `--${f.option}`, values);
async function plan(values: Record<string, unknown>, tables: Tables = bare) {
  const world = (await smallWorld(tables)).for({ solve: solveModels });
  return await planQuestion.answer(asked(values) as never, world);
}
const supplier = (
  name: string,
  kind: string,
  country: string,
  available_t: number,
  cost_usd_per_t: number,
) => ({
  supplier: name,
  kind,
  country,
  mineral: 'x',
  stage: 'refine',
  available_t,
  cost_usd_per_t,
});
const demand = (quantity_t: number, year = 2035) => ({ mineral: 'x', stage: 'refine', year, quantity_t });
const six = {
  demand: [demand(100)],
  suppliers: [
    supplier('CN', 'import', 'CHN', 500, 100),
    supplier('AU', 'import', 'AUS', 40, 130),
    supplier('CL', 'import', 'CHL', 30, 120),
    supplier('ZA', 'import', 'ZAF', 60, 140),
    supplier('UK mine', 'domestic', 'GBR', 10, 180),
    supplier('UK recycled', 'recycled', 'GBR', 20, 150),
  ],
};

describe('plan --options', () => {
  it('60 / 10 / 30 t for 10,900 USD; the rows add up, the duals are named', async () => {
    const answer = await plan({ options: six, cap: 0.6 });
    const bought = answer.rows.filter((r) => (r.quantity_t as number) > 0);
    expect(bought.map((r) => [r.supplier, r.quantity_t, r.share, r.cost_usd])).toEqual([
      ['CN', 60, 0.6, 6000],
      ['AU', 10, 0.1, 1300],
      ['CL', 30, 0.3, 3600],
    ]);
    expect(answer.rows.every((r) => r.status === 'optimal' && r.demand_t === 100)).toBe(true);
    expect(answer.notes.find((n) => n.code === 'cost')?.value).toBe(10_900);
    const dual = (constraint: string) =>
      answer.notes.find((n) => n.code === 'dual' && n.constraint === constraint);
    expect(dual('demand')?.shadow_price_usd_per_t).toBeCloseTo(130, 9);
    expect(dual('cap:CHN')).toMatchObject({ binding: true });
    expect(dual('cap:CHN')?.text).toMatch(/the last tonne under the cap .* costs 30 USD/);
    expect(dual('available:ZA')).toMatchObject({ binding: false, shadow_price_usd_per_t: 0 });
  });

  it('is infeasible as an answer: every row says so, demand 20 t short', async () => {
    const answer = await plan({
      options: {
        demand: [demand(100)],
        suppliers: [six.suppliers[0], supplier('AU', 'import', 'AUS', 20, 130)],
      },
      cap: 0.6,
    });
    expect(answer.rows.every((r) => r.status === 'infeasible')).toBe(true);
    expect(answer.rows.map((r) => [r.constraint, r.short_by_t])).toEqual([
      ['demand', 20],
      ['cap:CHN', 20],
      ['available:AU', 20],
    ]);
    expect(answer.notes.find((n) => n.code === 'infeasible')?.rows).toEqual([0, 1, 2]);
  });

  it('says in its rows what the cap counts, in a sentence what it costs, and what of the request it does not use', async () => {
    const hub = { ...supplier('hub', 'import', 'XAA', 100, 1), origins: { CHN: 0.75, GBR: 0.25 } };
    const options = { demand: [demand(100)], suppliers: [hub, supplier('dear', 'import', 'AUS', 100, 9)] };
    const answer = await plan({ options, cap: 0.6, capOn: 'traced', list: 'uk-2024' });
    expect(answer.rows.map((r) => [r.supplier, r.quantity_t, r.counted_as])).toEqual([
      ['hub', 80, 'CHN=0.75'],
      ['dear', 20, 'AUS=1'],
    ]);
    expect(answer.view?.headline?.[0]).toBe(
      'The cheapest mix for 1 need of 2035 costs 260 USD; of the limits the cap on what is born in CHN saves most if it gives way, 10.7 USD a tonne.',
    );
    expect(answer.notes.find((n) => n.code === 'unused')?.text).toMatch(/--list/);
  });

  it('takes an offer with a year in that year only, and the years asked about', async () => {
    const options = {
      demand: [demand(10, 2030), demand(10, 2031)],
      suppliers: [
        supplier('far', 'import', 'CHN', 50, 9),
        { ...supplier('near', 'import', 'AUS', 50, 1), year: 2031 },
      ],
    };
    const by = (answer: Awaited<ReturnType<typeof plan>>) =>
      answer.rows.filter((r) => (r.quantity_t as number) > 0).map((r) => [r.year, r.supplier]);
    expect(by(await plan({ options }))).toEqual([
      [2030, 'far'],
      [2031, 'near'],
    ]);
    expect(by(await plan({ options, from: 2030, to: 2030 }))).toEqual([[2030, 'far']]);
    await expect(plan({ options, from: 2040 })).rejects.toThrow(/2040/);
    await expect(plan({ options, from: 2031, to: 2030 })).rejects.toThrow(UsageError);
  });

  it('does not count what was born at home, nor a part of unknown origin', async () => {
    const options = {
      demand: [demand(100)],
      suppliers: [
        { ...supplier('hub', 'import', 'CHN', 100, 1), origins: { XAA: 0.5, AUS: 0.2 } },
        supplier('dear', 'import', 'CHL', 100, 9),
      ],
    };
    const bought = async (home: string) =>
      (await plan({ options, cap: 0.4, capOn: 'traced', for: home })).rows.find((r) => r.supplier === 'hub')
        ?.quantity_t as number;
    expect(await bought('GBR')).toBeCloseTo(80, 6);
    // dear is capped at 40 t, so the hub must deliver 60; at home XAA its 50 % does not count
    expect(await bought('XAA')).toBeCloseTo(100, 6);
  });

  it('buys ahead for a stock of the file; its rows say what is held, and add up to demand', async () => {
    const options = {
      demand: [demand(60, 2034), demand(120, 2035)],
      suppliers: [supplier('cheap', 'import', 'CHN', 80, 100), supplier('dear', 'import', 'AUS', 100, 130)],
      stocks: [{ mineral: 'x', stage: 'refine', opening_t: 5, most_t: 12, end_t: 2, holding_usd_per_t: 5 }],
    };
    const answer = await plan({ options });
    const stock = answer.rows.filter((r) => r.kind === 'stock');
    expect(stock.map((r) => [r.year, r.opening_t, r.bought_t, r.drawn_t, r.closing_t, r.cost_usd])).toEqual([
      [2034, 5, 7, 0, 12, 60],
      [2035, 12, 0, 10, 2, 10],
    ]);
    for (const year of [2034, 2035]) {
      const own = answer.rows.filter((r) => r.year === year);
      expect(own.reduce((sum, r) => sum + (r.quantity_t as number), 0)).toBeCloseTo(
        own[0]!.demand_t as number,
        9,
      );
    }
    const cost = answer.rows.reduce((sum, r) => sum + (r.cost_usd as number), 0);
    expect(answer.notes.find((n) => n.code === 'cost')?.value).toBeCloseTo(cost, 6);
    expect(answer.notes.find((n) => n.code === 'holding_cost')?.value).toBeCloseTo(70, 9);
    const { stocks: _, ...without } = options;
    const plain = await plan({ options: without });
    expect(plain.columns.map((c) => c.name)).not.toContain('closing_t');
    expect(plain.rows.some((r) => r.kind === 'stock')).toBe(false);
    expect(plain.notes.find((n) => n.code === 'cost')?.value as number).toBeGreaterThan(cost);
  });

  it('caps owners where the lens is control', async () => {
    const options = {
      demand: [demand(100)],
      suppliers: [
        { ...supplier('mine', 'import', 'CHL', 100, 1), owners: { CHN: 1 } },
        supplier('dear', 'import', 'AUS', 100, 9),
      ],
    };
    const answer = await plan({ options, cap: 0.6, capOn: 'controlled' });
    expect(answer.rows.map((r) => r.quantity_t)).toEqual([60, 40]);
    expect(answer.notes.find((n) => n.constraint === 'owner_cap:CHN')).toMatchObject({ binding: true });
  });

  it.each([
    [
      'an unknown kind',
      { suppliers: [supplier('a', 'stolen', 'CHN', 1, 1)] },
      /suppliers\[0\]\.kind.*stolen/,
    ],
    [
      'a negative cost',
      { suppliers: [supplier('a', 'import', 'CHN', 1, -3)] },
      /suppliers\[0\]\.cost_usd_per_t.*-3/,
    ],
    [
      'negative tonnes',
      { suppliers: [supplier('a', 'import', 'CHN', -1, 3)] },
      /suppliers\[0\]\.available_t.*-1/,
    ],
    [
      'a country that is none',
      { suppliers: [supplier('a', 'import', 'China', 1, 1)] },
      /suppliers\[0\]\.country.*China/,
    ],
    [
      'origins above 1',
      { suppliers: [{ ...supplier('a', 'import', 'CHN', 1, 1), origins: { CHN: 0.7, AUS: 0.7 } }] },
      /suppliers\[0\]\.origins must add up to at most 1.*0\.7/,
    ],
    [
      'an origin of more than 1',
      { suppliers: [{ ...supplier('a', 'import', 'CHN', 1, 1), origins: { CHN: 1.5 } }] },
      /suppliers\[0\]\.origins\.CHN.*1\.5/,
    ],
    [
      'an origin that is no code',
      { suppliers: [{ ...supplier('a', 'import', 'CHN', 1, 1), origins: { China: 0.5 } }] },
      /suppliers\[0\]\.origins must be by three capital letters.*China/,
    ],
    [
      'tonnes beyond all measure',
      { demand: [demand(1e300)] },
      /demand\[0\]\.quantity_t must be at most.*1e\+300/,
    ],
    ['a year out of range', { demand: [demand(1, 3000)] }, /demand\[0\]\.year.*3000/],
    [
      'a quantity that is text',
      { demand: [{ ...demand(1), quantity_t: 'ten' }] },
      /demand\[0\]\.quantity_t.*ten/,
    ],
    ['an unknown key', { demand: [{ ...demand(1), tonnes: 3 }] }, /demand\[0\].*tonnes/],
    ['the same demand twice', { demand: [demand(1), demand(2)] }, /demand\[1\] is a duplicate/],
    ['no demand', { demand: [] }, /demand/],
    [
      'a stock of something else',
      { stocks: [{ mineral: 'y', stage: 'refine' }] },
      /stocks\[0\] is of nothing in demand/,
    ],
    [
      'a stock that begins with more than it holds',
      { stocks: [{ mineral: 'x', stage: 'refine', opening_t: 5, most_t: 4 }] },
      /stocks\[0\]\.most_t must be at least opening_t and end_t.*4/,
    ],
    ['a list for a file', [1, 2], /options/],
  ])('refuses %s, by its place', (_, wrong, message) => {
    const options = Array.isArray(wrong) ? wrong : { demand: [demand(1)], suppliers: [], ...wrong };
    expect(() => asked({ options })).toThrow(UsageError);
    expect(() => asked({ options })).toThrow(message);
  });

  it.each([0, 1.2, -0.1])('refuses a cap of %s', (cap) => {
    expect(() => asked({ options: six, cap })).toThrow(/--cap/);
  });

  const kazakh = {
    ...six,
    suppliers: [
      ...six.suppliers,
      { ...supplier('CL', 'import', 'CHL', 15, 121), agreement: 'gb-cl' },
      { ...supplier('KZ', 'import', 'KAZ', 50, 125), agreement: 'gb-kz' },
      { ...supplier('UK new mine', 'domestic', 'GBR', 40, 90), project: 'mine' },
    ],
    agreements: [
      { agreement: 'gb-cl', from_year: 2030 },
      { agreement: 'gb-kz', fixed_cost_usd: 200 },
    ],
    projects: [{ project: 'mine', fixed_cost_usd: 5000 }],
  };
  it('agreements enlarge or open what a seller has, and are chosen like projects: yes or no, with a gap', async () => {
    const answer = await plan({ options: kazakh, cap: 0.6 });
    const bought = answer.rows.filter((r) => (r.quantity_t as number) > 0);
    // 10 t that cost 130 without an agreement come at 121; for them alone 200 USD for the other does not pay
    expect(bought.map((r) => [r.supplier, r.quantity_t])).toEqual([
      ['CN', 60],
      ['CL', 30],
      ['CL (gb-cl)', 10],
    ]);
    const notes = (code: string) => answer.notes.filter((n) => n.code === code);
    expect(notes('cost')[0]!.value).toBeCloseTo(6000 + 3600 + 1210, 6);
    expect(notes('start')).toMatchObject([{ agreement: 'gb-cl', value: 0, year: 2035 }]);
    expect(notes('option_value')).toMatchObject([{ agreement: 'gb-cl' }]);
    expect(notes('option_value')[0]!.value).toBeCloseTo(10_900 - 10_810, 6);
    expect(notes('gap')[0]!.value).toBeLessThan(1e-4);
    expect(notes('gap')[0]!.text).toContain('projects and agreements');
    expect(answer.view!.after!.join(' ')).toContain('gb-cl is worth');
  });

  it('an agreement without which there is no plan says what could not be met', async () => {
    const few = kazakh.suppliers.filter((s) => ['CN', 'KZ'].includes(s.supplier));
    const answer = await plan({ options: { ...kazakh, suppliers: few }, cap: 0.6 });
    const worth = answer.notes.find((n) => n.code === 'option_value')!;
    expect(worth).toMatchObject({ agreement: 'gb-kz', value: null, short_closed_t: 40 });
    expect(worth.text).toContain('there is no plan');
  });

  it('an agreement opens nothing before its first year', async () => {
    const late = { ...kazakh, agreements: [{ agreement: 'gb-cl', from_year: 2036 }, { agreement: 'gb-kz' }] };
    const answer = await plan({
      options: { ...late, projects: [{ project: 'mine', fixed_cost_usd: 1e6 }] },
      cap: 0.6,
    });
    expect(answer.notes.filter((n) => n.code === 'start')).toMatchObject([{ agreement: 'gb-kz' }]);
  });

  it.each([
    [{ ...kazakh, agreements: [{ agreement: 'gb-cl' }] }, 'is in no row of agreements'],
    [
      { ...kazakh, projects: [{ project: 'gb-cl', fixed_cost_usd: 1 }, ...kazakh.projects] },
      'is also a project',
    ],
    [
      {
        ...kazakh,
        suppliers: [...kazakh.suppliers, { ...kazakh.suppliers[6], supplier: 'both', project: 'mine' }],
      },
      'cannot stand beside a project',
    ],
    [{ ...kazakh, suppliers: [...kazakh.suppliers, kazakh.suppliers[6]] }, 'duplicate'],
  ])('refuses agreements that do not fit: %#', async (options, text) => {
    await expect(plan({ options, cap: 0.6 })).rejects.toThrow(text);
  });
});

/** CHN sells 80 of 100 t to GBR; AUS sells 20 there and 500 elsewhere; XAA sells on what it has from CHN. */
const traded: Tables = {
  country: countries,
  mineral: [{ mineral: 'testium', name: 'Testium' }],
  hs6_mineral: [{ hs6: '811299', mineral: 'testium', stage: 'refine', metal_content: 1, share_of_code: 1 }],
  trade_flow: [
    ['CHN', 'GBR', 80, 80_000],
    ['AUS', 'GBR', 20, 24_000],
    ['AUS', 'CHL', 500, 600_000],
    ['CHN', 'XAA', 400, 400_000],
    ['XAA', 'CHL', 300, 330_000],
    ['XAA', 'GBR', 1, 1100],
    ['GBR', 'CHL', 1, 1500],
  ].map(([exporter, importer, quantity_t, value_usd]) => ({
    year: 2024,
    exporter,
    importer,
    hs6: '811299',
    basis: 'origin',
    source: 'own',
    value_usd,
    quantity_t,
  })) as never,
  production: [
    { year: 2024, country: 'CHN', mineral: 'testium', stage: 'refine', source: 'own', quantity_t: 1000 },
    { year: 2024, country: 'AUS', mineral: 'testium', stage: 'refine', source: 'own', quantity_t: 600 },
  ],
  distance: [
    { country: 'GBR', other_country: 'CHN', distance_km: 8000 },
    { country: 'GBR', other_country: 'AUS', distance_km: 17_000 },
  ],
  agreement: [{ agreement: 'gb-au', party: 'GBR', partner: 'AUS', date: '2025-01-01', kind: 'memorandum' }],
};

describe('plan from tables', () => {
  it('needs what is used, buys within what is available, and its rows add up to both', async () => {
    const answer = await plan({ cap: 0.6, from: 2026, to: 2027 }, traded);
    for (const year of [2026, 2027]) {
      const rows = answer.rows.filter((r) => r.year === year);
      // 101 t come in, 1 t goes out
      expect(rows[0]?.demand_t).toBe(100);
      expect(rows.reduce((s, r) => s + (r.quantity_t as number), 0)).toBeCloseTo(100, 6);
      for (const r of rows) {
        expect(r.quantity_t).toBeLessThanOrEqual((r.available_t as number) + 1e-9);
        expect(r.cost_usd).toBeCloseTo((r.quantity_t as number) * (r.unit_cost_usd_per_t as number), 6);
        const parts = ['unit_value_usd_per_t', 'freight_usd_per_t', 'risk_premium_usd_per_t'];
        expect(r.unit_cost_usd_per_t).toBeCloseTo(
          parts.reduce((s, p) => s + (r[p] as number), 0),
          9,
        );
        expect(r.share).toBeLessThanOrEqual(0.6 + 1e-9);
      }
      // today's 20 t and a tenth of the 500 t that others buy
      expect(rows.find((r) => r.supplier === 'AUS')?.available_t).toBeCloseTo(70, 9);
      expect(rows.find((r) => r.supplier === 'CHN')?.freight_usd_per_t).toBeCloseTo(80, 9);
    }
  });

  it('a seller of what was made elsewhere counts where it was made when the cap is on origin', async () => {
    const shareOfChina = (answer: Awaited<ReturnType<typeof plan>>) =>
      answer.rows.reduce(
        (s, r) => s + (['CHN', 'XAA'].includes(r.supplier as string) ? (r.quantity_t as number) : 0),
        0,
      );
    const declared = await plan({ cap: 0.6, from: 2030, to: 2030 }, traded);
    const traced = await plan({ cap: 0.6, capOn: 'traced', from: 2030, to: 2030 }, traded);
    expect(shareOfChina(traced)).toBeLessThanOrEqual(60 + 1e-6);
    expect(shareOfChina(declared)).toBeGreaterThan(60 + 1);
    const cost = (a: typeof traced) => a.notes.find((n) => n.code === 'cost')?.value as number;
    expect(cost(traced)).toBeGreaterThan(cost(declared));
    expect(declared.notes.find((n) => n.code === 'over_today')?.text).toMatch(/born in land CHN/);
  });

  it('without what others buy nothing can move: 19 t are short, and it says what is in the way', async () => {
    const answer = await plan({ cap: 0.6, divert: 0, from: 2030, to: 2030 }, traded);
    const short = answer.rows.find((r) => r.constraint === 'demand');
    // 60 t under the cap, 20 from AUS, 1 from XAA
    expect(short?.short_by_t).toBeCloseTo(19, 6);
    const cannot = answer.notes.find((n) => n.code === 'cannot');
    // 101 t are on offer for 100: 79 of them must be Chinese
    expect(cannot?.least_cap).toBeCloseTo(0.79, 6);
    expect(cannot?.text).toMatch(/lowest cap that can be met is 79 %/);
  });

  it('an agreement is worth the cost it saves, and nothing where it opens nothing that is needed', async () => {
    const worth = async (divert: number) =>
      (await plan({ cap: 0.6, divert, agreement: 'gb-au', from: 2030, to: 2030 }, traded)).notes.find(
        (n) => n.code === 'agreement_value',
      );
    expect((await worth(0))?.short_closed_t).toBeCloseTo(19, 6);
    expect((await worth(0.5))?.value).toBe(0);
    const one = await plan({ cap: 0.6, divert: 0, agreement: 'gb-au', from: 2030, to: 2030 }, traded);
    const bare = await plan({ cap: 0.6, divert: 0, from: 2030, to: 2030 }, traded);
    expect(one.rows).toEqual(bare.rows);
    await expect(plan({ cap: 0.6, agreement: 'gb-xx' }, traded)).rejects.toThrow(
      /unknown agreement: "gb-xx"/,
    );
  });

  it('a project is worth what the plan without it costs more, by solving twice and by the price of its tonnes', async () => {
    const works = { project: 'works', country: 'GBR', mineral: 'testium', stage: 'refine', quantity_t: 5 };
    const tables = { ...traded, project: [{ ...works, start_year: 2028, probability: 1 }] } as Tables;
    const answer = await plan({ cap: 0.6, project: 'works', from: 2030, to: 2030 }, tables);
    const worth = answer.notes.find((n) => n.code === 'project_value');
    const unit = (who: string) => answer.rows.find((r) => r.supplier === who)?.unit_cost_usd_per_t as number;
    // 5 t at home in place of 5 t from AUS, as CHN is at its cap
    expect(worth?.tonnes_after).toBeCloseTo(5, 6);
    expect(worth?.value).toBeCloseTo(5 * (unit('AUS') - unit('GBR domestic')), 6);
    expect(answer.notes.find((n) => n.code === 'project_total')?.text).toMatch(
      /What it costs to build is in no source/,
    );
    await expect(plan({ project: 'mill' }, tables)).rejects.toThrow(/unknown project: "mill"/);
  });

  it('a stop that strikes nothing known is not a loss of 0, today or with the plan', async () => {
    const silent = { ...traded, production: (traded.production as never[]).slice(1) };
    const asked = { cap: 0.6, shock: 'CHN', from: 2030, to: 2030, divert: 0.5 };
    const answer = await plan(asked, silent);
    const shock = answer.notes.find((n) => n.code === 'shock')!;
    expect([shock.value, shock.today_share, shock.planned_share]).toEqual([null, null, null]);
    expect(shock.text).toContain('is not known');
    expect(answer.notes.find((n) => n.code === 'shock_unknown')!.text).toContain(
      'Testium (refine) is not known',
    );
    expect(answer.notes.map((n) => n.code)).not.toContain('shock_total');
    expect(answer.view!.after!.join(' ')).toContain('is not known');

    const none = await plan({ ...asked, shock: 'GBR' }, {
      ...traded,
      production: [
        ...(traded.production as never[]),
        { year: 2024, country: 'GBR', mineral: 'testium', stage: 'refine', source: 'own', quantity_t: 0 },
      ],
    } as Tables);
    expect(none.notes.find((n) => n.code === 'shock')).toMatchObject({ today_share: 0, planned_share: 0 });
  });

  it('a stop of the largest seller costs the plan’s mix less than today’s', async () => {
    const answer = await plan({ cap: 0.5, capOn: 'traced', shock: 'CHN', from: 2030, to: 2030 }, traded);
    const shock = answer.notes.find((n) => n.code === 'shock');
    expect(shock?.today_share).toBeGreaterThan(0.5);
    expect(shock?.planned_share).toBeLessThan((shock?.today_share as number) - 0.1);
    await expect(plan({ shock: 'china-rare-earth-licence' }, traded)).rejects.toThrow(
      /china-rare-earth-licences/,
    );
    await expect(plan({ shock: 'CHN', options: six }, traded)).rejects.toThrow(UsageError);
  });

  it('traces cost against the cap, and what a frontier’s points cost', async () => {
    const answer = await plan({ frontier: 'cap', points: 5, from: 2030, to: 2030 }, traded);
    const points = answer.notes.filter((n) => n.code === 'frontier');
    expect(points.length).toBe(5);
    const costs = points.map((n) => n.value as number);
    expect([...costs].sort((a, b) => a - b)).toEqual(costs);
  });

  it('buys ahead where demand grows beyond what can be had, and leaves the stock as it was', async () => {
    const stock = [
      { year: 2023, country: 'GBR', mineral: 'testium', stage: 'refine', source: 'own', quantity_t: 30 },
      { year: 2022, country: 'GBR', mineral: 'testium', stage: 'refine', source: 'own', quantity_t: 90 },
      { year: 2023, country: 'CHN', mineral: 'testium', stage: 'refine', source: 'own', quantity_t: 700 },
    ];
    const growing = { mineral: ['testium'], from: 2026, to: 2030, cap: 0.9, demand: 0.18 };
    const short = (await plan(growing, { ...traded, stock })).rows.some((r) => r.status === 'infeasible');
    expect(short).toBe(true);
    const answer = await plan({ ...growing, stock: 1, holding: 0.05 }, { ...traded, stock });
    expect(answer.rows.some((r) => r.status === 'infeasible')).toBe(false);
    const held = answer.rows.filter((r) => r.kind === 'stock');
    expect(held[0]!.opening_t).toBe(30);
    expect(held.at(-1)!.closing_t).toBeCloseTo(30, 6);
    expect(held.some((r) => (r.bought_t as number) > 0)).toBe(true);
    expect(answer.notes.find((n) => n.code === 'stock')?.text).toMatch(
      /Testium \(refine\): .* bought .* drawn/,
    );
    expect(
      (await plan({ ...growing, stock: 1 }, traded)).rows.find((r) => r.kind === 'stock')?.opening_t,
    ).toBe(0);
  });

  it('demand grows as asked', async () => {
    const answer = await plan({ demand: 0.1, from: 2026, to: 2026 }, traded);
    expect(answer.rows[0]?.demand_t).toBeCloseTo(121, 9);
    expect(answer.notes.some((n) => n.code === 'no_cap')).toBe(true);
  });

  it('follows the world’s demand in a scenario where the consumer’s own growth is not published', async () => {
    const of = (scenario: string, year: number, quantity_t: number) => ({
      year,
      country: 'WLD',
      mineral: 'testium',
      stage: 'refine',
      source: `iea_${scenario}`,
      measure: 'projection',
      quantity_t,
    });
    const demands = [of('steps', 2024, 10), of('steps', 2034, 20), of('nze', 2024, 10), of('nze', 2034, 40)];
    const tables = { ...traded, demand: demands } as Tables;
    const needed = async (scenario?: string) =>
      (await plan({ scenario, from: 2034, to: 2034 }, tables)).rows[0]?.demand_t as number;
    expect(await needed()).toBe(100);
    expect(await needed('steps')).toBeCloseTo(200, 9);
    expect(await needed('nze')).toBeCloseTo(400, 9);
  });

  it('refuses what is not in the data', async () => {
    await expect(plan({ mineral: ['litium'] }, traded)).rejects.toThrow(/unknown mineral: "litium"/);
    await expect(plan({ stage: ['smelt'] }, traded)).rejects.toThrow(/unknown stage: "smelt"/);
    await expect(plan({ blocCap: ['BRICS'] }, traded)).rejects.toThrow(/--bloc-cap/);
  });
});

describe('plan on the snapshot', () => {
  it('buys more of nobody who does not make the mineral: ferro-niobium from Brazil and Canada, not from ports', async () => {
    const world = await openWorld({ solve: solveModels });
    try {
      const params = planQuestion.params.parse({
        for: 'GBR',
        mineral: ['niobium'],
        to: 2035,
        from: 2035,
        cap: 0.6,
        capOn: 'traced',
      });
      const { rows } = await planQuestion.answer(params, world);
      const mix = rows.filter((r) => r.stage === 'refine' && r.status === 'optimal');
      expect(mix.length).toBeGreaterThan(1);
      const makers = new Set(['BRA', 'CAN', 'CHN', 'RUS']);
      for (const r of mix)
        if (!makers.has(String(r.country)))
          expect(Number(r.share), `${r.country} resells`).toBeLessThan(0.15);
      const brazil = mix.find((r) => r.country === 'BRA')!;
      expect(Number(brazil.share)).toBeLessThanOrEqual(0.6 + 1e-9);
    } finally {
      await world.close();
    }
  });

  const onSnapshot = async (given: Record<string, unknown>) => {
    const world = await openWorld({ solve: solveModels });
    try {
      return await planQuestion.answer(asked({ for: 'GBR', from: 2035, to: 2035, ...given }) as never, world);
    } finally {
      await world.close();
    }
  };

  it('a frontier of concentration ends where the quadratic solver goes round, and falls with its cost', async () => {
    const { notes } = await onSnapshot({ mineral: ['tungsten'], frontier: 'hhi', points: 8 });
    const points = notes.filter((n) => n.code === 'frontier') as unknown as {
      hhi: number;
      value: number;
    }[];
    expect(points.length).toBeGreaterThan(5);
    for (const [k, p] of points.entries())
      if (k > 0) {
        expect(p.hhi).toBeLessThanOrEqual(points[k - 1]!.hhi + 1e-9);
        expect(p.value).toBeGreaterThanOrEqual(points[k - 1]!.value * (1 - 1e-9));
      }
  }, 30_000);

  it('a shock to what has no plan within the cap is told by today’s mix alone', async () => {
    const answer = await onSnapshot({
      mineral: ['rare_earths'],
      stage: ['product'],
      shock: 'china-rare-earth-licences',
    });
    const shock = answer.notes.find((n) => n.code === 'shock')!;
    expect(shock.today_share).toBeGreaterThan(0.1);
    expect([shock.value, shock.planned_share]).toEqual([null, null]);
    expect(answer.view!.after!.join(' ')).toContain('with no plan within the limits to compare');
  });

  it('the fewest tonnes: of magnesium from China 83 % of imports come down to 60 % of the need, no more moves', async () => {
    const answer = await onSnapshot({ mineral: ['magnesium'], objective: 'change', cap: 0.6 });
    const digest = answer.view!.digest!.rows[0]!;
    // 2,464 t of 2,955 t imported in 2024 (BACI 810411, 810419)
    expect(digest.moved_share).toBeCloseTo(2464.046 / 2955.166 - 0.6, 6);
    expect(answer.view!.headline![0]).toContain('moving the fewest tonnes');
  });

  it('what has no plan is named although it is within the cap today, and no cap is blamed for a floor', async () => {
    const answer = await onSnapshot({
      mineral: ['titanium'],
      stage: ['refine'],
      domesticMin: 0.2,
    });
    expect(answer.view!.headline!.join(' ')).toContain('no plan within the limits for Titanium (refine)');
    const told = answer.notes.find((n) => n.code === 'cannot')!;
    expect(told.text).toContain('has no plan within the limits; in the way: the floor on domestic supply');
    expect(told.text).not.toMatch(/under the cap|lowest cap/);
    expect(answer.notes.map((n) => n.code)).not.toContain('cost');
  });
});

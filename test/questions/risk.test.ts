import { describe, expect, it } from 'vitest';
import type { AnswerRow } from '../../src/questions/question.ts';
import { riskQuestion } from '../../src/questions/risk.ts';
import { removeFoldersAfterwards } from '../support/folder.ts';
import { type Cell, smallWorld, type Tables } from '../support/world.ts';

removeFoldersAfterwards();

type Row = Record<string, Cell>;
const land = (country: string) => ({ country, name: `${country} land` });
const code = (hs6: string, mineral: string, more: Row = {}): Row => ({
  hs6,
  mineral,
  stage: 'mine',
  metal_content: 1,
  share_of_code: 1,
  ...more,
});
const flow = (
  exporter: string,
  importer: string,
  quantity_t: Cell,
  value_usd: Cell,
  more: Row = {},
): Row => ({
  year: 2022,
  exporter,
  importer,
  hs6: '100000',
  quantity_t,
  value_usd,
  ...more,
});
const made = (country: string, quantity_t: Cell, more: Row = {}): Row => ({
  year: 2022,
  country,
  mineral: 'blue',
  stage: 'mine',
  quantity_t,
  ...more,
});
const stable = (country: string, estimate: Cell, year = 2022): Row => ({
  year,
  country,
  dimension: 'pv',
  estimate,
});

const base: Tables = {
  country: ['XAA', 'XAB', 'XAC', 'XAD'].map(land),
  mineral: ['blue', 'red', 'green'].map((mineral) => ({ mineral, name: mineral })),
  hs6_mineral: [code('100000', 'blue', { metal_content: 0.5 })],
  governance: [stable('XAB', -2.5), stable('XAC', 0), stable('XAA', 2.5), stable('XAB', 2.5, 2021)],
  production: [made('XAB', 60), made('XAC', 30), made('XAA', 10)],
  trade_flow: [flow('XAB', 'XAA', 100, 40_000), flow('XAC', 'XAA', 40, 60_000)],
};

async function ask(tables: Tables, params: Record<string, unknown>) {
  const world = await smallWorld(tables);
  return riskQuestion.answer(riskQuestion.params.parse({ for: ['XAA'], ...params }), world);
}
const only = (answer: { rows: AnswerRow[] }): AnswerRow => {
  expect(answer.rows).toHaveLength(1);
  return answer.rows[0]!;
};
const codes = (answer: { notes: readonly { code: string }[] }) => answer.notes.map((n) => n.code);

describe('risk --method geopolrisk', () => {
  it('weights contained tonnes by instability over imports and domestic output', async () => {
    // f = 50 and 20 t content, g = 1 and .5, p = 10: 60/80; HHI = .36 + .09 + .01
    const row = only(await ask(base, {}));
    expect(row).toMatchObject({
      weighted_t: 60,
      imports_t: 70,
      domestic_t: 10,
      import_risk: 0.75,
      suppliers: 2,
    });
    expect(row.hhi).toBeCloseTo(0.46, 12);
    expect(row.score).toBeCloseTo(0.345, 12);
    expect(row.price_usd_per_kg).toBeCloseTo(100_000 / 70 / 1000, 12);
    expect(row.cf).toBeCloseTo((0.345 * 100) / 70 / 0.409412948, 12);
  });

  it('breaks down into summands that add up to import risk and concentration', async () => {
    const row = only(await ask(base, {}));
    const { rows, columns } = await ask(base, { breakdown: true });
    const sum = (side: string) =>
      rows.filter((r) => r.side === side).reduce((s, r) => s + (r.term as number), 0);
    expect(sum('imports')).toBeCloseTo(row.import_risk as number, 12);
    expect(sum('output')).toBeCloseTo(row.hhi as number, 12);
    expect(rows.map((r) => r.supplier)).toEqual(['XAB', 'XAC', 'XAB', 'XAC', 'XAA']);
    for (const r of rows) expect(Object.keys(r).sort()).toEqual(columns.map((c) => c.name).sort());
    await expect(ask(base, { method: 'trade', breakdown: true })).rejects.toThrow('breakdown');
  });

  it('counts a supplier without an estimate in the year as 0.5, whatever other years say, and names it', async () => {
    const governance = [stable('XAC', 0), stable('XAB', 2.5, 2021)];
    const answer = await ask({ ...base, governance }, { year: ['2022'] });
    expect(only(answer).import_risk).toBeCloseTo(35 / 80, 12);
    expect(answer.notes.find((n) => n.code === 'governance_missing')?.text).toMatch(/: XAB$/);
    const other = only(await ask({ ...base, governance }, { year: ['2022'], governanceYear: 2021 }));
    expect(other.import_risk).toBeCloseTo(10 / 80, 12);
    expect(other.governance_year).toBe(2021);
  });

  it('says null with its note without supply, and 0 by the published rules', async () => {
    const answer = await ask(base, { for: ['XAD'], year: ['2022'] }).catch((e: Error) => e);
    // XAD buys nothing at all: no year of trade is its own
    expect(answer).toBeInstanceOf(Error);
    const tables = { ...base, trade_flow: [...(base.trade_flow as Row[]), flow('XAB', 'XAD', null, 5)] };
    const ours = await ask(tables, { for: ['XAD'] });
    expect(only(ours)).toMatchObject({ import_risk: null, score: null, price_usd_per_kg: null, cf: null });
    expect(only(ours).note).toContain('no_supply');
    expect(ours.notes.find((n) => n.code === 'no_supply')?.rows).toEqual([0]);
    expect(only(await ask(tables, { for: ['XAD'], compat: true }))).toMatchObject({
      import_risk: 0,
      score: 0,
    });
  });

  it('is 0 for a producer that imports nothing in tonnes', async () => {
    const row = only(await ask({ ...base, trade_flow: [flow('XAB', 'XAA', null, 5)] }, {}));
    expect(row).toMatchObject({ import_risk: 0, score: 0, price_usd_per_kg: null, imports_usd: 5 });
  });

  it('never reads withheld output at home as none', async () => {
    const production = [made('XAB', 60), made('XAA', null, { status: 'withheld' })];
    const answer = await ask({ ...base, production }, {});
    expect(only(answer)).toMatchObject({ hhi: 1, domestic_t: null, import_risk: null, score: null });
    expect(codes(answer)).toContain('withheld');
  });

  it('has no concentration where the stage has no output, though the mineral has at another', async () => {
    const production = [made('XAB', 60, { stage: 'refine' })];
    const answer = await ask({ ...base, production }, {});
    expect(only(answer)).toMatchObject({ stage: 'mine', hhi: null, score: null });
    expect(only(answer).import_risk).toBeCloseTo(60 / 70, 12);
    expect(codes(answer)).toContain('no_production');
  });

  it('takes the larger of world total and rows as the denominator, by the published rules the named rows', async () => {
    const production = [...(base.production as Row[]), made('WLD', 200), made('OTH', 100)];
    expect(only(await ask({ ...base, production }, {})).hhi).toBeCloseTo(0.46 / 4, 12);
    expect(only(await ask({ ...base, production }, { compat: true })).hhi).toBeCloseTo(0.46, 12);
  });

  it('leaves a basket that hides the mineral unscored', async () => {
    const hs6_mineral = ['blue', 'red'].map((m) => code('100000', m, { share_of_code: null }));
    const answer = await ask({ ...base, hs6_mineral }, { mineral: ['blue'] });
    expect(only(answer)).toMatchObject({ import_risk: null, score: null, suppliers: 0 });
    expect(codes(answer)).toContain('basket');
  });

  it('adds several codes of a stage, and takes gross tonnes with a note where the content is unknown', async () => {
    const answer = await ask(
      {
        ...base,
        hs6_mineral: [
          code('100000', 'blue', { metal_content: 0.5 }),
          code('200000', 'blue', { metal_content: null }),
        ],
        trade_flow: [flow('XAB', 'XAA', 100, 1), flow('XAC', 'XAA', 10, 1, { hs6: '200000' })],
      },
      {},
    );
    expect(only(answer)).toMatchObject({ imports_t: 60, weighted_t: 55 });
    expect(codes(answer)).toContain('gross_weight');
  });

  it('ignores trade of a country with itself, with a note', async () => {
    const answer = await ask(
      { ...base, trade_flow: [...(base.trade_flow as Row[]), flow('XAA', 'XAA', 9e9, 1)] },
      {},
    );
    expect(only(answer).imports_t).toBe(70);
    expect(codes(answer)).toContain('self_flow');
  });

  it('buys as a bloc from outside only; by the published rules trade inside dilutes the risk', async () => {
    const tables = {
      ...base,
      bloc: ['XAA', 'XAD'].map((country) => ({ bloc: 'UNI', country, name: 'Union' })),
      trade_flow: [flow('XAB', 'XAA', 100, 1000), flow('XAA', 'XAD', 100, 3000), flow('XAB', 'XAD', 20, 200)],
    };
    // content: 60 t from XAB at g = 1, 10 t at home
    const ours = only(await ask(tables, { for: ['UNI'] }));
    expect(ours).toMatchObject({ country: 'UNI', imports_t: 60, imports_usd: 1200 });
    expect(ours.import_risk).toBeCloseTo(60 / 70, 12);
    // gross: 120 t from outside, 100 t inside at g = 0
    const published = only(await ask(tables, { for: ['UNI'], compat: true }));
    expect(published).toMatchObject({ imports_t: 220, imports_usd: 4200 });
    expect(published.import_risk).toBeCloseTo(120 / 230, 12);
  });

  it('equals a second route on an invented trade table, to 1e-9', async () => {
    let state = 7;
    const next = (n: number) => {
      state = (state * 48271) % 2147483647;
      return state % n;
    };
    const lands = Array.from({ length: 12 }, (_, i) => `XB${String.fromCharCode(65 + i)}`);
    const years = [2021, 2022];
    const pv = new Map<string, number>();
    for (const y of years) for (const c of lands) if (next(6)) pv.set(`${c}${y}`, next(5000) / 1000 - 2.5);
    const output = lands.flatMap((c) => years.map((year) => made(c, next(3) ? next(1e6) / 7 : 0, { year })));
    const flows = new Map<string, Row>();
    for (let i = 0; i < 400; i++) {
      const [e, m] = [lands[next(12)]!, lands[next(12)]!];
      const [year, hs6] = [years[next(2)]!, ['100000', '200000'][next(2)]!];
      const f = flow(e, m, next(9) ? next(1e6) / 11 : null, next(1e6) + 1, { year, hs6 });
      if (e !== m) flows.set(`${e}${m}${year}${hs6}`, f);
    }
    const content = { '100000': 0.37, '200000': 0.9 } as Record<string, number>;
    const answer = await ask(
      {
        country: lands.map(land),
        mineral: base.mineral!,
        hs6_mineral: Object.entries(content).map(([h, metal_content]) => code(h, 'blue', { metal_content })),
        governance: [...pv].map(([k, e]) => stable(k.slice(0, 3), e, Number(k.slice(3)))),
        production: output,
        trade_flow: [...flows.values()],
      },
      { for: lands, year: ['2021-2022'] },
    );
    expect(answer.rows).toHaveLength(24);
    for (const row of answer.rows) {
      const ofYear = output.filter((p) => p.year === row.year);
      const world = ofYear.reduce((s, p) => s + (p.quantity_t as number), 0);
      const hhi = ofYear.reduce((s, p) => s + ((p.quantity_t as number) / world) ** 2, 0);
      const home = ofYear.find((p) => p.country === row.country)!.quantity_t as number;
      let [risky, bought, paid] = [0, 0, 0];
      for (const f of flows.values()) {
        if (f.importer !== row.country || f.year !== row.year) continue;
        const t = ((f.quantity_t as number) ?? 0) * content[f.hs6 as string]!;
        const estimate = pv.get(`${f.exporter}${f.year}`);
        risky += t * (estimate === undefined ? 0.5 : (2.5 - estimate) / 5);
        bought += t;
        paid += f.value_usd as number;
      }
      const score = (hhi * risky) / (home + bought);
      expect(Math.abs((row.score as number) - score)).toBeLessThan(1e-9);
      const cf = (score * paid) / bought / 1000 / 0.409412948;
      expect(Math.abs((row.cf as number) - cf)).toBeLessThan(1e-9 * Math.max(1, cf));
    }
  });

  it('needs an importer, and refuses years and stages that are not there', async () => {
    await expect(ask(base, { for: undefined })).rejects.toThrow('--for is needed');
    await expect(ask(base, { year: ['2019'] })).rejects.toThrow('2019');
    await expect(ask(base, { stage: ['moon'] })).rejects.toThrow('moon');
  });
});

describe('risk --method eu_sr', () => {
  const shares = (scope: string, of: number[], t: number[]) =>
    of.map((share, i) => ({
      mineral: 'blue',
      stage: 'mine',
      scope,
      country: ['XAA', 'XAB', 'XAC'][i]!,
      share,
      t: t[i]!,
    }));
  const six = (country: string, estimate: number) =>
    [2016, 2020].flatMap((year) =>
      ['va', 'pv', 'ge', 'rq', 'rl', 'cc'].map((dimension) => ({ year, country, dimension, estimate })),
    );
  const tables: Tables = {
    ...base,
    governance: [...six('XAA', -1.5), ...six('XAB', 0), ...six('XAC', 1.5)],
    eu_supply_share: [
      ...shares('global', [0.6, 0.25, 0.15], [1.1, 1, 0.8]),
      ...shares('eu', [0.3, 0.2, 0.5], [1.1, 1, 0.8]),
    ],
    eu_parameter: [
      {
        year: 2023,
        mineral: 'blue',
        stage: 'mine',
        scope: 'GS+EU',
        import_reliance: 0.8,
        eol_rir: 0.22,
        si_sr: 0.98,
      },
      { year: 2023, mineral: 'red', stage: 'refine', scope: 'GS', import_reliance: 1, eol_rir: 0, si_sr: 1 },
      {
        year: 2017,
        mineral: 'blue',
        stage: 'mine',
        scope: 'GS',
        eol_rir: 0.5,
        si_sr: 0.9,
        hhi_wgi_global: 4,
        sr: 1.8,
      },
      { year: 2020, mineral: 'blue', stage: 'all', sr: 1.2 },
    ],
  };
  const sr = (more: Tables, params: Record<string, unknown> = {}) =>
    ask({ ...tables, ...more }, { for: undefined, method: 'eu_sr', ...params });

  it('gives SR 1.71363 with 35 165 and 13 920 (worked case of the 2017 guidelines), and says who weighs most', async () => {
    const row = (await sr({}, { mineral: ['blue'] })).rows[0]!;
    expect(row.hhi_wgi_global).toBeCloseTo(35165, 8);
    expect(row.hhi_wgi_sourcing).toBeCloseTo(13920, 8);
    expect(row.sr).toBeCloseTo(1.71363192, 10);
    expect(row).toMatchObject({
      country: 'EUU',
      year: 2023,
      global_top: 'XAA',
      sourcing_top: 'XAA',
      note: null,
    });
    expect(row.global_share).toBeCloseTo(1, 12);
  });

  it('breaks down into the summands of both sides', async () => {
    const { rows } = await sr({}, { mineral: ['blue'], breakdown: true });
    const terms = (side: string) =>
      rows.filter((r) => r.side === side).map((r) => Math.round(r.term as number));
    expect(terms('global')).toEqual([31680, 3125, 360]);
    expect(terms('sourcing')).toEqual([7920, 2000, 4000]);
  });

  it('gives a material without shares a row with null and its note', async () => {
    const answer = await sr({});
    const red = answer.rows.findIndex((r) => r.mineral === 'red');
    expect(answer.rows[red]).toMatchObject({ stage: 'refine', sr: null, note: 'no shares' });
    expect(answer.notes.find((n) => n.code === 'missing_input')?.rows).toEqual([red]);
  });

  it('needs the import reliance where both sides count', async () => {
    const eu_parameter = [
      { year: 2023, mineral: 'blue', stage: 'mine', scope: 'GS+EU', eol_rir: 0, si_sr: 1 },
    ];
    expect(only(await sr({ eu_parameter }))).toMatchObject({ sr: null, note: 'no import reliance' });
    const one = [{ ...eu_parameter[0]!, scope: 'EU' }];
    expect(only(await sr({ eu_parameter: one })).sr).toBeCloseTo(1.392, 12);
  });

  it('has no score without governance, and says so of shares that do not add up', async () => {
    const none = await sr({ governance: [stable('XAA', 1)] }, { mineral: ['blue'] });
    expect(only(none)).toMatchObject({ hhi_wgi_global: null, sr: null });
    const eu_supply_share = [
      { mineral: 'blue', stage: 'mine', scope: 'eu', country: 'XAA', share: 0.07, t: 1 },
    ];
    const thin = await sr({ eu_supply_share }, { mineral: ['blue'] });
    expect(codes(thin)).toContain('shares_incomplete');
    expect(only(thin).sr).toBeCloseTo(((7 ** 2 * 8) / 1e4) * 0.78 * 0.98, 12);
  });

  it('takes the 2017 study’s printed concentrations, and shows scores of studies whose inputs are not there', async () => {
    const [old, later] = (await sr({}, { year: ['2017', '2020'] })).rows;
    expect(old).toMatchObject({ year: 2017, hhi_wgi_global: 40_000, sr_published: 1.8 });
    expect(old!.sr).toBeCloseTo(1.8, 12);
    expect(later).toMatchObject({ year: 2020, stage: 'all', sr: null, sr_published: 1.2 });
    expect(later!.note).not.toBeNull();
    await expect(sr({}, { year: ['2019'] })).rejects.toThrow('2019');
    await expect(ask(tables, { method: 'eu_sr' })).rejects.toThrow('XAA');
  });
});

describe('risk, other methods', () => {
  it('eu_ei: 4.0034 at a scale of 290 bn is 5.686 at that of the study (worked case, SI .9)', async () => {
    const uses = [
      [0.4, 180e9],
      [0.35, 120e9],
      [0.25, 60e9],
    ].map(([share, value_added_eur], i) => ({
      mineral: 'blue',
      scope: 'EUU',
      application: `use ${i}`,
      year: 2023,
      share: share!,
      value_added_eur: value_added_eur!,
    }));
    const eu_parameter = [{ year: 2023, mineral: 'blue', stage: 'mine', si_ei: 0.9, ei: 5.7 }];
    const row = only(
      await ask({ ...base, end_use: uses, eu_parameter }, { for: undefined, method: 'eu_ei' }),
    );
    expect(row.ei).toBeCloseTo((4.003448275862069 * 290) / 204.2, 10);
    expect(row).toMatchObject({ uses: 3, ei_published: 5.7, note: null });
    const none = await ask({ ...base, end_use: uses }, { for: undefined, method: 'eu_ei' });
    expect(only(none)).toMatchObject({ ei: null, note: 'no substitution index' });
  });

  it('n_minus_1: 40/55 of the demand elsewhere (worked case), null without demand', async () => {
    const production = [made('XAA', 60), made('XAB', 25), made('XAC', 15)];
    const demand = [
      ['XAA', 40],
      ['XAB', 10],
      ['XAC', 5],
      ['OTH', 40],
    ].map(([country, quantity_t]) => ({
      year: 2022,
      country: country!,
      mineral: 'blue',
      stage: 'mine',
      quantity_t: quantity_t!,
    }));
    const row = only(await ask({ ...base, production, demand }, { method: 'n_minus_1' }));
    expect(row).toMatchObject({ largest: 'XAA', supply_t: 100, remaining_t: 40, demand_outside_t: 55 });
    expect(row.cover).toBeCloseTo(0.7272727272727273, 12);
    const total = [{ ...demand[0]! }, { ...demand[1]!, country: 'WLD', quantity_t: 95 }];
    expect(
      only(await ask({ ...base, production, demand: total }, { method: 'n_minus_1' })).demand_outside_t,
    ).toBe(55);
    const none = await ask({ ...base, production }, { method: 'n_minus_1' });
    expect(only(none)).toMatchObject({ cover: null, remaining_share: 0.4 });
    expect(codes(none)).toContain('no_demand');
  });

  it('trade: reliance .8 of imports 90, exports 10, output 20; leverage and origin gap by their terms', async () => {
    const tables = {
      ...base,
      hs6_mineral: [code('100000', 'blue')],
      production: [made('XAB', 60), made('XAC', 20), made('XAA', 20)],
      trade_flow: [flow('XAB', 'XAA', 60, 80), flow('XAC', 'XAA', 30, 20), flow('XAA', 'XAD', 10, 100)],
      recycling: [{ mineral: 'blue', indicator: 'companionality', value: 0.9 }],
    };
    const row = only(await ask(tables, { method: 'trade' }));
    expect(row).toMatchObject({ imports_t: 90, exports_t: 10, domestic_t: 20, apparent_consumption_t: 100 });
    expect(row.net_import_reliance).toBeCloseTo(0.8, 12);
    expect(row).toMatchObject({ dominant_country: 'XAB', top_supplier: 'XAB', companionality: 0.9 });
    expect(row.leverage).toBeCloseTo(0.8 * Math.sqrt(0.68), 12);
    expect(row).toMatchObject({ top_exporter: 'XAA', top_exporter_share: 0.5, top_exporter_mine_share: 0.2 });
    expect(row.origin_gap).toBeCloseTo(0.3, 12);
  });

  it('trade: negative apparent consumption is null with its note, never a reliance', async () => {
    const tables = { ...base, trade_flow: [flow('XAB', 'XAA', 1, 1), flow('XAA', 'XAD', 100, 1)] };
    const answer = await ask(tables, { method: 'trade' });
    expect(only(answer)).toMatchObject({ apparent_consumption_t: -39.5, net_import_reliance: null });
    expect(codes(answer)).toContain('no_consumption');
  });

  it('usgs_2020: the published reliance as TE, 0 for a net exporter; the score is null with its reason', async () => {
    const salient = [
      {
        year: 2024,
        country: 'XAA',
        mineral: 'blue',
        statistic: 'net_import_reliance',
        value: 0.4,
        unit: '1',
      },
      {
        year: 2024,
        country: 'XAA',
        mineral: 'red',
        statistic: 'net_import_reliance',
        status: 'net_exporter',
      },
    ];
    const answer = await ask({ ...base, salient }, { method: 'usgs_2020' });
    expect(answer.rows.map((r) => [r.mineral, r.te, r.dp, r.ev, r.sr])).toEqual([
      ['blue', 0.4, null, null, null],
      ['red', 0, null, null, null],
    ]);
    expect(answer.notes[0]).toMatchObject({ code: 'no_open_input', rows: [0, 1] });
    await expect(ask({ ...base, salient }, { method: 'usgs_2020', year: ['1999'] })).rejects.toThrow('1999');
  });

  it('every column stands in every row, and every null score is noted', async () => {
    for (const method of ['geopolrisk', 'n_minus_1', 'trade', 'usgs_2020', 'compare']) {
      const answer = await ask(base, { method });
      for (const row of answer.rows)
        expect(Object.keys(row)).toEqual(expect.arrayContaining(answer.columns.map((c) => c.name)));
      for (const n of answer.notes) for (const i of n.rows ?? []) expect(answer.rows[i]).toBeDefined();
    }
  });
});

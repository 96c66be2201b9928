import { describe, expect, it } from 'vitest';
import { ask, openWorld } from '../../src/index.ts';
import { boardQuestion } from '../../src/questions/board.ts';
import { boardColumns } from '../../src/questions/board-columns.ts';
import type { AnswerRow, Question } from '../../src/questions/question.ts';
import { readParams } from '../../src/questions/read-params.ts';
import { smallWorld, type Tables, worldFolder } from '../support/world.ts';

const flow = (
  year: number,
  exporter: string,
  importer: string,
  hs6: string,
  basis: string,
  value_usd: number | null,
  quantity_t: number | null,
) => ({
  year,
  exporter,
  importer,
  hs6,
  basis,
  source: basis === 'dispatch' ? 'port' : 'post',
  value_usd,
  quantity_t,
});

/** A land buys ore and metal from B, C and D lands; B land mines, C land resells; 2021 has trade but no output. */
const tables: Tables = {
  country: ['AAA', 'BBB', 'CCC', 'DDD'].map((country) => ({ country, name: `${country} land` })),
  mineral: [
    { mineral: 'red_ore', name: 'Red ore', symbol: 'Rd' },
    { mineral: 'blue_ore', name: 'Blue ore', symbol: '' },
    { mineral: 'air', name: 'Air', symbol: '' },
  ],
  hs6_mineral: [
    { hs6: '900101', mineral: 'red_ore', stage: 'mine', metal_content: 0.25, share_of_code: 1 },
    { hs6: '900102', mineral: 'red_ore', stage: 'mine', metal_content: 0.5, share_of_code: 0.4 },
    { hs6: '900102', mineral: 'blue_ore', stage: 'mine', metal_content: 0.1, share_of_code: 0.6 },
    { hs6: '900104', mineral: 'red_ore', stage: 'refine', metal_content: null, share_of_code: 1 },
  ],
  trade_flow: [
    flow(2020, 'BBB', 'AAA', '900101', 'origin', 1000, 400),
    flow(2020, 'CCC', 'AAA', '900101', 'origin', 3000, 100),
    flow(2020, 'CCC', 'AAA', '900102', 'origin', 700, 50),
    flow(2020, 'DDD', 'AAA', '900102', 'origin', 300, null),
    flow(2020, 'AAA', 'AAA', '900102', 'origin', 9999, 9999),
    flow(2020, 'BBB', 'CCC', '900101', 'origin', 800, 300),
    flow(2020, 'BBB', 'AAA', '900101', 'dispatch', 4000, 500),
    flow(2020, 'DDD', 'AAA', '900101', 'dispatch', 1000, 5),
    flow(2021, 'BBB', 'AAA', '900101', 'reconciled', 10, 4),
    flow(2021, 'CCC', 'AAA', '900102', 'origin', 700, 50),
    flow(2021, 'BBB', 'AAA', '900104', 'origin', 60, null),
    flow(2021, 'CCC', 'AAA', '900104', 'origin', 40, null),
  ],
  production: [
    { year: 2020, country: 'BBB', mineral: 'red_ore', stage: 'mine', source: 'dig', quantity_t: 300 },
    { year: 2020, country: 'AAA', mineral: 'red_ore', stage: 'mine', source: 'dig', quantity_t: 20 },
  ],
  target: [
    {
      target: 'cap',
      jurisdiction: 'AAA',
      metric: 'single_country_share_max',
      scope: 'each',
      comparator: '<=',
      value: 0.6,
      year: 2035,
    },
  ],
  critical_list: ['red_ore', 'air'].map((mineral) => ({ list: 'mine', mineral, status: 'critical' })),
};

async function board(typed: Record<string, string[]>, extra: Tables = {}) {
  const question = boardQuestion as unknown as Question;
  const world = await smallWorld({ ...tables, ...extra });
  return question.answer(
    readParams(question, { for: ['AAA'], ...typed }, (f) => `--${f.option}`),
    world,
  );
}
const rowOf = (rows: readonly AnswerRow[], hs6: string, year?: number) =>
  rows.find((r) => r.hs6 === hs6 && r.mineral !== 'blue_ore' && (year === undefined || r.year === year))!;

describe('board, declared', () => {
  it('shares by value; tonnes contained, of the part of the code that is the mineral', async () => {
    const { rows, notes } = await board({ year: ['2020'] });
    const first = rowOf(rows, '900101');
    expect(first).toMatchObject({ top_country: 'CCC', top_share: 0.75, second_share: 0.25, hhi: 0.625 });
    expect(first).toMatchObject({ supply_usd: 4000, supply_t: 125, suppliers: 2, domestic_t: 20 });
    expect(first).toMatchObject({ cap: 0.6, over_cap: true, headroom: 0.6 - 0.75, verdict: 'over' });
    const second = rowOf(rows, '900102');
    expect(second).toMatchObject({ supply_usd: 400, top_country: 'CCC', top_share: 0.7 });
    expect(second.supply_t).toBeCloseTo(50 * 0.5 * 0.4, 12);
    const blue = rows.find((r) => r.mineral === 'blue_ore')!;
    expect(blue.supply_usd).toBe(600);
    expect(blue.supply_t).toBeCloseTo(50 * 0.1 * 0.6, 12);
    const gap = notes.find((n) => n.code === 'no_quantity')!;
    expect(gap.value).toBeCloseTo(0.3, 12);
    expect(gap.rows).toEqual([rows.indexOf(second), rows.indexOf(blue)].sort());
    expect(notes.find((n) => n.code === 'self_flow')!.value).toBe(1);
  });

  it('by quantity: the other supplier is first', async () => {
    const { rows } = await board({ year: ['2020'], weight: ['quantity'] });
    expect(rowOf(rows, '900101')).toMatchObject({ top_country: 'BBB', top_share: 0.8, weight: 'quantity' });
  });

  it('takes reconciled rows alone where a mineral and year have any, so a code left without is of the year before', async () => {
    const { rows } = await board({ mineral: ['Rd'] });
    expect(rowOf(rows, '900101')).toMatchObject({ year: 2021, top_country: 'BBB', top_share: 1 });
    expect(rowOf(rows, '900102')).toMatchObject({ year: 2020, top_share: 0.7 });
  });

  it('tonnes are unknown, not 0, where no flow has any', async () => {
    const { rows } = await board(
      { stage: ['refine'] },
      { trade_flow: (tables.trade_flow as never[]).slice(-2) },
    );
    expect(rows[0]).toMatchObject({ supply_usd: 100, supply_t: null, top_share: 0.6, over_cap: false });
  });

  it('gives dispatch and origin side by side, never of the other year as its own', async () => {
    const origin = rowOf((await board({ year: ['2020'] })).rows, '900101');
    expect(origin).toMatchObject({ declared_share: 0.75, declared_year: 2020, dispatch_share: 0.8 });
    const dispatch = await board({ lens: ['dispatch'], mineral: ['red_ore'] });
    expect(rowOf(dispatch.rows, '900101')).toMatchObject({ year: 2020, top_country: 'BBB', top_share: 0.8 });
    const without = rowOf((await board({ year: ['2019-2021'] })).rows, '900104', 2020);
    expect(without).toMatchObject({ top_share: null, declared_share: null, evidence: 'none' });
    expect(without.note).toContain('2020');
  });

  it('has every column in every row, and a reason wherever no share is known', async () => {
    for (const lens of ['declared', 'dispatch', 'traced', 'controlled']) {
      const { rows } = await board({ lens: [lens], year: ['2019-2021'] });
      for (const row of rows) {
        expect(Object.keys(row).sort()).toEqual(boardColumns.map((c) => c.name).sort());
        if (row.top_share === null) expect(row.note).toBeTruthy();
      }
    }
  });

  it('a list’s mineral without a code has one row, and others are left out', async () => {
    const { rows } = await board({ list: ['mine'] });
    expect(rows.find((r) => r.mineral === 'air')).toMatchObject({ hs6: null, stage: null, evidence: 'none' });
    expect(rows.some((r) => r.mineral === 'blue_ore')).toBe(false);
  });
});

describe('board, traced and controlled', () => {
  it('takes the newest year with trade and output: 135 of 155 t from B land, what it sold through C land included', async () => {
    const { rows } = await board({ lens: ['traced'], mineral: ['red_ore'], stage: ['mine'] });
    // used: 20 own, 100 from B, 25 + 10 from C (which buys 75 from B); D sent no tonnes
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ year: 2020, hs6: '900101;900102', top_country: 'BBB', supply_t: 155 });
    expect(rows[0]!.top_share).toBeCloseTo(135 / 155, 12);
    expect(rows[0]).toMatchObject({ declared_country: 'CCC', declared_year: 2020, dispatch_country: 'BBB' });
    expect(rows[0]!.declared_share).toBeCloseTo((3000 + 280) / 4400, 12);
  });

  it('by control it says what stands with a country only as no owner is known', async () => {
    const answer = await board({ lens: ['controlled'], mineral: ['red_ore'], stage: ['mine'] });
    const [row] = answer.rows;
    expect(row).toMatchObject({ top_country: 'BBB', controlled_country: 'BBB' });
    expect(row!.controlled_unattributed).toBeCloseTo(135 / 155, 12);
    expect(row!.note).toContain('87 % with BBB only as no owner is known');
    expect(answer.view!.headline!.join(' ')).toContain('For all of them no owner is known of most of it');
    const traced = await board({ lens: ['traced'], mineral: ['red_ore'], stage: ['mine'] });
    expect(traced.view!.headline!.join(' ')).not.toContain('owner');
    expect(traced.rows[0]!.note ?? '').not.toContain('owner');
  });

  it('a country that buys nothing but mines is supplied by itself', async () => {
    const { rows } = await board({ for: ['BBB'], lens: ['traced'], mineral: ['red_ore'], stage: ['mine'] });
    expect(rows[0]).toMatchObject({ top_country: 'BBB', top_share: 1, supply_t: 125, domestic_t: 300 });
  });
});

describe('board, refused', () => {
  it.each([
    [{ year: ['1950'] }, /unknown year: "1950"/],
    [{ stage: ['foo'] }, /unknown stage: "foo".*mine.*refine/],
    [{ mineral: ['red_oar'] }, /"red_oar"; did you mean red_ore/],
    [{ cap: ['0'] }, /--cap .*"0"/],
    [{ list: ['mien'] }, /unknown list: "mien"/],
    [{ for: ['XX'] }, /unknown country: "XX"/],
  ])('%o', async (typed, message) => {
    await expect((async () => board(typed as Record<string, string[]>))()).rejects.toThrow(message);
  });
});

describe('which rows answer', () => {
  const ask = async (typed: Record<string, string[]>, trade_flow: Tables[string]) =>
    boardQuestion.answer(
      readParams(boardQuestion as unknown as Question, typed, (f) => `--${f.option}`) as never,
      await smallWorld({ ...tables, trade_flow }),
    );
  const own = flow(2020, 'BBB', 'AAA', '900101', 'origin', 10, 1);

  it('reconciled rows of anybody put rows by origin of the same mineral and year aside, whatever stage is asked', async () => {
    const refined = flow(2020, 'CCC', 'DDD', '900104', 'reconciled', 5, 1);
    for (const stage of [['mine'], ['all']]) {
      const { rows } = await ask({ for: ['AAA'], mineral: ['red_ore'], year: ['2020'], stage }, [
        own,
        refined,
      ]);
      const row = rows.find((r) => r.hs6 === '900101')!;
      expect(row.top_share).toBeNull();
      expect(row.note).toContain('known by origin only');
    }
    const { rows } = await ask({ for: ['AAA'], mineral: ['red_ore'], year: ['2020'] }, [own]);
    expect(rows.find((r) => r.hs6 === '900101')).toMatchObject({ top_country: 'BBB', top_share: 1 });
  });

  it('a year in which only others traded is known; one in which nobody did is not', async () => {
    const flows = [own, flow(2019, 'BBB', 'CCC', '900101', 'origin', 10, 1)];
    const { rows } = await ask({ for: ['AAA'], mineral: ['red_ore'], year: ['2019'] }, flows);
    expect(rows.every((r) => r.top_share === null && r.note)).toBe(true);
    await expect(ask({ for: ['AAA'], mineral: ['red_ore'], year: ['2018'] }, flows)).rejects.toThrow(
      'unknown year: "2018"',
    );
  });
});

describe('an importer without trade in a code', () => {
  const of = async (basis: string) => {
    const { rows } = await board(
      { for: ['AAA'], mineral: ['red_ore'], stage: ['mine'] },
      { trade_flow: [flow(2020, 'BBB', 'CCC', '900101', basis, 10, 1)] },
    );
    return rows.find((r) => r.hs6 === '900101')!;
  };
  it('bought none where a table of everybody’s trade has the code', async () => {
    expect(await of('reconciled')).toMatchObject({ year: 2020, supply_usd: 0, top_share: null });
  });
  it('is not known to have bought none where only another land’s own record has it', async () => {
    expect(await of('dispatch')).toMatchObject({ year: null, supply_usd: null, top_share: null });
  });
});

describe('own rows laid over the data', () => {
  it('are marked on the rows they are in, and named as a source', async () => {
    const over = worldFolder({
      trade_flow: [{ ...flow(2024, 'CAN', 'GBR', '720293', 'reconciled', 54e6, 100), source: 'customs' }],
    });
    const world = await openWorld({ with: over });
    try {
      const { rows, notes, sources } = await ask(
        'board',
        { for: 'GBR', mineral: ['niobium', 'magnesium'], stage: ['refine'] },
        world,
      );
      const at = rows.findIndex((r) => r.hs6 === '720293');
      expect(rows[at]).toMatchObject({ top_country: 'CAN', evidence: 'own', source: 'baci' });
      expect(notes.find((n) => n.code === 'own')!.rows).toEqual([at]);
      expect(sources.map((s) => s.id)).toEqual(expect.arrayContaining(['baci', 'own']));
    } finally {
      world.close();
    }
  });
});

describe('what is made at home', () => {
  const production = (own: number) => [
    { year: 2020, country: 'BBB', mineral: 'red_ore', stage: 'mine', source: 'dig', quantity_t: 300 },
    { year: 2020, country: 'AAA', mineral: 'red_ore', stage: 'mine', source: 'dig', quantity_t: own },
  ];
  const traced = async (own: number) => {
    const { rows } = await board(
      { for: ['AAA'], mineral: ['red_ore'], year: ['2020'], stage: ['mine'], lens: ['traced'] },
      { production: production(own) },
    );
    return rows[0]!;
  };

  it('is shown as the largest share, and no limit counts it', async () => {
    const row = await traced(900);
    expect(row.top_country).toBe('AAA');
    expect(row.top_share).toBeGreaterThan(0.6);
    expect(row).toMatchObject({ over_cap: null, headroom: null, verdict: 'within' });
    expect(row.over_lenses).not.toContain('traced');
    expect(row.note).toMatch(/^the limit does not count AAA; of the others BBB has most, \d/);
  });

  it('takes nothing from the verdict on others', async () => {
    const row = await traced(1);
    expect(row.top_country).toBe('BBB');
    expect(row.over_cap).toBe((row.top_share as number) > 0.6);
  });

  it('is judged as the question about targets judges it, for a bloc too', async () => {
    const world = await openWorld();
    try {
      const asked = { for: 'EUU', mineral: ['cobalt'], stage: ['compound'] };
      const found = await ask('board', { ...asked, lens: 'traced', weight: 'quantity' }, world);
      const rules = await ask('targets', { ...asked, lens: 'traced' }, world);
      const [row] = found.rows;
      const judged = rules.rows.filter(
        (r) => r.lens === 'traced' && r.stage === 'compound' && r.share !== null,
      );
      expect([row!.top_country, row!.verdict]).toEqual(['FIN', 'within']);
      expect(judged.length).toBeGreaterThan(0);
      for (const rule of judged) {
        expect(rule.status).toBe('met');
        expect(row!.note).toContain(
          `${rule.top_country} has most, ${(100 * (rule.share as number)).toFixed(1)} %`,
        );
      }
    } finally {
      world.close();
    }
  });
});

describe('a truncated series', () => {
  const answer = async (value_kept_share: number | null, complete = false) => {
    const flows = [
      flow(2020, 'BBB', 'AAA', '900101', 'reconciled', 60, null),
      flow(2020, 'CCC', 'AAA', '900101', 'reconciled', 20, null),
      flow(2020, 'BBB', 'DDD', '900101', 'reconciled', 920, null),
    ];
    const series_coverage = [
      { source: 'post', hs6: '900101', year: 2020, complete, value_kept_share, note: 'only the largest' },
    ];
    const { rows, notes } = await board(
      { for: ['AAA'], mineral: ['red_ore'], year: ['2020'], stage: ['mine'] },
      { trade_flow: flows, series_coverage },
    );
    return { row: rows.find((r) => r.hs6 === '900101')!, notes };
  };

  it('may lack what it lacks of the world’s trade: the largest share has a least, and the verdict may hang on it', async () => {
    // 1000 are held and are 98 %: 20.4 are missing, all of which may be AAA's: 60 / 100.4
    const { row, notes } = await answer(0.98);
    expect(row).toMatchObject({ top_share: 0.75, top_high: 0.75, over_cap: true, verdict: 'depends' });
    expect(row.top_low).toBeCloseTo(60 / (80 + 1000 / 0.98 - 1000), 12);
    expect(row.note).toContain('partial series (98.0 % of world trade kept): 59.8 % at least');
    expect(notes).toContainEqual(
      expect.objectContaining({ code: 'partial', text: 'partial series: only the largest' }),
    );
    expect((await answer(0.99)).row).toMatchObject({ verdict: 'over' });
  });

  it('has no least where nobody says how much is missing, and needs none where nothing is', async () => {
    expect((await answer(null)).row).toMatchObject({ top_low: null, verdict: 'over', evidence: 'partial' });
    expect((await answer(1, true)).row).toMatchObject({ top_low: null, evidence: 'complete', note: null });
  });
});

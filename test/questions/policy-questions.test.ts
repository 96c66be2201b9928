import { describe, expect, it } from 'vitest';
import { agreementQuestion } from '../../src/questions/agreement.ts';
import { exposureQuestion } from '../../src/questions/exposure.ts';
import { listsQuestion } from '../../src/questions/lists.ts';
import { outlookQuestion } from '../../src/questions/outlook.ts';
import type { Answer, Question } from '../../src/questions/question.ts';
import { timelineQuestion } from '../../src/questions/timeline.ts';
import { removeFoldersAfterwards } from '../support/folder.ts';
import { smallWorld, type Tables } from '../support/world.ts';

removeFoldersAfterwards();

const base: Tables = {
  country: ['XAA', 'XAB', 'XAC', 'XAD'].map((country) => ({ country, name: `${country} land` })),
  mineral: [
    { mineral: 'blue', name: 'Blue ore', mineral_group: 'colours' },
    { mineral: 'red', name: 'Red ore' },
    { mineral: 'colours', name: 'Colours' },
  ],
  hs6_mineral: [
    { hs6: '100000', mineral: 'blue', stage: 'refine', metal_content: 1, share_of_code: 1 },
    { hs6: '200000', mineral: 'red', stage: 'refine', metal_content: 1, share_of_code: 1 },
  ],
  critical_list: [
    {
      list: 'own-2024',
      mineral: 'blue',
      status: 'critical',
      jurisdiction: 'XAA',
      year: 2024,
      confidence: 'low',
    },
    {
      list: 'own-2024',
      mineral: 'red',
      status: 'removed',
      jurisdiction: 'XAA',
      year: 2024,
      confidence: 'high',
    },
    {
      list: 'other',
      mineral: 'blue',
      status: 'critical',
      jurisdiction: 'XAB',
      year: 2023,
      confidence: 'high',
    },
  ],
  target: [
    {
      target: 'cap',
      jurisdiction: 'XAA',
      metric: 'single_country_share_max',
      scope: 'each',
      list: 'own-2024',
      comparator: '<=',
      value: 0.6,
      unit: '1',
      year: 2034,
    },
  ],
  // the worked case of what an agreement could change: top .80, second .10, partner .02, D 100 t
  trade_flow: [
    { year: 2024, exporter: 'XAB', importer: 'XAA', hs6: '100000', value_usd: 800, quantity_t: 80 },
    { year: 2024, exporter: 'XAC', importer: 'XAA', hs6: '100000', value_usd: 180, quantity_t: 18 },
    { year: 2024, exporter: 'XAD', importer: 'XAA', hs6: '100000', value_usd: 20, quantity_t: 2 },
    { year: 2024, exporter: 'XAB', importer: 'XAA', hs6: '200000', value_usd: 10, quantity_t: 1 },
  ],
  production: [
    { year: 2024, country: 'XAB', mineral: 'blue', stage: 'refine', quantity_t: 800, source: 's' },
    { year: 2024, country: 'XAC', mineral: 'blue', stage: 'refine', quantity_t: 100, source: 's' },
    { year: 2024, country: 'XAD', mineral: 'blue', stage: 'refine', quantity_t: 100, source: 's' },
  ],
};
const ask = async <P extends Question['params']>(
  question: Question<P>,
  params: Record<string, unknown>,
  more: Tables = {},
  now = '2026-03-01',
): Promise<Answer> =>
  question.answer(question.params.parse(params), await smallWorld({ ...base, ...more }, now));

describe('agreement', () => {
  const more: Tables = {
    agreement: [
      {
        agreement: 'deal',
        party: 'XAA',
        partner: 'XAD',
        date: '2026-02-26',
        kind: 'memorandum',
        status: 'in_force',
        binding: false,
      },
    ],
    // 70 of the partner's 100 t are held from XAB; 2 t go to XAA and nowhere else, so own use is known: 98 t
    ownership: [
      {
        asset: 'plant',
        owner: 'o',
        country: 'XAD',
        mineral: 'blue',
        stage: 'refine',
        owner_country: 'XAB',
        equity_share: 0.7,
        output_t: 100,
      },
      {
        asset: 'plant',
        owner: 'p',
        country: 'XAD',
        mineral: 'blue',
        stage: 'refine',
        owner_country: 'XAD',
        equity_share: 0.3,
        output_t: 100,
      },
    ],
  };
  it('takes from the partner’s output what is held from third countries and what it uses', async () => {
    const answer = await ask(agreementQuestion, { id: 'deal', for: 'XAA' }, more);
    const row = answer.rows.find((r) => r.mineral === 'blue')!;
    expect(row).toMatchObject({
      partner_output_t: 100,
      committed_t: 70,
      own_use_t: 98,
      free_t: 0,
      demand_t: 100,
      top_country: 'XAB',
      top_share: 0.8,
      supply_from_partner_share: 0.02,
      binding: false,
      controlled_elsewhere_share: 0.7,
    });
    expect(row.partner_share).toBeCloseTo(0.1, 12);
    expect(row.most_it_could_move).toBe(0);
  });
  it('worked: 30 t free of a partner with .02 against .80 and .18: top′ = max(.50, .18, .32) = .50', async () => {
    const trade = [
      ...(base.trade_flow as Record<string, string | number>[]),
      { year: 2024, exporter: 'XAD', importer: 'XAC', hs6: '100000', value_usd: 980, quantity_t: 98 },
    ];
    const answer = await ask(agreementQuestion, { id: 'deal', for: 'XAA' }, { ...more, trade_flow: trade });
    const row = answer.rows.find((r) => r.mineral === 'blue')!;
    expect(row.own_use_t).toBe(0);
    expect(row.free_t).toBeCloseTo(30, 9);
    expect(row.top_share_if).toBeCloseTo(0.5, 9);
    expect(row.top_share_if_10).toBeCloseTo(0.77, 9);
    expect(row.top_share_pro_rata).toBeCloseTo((0.8 * 0.68) / 0.98, 9);
    expect(row.most_it_could_move).toBeCloseTo(0.3, 9);
    expect(row).toMatchObject({ cap: 0.6, over_cap: true, over_cap_if: false });
  });
  it('names what third countries already have, with how sure it is and from where', async () => {
    const tables: Tables = {
      ...more,
      agreement: [
        ...(more.agreement as Record<string, string | boolean>[]),
        {
          agreement: 'theirs',
          party: 'XAC',
          partner: 'XAD',
          date: '2025-01-01',
          kind: 'offtake',
          title: 'Blue for XAC',
          minerals: 'colours',
          status: 'in_force',
          binding: true,
          confidence: 'low',
          source: 'paper',
        },
        {
          agreement: 'talk',
          party: 'XAB',
          partner: 'XAD',
          date: '2025-01-01',
          status: 'in_force',
          binding: false,
        },
      ],
      project: [
        {
          project: 'mill',
          country: 'XAD',
          mineral: 'blue',
          stage: 'refine',
          quantity_t: 9,
          committed_to: 'XAB',
        },
        { project: 'for-us', country: 'XAD', mineral: 'blue', stage: 'refine', committed_to: 'XAA' },
      ],
    };
    const answer = await ask(agreementQuestion, { id: 'deal', for: 'XAA' }, tables);
    const row = answer.rows.find((r) => r.mineral === 'blue')!;
    expect(row.commitments).toBe(
      'XAB holds 70 % of output (plant); XAB was promised mill 9 t; XAC: Blue for XAC, 2025-01-01, binding [low]',
    );
    expect(row).toMatchObject({
      commitments_confidence: 'low',
      commitments_source: 'paper',
      committed_t: 70,
    });
    expect(answer.notes.find((n) => n.code === 'third_parties')?.text).toContain('talk');
  });
  it('takes the part asked for of what is free, and refuses a country as its own partner', async () => {
    const { ownership: _, ...free } = more;
    const trade = [
      ...(base.trade_flow as Record<string, string | number>[]),
      { year: 2024, exporter: 'XAD', importer: 'XAC', hs6: '100000', value_usd: 980, quantity_t: 98 },
    ];
    const row = (
      await ask(agreementQuestion, { id: 'deal', for: 'XAA', take: 0.2 }, { ...free, trade_flow: trade })
    ).rows.find((r) => r.mineral === 'blue')!;
    expect(row.top_share_if).toBeCloseTo(0.6, 9);
    await expect(ask(agreementQuestion, { partner: 'XAA', for: 'XAA' }, more)).rejects.toThrow(
      'another country',
    );
  });
  it('shows signs of output where there is no figure of it', async () => {
    const production = (base.production as Record<string, string | number>[]).filter(
      (p) => p.country !== 'XAD',
    );
    const answer = await ask(agreementQuestion, { id: 'deal', for: 'XAA' }, { ...more, production });
    const row = answer.rows.find((r) => r.mineral === 'blue')!;
    expect(row.signs).toBe('2 % of these imports come from it; plant in the register: plant');
    expect(row.most_it_could_move).toBeNull();
  });
  it('says that a document that does not bind moves nothing, and refuses an unknown one by name', async () => {
    const answer = await ask(agreementQuestion, { partner: 'XAD', for: 'XAA' }, more);
    expect(answer.notes.find((n) => n.code === 'agreement')?.text).toContain('not binding');
    await expect(ask(agreementQuestion, { id: 'deel', for: 'XAA' }, more)).rejects.toThrow(
      'unknown agreement: "deel"; did you mean deal?',
    );
    await expect(ask(agreementQuestion, { for: 'XAA' }, more)).rejects.toThrow('--partner');
  });
});

describe('timeline', () => {
  const restriction = [
    {
      restriction: 'r1',
      country: 'XAB',
      minerals: 'colours',
      measure: 'export_licence',
      stage: 'refine',
      announced: '2025-10-09',
      effective: '2025-11-08',
      suspended_from: '2025-11-07',
      suspended_until: '2026-11-10',
    },
    {
      restriction: 'r2',
      country: 'XAB',
      minerals: 'blue',
      stage: 'refine',
      announced: '2025-04-04',
      effective: '2025-04-04',
    },
  ];
  it.each([
    ['2026-11-10', 'suspended'],
    ['2026-11-11', 'lapsed_unknown'],
    ['2025-10-10', 'announced'],
  ])('on %s a measure suspended until 10 November 2026 is %s', async (on, status) => {
    const answer = await ask(timelineQuestion, { on, for: 'XAA' }, { restriction });
    expect(answer.rows.filter((r) => r.id === 'r1').every((r) => r.status === status)).toBe(true);
    expect(answer.rows.filter((r) => r.id === 'r2').every((r) => r.status === 'in_force')).toBe(true);
  });
  it('is in the order of dates, with today when no day is asked about', async () => {
    const answer = await ask(timelineQuestion, { for: 'XAA' }, { restriction }, '2026-12-01');
    const dates = answer.rows.map((r) => String(r.date));
    expect(dates).toEqual(dates.toSorted());
    expect(answer.notes.find((n) => n.code === 'on')?.text).toContain('2026-12-01');
    expect(answer.notes.find((n) => n.code === 'lapsed_unknown')?.rows?.length).toBe(4);
  });
  it('shows what the importer buys there, and finds a mineral by its group', async () => {
    const answer = await ask(timelineQuestion, { mineral: ['blue'], for: 'XAA' }, { restriction });
    expect(new Set(answer.rows.map((r) => r.id))).toEqual(new Set(['r1', 'r2']));
    const row = answer.rows.find((r) => r.id === 'r2')!;
    expect(row.largest_share).toBe(0.8);
    expect(row.touched_usd).toBe(800);
  });
  it('says of a measure on a member that it touches a part of what is traded as the group', async () => {
    const hs6_mineral = [
      { hs6: '100000', mineral: 'colours', stage: 'refine', metal_content: 1, share_of_code: 1 },
    ];
    const answer = await ask(timelineQuestion, { for: 'XAA' }, { restriction, hs6_mineral });
    const row = answer.rows.find((r) => r.id === 'r2')!;
    expect(row.touches).toBe('colours refine 80 % (2024, in part: traded with its group)');
    expect(row).toMatchObject({ largest_share: null, touched_usd: null });
  });
  it('refuses a day that does not exist', async () => {
    await expect(ask(timelineQuestion, { on: '2026-02-30', for: 'XAA' })).rejects.toThrow(
      'no such day: "2026-02-30"',
    );
    expect(timelineQuestion.params.safeParse({ on: 'tomorrow' }).success).toBe(false);
  });
});

describe('outlook', () => {
  const project = [
    {
      project: 'new',
      country: 'XAC',
      mineral: 'blue',
      stage: 'refine',
      quantity_t: 900,
      start_year: 2030,
      status: 'construction',
    },
  ];
  it('moves tonnes with demand and shares with projects: .18·(100 + .8·900)/100 against .80', async () => {
    const answer = await ask(outlookQuestion, { for: 'XAA', demand: 0.1 }, { project });
    const rows = answer.rows.filter((r) => r.mineral === 'blue');
    expect(rows.map((r) => r.year)).toEqual([
      2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034,
    ]);
    const last = rows.at(-1)!;
    const weight = 0.18 * 8.2;
    expect(last.share).toBe(0.8);
    expect(last.pipeline_share).toBeCloseTo(weight / (0.8 + weight + 0.02), 9);
    expect(last.tonnes_to_move_t).toBeCloseTo(0.2 * 100 * 1.1 ** 10, 9);
    expect(last.required_change_per_year).toBeCloseTo(0.02, 12);
    expect(last.path_share).toBeCloseTo(0.6, 12);
    expect(rows[5]!.pipeline_share).toBe(0.8);
    expect(last.status).toBe('off_path');
    expect(Number(last.pipeline_low)).toBeLessThanOrEqual(Number(last.pipeline_share));
    expect(Number(last.pipeline_high)).toBeGreaterThanOrEqual(Number(last.pipeline_share));
  });
  it('uses published growth where there is some: ×12 over eleven years', async () => {
    const demand = [
      {
        year: 2035,
        country: 'XAA',
        mineral: 'blue',
        stage: 'refine',
        growth_factor: 12,
        growth_from_year: 2024,
      },
    ];
    const answer = await ask(outlookQuestion, { for: 'XAA', to: 2035 }, { demand });
    expect(answer.rows.at(-1)!.demand_growth).toBeCloseTo(12, 9);
  });
  it('goes beyond the target year without moving the target', async () => {
    const rows = (await ask(outlookQuestion, { for: 'XAA', to: 2036 })).rows.filter(
      (r) => r.mineral === 'blue',
    );
    expect(rows.at(-1)).toMatchObject({ year: 2036, target_year: 2034, path_share: 0.6 });
    expect(rows[0]!.required_change_per_year).toBeCloseTo(0.02, 12);
  });
  it('follows the world’s demand in the scenario asked for where the consumer has no figure of its own', async () => {
    const world = { country: 'WLD', mineral: 'blue', stage: 'refine', status: 'projection' };
    const demand = [
      ['iea_cm_steps', 2024, 100],
      ['iea_cm_steps', 2034, 200],
      ['iea_cm_nze', 2024, 100],
      ['iea_cm_nze', 2034, 400],
    ].map(
      ([source, year, quantity_t]) =>
        ({ ...world, source, year, quantity_t }) as Record<string, string | number>,
    );
    const at = async (params: object) =>
      (await ask(outlookQuestion, { for: 'XAA', ...params }, { demand })).rows.find((r) => r.year === 2029)!;
    expect((await at({})).demand_growth).toBeCloseTo(Math.SQRT2, 9);
    expect((await at({ scenario: 'nze' })).demand_growth).toBeCloseTo(2, 9);
    expect((await at({})).note).toContain('of the world');
  });
  it('holds a limit on one stage against that stage only', async () => {
    const target = [
      { ...(base.target as Record<string, string | number>[])[0]!, target: 'mined', stage: 'mine' },
    ];
    const answer = await ask(outlookQuestion, { for: 'XAA', target: 'mined' }, { target });
    expect(answer.rows).toEqual([]);
  });
  it('sets own projects against a floor in carbonate: 40 + .5·60 t Li against 500 t LCE = 93.9 t Li', async () => {
    const target = [
      {
        target: 'floor',
        jurisdiction: 'XAA',
        metric: 'domestic_output_min',
        scope: 'each',
        minerals: 'blue',
        comparator: '>=',
        value: 500,
        unit: 't LCE',
        year: 2030,
      },
    ];
    const own = { country: 'XAA', mineral: 'blue', stage: 'refine' };
    const project = [
      { ...own, project: 'runs', quantity_t: 40, start_year: 2025, status: 'operating' },
      { ...own, project: 'may', quantity_t: 60, start_year: 2029, status: 'financed', probability: 0.5 },
    ];
    const answer = await ask(outlookQuestion, { for: 'XAA' }, { target, project });
    const last = answer.rows.at(-1)!;
    expect(last).toMatchObject({
      year: 2030,
      planned_t: 70,
      planned_low_t: 40,
      planned_high_t: 100,
      status: 'off_path',
      share: null,
    });
    expect(last.floor_t).toBeCloseTo(500 * 0.18785, 1);
    expect(answer.rows.map((r) => r.year)).toEqual([2026, 2027, 2028, 2029, 2030]);
    expect(answer.notes.find((n) => n.code === 'not_computable')).toBeUndefined();
  });
  it('refuses a rule that is no limit on each mineral', async () => {
    await expect(ask(outlookQuestion, { for: 'XAA', target: 'kap' })).rejects.toThrow(
      'unknown target: "kap"',
    );
  });
});

describe('lists', () => {
  it('tells members from what was removed, and on how many lists each is', async () => {
    const answer = await ask(listsQuestion, {});
    const row = (list: string, mineral: string) =>
      answer.rows.find((r) => r.list === list && r.mineral === mineral);
    expect(row('own-2024', 'blue')).toMatchObject({ member: true, lists: 2 });
    expect(row('own-2024', 'red')).toMatchObject({ member: false, status: 'removed', lists: 0 });
    expect(answer.notes.find((n) => n.code === 'confidence')?.rows).toEqual([
      answer.rows.findIndex((r) => r.confidence === 'low'),
    ]);
  });
  it('refuses an unknown list', async () => {
    await expect(ask(listsQuestion, { list: 'own-2025' })).rejects.toThrow('unknown list: "own-2025"');
  });
});

describe('exposure', () => {
  const end_use = [
    { mineral: 'blue', scope: 'WLD', application: 'wings', sector: 'flying', share: 0.5 },
    { mineral: 'red', scope: 'WLD', application: 'wings', sector: 'flying', share: 1 },
    { mineral: 'blue', scope: 'WLD', application: 'paint', sector: 'painting', share: 0.5 },
  ];
  it('weights minerals by value and use: (1000·.5·.8 + 10·1·1)/(500 + 10) from XAB', async () => {
    const answer = await ask(exposureQuestion, { for: 'XAA' }, { end_use });
    const whole = answer.rows.find((r) => r.sector === 'flying' && r.mineral === null)!;
    expect(whole.top_country).toBe('XAB');
    expect(whole.top_share).toBeCloseTo(410 / 510, 12);
    expect(whole.minerals_over_cap).toBe(2);
    expect(
      answer.rows.filter((r) => r.sector === 'flying' && r.mineral !== null).map((r) => r.supply_usd),
    ).toEqual([500, 10]);
  });
  it('refuses an unknown sector', async () => {
    await expect(ask(exposureQuestion, { for: 'XAA', sector: ['flyin'] }, { end_use })).rejects.toThrow(
      'unknown sector: "flyin"; did you mean flying?',
    );
  });
});

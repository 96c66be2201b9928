import { describe, expect, it } from 'vitest';
import { targetsQuestion } from '../../src/questions/targets.ts';
import { removeFoldersAfterwards } from '../support/folder.ts';
import { smallWorld, type Tables } from '../support/world.ts';

removeFoldersAfterwards();

const tables: Tables = {
  country: ['XAA', 'XAB', 'XAC', 'XAD'].map((country) => ({ country, name: `${country} land` })),
  mineral: [
    { mineral: 'blue', name: 'Blue ore' },
    { mineral: 'red', name: 'Red ore' },
    { mineral: 'green', name: 'Green ore' },
  ],
  hs6_mineral: [
    { hs6: '100000', mineral: 'blue', stage: 'refine', metal_content: 0.5, share_of_code: 1 },
    { hs6: '200000', mineral: 'red', stage: 'refine', metal_content: 1, share_of_code: 1 },
  ],
  critical_list: ['blue', 'red', 'green'].map((mineral) => ({ list: 'own', mineral, status: 'critical' })),
  target: [
    {
      target: 'each',
      jurisdiction: 'XAA',
      metric: 'single_country_share_max',
      scope: 'each',
      list: 'own',
      comparator: '<=',
      value: 0.6,
      unit: '1',
      year: 2035,
    },
    {
      target: 'all',
      jurisdiction: 'XAA',
      metric: 'single_country_share_max',
      scope: 'aggregate',
      list: 'own',
      comparator: '<=',
      value: 0.6,
      unit: '1',
      year: 2035,
    },
    {
      target: 'made-here',
      jurisdiction: 'XAA',
      metric: 'domestic_production_share_min',
      scope: 'aggregate',
      list: 'own',
      comparator: '>=',
      value: 0.1,
      unit: '1',
      year: 2035,
    },
  ],
  trade_flow: [
    // blue: XAB 80 of 100 gross tonnes but 50 of 100 USD
    { year: 2024, exporter: 'XAB', importer: 'XAA', hs6: '100000', value_usd: 50, quantity_t: 80 },
    { year: 2024, exporter: 'XAC', importer: 'XAA', hs6: '100000', value_usd: 50, quantity_t: 20 },
    { year: 2024, exporter: 'XAD', importer: 'XAA', hs6: '200000', value_usd: 900, quantity_t: 30 },
    { year: 2024, exporter: 'XAB', importer: 'XAA', hs6: '200000', value_usd: 100, quantity_t: 30 },
  ],
};
const ask = async (more: Record<string, unknown> = {}, data: Tables = tables) =>
  targetsQuestion.answer(
    targetsQuestion.params.parse({ for: 'XAA', lens: ['declared'], ...more }),
    await smallWorld(data),
  );

describe('targets', () => {
  it('holds the limit against tonnes contained and shows the other measure: .8 by tonnes, .5 by value', async () => {
    const row = (await ask()).rows.find((r) => r.target === 'each' && r.mineral === 'blue')!;
    expect(row).toMatchObject({
      top_country: 'XAB',
      share: 0.8,
      status: 'over',
      supply_t: 50,
      share_other: 0.5,
      status_other: 'met',
    });
    expect(row.tonnes_to_move_t).toBeCloseTo(0.2 * 50, 12);
    expect(row.required_change_per_year).toBeCloseTo(0.2 / 11, 12);
  });
  it('follows the weight asked for, and then moves USD', async () => {
    const row = (await ask({ weight: 'value' })).rows.find(
      (r) => r.target === 'each' && r.mineral === 'red',
    )!;
    expect(row).toMatchObject({ share: 0.9, status: 'over', tonnes_to_move_t: null });
    expect(row.to_move_usd).toBeCloseTo(300, 9);
  });
  it('answers the aggregate as written by tonnes and by value: 70/110 t from XAB, 900/1100 USD from XAD', async () => {
    const rows = (await ask()).rows.filter((r) => r.target === 'all');
    const tonnes = rows.find((r) => String(r.basis).includes('tonnes'))!;
    const value = rows.find((r) => String(r.basis).includes('value'))!;
    expect(tonnes.top_country).toBe('XAB');
    expect(tonnes.share).toBeCloseTo(70 / 110, 12);
    expect(value.top_country).toBe('XAD');
    expect(value.share).toBeCloseTo(900 / 1100, 12);
  });
  it('says why a rule or a mineral cannot be judged, and names those rows in a note', async () => {
    const answer = await ask();
    const silent = answer.rows.flatMap((r, k) => (r.share === null ? [k] : []));
    expect(silent.map((k) => answer.rows[k]!.note)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('no customs code'),
        expect.stringContaining('domestic output'),
      ]),
    );
    for (const k of silent) expect(answer.rows[k]!.status).toBe('not_computable');
    expect(answer.notes.find((n) => n.code === 'not_computable')?.rows).toEqual(silent);
  });
  it('takes traced shares of apparent consumption, own output included', async () => {
    const answer = await ask(
      { lens: ['traced'], mineral: ['blue'] },
      {
        ...tables,
        production: [
          { year: 2024, country: 'XAB', mineral: 'blue', stage: 'refine', quantity_t: 40 },
          { year: 2024, country: 'XAC', mineral: 'blue', stage: 'refine', quantity_t: 10 },
          { year: 2024, country: 'XAA', mineral: 'blue', stage: 'refine', quantity_t: 50 },
        ],
      },
    );
    const row = answer.rows.find((r) => r.target === 'each' && r.lens === 'traced')!;
    expect(row).toMatchObject({ top_country: 'XAB', supply_t: 100, status: 'met' });
    expect(row.share).toBeCloseTo(0.4, 9);
  });
  it('follows the aggregate to where it was born: one supply of all minerals that could be followed', async () => {
    const answer = await ask(
      { lens: ['traced'], target: 'all' },
      {
        ...tables,
        production: [
          { year: 2024, country: 'XAB', mineral: 'blue', stage: 'refine', quantity_t: 40 },
          { year: 2024, country: 'XAC', mineral: 'blue', stage: 'refine', quantity_t: 10 },
          { year: 2024, country: 'XAB', mineral: 'red', stage: 'refine', quantity_t: 30 },
          { year: 2024, country: 'XAD', mineral: 'red', stage: 'refine', quantity_t: 30 },
        ],
      },
    );
    expect(answer.rows).toHaveLength(1);
    expect(answer.rows[0]).toMatchObject({
      lens: 'traced',
      top_country: 'XAB',
      supply_t: 110,
      status: 'over',
    });
    expect(answer.rows[0]!.share).toBeCloseTo(70 / 110, 9);
  });
  it('holds a limit on one stage against that stage only, beside one on all', async () => {
    const rule = (tables.target as Record<string, string | number>[])[0]!;
    const both = [rule, { ...rule, target: 'mined', stage: 'mine' }];
    const rows = (await ask({}, { ...tables, target: both })).rows;
    expect(rows.some((r) => r.target === 'each' && r.stage === 'refine')).toBe(true);
    expect(rows.filter((r) => r.target === 'mined' && r.stage === 'refine')).toEqual([]);
  });
  it('judges floors where data allow: 10 t made of 60 t used, 4 % recycled, 10 t against 12 t', async () => {
    const floor = { jurisdiction: 'XAA', comparator: '>=', year: 2035 };
    const data: Tables = {
      ...tables,
      target: [
        {
          ...floor,
          target: 'made',
          metric: 'domestic_production_share_min',
          scope: 'aggregate',
          minerals: 'blue;red',
          value: 0.1,
        },
        {
          ...floor,
          target: 'made-blue',
          metric: 'domestic_production_share_min',
          scope: 'each',
          minerals: 'blue',
          value: 0.1,
        },
        {
          ...floor,
          target: 'again',
          metric: 'recycled_share_min',
          scope: 'each',
          minerals: 'blue',
          value: 0.2,
        },
        {
          ...floor,
          target: 'tonnes',
          metric: 'domestic_output_min',
          scope: 'each',
          minerals: 'blue',
          value: 12,
          unit: 't',
        },
      ],
      production: [{ year: 2024, country: 'XAA', mineral: 'blue', stage: 'refine', quantity_t: 10 }],
      recycling: [
        { mineral: 'blue', indicator: 'eol_rir', scope: 'XAA', value: 0.04, year: 2023 },
        { mineral: 'blue', indicator: 'eol_rir', scope: 'WLD', value: 0.9, year: 2024 },
      ],
    };
    const rows = (await ask({}, data)).rows;
    const of = (target: string, mineral: string | null) =>
      rows.find((r) => r.target === target && r.mineral === mineral)!;
    expect(of('made-blue', 'blue')).toMatchObject({ status: 'met', supply_t: 60 });
    expect(of('made-blue', 'blue').share).toBeCloseTo(10 / 60, 12);
    expect(of('made', null)).toMatchObject({ status: 'not_computable', share: null });
    expect(of('made', null).note).toContain('1 of 1 minerals with figures reach it, of 2');
    expect(of('again', 'blue')).toMatchObject({ share: 0.04, status: 'under' });
    expect(of('tonnes', 'blue')).toMatchObject({ share: null, supply_t: 10, status: 'under' });
    const whole = await ask(
      { target: 'made' },
      {
        ...data,
        production: [
          ...(data.production as Record<string, string | number>[]),
          { year: 2024, country: 'XAA', mineral: 'red', stage: 'refine', quantity_t: 40 },
        ],
      },
    );
    expect(whole.rows.find((r) => r.mineral === null)!.share).toBeCloseTo(50 / 160, 12);
  });
  it('refuses an unknown rule by naming it', async () => {
    await expect(ask({ target: 'eech' })).rejects.toThrow('unknown target: "eech"; did you mean each?');
  });
  it('refuses a year that no data cover', async () => {
    await expect(ask({ year: ['1990'] })).rejects.toThrow('unknown year: "1990"');
  });
  it('has no rows but says so for a country without rules', async () => {
    const answer = await ask({ for: 'XAB' });
    expect(answer.rows).toEqual([]);
    expect(answer.notes.map((n) => n.code)).toContain('no_rule');
  });
});

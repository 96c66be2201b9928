import { describe, expect, it } from 'vitest';
import { alternativesQuestion as question } from '../../src/questions/alternatives.ts';
import { smallWorld, type Tables } from '../support/world.ts';

const tables: Tables = {
  country: ['GBR', 'TOP', 'NEA', 'FAR', 'SHY'].map((country) => ({ country, name: `${country} land` })),
  mineral: [{ mineral: 'blue_ore', name: 'Blue ore' }],
  hs6_mineral: [{ hs6: '810520', mineral: 'blue_ore', stage: 'refine', metal_content: 1, share_of_code: 1 }],
  production: [
    ['TOP', 600],
    ['NEA', 100],
    ['FAR', 200],
    ['SHY', 100],
  ].map(([country, quantity_t]) => ({
    year: 2024,
    country,
    mineral: 'blue_ore',
    stage: 'refine',
    quantity_t,
  })),
  trade_flow: [
    { year: 2024, exporter: 'TOP', importer: 'GBR', hs6: '810520', value_usd: 90, quantity_t: 9 },
    { year: 2024, exporter: 'NEA', importer: 'GBR', hs6: '810520', value_usd: 10, quantity_t: 1 },
  ],
  governance: [
    ...['va', 'pv', 'ge', 'rq', 'rl', 'cc'].map((dimension) => ({
      country: 'NEA',
      dimension,
      estimate: 1.5,
    })),
    ...['va', 'pv', 'ge', 'rq', 'rl', 'cc'].map((dimension) => ({ country: 'SHY', dimension, estimate: -1 })),
  ].map((g) => ({ year: 2023, ...g })),
  distance: [
    { country: 'GBR', other_country: 'NEA', distance_km: 2000 },
    { country: 'FAR', other_country: 'GBR', distance_km: 15000 },
  ],
  capacity: [{ year: 2024, country: 'NEA', mineral: 'blue_ore', stage: 'refine', quantity_t: 130 }],
  ownership: [
    {
      asset: 'plant',
      owner: 'o',
      country: 'FAR',
      mineral: 'blue_ore',
      stage: 'refine',
      owner_country: 'TOP',
      equity_share: 0.5,
      output_t: 160,
    },
  ],
  restriction: [
    { restriction: 'shy-quota', country: 'SHY', minerals: 'blue_ore', effective: '2025-01-01' },
    {
      restriction: 'far-licence',
      country: 'FAR',
      minerals: 'blue_ore',
      effective: '2024-01-01',
      ended: '2025-01-01',
    },
  ],
  agreement: [
    { agreement: 'gb-nea', party: 'GBR', partner: 'NEA', date: '2024-02', status: 'in_force' },
    {
      agreement: 'gb-far-tin',
      party: 'GBR',
      partner: 'FAR',
      date: '2024-02',
      status: 'in_force',
      minerals: 'tin',
    },
  ],
};
const ask = async (params: Record<string, unknown> = {}) =>
  question.answer(question.params.parse({ mineral: ['blue_ore'], ...params }), await smallWorld(tables));

describe('alternatives', () => {
  it('leaves out the present top supplier and the importer, and fills every column it can', async () => {
    const { rows, columns, notes } = await ask();
    expect(rows.map((r) => r.country).sort()).toEqual(['FAR', 'NEA', 'SHY']);
    expect(notes.find((n) => n.code === 'instead_of')!.text).toContain('90 %');
    const by = Object.fromEntries(rows.map((r) => [r.country, r]));
    expect(by.NEA).toMatchObject({
      rank: 1,
      output_t: 100,
      output_share: 0.1,
      spare_t: 30,
      distance_km: 2000,
      existing_share: 0.1,
      restricted: false,
      agreement: 'gb-nea',
    });
    expect(by.NEA!.governance_risk).toBeCloseTo(0.2, 14);
    expect(by.FAR).toMatchObject({
      control_share_of_top: 0.4,
      distance_km: 15000,
      restricted: false,
      agreement: null,
      governance_risk: null,
      spare_t: null,
    });
    expect(by.SHY).toMatchObject({ restricted: true, control_share_of_top: null, distance_km: null });
    expect(by.SHY!.why).toContain('restricts exports today');
    expect(by.SHY!.why).toMatch(/not known and not counted: .*owners, distance/);
    expect(by.FAR!.why).toMatch(/not known and not counted: spare capacity/);
    expect(Object.keys(rows[0]!)).toEqual(columns.map((c) => c.name));
  });

  it('weights are shown and turn the order', async () => {
    const zero = [
      'spare',
      'reserves',
      'governance',
      'independence',
      'nearness',
      'trade',
      'openness',
      'agreement',
    ];
    const { rows, notes } = await ask({ weights: zero.map((m) => `${m}=0`) });
    expect(rows[0]!.country).toBe('FAR');
    expect(rows[0]!.score).toBe(1);
    expect(notes.find((n) => n.code === 'weights')!.text).toContain('governance 0');
  });

  it.each([
    [['governence=1'], /unknown merit.*"governence=1".*governance/],
    [['governance=-1'], /"governance=-1"/],
    [['governance'], /"governance"/],
    [['governance=0.3=4'], /"governance=0.3=4"/],
    [['governance=0x10'], /"governance=0x10"/],
    [['foo=1'], /"foo=1"; there is output, spare/],
  ])('refuses the weights %o', async (weights, message) => {
    await expect(ask({ weights })).rejects.toThrow(message);
  });

  it('--top keeps the best', async () => expect((await ask({ top: 1 })).rows).toHaveLength(1));

  const askOf = async (more: Tables) =>
    Object.fromEntries(
      (
        await question.answer(
          question.params.parse({ mineral: ['blue_ore'] }),
          await smallWorld({ ...tables, ...more }),
        )
      ).rows.map((r) => [r.country, r]),
    );

  it('a preference granted alone is no agreement, and one on tariffs counts half', async () => {
    const signed = { party: 'GBR', date: '2024', status: 'in_force' };
    const by = await askOf({
      agreement: [
        { ...signed, agreement: 'scheme', partner: 'FAR', kind: 'preference_scheme' },
        { ...signed, agreement: 'fta', partner: 'NEA', kind: 'trade_agreement' },
        { ...signed, agreement: 'roadmap', partner: 'SHY', kind: 'roadmap' },
      ],
    });
    expect([by.FAR, by.NEA, by.SHY].map((r) => r!.agreement)).toEqual([null, 'fta', 'roadmap']);
    expect(by.NEA!.why).toContain('a trade agreement stands');
    expect(by.SHY!.why).toContain('an agreement stands');
    const none = await askOf({ agreement: [{ ...signed, agreement: 'old', partner: 'TOP' }] });
    const gain = (c: string) => (Number(by[c]!.score) - Number(none[c]!.score)) * Number(by[c]!.known_share);
    expect(gain('FAR')).toBe(0);
    expect(gain('SHY')).toBeCloseTo(0.05, 10);
    expect(gain('NEA')).toBeCloseTo(0.025, 10);
  });

  it('limits on output and technology are none on exports; what a bloc restricts its members do', async () => {
    const inForce = { minerals: 'blue_ore', effective: '2025-01-01' };
    const by = await askOf({
      country: [
        ...(tables.country as { country: string; name: string }[]),
        { country: 'UNI', name: 'Union' },
      ],
      bloc: [{ bloc: 'UNI', country: 'FAR', name: 'Union' }],
      restriction: [
        { ...inForce, restriction: 'a', country: 'SHY', measure: 'production_quota' },
        { ...inForce, restriction: 'b', country: 'NEA', measure: 'technology_ban' },
        { ...inForce, restriction: 'c', country: 'UNI', measure: 'export_licence' },
      ],
    });
    expect([by.SHY, by.NEA, by.FAR].map((r) => r!.restricted)).toEqual([false, false, true]);
  });

  it('a published share of a country’s output stands for its plants, and plants without output say nothing', async () => {
    const held = { mineral: 'blue_ore', stage: 'refine', owner_country: 'TOP', owner: 'o' };
    const by = await askOf({
      ownership: [
        { ...held, asset: 'all', country: 'FAR', equity_share: 0.75, aggregate: true, confidence: 'high' },
        { ...held, asset: 'plant', country: 'FAR', equity_share: 1, output_t: 100, confidence: 'high' },
        { ...held, asset: 'other', country: 'NEA', equity_share: 1 },
      ],
    });
    expect(by.FAR!.control_share_of_top).toBe(0.75);
    expect(by.NEA!.control_share_of_top).toBeNull();
  });

  it('who is only said to make less than some bound is named in a note, not ranked', async () => {
    const production = (tables.production as Record<string, string | number>[]).map((r) =>
      r.country === 'SHY' ? { ...r, limit: 'less_than', period: '2016-2020' } : { ...r, period: '2016-2020' },
    );
    const answer = await question.answer(
      question.params.parse({ mineral: ['blue_ore'] }),
      await smallWorld({ ...tables, production }),
    );
    expect(answer.rows.map((r) => r.country)).not.toContain('SHY');
    expect(answer.notes.find((n) => n.code === 'bound_only')!.text).toContain('SHY');
    expect(answer.view!.headline![0]).toMatch(/have output in 2016-2020;/);
  });
});

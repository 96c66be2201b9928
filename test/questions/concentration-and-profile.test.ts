import { describe, expect, it } from 'vitest';
import { plain } from '../../src/cli/style.ts';
import { tableText } from '../../src/cli/table.ts';
import { concentrationQuestion } from '../../src/questions/concentration.ts';
import { profileQuestion } from '../../src/questions/profile.ts';
import type { Question } from '../../src/questions/question.ts';
import { readParams } from '../../src/questions/read-params.ts';
import { smallWorld, type Tables } from '../support/world.ts';

const made = (country: string, source: string, quantity_t: number | null, status = '', year = 2020) => ({
  year,
  country,
  mineral: 'red_ore',
  stage: 'mine',
  source,
  quantity_t,
  status,
});
const tables: Tables = {
  country: ['AAA', 'BBB', 'CCC', 'DDD'].map((country) => ({ country, name: `${country} land` })),
  mineral: [
    { mineral: 'red_ore', name: 'Red ore', symbol: 'Rd' },
    { mineral: 'air', name: 'Air', symbol: '' },
  ],
  critical_list: ['red_ore', 'air'].map((mineral) => ({ list: 'all', mineral, status: 'critical' })),
  production: [
    made('BBB', 'dig', 300),
    made('CCC', 'dig', 50, 'estimated'),
    made('DDD', 'dig', null, 'withheld'),
    made('OTH', 'dig', 30),
    made('WLD', 'dig', 400),
    made('AAA', 'pit', 310),
    made('BBB', 'pit', 310),
    made('DDD', 'pit', 0),
    made('BBB', 'pit', 100, '', 2018),
    made('BBB', 'pit', null, 'withheld', 2021),
  ],
};
async function ask(question: unknown, typed: Record<string, string[]>) {
  const asked = question as Question;
  return asked.answer(
    readParams(asked, typed, (f) => `--${f.option}`),
    await smallWorld(tables),
  );
}

describe('concentration', () => {
  it('is of the published total where that is larger, each source by itself, the first marked', async () => {
    const { rows } = await ask(concentrationQuestion, {});
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ source: 'dig', total_t: 400, countries: 2, preferred: true });
    expect(rows[0]).toMatchObject({ cr1_country: 'BBB', cr1: 0.75, coverage: 0.875 });
    expect(rows[0]!.hhi).toBeCloseTo(0.75 ** 2 + 0.125 ** 2, 12);
    expect(rows[1]).toMatchObject({ source: 'pit', total_t: 620, hhi: 0.5, preferred: false });
  });

  it('says where countries report different products, whose tonnes are not one measure', async () => {
    const production = [
      { ...made('AAA', 'dig', 60), basis: 'ore' },
      { ...made('BBB', 'dig', 40), basis: 'oxide' },
    ];
    const world = await smallWorld({ ...tables, production });
    const { rows, notes } = await concentrationQuestion.answer({ breakdown: false }, world);
    expect(rows[0]!.basis).toBe('ore, oxide');
    expect(notes.find((n) => n.code === 'mixed_basis')).toMatchObject({ rows: [0] });
    const { notes: plain } = await ask(concentrationQuestion, {});
    expect(plain.some((n) => n.code === 'mixed_basis')).toBe(false);
  });

  it('by country: withheld is a row without a figure and with its status, a zero has no rank, ties share one', async () => {
    const { rows, notes } = await ask(concentrationQuestion, { breakdown: ['true'], year: ['2020'] });
    const of = (source: string, country: string) =>
      rows.find((r) => r.source === source && r.country === country)!;
    expect(of('dig', 'BBB')).toMatchObject({ share: 0.75, rank: 1, status: 'reported' });
    expect(of('dig', 'CCC')).toMatchObject({ status: 'estimated', rank: 2 });
    expect(of('dig', 'DDD')).toMatchObject({ quantity_t: null, share: null, status: 'withheld' });
    expect(of('pit', 'AAA').rank).toBe(1);
    expect(of('pit', 'BBB').rank).toBe(1);
    expect(of('pit', 'DDD')).toMatchObject({ quantity_t: 0, share: 0, rank: null });
    expect(notes.find((n) => n.code === 'no_output')!.rows).toEqual([rows.indexOf(of('dig', 'DDD'))]);
  });
});

describe('profile', () => {
  it('shows what a publisher withholds beside what another reports as nothing', async () => {
    const { rows, notes } = await ask(profileQuestion, { country: ['DDD'] });
    const withheld = rows.findIndex((r) => r.source === 'dig');
    expect(rows[withheld]).toMatchObject({ quantity_t: null, status: 'withheld', evidence: 'none' });
    expect(rows[withheld]!.note).toContain('withheld');
    expect(rows.find((r) => r.source === 'pit')).toMatchObject({ quantity_t: 0, note: 'reported zero' });
    expect(notes.find((n) => n.code === 'withheld')!.rows).toEqual([withheld]);
    expect(notes.some((n) => n.code === 'no_evidence')).toBe(false);
  });

  it('gives the last figure where the publisher has since fallen silent, and says so', async () => {
    const { rows } = await ask(profileQuestion, { country: ['BBB'] });
    const pit = rows.find((r) => r.source === 'pit')!;
    expect(pit).toMatchObject({ year: 2020, quantity_t: 310, rank: 1, ranked: 2 });
    expect(pit.note).toBe('no figure for 2021 (withheld)');
  });

  it('opens with the count, shows a mineral once by its tonnes, and names what has no evidence', async () => {
    const { view, rows } = await ask(profileQuestion, { country: ['BBB'], list: ['all'] });
    expect(view!.headline![0]).toMatch(/^BBB land has reported output .* of 1 of the 2 minerals of all/);
    const shown = view!.sections!.flatMap((s) => s.rows.map((k) => rows[k]!));
    expect(shown.every((r) => r.evidence !== 'none')).toBe(true);
    expect(view!.after!.join(' ')).toContain('unknown, not zero: air');
  });
});

describe('evidence', () => {
  const profile = async (more: Tables) =>
    (profileQuestion as unknown as Question).answer(
      readParams(profileQuestion as unknown as Question, { country: ['AAA'] }, (f) => `--${f.option}`),
      await smallWorld({ ...tables, production: [made('BBB', 'dig', 10)], ...more }),
    );

  it('is exports of the code of which 1 % or more is sold, also where more money is made with another', async () => {
    const sold = (exporter: string, hs6: string, value_usd: number) => ({
      year: 2020,
      exporter,
      importer: 'CCC',
      hs6,
      value_usd,
    });
    const answer = await profile({
      hs6_mineral: ['900101', '900102'].map((hs6) => ({
        hs6,
        mineral: 'red_ore',
        stage: 'mine',
        share_of_code: 1,
      })),
      trade_flow: [
        sold('AAA', '900101', 50),
        sold('BBB', '900101', 1e6),
        sold('AAA', '900102', 20),
        sold('BBB', '900102', 80),
      ],
    });
    const { rows } = answer;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ evidence: 'exports', export_hs6: '900102', export_share: 0.2 });
    const text = tableText('', answer, 80, plain);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'red ore (mine): 20 % of the world’s exports of 900102 in 2020, 20 USD, rank 2 (own)',
    );
    expect(text).toContain('Exports alone: output not reported');
  });

  it('reserves alone are shown with their share of the world’s', async () => {
    const held = (country: string, quantity_t: number) => ({
      year: 2020,
      country,
      mineral: 'air',
      stage: 'mine',
      source: 'dig',
      quantity_t,
    });
    const answer = await profile({ reserves: [held('AAA', 1500), held('BBB', 4500)] });
    expect(tableText('', answer, 80, plain).replace(/\s+/g, ' ')).toContain(
      'Reserves alone: output not reported air (mine): 1,500 t, 25 % of the world’s reserves in 2020 (dig)',
    );
  });

  it('is not reserves of 0, and is a share published beside tonnes of others', async () => {
    const { rows } = await profile({
      reserves: [{ year: 2020, country: 'AAA', mineral: 'air', stage: 'mine', source: 'dig', quantity_t: 0 }],
      production: [made('BBB', 'dig', 10), { ...made('AAA', 'dig', null), share: 0.3 }],
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ mineral: 'red_ore', evidence: 'production_share', share: 0.3 });
  });
});

describe('concentration of nothing', () => {
  it('is an error where the stage never had the year, and 0 covered where only the total is published', async () => {
    const refined = { ...made('AAA', 'dig', 5, '', 2019), stage: 'refine' };
    const concentrate = async (typed: Record<string, string[]>, production: Tables[string]) =>
      (concentrationQuestion as unknown as Question).answer(
        readParams(concentrationQuestion as unknown as Question, typed, (f) => `--${f.option}`),
        await smallWorld({ ...tables, production }),
      );
    await expect(
      concentrate({ stage: ['refine'], year: ['2020'] }, [made('BBB', 'dig', 1), refined]),
    ).rejects.toThrow('unknown year: "2020"; there is 2019');
    const { rows, notes } = await concentrate({}, [made('WLD', 'dig', 400), made('BBB', 'dig', 0)]);
    expect(rows[0]).toMatchObject({ total_t: 400, countries: 0, coverage: 0, hhi: null });
    expect(notes.find((n) => n.code === 'no_output')?.rows).toEqual([0]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pricesQuestion } from '../../src/questions/prices.ts';
import type { Answer, AnswerRow, Question } from '../../src/questions/question.ts';
import { readParams } from '../../src/questions/read-params.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { folder } from '../support/folder.ts';

const ask = async (world: OpenWorld, typed: Record<string, string[]>): Promise<Answer> => {
  const asked = pricesQuestion as unknown as Question;
  return await asked.answer(
    readParams(asked, typed, (f) => `--${f.option}`),
    world,
  );
};

describe('prices of the shipped snapshot', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  // World Bank, Commodity Markets Outlook, annual prices (nominal): copper, tin and nickel at the London Metal Exchange
  it.each([
    ['copper', 2023, 8490],
    ['copper', 2024, 9142],
    ['tin', 2022, 31335],
    ['nickel', 2020, 13787],
  ])('%s cost in %i what the World Bank prints', async (mineral, year, usd) => {
    const { rows } = await ask(world, { mineral: [mineral], year: [String(year)], source: ['pink_sheet'] });
    expect(rows).toHaveLength(1);
    expect(Math.round(Number(rows[0]!.price_usd_per_t))).toBe(usd);
    expect(rows[0]).toMatchObject({ stage: 'refine', market: 'London Metal Exchange, cash', basis: 'metal' });
  });

  it('two publishers of one quotation agree, which would show a wrong unit', async () => {
    const { rows } = await ask(world, { mineral: ['cobalt', 'nickel', 'copper'], year: ['2021-2024'] });
    const at = (r: AnswerRow) => `${r.mineral} ${r.year}`;
    const imf = new Map(
      rows.filter((r) => r.source === 'imf_pcps').map((r) => [at(r), Number(r.price_usd_per_t)]),
    );
    const usgs = rows.filter((r) => r.source === 'usgs_prices');
    expect(usgs).toHaveLength(12);
    for (const r of usgs)
      expect(Math.abs(Number(r.price_usd_per_t) / imf.get(at(r))! - 1), at(r)).toBeLessThan(0.02);
  });
});

describe('prices', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld({
      data: folder({
        'mineral.csv': 'mineral,name\nflint,Flint\nslate,Slate\n',
        'price.csv': [
          'year,country,mineral,stage,source,price_usd_per_t,status,market,basis',
          '2020,WLD,flint,mine,river,100,reported,quay,gross',
          '2021,WLD,flint,mine,river,150,reported,quay,gross',
          '2022,WLD,flint,mine,river,60,reported,US import unit value,gross',
          '2023,WLD,flint,mine,river,,withheld,US import unit value,gross',
          '2019,WLD,slate,mine,river,,withheld,quay,gross',
        ].join('\n'),
      }),
    });
  });
  afterAll(() => world.close());

  it('say how far they moved within one market, and nothing over a change of market or a missing year', async () => {
    const { rows, notes } = await ask(world, { mineral: ['flint'], year: ['2020-2023'] });
    expect(rows.map((r) => r.change_per_year)).toEqual([null, 0.5, null, null]);
    expect(rows.map((r) => r.price_usd_per_t)).toEqual([100, 150, 60, null]);
    expect(notes.find((n) => n.code === 'unit_value')?.rows).toEqual([2, 3]);
    expect(notes.find((n) => n.code === 'no_price')?.rows).toEqual([3]);
  });

  it('give the newest figure of each series, or what is withheld where there is none', async () => {
    const { rows, view } = await ask(world, {});
    expect(rows.map((r) => [r.mineral, r.year, r.price_usd_per_t])).toEqual([
      ['flint', 2022, 60],
      ['slate', 2019, null],
    ]);
    expect(view?.headline?.[0]).toBe('1 price of 1 mineral, 2022.');
  });

  it('are an answer without rows where no source publishes any', async () => {
    const bare = await openWorld({ data: folder({ 'mineral.csv': 'mineral,name\nflint,Flint\n' }) });
    const { rows, notes, view } = await ask(bare, { mineral: ['flint'], year: ['all'] });
    bare.close();
    expect(rows).toEqual([]);
    expect(notes.map((n) => n.code)).toEqual(['nothing']);
    expect(view?.headline).toEqual(['No price is known from open data.']);
  });

  it('are refused for a year or a stage that the data do not have', async () => {
    await expect(ask(world, { mineral: ['flint'], year: ['1950'] })).rejects.toThrow('unknown year: "1950"');
    await expect(ask(world, { mineral: ['flint'], stage: ['refine'] })).rejects.toThrow(
      'unknown stage: "refine"',
    );
  });
});

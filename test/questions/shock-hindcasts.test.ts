import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRow, Question } from '../../src/questions/question.ts';
import { readParams } from '../../src/questions/read-params.ts';
import { scenarios } from '../../src/questions/shock/scenario.ts';
import { shockQuestion } from '../../src/questions/shock.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { salient } from '../../src/tables/policy.ts';
import { price, production, ukTradeMonth } from '../../src/tables/quantities.ts';

/** What the models say of events that happened, beside what then showed: both from the shipped data (docs/methods/shocks.md). */
let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ask = async (
  typed: Record<string, string[]>,
  more: Record<string, unknown> = {},
): Promise<AnswerRow[]> => {
  const asked = shockQuestion as unknown as Question;
  const params = readParams(asked, typed, (f) => `--${f.option}`) as Record<string, unknown>;
  return (await asked.answer({ ...params, ...more } as never, world)).rows;
};

describe('China licenses rare earths, April 2025: British imports of magnets (HMRC, 8505 11 10)', () => {
  const scenario = scenarios['china-rare-earth-licences'];

  it('the model: four fifths missing in the second month, nearly all in the third, a sixth after a year', async () => {
    const rows = await ask(
      { for: ['GBR'], mineral: ['rare_earths'], stage: ['product'], year: ['2024'] },
      { scenario },
    );
    const missing = rows.map((r) => Number((r.shortfall_share as number).toFixed(2)));
    expect(missing.slice(0, 4)).toEqual([0, 0.81, 0.96, 0.21]);
    expect(missing[11]).toBe(0.16);
  });

  it('what happened: a quarter less at worst, in the third month; no stop', async () => {
    const rows = await world.load(ukTradeMonth, { flow: ['import'], cn8: ['85051110'], partner: ['CHN'] });
    const inMonth = (month: string) =>
      rows.reduce((s, r) => s + (r.month === month ? (r.quantity_t ?? 0) : 0), 0);
    const months = (year: number, from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, i) => `${year}-${String(from + i).padStart(2, '0')}`);
    const before = [...months(2024, 6, 12), ...months(2025, 1, 3)].map(inMonth);
    const mean = before.reduce((a, b) => a + b, 0) / before.length;
    expect(mean).toBeCloseTo(78.4, 1);
    expect(months(2025, 4, 7).map((m) => Math.round(inMonth(m)))).toEqual([79, 64, 59, 72]);
  });
});

describe('China refuses antimony to the United States, December 2024', () => {
  const scenario = scenarios['china-gallium-germanium-antimony-ban'];
  const sum = (rows: readonly AnswerRow[], name: string) => rows.reduce((s, r) => s + (r[name] as number), 0);

  it('the model: of American use of antimony metal 1.5 % is missing before stocks, what China keeps goes round by others, no price', async () => {
    const rows = await ask(
      { for: ['USA'], mineral: ['antimony'], stage: ['refine'], year: ['2024'], months: ['13'] },
      { scenario },
    );
    const gap = rows.map((r) => (r.shortfall_t as number) + (r.stock_used_t as number));
    expect(gap.reduce((a, b) => a + b, 0) / sum(rows, 'baseline_t')).toBeCloseTo(0.0155, 3);
    const worst = gap.indexOf(Math.max(...gap));
    expect(rows[worst]!.month).toBe(2);
    expect(gap[worst]! / (rows[worst]!.baseline_t as number)).toBeCloseTo(0.043, 3);
    for (const r of rows) expect(r.price_ratio).toBeCloseTo(1, 2);
  });

  it('what happened: a twelfth less metal came in, two thirds more oxide, and the price more than doubled (USGS)', async () => {
    const imports = await world.load(salient, { mineral: ['antimony'], country: ['USA'] });
    const came = (what: string, year: number) =>
      imports.find(
        (r) => r.statistic === 'imports' && r.year === year && r.detail.endsWith(`consumption: ${what}`),
      )!.value!;
    expect([2023, 2024, 2025].map((y) => came('Unwrought, powder', y))).toEqual([6060, 4920, 4500]);
    expect(came('Oxide', 2025) / came('Oxide', 2024)).toBeCloseTo(1.63, 2);
    const prices = await world.load(price, { mineral: ['antimony'], stage: ['refine'] });
    const at = (year: number) => prices.find((r) => r.year === year && r.country === 'WLD')!.price_usd_per_t!;
    expect(at(2025) / at(2024)).toBeCloseTo(2.44, 2);
  });

  it('of gallium and germanium the model says nothing of the United States, not that nothing is missing', async () => {
    for (const mineral of ['gallium', 'germanium']) {
      const rows = await ask({ for: ['USA'], mineral: [mineral] }, { scenario });
      expect(rows.length).toBeGreaterThan(0);
      for (const r of rows) expect(r.shortfall_t).toBeNull();
    }
    const metal = (await world.load(salient, { mineral: ['gallium'], country: ['USA'] })).filter(
      (r) => r.statistic === 'imports' && r.detail.endsWith('Metal'),
    );
    const came = (year: number) => metal.find((r) => r.year === year)!.value;
    expect([2022, 2023, 2024, 2025].map(came)).toEqual([11.4, 11.4, 11, 25]);
  });
});

describe('Indonesia bans nickel ore, 2020', () => {
  it('the market, with banned ore counted as lost: a price that is none', async () => {
    const rows = await ask({
      stop: ['IDN'],
      mineral: ['nickel'],
      stage: ['mine'],
      year: ['2020'],
      model: ['market'],
    });
    expect(rows.find((r) => r.country === 'WLD')!.price_ratio).toBeGreaterThan(3);
  });

  it('what happened: the price stood still (×0.99, IMF), Indonesian output rose by a third in a year (USGS)', async () => {
    const prices = await world.load(price, { mineral: ['nickel'], stage: ['refine'], source: ['imf_pcps'] });
    const at = (year: number) => prices.find((r) => r.year === year)!.price_usd_per_t!;
    expect(at(2020) / at(2019)).toBeCloseTo(0.99, 2);
    const made = (
      await world.load(production, {
        mineral: ['nickel'],
        stage: ['mine'],
        country: ['IDN'],
        source: ['usgs_mcs'],
      })
    ).filter((r) => r.quantity_t !== null);
    const output = (year: number) => made.find((r) => r.year === year)!.quantity_t!;
    expect(output(2021) / output(2020)).toBeCloseTo(1.35, 2);
  });
});

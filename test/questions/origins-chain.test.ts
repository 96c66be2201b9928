import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { originsQuestion } from '../../src/questions/origins.ts';
import type { Answer } from '../../src/questions/question.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { removeFoldersAfterwards } from '../support/folder.ts';
import { type Tables, worldFolder } from '../support/world.ts';

removeFoldersAfterwards();

async function ask(tables: Tables, params: Record<string, unknown>): Promise<Answer> {
  const world = await openWorld({ data: worldFolder(tables), now: '2026-01-01' });
  try {
    return await originsQuestion.answer(originsQuestion.params.parse(params), world);
  } finally {
    world.close();
  }
}
const note = (answer: Answer, code: string) => answer.notes.find((n) => n.code === code);
const column = (answer: Answer, name: string) =>
  Object.fromEntries(answer.rows.map((r) => [r.country, r[name]]));

const mineral = 'blue_ore';
const flow = (year: number, exporter: string, importer: string, hs6: string, quantity_t: number) => ({
  year,
  exporter,
  importer,
  hs6,
  quantity_t,
});
const output = (year: number, country: string, stage: string, quantity_t: number) => ({
  year,
  country,
  mineral,
  stage,
  quantity_t,
});
/** magnets for the UK from two makers, of metal from two refiners, of ore from two mines; 2 t of metal a tonne of magnet */
const world: Tables = {
  country: ['GBR', 'PPP', 'QQQ', 'RRR', 'SSS', 'XXX', 'YYY'].map((country) => ({ country, name: country })),
  mineral: [{ mineral, name: 'Blue ore' }],
  hs6_mineral: [
    ['850511', 'product'],
    ['810520', 'refine'],
    ['260500', 'mine'],
  ].map(([hs6, stage]) => ({ hs6: hs6!, mineral, stage: stage!, metal_content: 1, share_of_code: 1 })),
  trade_flow: [
    flow(2023, 'PPP', 'GBR', '850511', 30),
    flow(2023, 'QQQ', 'GBR', '850511', 10),
    flow(2023, 'RRR', 'PPP', '810520', 45),
    flow(2023, 'SSS', 'PPP', '810520', 15),
    flow(2023, 'SSS', 'QQQ', '810520', 20),
    flow(2023, 'XXX', 'RRR', '260500', 45),
    flow(2023, 'XXX', 'SSS', '260500', 26.25),
    flow(2023, 'YYY', 'SSS', '260500', 26.25),
  ],
  production: [
    output(2023, 'PPP', 'product', 30),
    output(2023, 'QQQ', 'product', 10),
    output(2023, 'RRR', 'refine', 45),
    output(2023, 'SSS', 'refine', 35),
    output(2023, 'XXX', 'mine', 71.25),
    output(2023, 'YYY', 'mine', 26.25),
  ],
  yield: [
    { mineral, from_stage: 'refine', to_stage: 'product', country: '', t_per_t: 2 },
    { mineral, from_stage: 'mine', to_stage: 'refine', country: 'SSS', t_per_t: 1.5 },
  ],
};
const asked = { mineral: [mineral], stage: ['product'], year: ['2023'], through: 'mine' };
const without = (hs6: string, importer?: string): Tables => ({
  ...world,
  trade_flow: (world.trade_flow as ReturnType<typeof flow>[]).filter(
    (f) => f.hs6 !== hs6 || (importer !== undefined && f.importer !== importer),
  ),
});

describe('origins through several stages', () => {
  it('worked: magnets by way of metal to the mines, 71.25 and 26.25 t of ore', async () => {
    const answer = await ask(world, asked);
    expect(column(answer, 'traced_t')).toMatchObject({ XXX: 71.25, YYY: 26.25 });
    expect(note(answer, 'consumption_refine')!.value).toBe(80);
    expect(note(answer, 'consumption_mine')!.value).toBe(97.5);
    expect(answer.notes.flatMap((n) => (n.code === 'yield' ? [n.value] : []))).toEqual([2, null]);
    expect(answer.columns.map((c) => c.name)).toEqual(Object.keys(answer.rows[0]!));
  });

  it('the same by naming the whole way back; mine alone without declared steps goes straight there', async () => {
    const named = await ask(world, { ...asked, through: 'refine,mine' });
    expect(column(named, 'traced_t')).toEqual(column(await ask(world, asked), 'traced_t'));
    const { yield: _, ...undeclared } = world;
    const straight = await ask(undeclared, asked);
    expect(note(straight, 'not_traced_beyond')!.value).toBe(1);
  });

  it('paths join mine and maker of the magnet, and add up to the origins', async () => {
    const { rows } = await ask(world, { ...asked, paths: true });
    const ways = Object.fromEntries(rows.map((r) => [`${r.country} ${r.through_country}`, r.traced_t]));
    expect(ways).toEqual({ 'XXX PPP': 56.25, 'XXX QQQ': 15, 'YYY QQQ': 15, 'YYY PPP': 11.25 });
  });

  it('stops at the refiner whose ore is not known, and says at which stage; shares still add up to 1', async () => {
    const answer = await ask(without('260500', 'RRR'), asked);
    const stop = note(answer, 'not_traced_beyond')!;
    expect(stop.text).toMatch(/not traced beyond refine.* at mine; kept with the maker: RRR/);
    expect(stop.value).toBeCloseTo(45 / 97.5, 12);
    expect(column(answer, 'stopped_share').RRR).toBeCloseTo(45 / 97.5, 12);
    expect(answer.rows.reduce((s, r) => s + Number(r.traced_share), 0)).toBeCloseTo(1, 12);
    expect(answer.view!.headline![0]).toMatch(/46 % cannot be followed beyond its makers \(RRR 46 %\)/);
    // what stopped may have been mined anywhere
    expect(column(answer, 'high_share').YYY).toBeCloseTo((26.25 + 45) / 97.5, 12);
  });

  it('marks who stops at which stage, and adds up in the headline what stops in all', async () => {
    const cut = without('260500', 'RRR');
    const answer = await ask(
      {
        ...cut,
        trade_flow: (cut.trade_flow as ReturnType<typeof flow>[]).filter((f) => f.importer !== 'QQQ'),
      },
      asked,
    );
    const stops = answer.notes.filter((n) => n.code === 'not_traced_beyond');
    expect(stops.map((n) => n.makers)).toEqual([['QQQ'], ['RRR']]);
    expect(stops.map((n) => n.rows!.map((k) => answer.rows[k]!.country))).toEqual([['QQQ'], ['RRR']]);
    const all = stops.reduce((sum, n) => sum + n.value!, 0);
    expect(answer.view!.headline![0]).toContain(`${Math.round(all * 100)} % cannot be followed`);
  });

  it('stops at the makers where a whole stage has no trade, naming the code that would tell', async () => {
    const answer = await ask(without('810520'), asked);
    const stop = note(answer, 'not_traced_beyond')!;
    expect(stop.value).toBe(1);
    expect(stop.text).toMatch(/beyond product.*PPP, QQQ.*trade of 2023 in 810520 would tell/);
    expect(column(answer, 'traced_t')).toMatchObject({ PPP: 60, QQQ: 20 });
  });

  it('takes no other year silently: it names the nearest, and takes it with --years-apart', async () => {
    const of2021 = (rows: Tables[string]) =>
      (rows as ReturnType<typeof output>[]).map((r) =>
        r.stage === 'mine' || (r as unknown as { hs6?: string }).hs6 === '260500' ? { ...r, year: 2021 } : r,
      );
    const moved = { ...world, production: of2021(world.production!), trade_flow: of2021(world.trade_flow!) };
    const answer = await ask(moved, asked);
    expect(note(answer, 'stage_year_near')).toMatchObject({
      value: 2021,
      text: expect.stringContaining('--years-apart 2'),
    });
    expect(note(answer, 'not_traced_beyond')!.value).toBe(1);
    expect(note(await ask(moved, { ...asked, yearsApart: 1 }), 'not_traced_beyond')!.value).toBe(1);
    const apart = await ask(moved, { ...asked, yearsApart: 2 });
    expect(note(apart, 'stage_year')).toMatchObject({ value: 2021, text: expect.stringContaining('2023') });
    expect(column(apart, 'traced_t')).toMatchObject({ XXX: 71.25, YYY: 26.25 });
  });

  it('--feed seen follows no more of a feed than is known; --feed whole says so and widens the range', async () => {
    // a tenth of the ore that RRR needs
    const thin = {
      ...world,
      trade_flow: (world.trade_flow as ReturnType<typeof flow>[]).map((f) =>
        f.importer === 'RRR' ? { ...f, quantity_t: 4.5 } : f,
      ),
    };
    const seen = await ask(thin, { ...asked, feed: 'seen' });
    expect(column(seen, 'stopped_share').RRR).toBeCloseTo((0.9 * 45) / 97.5, 12);
    expect(column(seen, 'traced_t').XXX).toBeCloseTo(4.5 + 26.25, 10);
    expect(note(seen, 'not_traced_beyond')!.text).toContain('RRR (10 % of its feed is seen)');
    const whole = await ask(thin, asked);
    expect(column(whole, 'traced_t').XXX).toBeCloseTo(71.25, 10);
    expect(note(whole, 'feed_not_seen')).toMatchObject({
      value: 0.1,
      text: expect.stringContaining('RRR 10 %'),
    });
    const [low, high] = ['low_share', 'high_share'].map((c) => column(whole, c).XXX as number);
    expect(low).toBeCloseTo((71.25 - 0.9 * 45) / 97.5, 12);
    expect(high).toBeCloseTo(71.25 / 97.5, 12);
  });

  it.each([
    [{ ...asked, through: 'refine,smelt' }, /unknown stage: "smelt"/],
    [{ ...asked, through: 'mine,mine' }, /a stage is named twice: "--through mine,mine"/],
    [{ ...asked, through: ',' }, /unknown stage: ","/],
  ])('%o is refused', async (params, message) => {
    await expect(ask(world, params)).rejects.toThrow(message);
  });
});

describe('origins of what is bought', () => {
  // all that the UK buys it ships on
  const passing: Tables = {
    ...world,
    trade_flow: [
      ...(world.trade_flow as ReturnType<typeof flow>[]),
      flow(2023, 'GBR', 'XXX', '850511', 40),
      flow(2023, 'XXX', 'GBR', '850511', 10),
      flow(2023, 'GBR', 'YYY', '850511', 10),
    ],
  };
  it('an importer that keeps nothing is told where what it buys was made, and by which flag', async () => {
    const answer = await ask(passing, { ...asked, through: undefined });
    expect(note(answer, 'no_supply')).toBeDefined();
    expect(note(answer, 'imports_traced')).toMatchObject({
      value: 50,
      text: expect.stringMatching(/50 t, goes back to PPP 75 %, QQQ 25 %: --of imports/),
    });
    expect(answer.view!.after!.join(' ')).toContain('PPP 75 %');
  });
  it('--of imports traces them, with the mix of whoever ships them', async () => {
    const answer = await ask(passing, { ...asked, through: undefined, of: 'imports' });
    // what XXX sells came from the UK, whose goods are 3 : 1 from P and Q
    expect(column(answer, 'traced_t').PPP).toBeCloseTo(37.5, 10);
    expect(column(answer, 'traced_t').QQQ).toBeCloseTo(12.5, 10);
    expect(note(answer, 'imports')!.value).toBe(50);
    const mines = await ask(passing, { ...asked, of: 'imports' });
    expect(column(mines, 'traced_t').XXX).toBeCloseTo((71.25 * 5) / 4, 10);
    expect(column(mines, 'traced_t').YYY).toBeCloseTo((26.25 * 5) / 4, 10);
  });
  it('where all is used and nothing made at home, use and imports are the same', async () => {
    const [use, imports] = await Promise.all([ask(world, asked), ask(world, { ...asked, of: 'imports' })]);
    expect(column(imports, 'traced_t')).toEqual(column(use, 'traced_t'));
  });
});

describe('chains in the snapshot', () => {
  let snapshot: OpenWorld;
  beforeAll(async () => {
    snapshot = await openWorld();
  });
  afterAll(() => snapshot.close());
  const of = (params: Record<string, unknown>) =>
    originsQuestion.answer(originsQuestion.params.parse(params), snapshot);

  it('aluminium goes by alumina to bauxite, three stages, once its trade is there', async () => {
    const row = (exporter: string, importer: string, hs6: string, quantity_t: number) => ({
      ...flow(2024, exporter, importer, hs6, quantity_t),
      value_usd: quantity_t * 1000,
      source: 'invented',
    });
    const laid = await openWorld({
      with: worldFolder({
        trade_flow: [
          row('NOR', 'GBR', '760110', 100_000),
          row('BRA', 'NOR', '281820', 2_000_000),
          row('IRL', 'NOR', '281820', 1_500_000),
        ],
      }),
    });
    try {
      const params = { mineral: ['aluminium'], stage: ['refine'], through: 'mine', year: ['2024'] };
      const answer = await originsQuestion.answer(originsQuestion.params.parse(params), laid);
      // 1.93 t of alumina a tonne of metal, 2 t of bauxite a tonne of alumina
      expect(note(answer, 'consumption_compound')!.value).toBeCloseTo(193_000, 6);
      expect(note(answer, 'consumption_mine')!.value).toBeCloseTo(386_000, 6);
      expect(answer.rows[0]).toMatchObject({ country: 'BRA', stopped_share: 0 });
      expect(answer.rows.reduce((sum, r) => sum + Number(r.traced_share), 0)).toBeCloseTo(1, 9);
      const paths = await originsQuestion.answer(
        originsQuestion.params.parse({ ...params, paths: true }),
        laid,
      );
      expect(paths.rows[0]).toMatchObject({ country: 'BRA', through_country: 'NOR', followed: true });
    } finally {
      laid.close();
    }
  });

  it('Japan’s copper is followed to Chile, Peru and Indonesia by the ore its smelters take in', async () => {
    const answer = await of({ mineral: ['copper'], stage: ['refine'], through: 'mine', for: ['JPN'] });
    expect(answer.rows.slice(0, 2).map((r) => r.country)).toEqual(['CHL', 'PER']);
    expect(note(answer, 'not_traced_beyond')!.value).toBeLessThan(0.2);
    expect(answer.rows.reduce((s, r) => s + Number(r.traced_share), 0)).toBeCloseTo(1, 9);
  });

  it('Belgium’s is not: the ore it takes in is a fraction of what it makes', async () => {
    const answer = await of({ mineral: ['copper'], stage: ['refine'], through: 'mine' });
    const belgium = answer.rows.find((r) => r.country === 'BEL')!;
    expect(Number(belgium.stopped_share) / Number(belgium.traced_share)).toBeGreaterThan(0.9);
    expect(note(answer, 'not_traced_beyond')!.text).toMatch(/BEL \(.* % of its feed is seen\)/);
  });

  it('the method page prints the figures of these chains', async () => {
    const page = readFileSync('docs/methods/flow-tracing.md', 'utf8').replaceAll(/\s+/g, ' ');
    const part = (answer: Answer, country: string) =>
      new RegExp(`${country} \\((?:at most )?([\\d.]+\\s%) of its feed`)
        .exec(note(answer, 'not_traced_beyond')!.text)![1]!
        .replace(/\s/, ' ');
    const copper = await of({ mineral: ['copper'], stage: ['refine'], through: 'mine', year: ['2024'] });
    expect(page).toContain(`${part(copper, 'BEL')} of its feed is seen in 2024`);
    const cobalt = { mineral: ['cobalt'], stage: ['compound'], of: 'imports', year: ['2024'] };
    const oxide = await of({ ...cobalt, through: 'mine', yearsApart: 4 });
    expect(page).toContain(`at most ${part(oxide, 'FIN')} of the feed it needs`);
    const made = column(await of(cobalt), 'traced_share').FIN as number;
    expect(page).toContain(`Finland made ${Math.round(made * 100)} % of what is bought`);
    const hydroxide = column(await of({ ...cobalt, for: ['FIN'], year: ['2020'] }), 'direct_share')
      .COD as number;
    expect(page).toContain(`${Math.round(hydroxide * 100)} % were from DR Congo in 2018–20`);
  });

  it('UK cobalt oxide: Finland made it; its ores of 2020 are a few per cent of what it needs, which is said', async () => {
    const cobalt = { mineral: ['cobalt'], stage: ['compound'], through: 'mine' };
    const silent = await of(cobalt);
    expect(note(silent, 'imports_traced')!.text).toMatch(/goes back to FIN 9\d %/);
    expect(note(silent, 'stage_year_near')!.value).toBe(2020);
    expect(note(silent, 'not_traced_beyond')!.text).toMatch(/260500 would tell: headwater fetch baci/);
    const apart = await of({ ...cobalt, of: 'imports', yearsApart: 4 });
    expect(note(apart, 'stage_year')!.text).toMatch(/mine is of 2020.*mean of 2018-2020.*of 2024/);
    expect(note(apart, 'not_traced_beyond')!.text).toMatch(/FIN \(at most [1-5]\.\d % of its feed is seen\)/);
  });
});

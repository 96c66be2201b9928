import { describe, expect, it, onTestFinished } from 'vitest';
import { chokepointsQuestion } from '../../src/questions/chokepoints.ts';
import { shockQuestion } from '../../src/questions/shock.ts';
import { openWorld } from '../../src/store/open.ts';
import { removeFoldersAfterwards } from '../support/folder.ts';
import { smallWorld, type Tables } from '../support/world.ts';

removeFoldersAfterwards();

const year = 2024;
const flow = (hs6: string, exporter: string, quantity_t: number) => ({
  year,
  exporter,
  importer: 'GBR',
  hs6,
  quantity_t,
  value_usd: quantity_t,
});
const made = (mineral: string, country: string, quantity_t: number) => ({
  year,
  mineral,
  stage: 'refine',
  country,
  quantity_t,
});
/** cobalt from one country, zinc from three, some of it made at home */
const tables: Tables = {
  country: ['COD', 'CHN', 'AUS', 'GBR'].map((country) => ({ country, name: country })),
  mineral: ['cobalt', 'zinc'].map((mineral) => ({ mineral, name: mineral })),
  hs6_mineral: [
    { hs6: '810520', mineral: 'cobalt', stage: 'refine', metal_content: 1, share_of_code: 1 },
    { hs6: '790111', mineral: 'zinc', stage: 'refine', metal_content: 1, share_of_code: 1 },
  ],
  trade_flow: [
    flow('810520', 'COD', 50),
    flow('790111', 'COD', 30),
    flow('790111', 'CHN', 30),
    flow('790111', 'AUS', 20),
  ],
  production: [
    made('cobalt', 'COD', 60),
    made('zinc', 'COD', 40),
    made('zinc', 'CHN', 40),
    made('zinc', 'AUS', 40),
    made('zinc', 'GBR', 20),
  ],
};
const ask = async (given: Record<string, unknown> = {}) => {
  const world = await smallWorld(tables);
  return chokepointsQuestion.answer(chokepointsQuestion.params.strict().parse(given), world);
};

describe('chokepoints', () => {
  it('ranks the only supplier of one mineral before those of a mineral with three; own mines are not listed', async () => {
    const { rows } = await ask();
    expect(rows[0]).toMatchObject({ rank: 1, mineral: 'cobalt', stopped: 'COD', baseline_t: 50 });
    expect(rows).toHaveLength(4);
    const shares = rows.map((r) => r.shortfall_share as number);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(rows.map((r) => r.stopped)).not.toContain('GBR');
  });

  it('each figure is what `shock` says of that stop', async () => {
    const { rows } = await ask({ mineral: ['zinc'] });
    const world = await smallWorld(tables);
    const shock = await shockQuestion.answer(
      shockQuestion.params.parse({ stop: [rows[0]!.stopped], mineral: ['zinc'], for: ['GBR'] }),
      world,
    );
    expect(rows[0]!.shortfall_t).toBeCloseTo(
      shock.rows.reduce((sum, r) => sum + (r.shortfall_t as number), 0),
      9,
    );
  });

  it('--pairs stops two at once, which hurts at least as much as either', async () => {
    const single = (await ask({ mineral: ['zinc'] })).rows;
    const pairs = (await ask({ mineral: ['zinc'], pairs: true })).rows;
    expect(pairs.map((r) => r.stopped).sort()).toEqual(['AUS+CHN', 'AUS+COD', 'CHN+COD']);
    for (const pair of pairs)
      for (const one of single)
        if ((pair.stopped as string).split('+').includes(one.stopped as string))
          expect(pair.shortfall_t).toBeGreaterThanOrEqual((one.shortfall_t as number) - 1e-9);
  });

  it('--top keeps the worst', async () => {
    expect((await ask({ top: 2 })).rows).toHaveLength(2);
  });
});

describe('one flow under two names', () => {
  const magnets: Tables = {
    ...tables,
    mineral: ['cobalt', 'alloy'].map((mineral) => ({ mineral, name: mineral })),
    hs6_mineral: [
      { hs6: '790111', mineral: 'cobalt', stage: 'refine', metal_content: 1, share_of_code: 1 },
      { hs6: '810520', mineral: 'cobalt', stage: 'product', metal_content: 1, share_of_code: 1 },
      { hs6: '810520', mineral: 'alloy', stage: 'product', metal_content: 1, share_of_code: 1 },
    ],
    production: [made('cobalt', 'CHN', 30)],
  };
  it('is listed once, under the narrower name, and a note says so', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const asked = { mineral: ['rare_earths', 'rare_earths_magnet'], stage: ['product'] };
    const { rows, notes } = await chokepointsQuestion.answer(chokepointsQuestion.params.parse(asked), world);
    expect(rows[0]).toMatchObject({ mineral: 'rare_earths_magnet', stage: 'product', stopped: 'CHN' });
    expect(new Set(rows.map((r) => r.stopped)).size).toBe(rows.length);
    expect(notes.find((n) => n.code === 'same_flow')!.text).toContain('rare_earths product is');
  });

  it('of own tables without output nobody is stopped: who ships has a row without figures, named in a note', async () => {
    const asked = { stage: ['refine', 'product'] };
    const world = await smallWorld(magnets);
    const { rows, notes } = await chokepointsQuestion.answer(chokepointsQuestion.params.parse(asked), world);
    const silent = rows.flatMap((r, i) => (r.stage === 'product' ? [i] : []));
    expect(silent).toHaveLength(1);
    expect(rows[silent[0]!]).toMatchObject({
      rank: null,
      stopped: 'COD',
      shortfall_t: null,
      shortfall_share: null,
      baseline_t: 50,
    });
    expect(notes.find((n) => n.code === 'no_output')!.rows).toContain(silent[0]);
    expect(notes.find((n) => n.code === 'no_output')!.text).toContain('alloy (product): COD');
    expect(notes.find((n) => n.code === 'same_flow')!.text).toContain('cobalt product is alloy product');
  });

  it('where nothing can be stopped it is not said that nothing would be missing', async () => {
    const { production: _, ...without } = tables;
    const world = await smallWorld(without);
    const { rows, notes, view } = await chokepointsQuestion.answer(
      chokepointsQuestion.params.parse({}),
      world,
    );
    expect(rows.map((r) => [r.mineral, r.stopped, r.shortfall_t])).toEqual([
      ['cobalt', 'COD', null],
      ['zinc', 'CHN', null],
      ['zinc', 'COD', null],
      ['zinc', 'AUS', null],
    ]);
    expect(notes.find((n) => n.code === 'runs')!.value).toBe(0);
    expect(view!.headline![0]).toContain('is not known');
  });

  it('who is known to make none passes on what others make, and is not listed', async () => {
    const world = await smallWorld({
      ...tables,
      production: [made('zinc', 'CHN', 40), made('zinc', 'COD', 0)],
    });
    const asked = chokepointsQuestion.params.parse({ mineral: ['zinc'] });
    const { rows } = await chokepointsQuestion.answer(asked, world);
    expect(rows.map((r) => [r.rank, r.stopped])).toEqual([
      [1, 'CHN'],
      [null, 'AUS'],
    ]);
  });
});

describe('what is ranked, and what is said of it', () => {
  it('names what cannot be ranked, as nobody is known to trade it', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const asked = chokepointsQuestion.params.parse({ for: 'PER', mineral: ['tin'], stage: ['mine'] });
    const { rows, notes, view } = await chokepointsQuestion.answer(asked, world);
    expect(rows).toHaveLength(0);
    expect(notes.find((n) => n.code === 'users_unknown')!.text).toContain('tin (mine)');
    expect(view!.headline![0]).toContain('is not known');
    expect(view!.headline![0]).toContain('no trade');
  });

  it('--top shortens the table, not what is said of all stops', async () => {
    const headline = async (top: number) => {
      const world = await smallWorld({
        ...tables,
        // each mineral from one country alone
        production: [made('cobalt', 'COD', 60), made('zinc', 'CHN', 40)],
        trade_flow: [flow('810520', 'COD', 50), flow('790111', 'CHN', 30)],
      });
      const { rows, view } = await chokepointsQuestion.answer(
        chokepointsQuestion.params.parse({ top }),
        world,
      );
      return { rows, headline: view!.headline };
    };
    const [all, one] = [await headline(30), await headline(1)];
    expect([all.rows.length, one.rows.length]).toEqual([2, 1]);
    expect(one.headline).toEqual(all.headline);
    expect(one.headline![1]).toMatch(/^2 stops, of 2 run,/);
  });

  it('in own tables output without trade is used where it is made, and can be ranked', async () => {
    const { trade_flow: _, ...untraded } = tables;
    const world = await smallWorld(untraded);
    const { rows, notes } = await chokepointsQuestion.answer(
      chokepointsQuestion.params.parse({ mineral: ['zinc'] }),
      world,
    );
    expect(rows.filter((r) => (r.shortfall_t as number) > 0).length).toBeGreaterThan(0);
    expect(notes.map((n) => n.code)).not.toContain('users_unknown');
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { concentrationQuestion } from '../../src/questions/concentration.ts';
import type { AnswerRow } from '../../src/questions/question.ts';
import { shockNetwork } from '../../src/questions/shock/network.ts';
import { scenario, scenarios } from '../../src/questions/shock/scenario.ts';
import { shockQuestion } from '../../src/questions/shock.ts';
import { openWorld } from '../../src/store/open.ts';
import { removeFoldersAfterwards } from '../support/folder.ts';
import { type Cell, smallWorld, type Tables } from '../support/world.ts';

removeFoldersAfterwards();

const iso = ['COD', 'CHN', 'BEL', 'GBR', 'DEU'];
const trade: [string, string, number][] = [
  ['COD', 'CHN', 70],
  ['COD', 'BEL', 20],
  ['CHN', 'BEL', 10],
  ['CHN', 'GBR', 15],
  ['CHN', 'DEU', 5],
  ['BEL', 'GBR', 12],
  ['BEL', 'DEU', 10],
  ['GBR', 'DEU', 3],
  ['DEU', 'BEL', 1],
  ['DEU', 'GBR', 2],
];
const year = 2024;
const of = { year, mineral: 'cobalt', stage: 'refine', source: 'own' };
const tables: Tables = {
  country: [...iso, 'USA'].map((country) => ({ country, name: country })),
  mineral: [{ mineral: 'cobalt', name: 'Cobalt', symbol: 'Co' }],
  hs6_mineral: [{ hs6: '810520', mineral: 'cobalt', stage: 'refine', metal_content: 1, share_of_code: 1 }],
  trade_flow: trade.map(([exporter, importer, quantity_t]) => ({
    year,
    exporter,
    importer,
    hs6: '810520',
    quantity_t,
    value_usd: quantity_t * 1000,
  })),
  production: [
    { ...of, country: 'COD', quantity_t: 100 },
    { ...of, country: 'CHN', quantity_t: 20 },
  ],
  stock: [
    ['CHN', 10],
    ['BEL', 2],
    ['GBR', 4],
    ['DEU', 1],
  ].map(([country, quantity_t]) => ({ ...of, country: country as Cell, quantity_t: quantity_t as Cell })),
};

const rowsIn = (table: string) => tables[table] as readonly Readonly<Record<string, Cell>>[];

const ask = async (given: Record<string, unknown>, own: Tables = tables) => {
  const world = await smallWorld(own);
  const answer = await shockQuestion.answer(
    shockQuestion.params.strict().parse({ mineral: ['cobalt'], ...given }),
    world,
  );
  const one = (country: string) => answer.rows.filter((r) => r.country === country);
  return { ...answer, one };
};
const sum = (rows: AnswerRow[], name: string) => rows.reduce((a, r) => a + (r[name] as number), 0);

describe('shock', () => {
  it('cascade: the DR Congo loses 50 of 100 t: GBR goes without 20.2 of 26 t, DEU 12.8 of 15 t (Marchand et al. 2016)', async () => {
    const { one, rows } = await ask({ stop: ['COD:0.5'], model: 'cascade' });
    expect(rows).toHaveLength(5);
    expect(one('GBR')[0]).toMatchObject({ month: null, baseline_t: 26, stock_used_t: 4, stock_change_t: -4 });
    expect(one('GBR')[0]!.shortfall_t).toBeCloseTo(20.2, 1);
    expect(one('DEU')[0]!.shortfall_t).toBeCloseTo(12.8, 1);
    expect(sum(rows, 'stock_change_t') + sum(rows, 'consumption_change_t')).toBeCloseTo(-50, 9);
  });

  it('--stock-use 0 leaves the stocks alone', async () => {
    const { rows } = await ask({ stop: ['COD:0.5'], model: 'cascade', stockUse: 0 });
    expect(sum(rows, 'stock_used_t')).toBe(0);
    expect(sum(rows, 'shortfall_t')).toBeCloseTo(50, 9);
  });

  it('market: 60/25/15 t, the first loses half, capacities 30 and 18: r = 3.4636, loss to users 212.70·P0', async () => {
    const own: Tables = {
      ...tables,
      production: [
        ['COD', 60],
        ['CHN', 25],
        ['BEL', 15],
      ].map(([country, quantity_t]) => ({ ...of, country: country as Cell, quantity_t: quantity_t as Cell })),
      capacity: [
        { ...of, country: 'CHN', quantity_t: 30 },
        { ...of, country: 'BEL', quantity_t: 18 },
      ],
      price: [{ ...of, country: 'WLD', price_usd_per_t: 10 }],
    };
    const { one } = await ask({ stop: ['COD:0.5'], model: 'market', for: ['GBR'] }, own);
    const world = one('WLD')[0]!;
    expect(world.price_ratio).toBeCloseTo(3.463594063051756, 9);
    expect(world.supply_t).toBeCloseTo(78, 9);
    expect(world.consumer_loss_usd).toBeCloseTo(2127.004211477421, 6);
    expect(one('GBR')[0]!.price_ratio).toBe(world.price_ratio);
  });

  it('market needs output only', async () => {
    const { country, mineral, production } = tables;
    const { one } = await ask(
      { stop: ['COD:0.1'], model: 'market' },
      { country: country!, mineral: mineral!, production: production! },
    );
    expect(one('WLD')[0]!.baseline_t).toBe(120);
    expect(one('COD')[0]).toMatchObject({ output_baseline_t: 100, output_t: 90 });
  });

  it('months: a row per country and month, shortfall = baseline − supply − stock used', async () => {
    const { one, rows, columns } = await ask({ stop: ['COD'], months: 24 });
    expect(rows).toHaveLength(5 * 24);
    expect(columns.map((c) => c.name).slice(0, 8)).toEqual([
      'country',
      'month',
      'baseline_t',
      'supply_t',
      'stock_used_t',
      'shortfall_t',
      'shortfall_share',
      'price_ratio',
    ]);
    for (const r of rows)
      expect(r.shortfall_t).toBeCloseTo(
        (r.baseline_t as number) - (r.supply_t as number) - (r.stock_used_t as number),
        9,
      );
    expect(one('GBR').map((r) => r.month)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    expect(sum(one('GBR'), 'stock_used_t')).toBeCloseTo(4, 9);
  });

  it.each(['cascade', 'market', 'months'])(
    '%s: a shock of severity 0 is the baseline, also in a country nobody knows',
    async (model) => {
      for (const stop of [['COD:0'], ['ZZZ:0']]) {
        const { rows } = await ask({ stop, model });
        for (const r of rows) {
          expect(r.supply_t).toBe(r.baseline_t);
          expect([r.shortfall_t, r.stock_used_t]).toEqual([0, 0]);
          if (model !== 'cascade') expect(r.price_ratio).toBe(1);
        }
      }
    },
  );

  it('a country without a part in the mineral cannot be stopped', async () => {
    await expect(ask({ stop: ['USA'] })).rejects.toThrow(/"USA"/);
  });

  it.each(['COD:2', 'COD:-1', 'COD:', 'COD:x', 'COD:0.5:1'])('refuses %s', async (stop) => {
    await expect(ask({ stop: [stop] })).rejects.toThrow(stop);
  });

  it('needs something that happens', async () => {
    await expect(ask({})).rejects.toThrow('--stop');
  });

  it('a bloc is the sum of its members', async () => {
    const own = {
      ...tables,
      bloc: [
        { bloc: 'EUU', country: 'BEL' },
        { bloc: 'EUU', country: 'DEU' },
      ],
    };
    const { one } = await ask({ stop: ['COD'], for: ['EUU'] }, own);
    const { one: apart } = await ask({ stop: ['COD'], for: ['BEL', 'DEU'] }, own);
    expect(one('EUU')).toHaveLength(12);
    expect(sum(one('EUU'), 'shortfall_t')).toBeCloseTo(
      sum(apart('BEL'), 'shortfall_t') + sum(apart('DEU'), 'shortfall_t'),
      9,
    );
  });

  it('draws: same seed, same figures; p05 ≤ p50 ≤ p95 ≤ cvar95; the tornado is told', async () => {
    const given = { stop: ['COD:0.5'], for: ['GBR'], draws: 400, seed: 3, months: 6 };
    const { one, notes } = await ask(given);
    const again = await ask({ ...given, threads: 1 });
    expect(again.rows).toEqual(one('GBR'));
    for (const r of one('GBR')) {
      expect(r.p50).toBeGreaterThanOrEqual(r.p05 as number);
      expect(r.p95).toBeGreaterThanOrEqual(r.p50 as number);
      expect(r.cvar95).toBeGreaterThanOrEqual(r.p95 as number);
    }
    expect(notes.some((n) => n.code === 'tornado')).toBe(true);
    expect((await ask({ ...given, seed: 4 })).rows).not.toEqual(one('GBR'));
  });

  it('--bridge gives the smallest stockpile, and --stockpile the months that it buys', async () => {
    const given = { stop: ['COD'], for: ['GBR'], stockUse: 0 };
    const { one, notes } = await ask({ ...given, bridge: 5 });
    const need = notes.find((n) => n.code === 'stockpile')!;
    expect(need.months).toBe(5);
    expect(need.value).toBeCloseTo(sum(one('GBR').slice(0, 5), 'shortfall_t'), 9);
    const back = await ask({ ...given, stockpile: need.value! + 1e-9 });
    expect(back.notes.find((n) => n.code === 'months_bought')!.value).toBe(5);
  });

  it('draws of a zero shock are all 0', async () => {
    const { one } = await ask({ stop: ['COD:0'], for: ['GBR'], draws: 50 });
    for (const r of one('GBR')) expect([r.p05, r.p50, r.p95, r.cvar95]).toEqual([0, 0, 0, 0]);
  });

  it('a scenario is a file of shocks; a ban on one country spares the others', async () => {
    const ban = { shocks: [{ kind: 'export_ban', country: 'China', to: ['GBR'], mineral: 'Co' }] };
    const { one } = await ask(
      { scenario: ban, for: ['GBR', 'CHN'], mineral: undefined },
      {
        ...tables,
        country: iso.map((country) => ({ country, name: country === 'CHN' ? 'China' : country })),
      },
    );
    expect(sum(one('GBR'), 'shortfall_t')).toBeGreaterThan(0);
    expect(sum(one('CHN'), 'shortfall_t')).toBe(0);
  });

  it('only `months` knows bans', async () => {
    const ban = { shocks: [{ kind: 'export_ban', country: 'CHN' }] };
    await expect(ask({ scenario: ban, model: 'market' })).rejects.toThrow('export_ban');
  });
});

describe('what cannot be known', () => {
  it('a country of whose use nothing is known has a row without figures, named in a note', async () => {
    const { one, notes } = await ask({ stop: ['COD'], for: ['USA', 'GBR'] });
    expect(one('USA')).toHaveLength(1);
    for (const name of ['baseline_t', 'supply_t', 'stock_used_t', 'shortfall_t', 'shortfall_share'])
      expect(one('USA')[0]![name]).toBeNull();
    expect(notes.find((n) => n.code === 'not_in_data')!.rows).toEqual([0]);
    expect(one('GBR')).toHaveLength(12);
  });

  it('where own tables name no output none is put in its place, and a note at the rows says so', async () => {
    const { production: _, ...without } = tables;
    const { one, rows, notes } = await ask({ stop: ['COD'], model: 'cascade', stockUse: 0 }, without);
    const note = notes.find((n) => n.code === 'output_unknown')!;
    expect(note.rows).toEqual(rows.map((_, i) => i));
    expect(note.text).toContain('not in the data');
    expect(notes.some((n) => n.code === 'not_struck')).toBe(true);
    expect(sum(rows, 'shortfall_t')).toBe(0);
    // use is what comes in beyond what goes out: CHN 70 − 30, GBR 29 − 3
    expect(one('CHN')[0]!.baseline_t).toBe(40);
    expect(one('GBR')[0]!.baseline_t).toBe(26);
  });

  it('in the snapshot net exports stand for output that nobody publishes, and a note says so', async () => {
    const { production: _, ...without } = tables;
    const world = Object.create(await smallWorld(without), { data: { value: 'snapshot' } });
    const { network, notes } = await shockNetwork(world, 'cobalt', 'refine', year);
    expect(notes[0]).toMatchObject({ code: 'output_unknown', measured: 'net exports' });
    // COD ships 90 t and receives nothing; CHN ships 30 of 70 t, so it makes nothing of its own
    const made = Object.fromEntries(network!.countries.map((c, j) => [c, network!.production[j]]));
    expect(made).toEqual({ COD: 90, CHN: 0, BEL: 0, GBR: 0, DEU: 0 });
  });

  it('a ban that meets no recorded trade is said to be one that cannot be followed, not one without effect', async () => {
    const ban = { shocks: [{ kind: 'export_ban', country: 'GBR', to: ['CHN'], mineral: 'cobalt' }] };
    const { notes, view } = await ask({ scenario: ban, for: ['DEU'], mineral: undefined });
    expect(notes.some((n) => n.code === 'not_struck')).toBe(true);
    expect(view!.headline![0]).toContain('cannot be followed');
  });

  it('of all minerals those that the shock does not reach are named together', async () => {
    const closed = { shocks: [{ kind: 'corridor_closed', from: ['COD'], to: ['CHN', 'BEL'] }] };
    const { rows, notes } = await ask(
      { scenario: closed, for: ['GBR'], mineral: undefined },
      {
        ...tables,
        mineral: [...rowsIn('mineral'), { mineral: 'zinc', name: 'Zinc' }],
        hs6_mineral: [...rowsIn('hs6_mineral'), { hs6: '790111', mineral: 'zinc', stage: 'refine' }],
        production: [...rowsIn('production'), { ...of, mineral: 'zinc', country: 'COD', quantity_t: 5 }],
      },
    );
    expect(new Set(rows.map((r) => r.mineral))).toEqual(new Set(['cobalt']));
    expect(notes.find((n) => n.code === 'not_reached')!.text).toContain('zinc (refine)');
  });

  it('a stage named by a scenario is the one that is run', async () => {
    const ban = {
      shocks: [{ kind: 'production_loss', country: 'COD', severity: 1, mineral: 'cobalt', stage: 'mine' }],
    };
    const { rows } = await ask(
      { scenario: ban, mineral: undefined },
      {
        ...tables,
        production: [...rowsIn('production'), { ...of, stage: 'mine', country: 'COD', quantity_t: 5 }],
      },
    );
    expect(new Set(rows.map((r) => r.stage))).toEqual(new Set(['mine']));
  });
});

describe('remedies that need what was not given', () => {
  it.each([
    [{ stop: ['COD'], stockpile: 5 }, '--for'],
    [{ stop: ['COD'], bridge: 5 }, '--for'],
    [{ stop: ['COD'], serveFirst: ['ev'] }, '--for'],
    [{ stop: ['COD'], for: ['GBR'], stockpile: 5, model: 'cascade' }, '"cascade"'],
    [{ stop: ['COD'], for: ['GBR'], bridge: 13 }, '"13"'],
    [{ stop: ['COD'], for: ['GBR'], serveFirst: ['poetry'] }, '"poetry"'],
    [{ scenario: { shocks: [{ kind: 'corridor_closed' }] } }, 'pairs'],
  ])('%j is refused', async (given, text) => {
    await expect(ask(given)).rejects.toThrow(text);
  });
});

describe('uses served first', () => {
  const withUses = {
    ...tables,
    end_use: [
      ['ev', 0.6],
      ['aerospace', 0.3],
    ].map(([sector, share]) => ({
      mineral: 'cobalt',
      scope: 'WLD',
      application: sector as Cell,
      sector: sector as Cell,
      share: share as Cell,
      source: 'own',
    })),
  };
  const lost = async (more: Record<string, unknown>) => {
    const { one, notes } = await ask({ stop: ['COD'], for: ['GBR'], stockUse: 0, ...more }, withUses);
    const of = notes.filter((n) => n.code === 'sector');
    return {
      total: sum(one('GBR'), 'shortfall_t'),
      of: (sector: string) => of.find((n) => n.sector === sector)!.value as number,
      all: of.reduce((s, n) => s + n.value!, 0),
    };
  };
  it('all alike: each loses by its share; what no source names is a use too', async () => {
    const l = await lost({});
    expect(l.of('ev')).toBeCloseTo(0.6 * l.total, 9);
    expect(l.of('other uses')).toBeCloseTo(0.1 * l.total, 9);
  });
  it('the one served first loses only what the others cannot bear, month by month; nothing is lost twice', async () => {
    const alike = await lost({});
    const l = await lost({ serveFirst: ['aerospace'] });
    expect(l.of('aerospace')).toBeLessThan(alike.of('aerospace'));
    expect(l.of('ev')).toBeGreaterThan(alike.of('ev'));
    expect(l.all).toBeCloseTo(l.total, 9);
  });
});

describe('shipped scenarios', () => {
  const files = readdirSync(join(import.meta.dirname, '../../reference/scenarios'));
  it('are all listed, under their file’s name', () => {
    expect(files.length).toBeGreaterThan(5);
    expect(Object.keys(scenarios).sort()).toEqual(files.map((f) => f.replace('.json', '')).sort());
  });
  it.each(Object.entries(scenarios))('%s is a scenario with a source', (_, given) => {
    expect(scenario.parse(given).sources?.length).toBeGreaterThan(0);
  });
});

describe('a mineral whose trade is not openly known', () => {
  it('is a pool: British imports of twelve months come from producers in proportion to output, and a note says so', async () => {
    const months = Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, '0')}`);
    const { one, notes } = await ask(
      { stop: ['CHN'], mineral: ['gallium'], for: ['GBR'] },
      {
        country: ['CHN', 'JPN', 'GBR', 'DEU'].map((country) => ({ country, name: country })),
        mineral: [{ mineral: 'gallium', name: 'Gallium' }],
        cn8_mineral: [{ cn8: '81129289', mineral: 'gallium', stage: 'refine', basket: false }],
        uk_trade_month: ['2024-12', ...months].map((month) => ({
          month,
          flow: 'import',
          cn8: '81129289',
          hs6: '811292',
          partner: 'DEU',
          quantity_t: 0.1,
        })),
        production: [
          { year, mineral: 'gallium', stage: 'refine', country: 'CHN', quantity_t: 90 },
          { year, mineral: 'gallium', stage: 'refine', country: 'JPN', quantity_t: 10 },
        ],
      },
    );
    expect(notes.find((n) => n.code === 'world_pool')!.value).toBeCloseTo(1.2, 12);
    expect(one('GBR')[0]!.baseline_t).toBeCloseTo(0.1, 12);
    // the second month: nine tenths do not come, of which the market spreads two sixths of a half
    expect(one('GBR')[1]!.shortfall_share).toBeGreaterThan(0.8);
  });
});

describe('a loss that nobody can follow is no figure, never 0', () => {
  const figures = ['supply_t', 'stock_used_t', 'shortfall_t', 'shortfall_share', 'price_ratio'];
  /** What BEL makes is in no table, though it ships; CHN and DEU say that they make none. */
  const silent: Tables = {
    ...tables,
    production: [
      { ...of, country: 'COD', quantity_t: 100 },
      { ...of, country: 'DEU', quantity_t: 0 },
      { ...of, country: 'CHN', quantity_t: null, status: 'withheld' },
    ],
  };
  const { production: _, ...noOutput } = tables;
  const unknown = (rows: readonly AnswerRow[]) =>
    rows.length > 0 && rows.every((r) => figures.every((name) => r[name] === null));

  it.each(['cascade', 'market', 'months'])('%s: output in no table, or withheld', async (model) => {
    for (const [stop, own] of [
      ['BEL', silent],
      ['CHN', silent],
      ['COD', noOutput],
    ] as const) {
      const { rows, one, notes, view } = await ask({ stop: [stop], model, for: ['GBR'] }, own);
      expect(unknown(rows)).toBe(true);
      expect(one('GBR')[0]!.baseline_t).toBe(model === 'months' ? 26 / 12 : 26);
      const note = notes.find((n) => n.code === 'not_struck')!;
      expect(note.rows).toEqual(rows.map((_, i) => i));
      expect(note.text).toContain(stop);
      for (const code of ['untouched', 'tornado', 'stockpile', 'sector'])
        expect(notes.map((n) => n.code)).not.toContain(code);
      expect(view!.headline!.join(' ')).toContain('is not known');
      expect(view!.headline!.join(' ')).not.toContain('nobody asked about lacks');
    }
  });

  it.each(['cascade', 'market', 'months'])(
    '%s: who is known to make none stops without harm',
    async (model) => {
      const { rows, notes } = await ask({ stop: ['DEU'], model, for: ['GBR'] }, silent);
      for (const r of rows) expect([r.shortfall_t, r.supply_t]).toEqual([0, r.baseline_t]);
      expect(notes.map((n) => n.code)).not.toContain('not_struck');
      expect(notes.map((n) => n.code)).toContain('untouched');
    },
  );

  it('with draws nothing is drawn of it', async () => {
    const { rows } = await ask({ stop: ['BEL'], draws: 50, for: ['GBR'] }, silent);
    for (const r of rows) expect(r.p50 ?? null).toBeNull();
  });

  it('of two stops, one of them known, the loss is a lower bound; where it comes out as none it is not known', async () => {
    const both = await ask({ stop: ['COD', 'BEL'], for: ['GBR'] }, silent);
    const alone = await ask({ stop: ['COD'], for: ['GBR'] }, silent);
    expect(both.rows).toEqual(alone.rows);
    expect(sum(both.rows, 'shortfall_t')).toBeGreaterThan(0);
    expect(both.notes.find((n) => n.code === 'lower_bound')!.rows).toHaveLength(12);
    expect(both.view!.headline!.join(' ')).toContain('That is the least');

    const harmless = await ask({ stop: ['DEU', 'BEL'], for: ['GBR'] }, silent);
    expect(unknown(harmless.rows)).toBe(true);
    expect(harmless.notes.map((n) => n.code)).not.toContain('lower_bound');
  });

  it.each([
    { kind: 'export_ban', country: 'GBR', to: ['CHN'], severity: 0 },
    { kind: 'export_quota', country: 'GBR', share: 1 },
    { kind: 'tariff', country: 'CHN', by: ['COD'], rate: 0 },
  ])('a measure that changes nothing is a true 0: %j', async (shock) => {
    const { rows, notes } = await ask({ scenario: { shocks: [shock] }, for: ['GBR'] });
    for (const r of rows) expect([r.shortfall_t, r.supply_t]).toEqual([0, r.baseline_t]);
    expect(notes.map((n) => n.code)).not.toContain('not_struck');
  });

  it('who ships more than it is known to make and receive uses nothing that is known, and a note says so', async () => {
    const { one, notes } = await ask(
      { stop: ['COD'], for: ['BEL'] },
      {
        ...tables,
        trade_flow: [
          ...rowsIn('trade_flow'),
          { ...rowsIn('trade_flow')[0], exporter: 'BEL', importer: 'CHN', quantity_t: 500 } as never,
        ],
      },
    );
    expect(one('BEL')[0]).toMatchObject({ baseline_t: 0, shortfall_share: null });
    expect(notes.find((n) => n.code === 'use_unknown')!.rows).toHaveLength(12);
  });

  it('where neither output nor trade in tonnes is known the one asked about has a row without figures', async () => {
    const byValue = {
      ...noOutput,
      trade_flow: rowsIn('trade_flow').map((r) => ({ ...r, quantity_t: null })),
    };
    const { rows, notes } = await ask({ stop: ['COD'], for: ['GBR'] }, byValue);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ country: 'GBR', baseline_t: null, shortfall_t: null });
    expect(notes.some((n) => n.rows?.includes(0))).toBe(true);
  });
});

describe('output of which no trade is in the data', () => {
  const shipped = async (given: Record<string, unknown>) => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    return shockQuestion.answer(shockQuestion.params.strict().parse(given), world);
  };
  const figures = (rows: readonly AnswerRow[]) =>
    rows.flatMap((r) => [r.baseline_t, r.supply_t, r.shortfall_t, r.shortfall_share, r.price_ratio]);
  const tin = { stop: ['CHN'], mineral: ['tin'], stage: ['mine'], year: ['2024'] };

  it.each(['months', 'cascade', 'market'])(
    '%s: who would lack tin ore is not known; the world market is',
    async (model) => {
      const { rows, notes, view } = await shipped({ ...tin, model, for: ['PER'] });
      const world = rows.filter((r) => r.country === 'WLD');
      expect(world).toHaveLength(model === 'market' ? 1 : 0);
      for (const r of world) expect(r.price_ratio).toBeGreaterThan(1);
      const peru = rows.filter((r) => r.country === 'PER');
      expect(peru).toHaveLength(1);
      for (const f of figures(peru)) expect(f).toBeNull();
      const note = notes.find((n) => n.code === 'users_unknown')!;
      expect(note.rows).toEqual([rows.indexOf(peru[0]!)]);
      for (const code of ['untouched', 'tornado', 'stockpile', 'sector'])
        expect(notes.map((n) => n.code)).not.toContain(code);
      expect(view!.headline![0]).toContain('how much Peru would lack of tin (mine), 2024 is not known');
      expect(view!.headline!.join(' ')).not.toContain('nobody asked about lacks');
    },
  );

  it('everyone, with draws: no producer is taken to use its own ore', async () => {
    const { rows } = await shipped({ ...tin, draws: 20 });
    expect(rows.length).toBeGreaterThan(5);
    for (const r of rows) expect([r.baseline_t, r.shortfall_t, r.p50 ?? null]).toEqual([null, null, null]);
  });

  it('what stops is a share of the world as published, the one that `concentration` gives', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    for (const [given, country] of [
      [tin, 'CHN'],
      [{ scenario: scenarios['kazakhstan-uranium-stop'] }, 'KAZ'],
    ] as const) {
      const { rows, notes } = await shipped(given);
      for (const f of figures(rows)) expect(f).toBeNull();
      const struck = notes.find((n) => n.code === 'struck_share')!;
      const { rows: places } = await concentrationQuestion.answer(
        concentrationQuestion.params.parse({
          mineral: [struck.mineral],
          stage: ['mine'],
          year: ['2024'],
          breakdown: true,
        }),
        world,
      );
      expect(struck.value).toBeCloseTo(places.find((r) => r.country === country)!.share as number, 12);
    }
  });

  it('market: the world are also the countries that no source names', async () => {
    const given = { scenario: scenarios['kazakhstan-uranium-stop'], model: 'market' };
    const { rows, notes } = await shipped(given);
    expect(rows.map((r) => r.country)).toEqual(['KAZ', 'WLD']);
    const [, all] = rows;
    const struck = notes.find((n) => n.code === 'struck_share')!.value as number;
    const named = (all!.baseline_t as number) * struck;
    expect(notes.find((n) => n.code === 'unnamed_producers')!.value).toBeCloseTo(
      (all!.baseline_t as number) - named,
      6,
    );
    expect(all!.shortfall_share).toBeGreaterThan(0);
    expect(all!.shortfall_share).toBeLessThan(struck);
  });

  it('where only a share is published it is that share', async () => {
    const { notes, rows } = await shipped({
      stop: ['KAZ'],
      mineral: ['uranium', 'tin'],
      stage: ['mine'],
      year: ['2023'],
      for: ['GBR'],
    });
    expect(rows.find((r) => r.mineral === 'uranium')!.shortfall_t).toBeNull();
    expect(notes.find((n) => n.code === 'struck_share' && n.mineral === 'uranium')!.value).toBe(0.388);
  });

  it('in own tables the trade that is left out is none: output is used where it is made', async () => {
    const { trade_flow: _, ...untraded } = tables;
    const own = {
      ...untraded,
      production: [...rowsIn('production'), { ...of, country: 'WLD', quantity_t: 240 }],
    };
    const { one, notes } = await ask({ stop: ['COD'], for: ['COD', 'CHN'], stockUse: 0 }, own as Tables);
    expect(sum(one('COD'), 'baseline_t')).toBeCloseTo(100, 9);
    expect(sum(one('COD'), 'shortfall_t')).toBeGreaterThan(0);
    expect(notes.map((n) => n.code)).not.toContain('users_unknown');
    expect(notes.find((n) => n.code === 'struck_share')).toMatchObject({ value: 100 / 120, whole: false });
  });

  it('nobody gets less than nothing by the rounding of sums', async () => {
    const { trade_flow: _, ...untraded } = tables;
    const own = { ...untraded, production: [{ ...of, country: 'COD', quantity_t: 23270 }] };
    const { rows } = await ask({ stop: ['COD'], for: ['COD'], stockUse: 0 }, own as Tables);
    expect(Math.min(...rows.map((r) => r.supply_t as number))).toBe(0);
  });
});

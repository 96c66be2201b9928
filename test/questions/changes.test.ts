import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { plain } from '../../src/cli/style.ts';
import { tableText } from '../../src/cli/table.ts';
import { changesQuestion } from '../../src/questions/changes.ts';
import { questions } from '../../src/questions/list.ts';
import type { AnswerRow } from '../../src/questions/question.ts';
import { optionsOfFolder } from '../../src/store/folder-options.ts';
import { openWorld } from '../../src/store/open.ts';
import { testShell } from '../support/shell.ts';
import { type Tables, worldFolder } from '../support/world.ts';

const base = {
  country: ['XAA', 'XAB', 'XAC', 'XAD'].map((country) => ({ country, name: `Land ${country}` })),
  mineral: [{ mineral: 'flint', name: 'Flint' }],
  hs6_mineral: [{ hs6: '250100', mineral: 'flint', stage: 'mine', metal_content: 1, share_of_code: 1 }],
  target: [
    {
      target: 't',
      jurisdiction: 'XAD',
      metric: 'single_country_share_max',
      scope: 'each',
      comparator: '<=',
      value: 0.6,
    },
  ],
};
const flows = (year: number, by: Record<string, number>, source = 'own') =>
  Object.entries(by).map(([exporter, value_usd]) => ({
    year,
    exporter,
    importer: 'XAD',
    hs6: '250100',
    value_usd,
    quantity_t: value_usd / 10,
    source,
  }));
const moved = [
  ...flows(2021, { XAA: 500, XAB: 300, XAC: 200 }),
  ...flows(2023, { XAA: 500, XAB: 1300, XAC: 200 }),
];

async function ask(tables: Tables, params: Record<string, unknown> = {}, before?: Tables) {
  const world = await openWorld({ data: worldFolder({ ...base, ...tables }), now: '2026-03-01' });
  onTestFinished(() => world.close());
  const openFolder = (folder: string) => openWorld(optionsOfFolder(folder));
  const answer = await changesQuestion.answer(
    changesQuestion.params.parse({
      for: 'XAD',
      ...params,
      ...(before && { before: worldFolder({ ...base, ...before }) }),
    }),
    { ...world, openFolder },
  );
  const by = (kind: string) => answer.rows.filter((r) => r.kind === kind);
  return { ...answer, by };
}
const brief = (rows: AnswerRow[]) =>
  rows.map((r) => [r.kind, r.country, r.before, r.after, Number(Number(r.matters_usd).toFixed(6))]);

describe('between two years', () => {
  it('tells the limit passed, the first supplier replaced and every share that moved, by what it matters', async () => {
    const answer = await ask({ trade_flow: moved });
    expect(brief(answer.rows)).toEqual([
      ['cap_crossed', 'XAB', 0.3, 0.65, 700],
      ['top_replaced', 'XAB', 'XAA', 'XAB', 700],
      ['share_moved', 'XAB', 0.3, 0.65, 700],
      ['share_moved', 'XAA', 0.5, 0.25, 500],
      ['share_moved', 'XAC', 0.2, 0.1, 200],
    ]);
    expect(answer.rows[0]).toMatchObject({ year_before: 2021, year_after: 2023, mineral: 'flint', cap: 0.6 });
    expect(answer.rows[0]!.change).toBeCloseTo(0.35, 12);
  });

  it('takes the threshold in percentage points', async () => {
    const answer = await ask({ trade_flow: moved }, { points: 20, from: '2021', to: '2023' });
    expect(answer.by('share_moved').map((r) => r.country)).toEqual(['XAB', 'XAA']);
  });

  it('claims no change across a break, shows what is recorded and says why', async () => {
    const series_break = [{ source: 'own', country: 'XAD', year: 2022, what: 'origin; before, dispatch' }];
    const answer = await ask({ trade_flow: moved, series_break });
    expect(answer.rows).toHaveLength(1);
    expect(answer.rows[0]).toMatchObject({ kind: 'not_comparable', before: 0.3, after: 0.65, change: null });
    expect(answer.rows[0]!.note).toContain('break in the series in 2022: origin; before, dispatch');
    expect(answer.notes.find((n) => n.code === 'not_comparable')?.rows).toEqual([0]);
    const elsewhere = [{ ...series_break[0]!, country: 'XAA' }];
    expect((await ask({ trade_flow: moved, series_break: elsewhere })).by('cap_crossed')).toHaveLength(1);
  });

  it('claims no change that only a truncated year makes', async () => {
    const coverage = (complete: boolean, value_kept_share: number | null) => [
      { source: 'own', hs6: '250100', year: 2021, complete, value_kept_share },
    ];
    const unknown = await ask(
      { trade_flow: moved, series_coverage: coverage(false, null) },
      { from: '2021', to: '2023' },
    );
    expect(unknown.rows.map((r) => r.kind)).toEqual(['not_comparable']);
    expect(unknown.rows[0]!.note).toContain('truncated in 2021');
    // a tenth may be missing: the largest move stays, the smaller ones may be the cut
    const tenth = await ask(
      { trade_flow: moved, series_coverage: coverage(false, 0.9) },
      { from: '2021', to: '2023' },
    );
    expect(tenth.by('cap_crossed').map((r) => r.country)).toEqual(['XAB']);
    expect(tenth.by('cap_crossed')[0]!.note).toContain('truncated in 2021');
    expect(
      (await ask({ trade_flow: moved, series_coverage: coverage(true, 1) })).by('share_moved'),
    ).toHaveLength(3);
  });

  it('compares like with like: one source on both sides', async () => {
    const trade_flow = [...flows(2021, { XAA: 9, XAB: 1 }, 'one'), ...flows(2023, { XAA: 1, XAB: 9 }, 'two')];
    const answer = await ask({ trade_flow }, { from: '2021', to: '2023' });
    expect(answer.rows.map((r) => [r.kind, r.note])).toEqual([
      ['not_comparable', 'no source has both years (one; two)'],
    ]);
  });

  it('tells shares of world output on one basis, and none that a figure withheld makes', async () => {
    const rows = (basis: string, withheld: number | null) => [
      { year: 2021, country: 'XAA', mineral: 'flint', stage: 'mine', quantity_t: 60, basis: 'gross' },
      { year: 2021, country: 'XAB', mineral: 'flint', stage: 'mine', quantity_t: 40, basis: 'gross' },
      { year: 2023, country: 'XAA', mineral: 'flint', stage: 'mine', quantity_t: 30, basis },
      {
        year: 2023,
        country: 'XAB',
        mineral: 'flint',
        stage: 'mine',
        quantity_t: withheld,
        basis,
        status: withheld === null ? 'withheld' : 'reported',
      },
    ];
    const told = await ask({ production: rows('gross', 70) }, { from: '2021', to: '2023' });
    expect(told.rows.map((r) => [r.kind, r.country, r.before, r.after])).toEqual([
      ['output_top_replaced', 'XAB', 'XAA', 'XAB'],
      ['output_moved', 'XAA', 0.6, 0.3],
      ['output_moved', 'XAB', 0.4, 0.7],
    ]);
    const years = { from: '2021', to: '2023' };
    const hidden = await ask({ production: rows('gross', null) }, years);
    expect(hidden.rows.map((r) => r.note)).toEqual(['known in one of the years only: XAB (withheld)']);
    const other = await ask({ production: rows('content', 70) }, years);
    expect(other.rows.map((r) => r.note)).toEqual(['another basis: gross; content']);
  });
});

describe('output of two editions', () => {
  const made = (year: number, edition: string, by: Record<string, number>, revised: string[] = []) =>
    Object.entries(by).map(([country, quantity_t]) => ({
      year,
      country,
      mineral: 'flint',
      stage: 'mine',
      quantity_t,
      edition,
      revised: revised.includes(country),
    }));
  const years = { from: '2022', to: '2024' };
  const old = made(2022, '2024', { XAA: 40, XAB: 30, XAC: 30 });

  it('withholds what the newer one revised, and marks what else moved', async () => {
    const production = [...old, ...made(2024, '2026', { XAA: 70, XAB: 46, XAC: 24 }, ['XAA'])];
    const answer = await ask({ production }, years);
    expect(answer.by('output_moved').map((r) => [r.country, r.note])).toEqual([
      ['XAC', 'of two editions, 2024 and 2026: part of the move may be a revision'],
    ]);
    expect(answer.by('not_comparable').map((r) => [r.country, r.before, r.after, r.change])).toEqual([
      ['XAA', 0.4, 0.5, null],
    ]);
    expect(answer.by('not_comparable')[0]!.note).toBe(
      'figures of another edition: Land XAA revised (2024, 2026)',
    );
    const note = answer.notes.find((n) => n.code === 'editions')!;
    expect(note.rows!.map((k) => answer.rows[k]!.country)).toEqual(['XAC']);
    expect(tableText('', answer, 80, plain).replace(/\s+/g, ' ')).toContain(
      'than the older: flint (Land XAA).',
    );
  });

  it('takes no share for fallen because others were revised, nor an absent country for idle', async () => {
    const raised = [...old, ...made(2024, '2026', { XAA: 140, XAB: 30, XAC: 30 }, ['XAA'])];
    const moved = await ask({ production: raised }, years);
    expect(moved.rows.map((r) => [r.kind, r.country])).toEqual([
      ['not_comparable', 'XAA'],
      ['not_comparable', 'XAB'],
      ['not_comparable', 'XAC'],
    ]);
    const gone = await ask({ production: [...old, ...made(2024, '2026', { XAA: 40, XAB: 30 })] }, years);
    expect(gone.by('output_moved')).toEqual([]);
    expect(gone.by('not_comparable').map((r) => r.note)).toContain(
      'figures of another edition: Land XAC unlisted (2024, 2026)',
    );
  });

  it('tells every move within one edition', async () => {
    const production = [
      ...made(2022, '2026', { XAA: 40, XAB: 30, XAC: 30 }),
      ...made(2024, '2026', { XAA: 140, XAB: 30 }, ['XAA']),
    ];
    const answer = await ask({ production }, years);
    expect(answer.by('output_moved').map((r) => [r.country, r.note])).toEqual([
      ['XAA', null],
      ['XAB', null],
      ['XAC', null],
    ]);
  });
});

describe('registers', () => {
  const restriction = [
    {
      restriction: 'r1',
      country: 'XAB',
      minerals: 'flint',
      measure: 'export_licence',
      announced: '2025-10-09',
      effective: '2025-11-08',
      suspended_from: '2026-01-07',
      suspended_until: '2026-02-10',
    },
    {
      restriction: 'r2',
      country: 'XAA',
      minerals: 'flint',
      target: 'XAC',
      announced: '2025-11-01',
      effective: '2025-11-01',
    },
  ];

  it.each([
    ['2025-10-01', '2025-12-31', ['restriction_begun', 'restriction_begun']],
    ['2025-12-31', '2026-01-31', ['restriction_suspended']],
    ['2026-01-31', '2026-02-11', ['restriction_lapsed']],
    ['2026-01-31', '2026-02-10', []],
  ])('from %s to %s: %j', async (from, to, kinds) => {
    const answer = await ask({ trade_flow: moved, restriction }, { from, to });
    expect(answer.rows.filter((r) => String(r.kind).startsWith('restriction')).map((r) => r.kind)).toEqual(
      kinds,
    );
  });

  it('weighs a restriction by the imports it covers, one aimed at others by 0', async () => {
    const answer = await ask({ trade_flow: moved, restriction }, { from: '2025-10-01', to: '2025-12-31' });
    expect(answer.by('restriction_begun').map((r) => [r.country, r.matters_usd])).toEqual([
      ['XAB', 1300],
      ['XAA', 0],
    ]);
    expect(answer.by('restriction_begun')[1]!.note).toContain('aimed at XAC');
  });
});

describe('between two folders', () => {
  it('tells figures that their publisher revised, and what that did to shares', async () => {
    const production = (tonnes: number) => [
      { year: 2023, country: 'XAA', mineral: 'flint', stage: 'mine', quantity_t: 60, source: 'survey' },
      { year: 2023, country: 'XAB', mineral: 'flint', stage: 'mine', quantity_t: tonnes, source: 'survey' },
    ];
    const old = flows(2023, { XAA: 500, XAB: 500 });
    const now = flows(2023, { XAA: 500, XAB: 1500, XAC: 0 });
    const answer = await ask(
      { trade_flow: now, production: production(90) },
      {},
      { trade_flow: old, production: production(40) },
    );
    const revised = answer.by('figure_revised').map((r) => [r.country, r.before, r.after, r.unit]);
    expect(revised).toContainEqual(['XAB', 500, 1500, 'USD']);
    expect(revised).toContainEqual(['XAB', 40, 90, 't']);
    expect(revised).toHaveLength(2);
    expect(answer.by('cap_crossed').map((r) => [r.country, r.before, r.after])).toEqual([['XAB', 0.5, 0.75]]);
    expect(answer.by('cap_crossed')[0]!.note).toContain('revised');
    expect(answer.by('output_top_replaced').map((r) => r.country)).toEqual(['XAB']);
  });

  it('tells nothing of equal folders, and a new entry of the register', async () => {
    const tables = { trade_flow: moved };
    const equal = await ask(tables, {}, tables);
    expect(equal.rows).toEqual([]);
    const text = tableText('', equal, 80, plain);
    expect(text).toMatch(/^Land XAD, since the data of \w{12}: nothing moved\.\n/);
    expect(text).toContain('No limit crossed, no share moved by more than 5 points');
    expect(text).not.toContain('Nothing in the data answers this');
    const unknown = await ask({}, {}, {});
    expect(unknown.view!.headline![0]).toContain('no imports on record, and nothing else moved');
    const restriction = [
      {
        restriction: 'r',
        country: 'XAB',
        minerals: 'flint',
        announced: '2025-01-01',
        effective: '2025-01-01',
      },
    ];
    const answer = await ask({ ...tables, restriction }, {}, tables);
    expect(answer.rows.map((r) => [r.kind, r.before, r.after])).toEqual([
      ['restriction_begun', 'not in the register', 'in_force'],
    ]);
  });

  it('refuses folders to those who ask from elsewhere, and a folder that is not there', async () => {
    const world = await openWorld({ data: worldFolder(base), now: '2026-03-01' });
    onTestFinished(() => world.close());
    const params = changesQuestion.params.parse({ for: 'XAD', before: '/somewhere' });
    await expect(changesQuestion.answer(params, world)).rejects.toThrow(
      'only the command line and the library',
    );
    const shell = testShell({ questions, openWorld: openWorld as never });
    expect(await run(['changes', '--before', '/no/such/folder'], shell)).toBe(2);
    expect(shell.printed.err).toContain('/no/such/folder');
  });
});

describe('on a screen', () => {
  const shown = async (tables: Tables, params: Record<string, unknown> = {}) => {
    const answer = await ask(tables, params);
    return { answer, lines: tableText('', answer, 80, plain).split('\n') };
  };

  it('puts the direction first and cuts nothing that is said of a change', async () => {
    const restriction = [
      {
        restriction: 'r',
        country: 'XAB',
        minerals: 'flint;obsidian;quartzite;sandstone',
        title: 'Licences for every stone that is harder than glass, and for tools made of it',
        announced: '2022-01-01',
        effective: '2023-04-04',
      },
    ];
    const { answer, lines } = await shown({ trade_flow: moved, restriction }, { from: '2021', to: '2023' });
    const text = lines.join(' ').replace(/\s+/g, ' ');
    expect(text).toContain('over the limit: Land XAB 30.0 % → 65.0 % of imports');
    expect(text).toMatch(/now the\s+largest in place of Land XAA/);
    expect(text).not.toContain('…');
    expect(lines.filter((l) => l.length > 80)).toEqual([]);
    expect(answer.by('restriction_begun')[0]!.what).toMatch(/^begun, Land XAB: .*\(effective 2023-04-04\)$/);
    for (const word of ['flint;', 'obsidian;', 'quartzite;', 'sandstone', '2023-04-04)'])
      expect(text).toContain(word);
  });

  it('counts in the headline what its sections list and what stands above them', async () => {
    const { answer } = await shown({ trade_flow: moved }, { from: '2021', to: '2023' });
    expect(answer.view!.headline![0]).toBe(
      'Land XAD, 2021 to 2023: 1 limit crossed, 1 largest supplier replaced, 3 shares of supply and none of world output moved by more than 5 points; no changes in restrictions and agreements from 2021-12-31 to 2023-12-31.',
    );
    expect(answer.view!.sections!.map((s) => [s.title, s.rows.length])).toEqual([
      ['Over the limit, or back within it: 1', 1],
      ['Shares of supply that moved by more than 5 points: 2, and 1 named above', 2],
    ]);
  });

  it('says until when the registers run, which without --to is today', async () => {
    const restriction = [{ restriction: 'r', country: 'XAB', minerals: 'flint', effective: '2026-02-01' }];
    const { answer } = await shown({ trade_flow: moved, restriction });
    expect(answer.view!.headline![0]).toMatch(
      /^Land XAD, 2021 to 2023: .*; 1 change in restrictions and agreements from 2021-12-31 to 2026-03-01\.$/,
    );
  });
});

describe('on the snapshot', () => {
  it('finds UK ferro-niobium: Canada’s 67 % of 2022 gave way to Brazil’s 76 % of 2024 (BACI V202601, by value)', async () => {
    const shell = testShell({ questions, openWorld: openWorld as never });
    const words = ['changes', '--for', 'GBR', '--from', '2022', '--to', '2024', '--mineral', 'niobium'];
    expect(await run([...words, '--format', 'json'], shell)).toBe(0);
    const { rows } = JSON.parse(shell.printed.out);
    const crossed = rows.filter((r: AnswerRow) => r.kind === 'cap_crossed');
    expect(
      crossed.map((r: AnswerRow) => [r.country, Number(r.before).toFixed(2), Number(r.after).toFixed(2)]),
    ).toEqual([
      ['BRA', '0.20', '0.76'],
      ['CAN', '0.67', '0.15'],
    ]);
  });

  it('takes Georgia’s zeolites and Russia’s antimony of 2024 for revisions, as their publisher says (MCS 2026)', async () => {
    const shell = testShell({ questions, openWorld: openWorld as never });
    const words = [
      'changes',
      '--from',
      '2022',
      '--to',
      '2024',
      '--mineral',
      'zeolites',
      '--mineral',
      'antimony',
    ];
    expect(await run([...words, '--format', 'json'], shell)).toBe(0);
    const { rows } = JSON.parse(shell.printed.out) as { rows: AnswerRow[] };
    const of = (mineral: string, country: string) =>
      rows.filter((r) => r.mineral === mineral && r.country === country && r.hs6 === null).map((r) => r.kind);
    expect(of('zeolites', 'GEO')).toEqual(['not_comparable']);
    expect(of('zeolites', 'NZL')).toEqual(['not_comparable']);
    expect(of('antimony', 'RUS')).toEqual(['not_comparable']);
  });

  it('claims no UK change from before 2022 to after, when dispatch became origin', async () => {
    const shell = testShell({ questions, openWorld: openWorld as never });
    const words = ['changes', '--for', 'GBR', '--from', '2020', '--to', '2024', '--list', 'uk-2024'];
    expect(await run([...words, '--format', 'json'], shell)).toBe(0);
    const { rows } = JSON.parse(shell.printed.out) as { rows: AnswerRow[] };
    expect(
      rows.filter((r) => ['cap_crossed', 'top_replaced', 'share_moved'].includes(String(r.kind))),
    ).toEqual([]);
    const silent = rows.filter((r) => r.kind === 'not_comparable' && r.hs6 !== null);
    expect(silent.length).toBeGreaterThan(15);
    expect(silent.every((r) => r.change === null && r.note !== null)).toBe(true);
  });

  it('prints a monitoring note in Markdown, each change under its title', async () => {
    const shell = testShell({ questions, openWorld: openWorld as never });
    expect(
      await run(['changes', '--from', '2022', '--to', '2024', '--list', 'uk-2024', '--format', 'md'], shell),
    ).toBe(0);
    const { out } = shell.printed;
    expect(out).toMatch(/^United Kingdom, 2022 to 2024: 3 limits crossed/);
    expect(out.indexOf('## Over the limit')).toBeLessThan(out.indexOf('## Restrictions and agreements'));
    expect(out.match(/Brazil 19\.9 % → 75\.8 %/g)).toHaveLength(1);
    expect(out).toContain('Sources:');
  });
});

import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../src/cli/run.ts';
import * as library from '../src/index.ts';
import { ask, DataError, listQuestions, openWorld, questionNamed, tables, UsageError } from '../src/index.ts';
import { questions } from '../src/questions/list.ts';
import { testShell } from './support/shell.ts';
import { worldFolder } from './support/world.ts';

describe('the library', () => {
  it('lists the questions and gives each by name', async () => {
    expect(listQuestions().map((q) => q.name)).toEqual(questions.map((q) => q.name));
    expect((await questionNamed('board')).params.shape).toHaveProperty('lens');
    await expect(questionNamed('bord')).rejects.toThrow('unknown question: "bord"; did you mean board?');
  });

  it('answers exactly as --format json does', async () => {
    const shell = testShell({ questions, openWorld: openWorld as never });
    expect(await run(['board', '--for', 'GBR', '--mineral', 'niobium', '--format', 'json'], shell)).toBe(0);
    const made = await ask('board', { for: 'GBR', mineral: 'niobium' });
    expect(JSON.parse(JSON.stringify(made))).toEqual(JSON.parse(shell.printed.out));
  });

  it('takes values as programs write them', async () => {
    const made = await ask('board', {
      for: 'GBR',
      mineral: ['Niobium'],
      year: 2024,
      cap: '0.5',
      list: undefined,
    });
    expect(made.params).toMatchObject({ mineral: ['Niobium'], year: ['2024'], cap: 0.5 });
    expect(made.rows[0]).toMatchObject({ top_country: 'BRA', cap: 0.5, year: 2024 });
  });

  it('solves: the cheapest two tonnes within a cap of 60 % are 1.2 t and 0.8 t', async () => {
    const supplier = (name: string, country: string, cost: number) => ({
      supplier: name,
      kind: 'import',
      country,
      mineral: 'cobalt',
      stage: 'refine',
      available_t: 10,
      cost_usd_per_t: cost,
    });
    const options = {
      demand: [{ mineral: 'cobalt', stage: 'refine', year: 2030, quantity_t: 2 }],
      suppliers: [supplier('cheap', 'CHN', 1), supplier('dear', 'FIN', 2)],
    };
    const { rows } = await ask('plan', { for: 'GBR', options, cap: 0.6, from: 2030, to: 2030 });
    const bought = Object.fromEntries(rows.map((r) => [r.supplier, Number(Number(r.quantity_t).toFixed(9))]));
    expect(bought).toMatchObject({ cheap: 1.2, dear: 0.8 });
  });

  it('asks own data opened once, several times, and may compare folders', async () => {
    const folder = (tonnes: number) =>
      worldFolder({
        country: [{ country: 'XAA', name: 'Alder' }],
        mineral: [{ mineral: 'flint', name: 'Flint' }],
        production: [{ year: 2023, country: 'XAA', mineral: 'flint', stage: 'mine', quantity_t: tonnes }],
      });
    const world = await openWorld({ data: folder(7) });
    onTestFinished(() => world.close());
    for (const _ of [1, 2]) {
      const { rows } = await ask('concentration', { mineral: 'flint', breakdown: true }, world);
      expect(rows[0]).toMatchObject({ country: 'XAA', quantity_t: 7 });
    }
    const { rows } = await ask('changes', { for: 'XAA', before: folder(5) }, world);
    expect(rows.map((r) => [r.kind, r.before, r.after])).toEqual([['figure_revised', 5, 7]]);
  });

  it('fails with the errors it exports', async () => {
    await expect(ask('board', { for: 'Nowhere' })).rejects.toBeInstanceOf(UsageError);
    await expect(ask('board', { fro: 'GBR' })).rejects.toThrow('unknown parameter: "fro"; did you mean for?');
    const bad = worldFolder({ country: 'country,name\nXAA,Alder\nXAA,Again\n' });
    await expect(openWorld({ data: bad })).rejects.toBeInstanceOf(DataError);
  });

  it('exports every table, and methods that are functions', () => {
    const named = new Map<string, unknown>(Object.entries(library));
    const exported = [...named.values()];
    for (const table of tables) expect(exported, table.name).toContain(table);
    for (const name of ['hhi', 'traceTo', 'geoPolRisk', 'supplyRiskEu', 'cascade', 'supplyChanges'])
      expect(named.get(name), name).toBeTypeOf('function');
  });
});

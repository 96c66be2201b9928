import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coverageQuestion } from '../../src/questions/coverage.ts';
import { explainQuestion, showsRows } from '../../src/questions/explain.ts';
import { questions } from '../../src/questions/list.ts';
import type { Answer, Question } from '../../src/questions/question.ts';
import { readParams } from '../../src/questions/read-params.ts';
import { sourcesQuestion } from '../../src/questions/sources.ts';
import { openWorld } from '../../src/store/open.ts';
import { typed } from '../support/conformance.ts';

const tables = {
  country: 'country,name\nAAA,Alder\nBBB,Birch\nCCC,Cedar\n',
  mineral: 'mineral,name,symbol\nflint,Flint,Fl\nslate,Slate,Sl\n',
  hs6_mineral:
    'hs6,mineral,stage,form,fetch_from\n990101,flint,mine,raw flint,river\n990102,flint,refine,cut flint,river\n',
  trade_flow:
    'year,exporter,importer,hs6,source,value_usd\n2021,AAA,BBB,990101,river,5\n2023,CCC,BBB,990101,river,\n2023,AAA,BBB,990101,river,7\n',
  production:
    'year,country,mineral,stage,source,quantity_t,status\n2022,AAA,flint,mine,river,10,\n2022,CCC,flint,mine,river,,withheld\n2022,WLD,flint,mine,river,30,\n',
  source:
    'source,title,publisher,release,licence,citation\nriver,River Survey,Survey,2025,CC0-1.0,"River, 2025"\nhill,Hill Book,Hill,1,CC0-1.0,Hill\n',
};
const folder = mkdtempSync(join(tmpdir(), 'headwater-'));
for (const [name, text] of Object.entries(tables)) writeFileSync(join(folder, `${name}.csv`), text);

async function ask(question: unknown, typed: Record<string, string[]> = {}): Promise<Answer> {
  const asked = question as Question;
  const world = await openWorld({ data: folder });
  try {
    return await asked.answer(
      readParams(asked, typed, (f) => `--${f.option}`),
      world,
    );
  } finally {
    world.close();
  }
}

describe('coverage', () => {
  it('counts years, countries and figures of each series, the world total not being a country', async () => {
    const { rows } = await ask(coverageQuestion, { mineral: ['Fl'] });
    const trade = rows.find((r) => r.table === 'trade_flow' && r.hs6 === '990101');
    expect(trade).toMatchObject({
      from_year: 2021,
      to_year: 2023,
      years: 2,
      countries: 2,
      rows: 3,
      known: 2,
    });
    const output = rows.find((r) => r.table === 'production');
    expect(output).toMatchObject({
      mineral: 'flint',
      stage: 'mine',
      source: 'river',
      countries: 2,
      rows: 3,
      known: 2,
    });
  });

  it('names what is missing and what would fill it', async () => {
    const { rows, notes } = await ask(coverageQuestion, { missing: ['true'] });
    expect(rows.map((r) => [r.table, r.mineral, r.hs6, r.fetch_from])).toEqual([
      ['trade_flow', 'flint', '990102', 'river'],
      ['production', 'slate', null, null],
    ]);
    expect(notes[0]).toMatchObject({ code: 'missing', rows: [0, 1] });
  });

  it('refuses a table, a mineral and a stage that are not there', async () => {
    await expect(ask(coverageQuestion, { table: ['prodction'] })).rejects.toThrow('did you mean production?');
    await expect(ask(coverageQuestion, { mineral: ['flnt'] })).rejects.toThrow('"flnt"');
    await expect(ask(coverageQuestion, { stage: ['smelt'] })).rejects.toThrow('"smelt"');
  });
});

describe('sources', () => {
  it('lists release, licence and citation of each, or of those asked for', async () => {
    const all = await ask(sourcesQuestion);
    expect(all.rows.map((r) => r.source)).toEqual(['hill', 'river']);
    const one = await ask(sourcesQuestion, { source: ['river'] });
    expect(one.rows).toHaveLength(1);
    expect(one.rows[0]).toMatchObject({
      release: '2025',
      licence: 'CC0-1.0',
      citation: 'River, 2025',
      sha256: null,
    });
    expect(one.sources).toEqual([
      { id: 'river', title: 'River Survey', release: '2025', licence: 'CC0-1.0', citation: 'River, 2025' },
    ]);
    await expect(ask(sourcesQuestion, { source: ['rivr'] })).rejects.toThrow('did you mean river?');
  });
});

describe('explain', () => {
  it('takes one cell of another answer apart: meaning, the row around it, notes, sources', async () => {
    const { rows } = await ask(explainQuestion, {
      question: ['coverage'],
      column: ['known'],
      params: ['{"mineral":["flint"],"table":"trade_flow"}'],
    });
    expect(rows[0]).toMatchObject({ part: 'value', name: 'known', value: 2 });
    expect(rows.find((r) => r.part === 'given' && r.name === 'hs6')).toMatchObject({ value: '990101' });
    expect(rows.at(-1)).toMatchObject({ part: 'source', name: 'river', value: '2025' });
    expect(rows.filter((r) => r.part === 'formula' || r.part === 'input')).toEqual([]);
    expect(rows.find((r) => r.part === 'behind')!.text).toMatch(/Only the description .* headwater /);
  });

  it('names a command with the rows for each question that does not take its cells apart, and for no other', async () => {
    const loaded = await Promise.all(questions.map((q) => q.load()));
    const silent = loaded.flatMap((q) => (q.explain || q.name === 'explain' ? [] : q.name));
    expect(Object.keys(showsRows).sort()).toEqual(silent.sort());
    const names = [...questions.map((q) => q.name), 'export'];
    for (const command of Object.values(showsRows)) expect(names).toContain(command.split(' ')[0]);
  });

  it('shows rows of the tables and cites the sources of the cell, not of its row', async () => {
    const { rows, view } = await ask(explainQuestion, {
      question: ['board'],
      column: ['top_share'],
      params: ['{"for":"BBB","year":["2023"]}'],
    });
    const of = (part: string) => rows.filter((r) => r.part === part);
    expect(of('formula')).toHaveLength(1);
    expect(of('behind')).toEqual([]);
    expect(of('input').every((r) => r.name === 'trade_flow')).toBe(true);
    expect(of('source').map((r) => r.name)).toEqual(['river']);
    expect(view!.headline).toContain(of('formula')[0]!.text);
  });

  it.each([
    [{ question: ['covrage'] }, 'did you mean coverage?'],
    [{ question: ['explain'] }, 'unknown question: "explain"'],
    [{ question: ['sources'], row: ['9'] }, 'there is no row "9"'],
    [{ question: ['sources'], column: ['relase'] }, 'did you mean release?'],
    [{ question: ['sources'], params: ['{"source":["rivr"]}'] }, 'did you mean river?'],
    [{ question: ['sources'], params: ['{"colour":"red"}'] }, 'unknown parameter: "colour"'],
    [{ question: ['sources'], params: ['{'] }, 'not JSON'],
  ])('refuses %j', async (typed, message) => {
    await expect(ask(explainQuestion, typed)).rejects.toThrow(message);
  });
});

describe('explain on the command line', () => {
  it('takes the arguments of the question explained as they are typed to it', async () => {
    const asked = ['--stage', 'mine', '--data', 'example/world', '--column', 'hhi', '--format', 'json'];
    const [argument, option] = [
      await typed(['explain', 'concentration', 'aurite', ...asked]),
      await typed(['explain', 'concentration', '--mineral', 'aurite', ...asked]),
    ];
    expect([argument.exit, argument.err]).toEqual([0, '']);
    expect(argument.out).toBe(option.out);
    expect(JSON.parse(argument.out).rows.length).toBeGreaterThan(0);
    const twice = await typed(['explain', 'concentration', 'aurite', 'mine', ...asked]);
    expect([twice.exit, twice.out]).toEqual([2, '']);
  });
});

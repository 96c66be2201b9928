import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import readXlsxFile, { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { exportCommand } from '../../../src/cli/export-command.ts';
import { run } from '../../../src/cli/run.ts';
import { questions } from '../../../src/questions/list.ts';
import { openWorld } from '../../../src/store/open.ts';
import { sha256 } from '../../../src/store/version.ts';
import { target } from '../../../src/tables/policy.ts';
import { production } from '../../../src/tables/quantities.ts';
import { country, mineral } from '../../../src/tables/world.ts';
import { folder } from '../../support/folder.ts';
import { riverList, testShell } from '../../support/shell.ts';
import { worldFolder } from '../../support/world.ts';

const commands = [exportCommand];
const inFolder = (name: string) => join(folder({}), name);
async function exported(
  words: string[],
  shell = testShell({ commands, questions, openWorld: openWorld as never }),
) {
  const exit = await run(['export', ...words], shell);
  return { exit, err: shell.printed.err, out: shell.printed.out };
}
const river = (...words: string[]) => exported(['river', '--for', 'GBR', ...words], testShell({ commands }));

const tables = {
  country: [
    { country: 'XAA', name: '=cmd|"/c calc"!A0' },
    { country: 'XAB', name: 'Birch, "upper"' },
  ],
  mineral: [{ mineral: 'flint', name: 'Flint', symbol: '@SUM(1)' }],
  production: [
    { year: 2023, country: 'XAA', mineral: 'flint', stage: 'mine', quantity_t: 0.1 + 0.2, status: null },
    { year: 2023, country: 'XAB', mineral: 'flint', stage: 'mine', quantity_t: null, status: 'withheld' },
  ],
  hs6_mineral: [{ hs6: '025010', mineral: 'flint', stage: 'mine', share_of_code: 1 }],
  source: [
    {
      source: 'own',
      title: 'River Survey',
      publisher: 'S',
      release: '2025',
      licence: 'CC0-1.0',
      citation: '-',
    },
  ],
};

describe('a workbook', () => {
  it('of an answer has its rows, columns, notes, sources and how it was asked', async () => {
    const file = inFolder('answer.xlsx');
    expect(await river('--out', file)).toMatchObject({ exit: 0, out: '' });
    const sheets = await readXlsxFile(file);
    expect(sheets.map((s) => s.sheet)).toEqual(['river', 'columns', 'notes', 'sources', 'about']);
    const [head, first, second, third] = sheets[0]!.data;
    expect(head).toEqual(['mineral', 'country', 'year', 'supply_usd', 'top_share', 'cap', 'over_cap']);
    expect(first).toEqual(['quartzite', 'XAA', 2024, 6543210.25, 0.7634, 0.6, true]);
    expect(second![4]).toBe(0.00001);
    expect(third).toEqual(['flint, "grey"', 'XAC', 2023, null, null, null, null]);
    expect(sheets[3]!.data[1]).toEqual(['river', 'River Survey', '2025', 'CC0-1.0', 'River Survey, 2025']);
    expect(sheets[2]!.data[1]).toEqual(['withheld', 'withheld by the publisher', '3', null]);
    expect(sheets[4]!.data).toContainEqual(['for', 'GBR']);
  });

  it('never runs a text: what begins with = + - @ is a text cell, and there is no formula in the file', async () => {
    const file = inFolder('tables.xlsx');
    const { exit } = await exported(['country', 'mineral', '--data', worldFolder(tables), '--out', file]);
    expect(exit).toBe(0);
    expect((await readSheet(file, 'country'))[1]!.slice(0, 2)).toEqual(['XAA', '=cmd|"/c calc"!A0']);
    expect((await readSheet(file, 'mineral'))[1]!.slice(0, 3)).toEqual(['flint', 'Flint', '@SUM(1)']);
    const { unzipSync } = await import('fflate');
    const parts = Object.entries(unzipSync(new Uint8Array(readFileSync(file))));
    const xml = parts.filter(([name]) => name.includes('worksheets/sheet'));
    expect(xml.length).toBe(3);
    for (const [, bytes] of xml) expect(new TextDecoder().decode(bytes)).not.toMatch(/<f[ >]/);
  });

  it('of tables keeps codes as text and every figure in full, with a sheet of sources', async () => {
    const file = inFolder('all.xlsx');
    expect((await exported(['--data', worldFolder(tables), '--out', file])).exit).toBe(0);
    expect((await readSheet(file, 'hs6_mineral'))[1]![0]).toBe('025010');
    const rows = await readSheet(file, 'production');
    const at = rows[0]!.indexOf('quantity_t');
    expect(rows.slice(1).map((r) => r[at])).toEqual([0.1 + 0.2, null]);
    expect((await readSheet(file, 'source'))[1]![1]).toBe('River Survey');
  });

  it('leaves a table out that is too large, by name says which formats take it', async () => {
    const { exit, err } = await exported(['trade_flow', '--out', inFolder('x.xlsx')]);
    expect(exit).toBe(2);
    expect(err).toContain('--format csv or parquet');
  });
});

describe('a folder', () => {
  it.each(['csv', 'parquet'] as const)(
    'of %s files can be asked again and gives the same rows',
    async (format) => {
      const data = worldFolder({
        ...tables,
        country: [{ country: 'XAA', name: 'Alder' }, tables.country[1]!],
        target: [
          { target: 't', jurisdiction: 'XAA', metric: 'm', scope: 'each', comparator: '=', value: 0.06 },
        ],
      });
      const out = inFolder('again');
      expect((await exported(['--data', data, '--format', format, '--out', out])).exit).toBe(0);
      const [before, after] = [await openWorld({ data }), await openWorld({ data: out })];
      try {
        for (const table of [country, production, target])
          expect(await after.load(table)).toEqual(await before.load(table));
        expect((await after.load(mineral))[0]!.mineral).toBe('flint');
      } finally {
        before.close();
        after.close();
      }
    },
  );

  it('says in datapackage.json what each file holds, with its size and hash', async () => {
    const out = inFolder('packed');
    await exported(['production', '--data', worldFolder(tables), '--format', 'csv', '--out', out]);
    const described = JSON.parse(readFileSync(join(out, 'datapackage.json'), 'utf8'));
    const bytes = readFileSync(join(out, 'production.csv'));
    expect(readdirSync(out).sort()).toEqual(['datapackage.json', 'production.csv']);
    expect(described).toMatchObject({
      profile: 'tabular-data-package',
      sources: [{ name: 'own', title: 'River Survey', licence: 'CC0-1.0' }],
      resources: [
        {
          path: 'production.csv',
          format: 'csv',
          mediatype: 'text/csv',
          bytes: bytes.length,
          hash: `sha256:${sha256(bytes)}`,
          rows: 2,
          schema: { primaryKey: ['year', 'country', 'mineral', 'stage', 'source'] },
        },
      ],
    });
    const names = described.resources[0].schema.fields.map((f: { name: string }) => f.name);
    expect(bytes.toString().split('\r\n')[0]).toBe(names.join(','));
  });

  it('of an answer holds its sheets; a name that ends in the format is one file', async () => {
    const out = inFolder('answer');
    expect((await river('--format', 'parquet', '--out', out)).exit).toBe(0);
    expect(readdirSync(out)).toContain('sources.parquet');
    const single = inFolder('one.csv');
    expect((await river('--out', single)).exit).toBe(0);
    expect(readFileSync(single, 'utf8').split('\r\n')).toHaveLength(5);
    expect(readFileSync(single, 'utf8')).toContain("'=2+3");
    expect(existsSync(single.replace('.csv', '.datapackage.json'))).toBe(true);
  });
});

describe('words', () => {
  it.each([
    [['--format', 'xls'], '--format must be one of xlsx, parquet, csv: "xls"; did you mean xlsx?'],
    [['bord'], 'neither a table nor a question: "bord"; did you mean board?'],
    [['river', '--lnes', 'x'], 'unknown option: "--lnes"'],
    [['river'], '--for is required'],
  ])('%j is refused with a way out and nothing is written', async (words, text) => {
    const out = inFolder('nothing');
    const shell = testShell({ commands, questions: [...riverList, ...questions] });
    expect(await run(['export', ...words, '--out', out], shell)).toBe(2);
    expect(shell.printed.err).toContain(text);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [['--out', 'x.docx'], '--out must end in .xlsx, .parquet, .csv: "'],
    [['--out', 'x.docx', '--format', 'xlsx'], '--format xlsx writes a file that ends in .xlsx: "'],
    [['--out', 'x.csv', '--format', 'xlsx'], '--format xlsx writes a file that ends in .xlsx: "'],
    [['--out', 'x.xlsx', '--format', 'csv'], '--format csv does not write a file that ends in .xlsx: "'],
  ])('%j: no file is named for a program that cannot read it', async ([option, name, ...rest], text) => {
    const out = inFolder(name!);
    const { exit, err } = await river(option!, out, ...rest);
    expect(exit).toBe(2);
    expect(err).toContain(`${text}${out}"`);
    expect(existsSync(out)).toBe(false);
  });

  it('a folder of tables may have a dot in its name', async () => {
    const out = inFolder('tables-1.2');
    expect((await river('--format', 'csv', '--out', out)).exit).toBe(0);
    expect(readdirSync(out)).toContain('river.csv');
  });

  it('has room for the options of every question', async () => {
    expect(questions.length).toBeGreaterThan(10);
    for (const { name } of questions) {
      const { exit, out } = await exported([name, '--help', '--debug']);
      expect(exit, name).toBe(0);
      expect(out).toContain('--out <path>');
    }
  });

  it('takes a name that is a table and a question for the table, unless the question’s options follow', async () => {
    const data = worldFolder({
      country: [{ country: 'XAA', name: 'Alder' }],
      agreement: [{ agreement: 'a-b', party: 'XAA', partner: 'XAB' }],
    });
    const table = inFolder('table.csv');
    expect((await exported(['agreement', '--data', data, '--out', table])).exit).toBe(0);
    expect(readFileSync(table, 'utf8')).toContain('a-b,XAA,XAB');
    const answer = inFolder('answer.xlsx');
    const words = ['agreement', '--partner', 'KAZ', '--for', 'GBR', '--out', answer];
    expect((await exported(words)).exit).toBe(0);
    expect((await readXlsxFile(answer)).map((s) => s.sheet)).toContain('about');
  });

  it('asks a question of the snapshot with its own options', async () => {
    const file = inFolder('uk.xlsx');
    const { exit } = await exported(['board', '--for', 'GBR', '--mineral', 'niobium', '--out', file]);
    expect(exit).toBe(0);
    const rows = await readSheet(file, 'board');
    expect(rows[1]![rows[0]!.indexOf('top_country')]).toBe('BRA');
  });
});

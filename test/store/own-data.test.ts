import { describe, expect, it, onTestFinished } from 'vitest';
import { DataError, UsageError } from '../../src/errors.ts';
import { openDatabase } from '../../src/store/duckdb.ts';
import { openWorld } from '../../src/store/open.ts';
import { production, tradeFlow, yieldTable } from '../../src/tables/quantities.ts';
import { governance, hs6Mineral } from '../../src/tables/world.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';

removeFoldersAfterwards();

const country = 'country,name\nALD,Aldmark\nBRE,Bremia\n';
const mineral = 'mineral,name\naurite,Aurite\nbrumium,Brumium\n';
const ids = { 'country.csv': country, 'mineral.csv': mineral };
const good = 'year,country,mineral,stage,quantity_t\n2024,ALD,aurite,mine,600\n2024,BRE,aurite,mine,400\n';

async function problemsOf(files: Record<string, string | Uint8Array>): Promise<readonly string[]> {
  try {
    (await openWorld({ data: folder(files) })).close();
  } catch (error) {
    if (error instanceof DataError) return error.problems;
    throw error;
  }
  return [];
}
const own = async (files: Record<string, string | Uint8Array>) => {
  const world = await openWorld({ data: folder({ ...ids, ...files }) });
  onTestFinished(() => world.close());
  return world;
};
const output = (...lines: string[]) => `year,country,mineral,stage,quantity_t,share\n${lines.join('\n')}\n`;

describe('own tables', () => {
  it('load with declared types, defaults and nulls, ordered by key, whatever order file and columns are in', async () => {
    const world = await own({
      'production.csv':
        'quantity_t,stage,mineral,country,year\n4e2,mine,aurite,BRE,2024\n,mine,aurite,ALD,2024\n',
    });
    const rows = await world.load(production);
    expect(rows.map((r) => [r.year, r.country, r.quantity_t, r.source, r.status])).toEqual([
      [2024, 'ALD', null, 'own', null],
      [2024, 'BRE', 400, 'own', null],
    ]);
    expect(Object.keys(rows[0]!)).toEqual(Object.keys(production.columns));
    expect(world.data).toBe('own');
    expect(world.own.size).toBe(0);
  });

  it('a missing file is an empty table', async () => {
    expect(await (await own({})).load(tradeFlow)).toEqual([]);
  });

  it('filters by lists, and by an empty list to nothing', async () => {
    const world = await own({ 'production.csv': good });
    expect(await world.load(production, { country: ['BRE'], year: [2024, 2023] })).toHaveLength(1);
    expect(await world.load(production, { country: ["' OR 1=1 --"] })).toEqual([]);
    expect(await world.load(production, { country: [] })).toEqual([]);
  });

  it('hands out arrays that callers may sort without changing the next answer', async () => {
    const world = await own({ 'production.csv': good });
    (await world.load(production)).reverse();
    expect((await world.load(production)).map((r) => r.country)).toEqual(['ALD', 'BRE']);
  });

  it('keeps the zeros of customs codes and reads true and false', async () => {
    const world = await own({
      'hs6_mineral.csv': 'hs6,mineral,stage,basket\n012345,aurite,mine,TRUE\n280530,aurite,refine,\n',
    });
    expect((await world.load(hs6Mineral)).map((r) => [r.hs6, r.basket])).toEqual([
      ['012345', true],
      ['280530', false],
    ]);
  });

  it('takes a byte-order mark, CRLF, quoted commas and line breaks, a last line without end', async () => {
    const world = await own({
      'production.csv': `\ufeff${good.replaceAll('\n', '\r\n').trimEnd()}`,
      'yield.csv': 'mineral,from_stage,to_stage,country,t_per_t\naurite,"mi""ne\r\n,",refine,,2.5',
    });
    expect(await world.load(production)).toHaveLength(2);
    expect(await world.load(yieldTable)).toMatchObject([
      {
        mineral: 'aurite',
        from_stage: 'mi"ne\r\n,',
        to_stage: 'refine',
        country: null,
        t_per_t: 2.5,
        source: null,
      },
    ]);
  });

  it('ignores notes and hidden files, and knows two folders of the same tables as the same data', async () => {
    const a = await own({ 'production.csv': good, 'README.md': '# x', 'datapackage.json': '{}', '.x': '' });
    const b = await own({ 'production.csv': good });
    expect(a.dataVersion).toBe(b.dataVersion);
  });

  it('takes country and mineral ids from the folder alone', async () => {
    expect(
      await problemsOf({ ...ids, 'production.csv': good.replace('ALD', 'GBR').replace('aurite', 'lithium') }),
    ).toEqual([
      'production.csv line 2, column country: not in the table country: "GBR"',
      'production.csv line 2, column mineral: unknown mineral: "lithium"',
    ]);
  });

  it('lets WLD and OTH stand for totals, and for countries nowhere', async () => {
    const world = await own({ 'production.csv': good.replace('BRE', 'WLD') });
    expect(await world.load(production)).toHaveLength(2);
    expect(
      await problemsOf({
        ...ids,
        'trade_flow.csv': 'year,exporter,importer,hs6,value_usd\n2024,WLD,ALD,280530,1\n',
      }),
    ).toEqual(['trade_flow.csv line 2, column exporter: reserved for totals, not a country: "WLD"']);
    expect(await problemsOf({ 'country.csv': `${country}OTH,Others\n` })).toEqual([
      'country.csv line 4, column country: reserved for totals, not a country: "OTH"',
    ]);
  });
});

describe('refused with file, line and column', () => {
  const refusals: [string, Record<string, string | Uint8Array>, string][] = [
    [
      'an unknown table',
      { 'prodction.csv': good },
      'prodction.csv: unknown table "prodction"; did you mean production?',
    ],
    ['another kind of file', { 'production.xlsx': 'x' }, 'production.xlsx: unknown file'],
    [
      'an unknown column',
      { 'production.csv': 'year,country,mineral,stage,quantity,share\n' },
      'production.csv line 1, column 5: unknown column "quantity"; did you mean quantity_t? columns of production: year, country, mineral, stage, source, quantity_t',
    ],
    [
      'a missing key column',
      { 'production.csv': 'year,mineral,stage,quantity_t\n' },
      'production.csv line 1, missing column "country"; columns of production: year',
    ],
    [
      'a missing main column',
      { 'production.csv': 'year,country,mineral,stage\n' },
      'production.csv line 1, missing column "quantity_t" (or share); columns of production: year',
    ],
    [
      'a column given twice',
      { 'production.csv': 'year,country,mineral,stage,stage,share\n' },
      'production.csv line 1, column 5: column stage given twice',
    ],
    [
      'a duplicate key',
      {
        'production.csv': output(
          '2024,ALD,aurite,mine,1,',
          '2024,BRE,aurite,mine,1,',
          '2024,ALD,aurite,mine,2,',
        ),
      },
      'production.csv line 4, column year, country, mineral, stage, source: duplicate key 2024, ALD, aurite, mine, own; first on line 2',
    ],
    [
      'a duplicate key with an empty part',
      {
        'yield.csv':
          'mineral,from_stage,to_stage,country,t_per_t\naurite,mine,refine,,2\naurite,mine,refine,,3\n',
      },
      'yield.csv line 3, column mineral, from_stage, to_stage, country: duplicate key aurite, mine, refine, ; first on line 2',
    ],
    [
      'a word for a number',
      { 'production.csv': output('2024,ALD,aurite,mine,many,') },
      'production.csv line 2, column quantity_t: not a number: "many"',
    ],
    [
      'a number with separators',
      { 'production.csv': output('2024,ALD,aurite,mine,"1,000",') },
      'production.csv line 2, column quantity_t: not a number: "1,000"',
    ],
    [
      'a hexadecimal number',
      { 'production.csv': output('2024,ALD,aurite,mine,0x10,') },
      'production.csv line 2, column quantity_t: not a number: "0x10"',
    ],
    [
      'NaN',
      { 'production.csv': output('2024,ALD,aurite,mine,NaN,') },
      'production.csv line 2, column quantity_t: not a finite number: "NaN"',
    ],
    [
      'infinity',
      { 'production.csv': output('2024,ALD,aurite,mine,-Infinity,') },
      'production.csv line 2, column quantity_t: not a finite number: "-Infinity"',
    ],
    [
      'a number beyond what a double holds',
      { 'production.csv': output('2024,ALD,aurite,mine,1e999,') },
      'production.csv line 2, column quantity_t: not a finite number: "1e999"',
    ],
    [
      'a negative quantity',
      { 'production.csv': output('2024,ALD,aurite,mine,-0.5,') },
      'production.csv line 2, column quantity_t: negative: "-0.5"',
    ],
    [
      'a year too early',
      { 'production.csv': output('1899,ALD,aurite,mine,1,') },
      'production.csv line 2, column year: year outside 1900–2100: "1899"',
    ],
    [
      'a year too late',
      { 'production.csv': output('2101,ALD,aurite,mine,1,') },
      'production.csv line 2, column year: year outside 1900–2100: "2101"',
    ],
    [
      'half a year',
      { 'production.csv': output('2024.5,ALD,aurite,mine,1,') },
      'production.csv line 2, column year: not a whole number: "2024.5"',
    ],
    [
      'an unlisted country',
      { 'production.csv': output('2024,ALT,aurite,mine,1,') },
      'production.csv line 2, column country: not in the table country: "ALT"; did you mean ALD?',
    ],
    [
      'a code of other letters',
      { 'production.csv': output('2024,ald,aurite,mine,1,') },
      'production.csv line 2, column country: not three capital letters: "ald"',
    ],
    [
      'an unlisted mineral',
      { 'production.csv': output('2024,ALD,aurit,mine,1,') },
      'production.csv line 2, column mineral: unknown mineral: "aurit"; did you mean aurite?',
    ],
    [
      'a customs code of five digits',
      { 'trade_flow.csv': 'year,exporter,importer,hs6,value_usd\n2024,ALD,BRE,28053,1\n' },
      'trade_flow.csv line 2, column hs6: not six digits: "28053"',
    ],
    [
      'a share over one',
      { 'production.csv': output('2024,ALD,aurite,mine,,1.01') },
      'production.csv line 2, column share: share outside 0–1: "1.01"',
    ],
    [
      'governance off the scale',
      { 'governance.csv': 'year,country,dimension,estimate\n2024,ALD,pv,-5.1\n' },
      'governance.csv line 2, column estimate: governance outside −5…5: "-5.1"',
    ],
    [
      'a value that is not allowed',
      { 'governance.csv': 'year,country,dimension,estimate\n2024,ALD,xx,1\n' },
      'governance.csv line 2, column dimension: not one of va, pv, ge, rq, rl, cc: "xx"',
    ],
    [
      'a status that is not allowed',
      { 'production.csv': 'year,country,mineral,stage,quantity_t,status\n2024,ALD,aurite,mine,1,guessed\n' },
      'production.csv line 2, column status: not one of reported, estimated, withheld',
    ],
    [
      'an empty key cell',
      { 'production.csv': output('2024,,aurite,mine,1,') },
      'production.csv line 2, column country: empty, but every row needs it',
    ],
    [
      'a short row',
      { 'production.csv': output('2024,ALD,aurite,mine') },
      'production.csv line 2, column quantity_t: 4 cells in the row, but the header has 6',
    ],
    [
      'a long row',
      { 'production.csv': output('2024,ALD,aurite,mine,1,0.1,7') },
      'production.csv line 2, column 7: 7 cells in the row, but the header has 6',
    ],
    [
      'an unclosed quote',
      { 'production.csv': output('2024,ALD,"aurite,mine,1,') },
      'production.csv line 2, column mineral: a quote that is never closed',
    ],
    [
      'a stray quote',
      { 'production.csv': output('2024,ALD,aur"ite,mine,1,') },
      'production.csv line 2, column mineral: a quote inside a cell that is not quoted',
    ],
    [
      'a cell over 1 MB',
      { 'production.csv': output(`2024,ALD,aurite,${'m'.repeat(1_000_001)},1,`) },
      'production.csv line 2, column stage: a cell over 1 MB: "mmm',
    ],
    [
      'a cell over 20 MB',
      { 'production.csv': output(`2024,ALD,aurite,"${'m\n'.repeat(10_000_001)}",1,`) },
      'production.csv line 2, column stage: a cell over 1 MB',
    ],
    [
      'bytes that are not UTF-8',
      { 'production.csv': Buffer.from(output('2024,ALD,aurite,min\xe9,1,'), 'latin1') },
      'production.csv line 2, column stage: not UTF-8 text',
    ],
    [
      'UTF-16',
      { 'production.csv': Buffer.from(`\ufeff${good}`, 'utf16le') },
      'production.csv line 1, column 1: not UTF-8 text',
    ],
    [
      'a binary file',
      { 'production.csv': new Uint8Array(5000).map((_, i) => (i * 7919) % 256) },
      'production.csv line 1, column 1: not UTF-8 text',
    ],
    [
      'an empty file',
      { 'production.csv': '' },
      'production.csv line 1: no header; columns of production: year',
    ],
    [
      'a date that does not exist',
      { 'agreement.csv': 'agreement,party,partner,date\na,ALD,BRE,2025-02-30\n' },
      'agreement.csv line 2, column date: not a date (YYYY-MM-DD, YYYY-MM or YYYY): "2025-02-30"',
    ],
    [
      'a word for true',
      { 'agreement.csv': 'agreement,party,partner,binding\na,ALD,BRE,maybe\n' },
      'agreement.csv line 2, column binding: not true or false: "maybe"',
    ],
    [
      'a file that is not Parquet',
      { 'production.parquet': 'PAR1 no' },
      'production.parquet: cannot be read as Parquet',
    ],
    [
      'the same table twice',
      { 'production.csv': good, 'production.parquet': 'x' },
      'production.parquet: table production given twice',
    ],
  ];

  it.each(refusals)('%s', async (_, files, message) => {
    const problems = await problemsOf({ ...ids, ...files });
    expect(problems).toHaveLength(1);
    expect(problems[0]!.slice(0, message.length)).toBe(message);
  });

  it('a quoted line break does not shift the lines after it', async () => {
    const text = output('2024,ALD,aurite,"mi\r\nne",1,', '2024,BRE,aurite,mine,x,');
    expect(await problemsOf({ ...ids, 'production.csv': text })).toEqual([
      'production.csv line 4, column quantity_t: not a number: "x"',
    ]);
  });

  it('every problem of every file at once', async () => {
    const problems = await problemsOf({
      ...ids,
      'production.csv': output('2024,ALD,aurite,mine,-1,', '1,BRE,gold,mine,1,2'),
      'trade_flow.csv': 'year,exporter,importer,hs6,value_usd\n2024,ALD,BRE,x,1\n',
    });
    expect(problems).toHaveLength(5);
  });

  it('thousands of problems are named up to fifty a file and counted', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `2024,ALD,aurite,m${i},-1,`);
    const problems = await problemsOf({ ...ids, 'production.csv': output(...lines) });
    expect(problems).toHaveLength(51);
    expect(problems[50]).toBe('production.csv: and 2950 more problems');
  });
});

describe('a folder that is none', () => {
  it.each([
    ['absent', '/nowhere/at/all', 'no such folder: "/nowhere/at/all"'],
    ['empty', folder(), 'no table in the folder'],
    ['only notes', folder({ 'README.md': 'x' }), 'no table in the folder'],
    ['a file', `${folder({ 'a.csv': 'x' })}/a.csv`, 'not a folder'],
  ])('%s is a usage error', async (_, dir, message) => {
    await expect(openWorld({ data: dir })).rejects.toThrow(UsageError);
    await expect(openWorld({ data: dir })).rejects.toThrow(message);
  });
});

describe('reading', () => {
  it('ends when the person stops waiting', async () => {
    const stop = AbortSignal.abort();
    await expect(
      openWorld({ data: folder({ ...ids, 'production.csv': good }), signal: stop }),
    ).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});

describe('own tables in Parquet', () => {
  const write = async (select: string, name = 'production') => {
    const dir = folder(ids);
    const database = await openDatabase();
    await database.query(`COPY (${select}) TO '${dir}/${name}.parquet' (FORMAT parquet)`);
    database.close();
    return dir;
  };
  const row = `SELECT 2024 AS year, 'ALD' AS country, 'aurite' AS mineral, 'mine' AS stage`;

  it('read like CSV, whole-number and decimal types included', async () => {
    const dir = await write(
      `${row}, 12.5::DECIMAL(9,2) AS quantity_t, NULL::INTEGER AS note, 0.25::FLOAT AS share`,
    );
    const world = await openWorld({ data: dir });
    onTestFinished(() => world.close());
    const rows = await world.load(production);
    expect(rows[0]).toMatchObject({ year: 2024, quantity_t: 12.5, share: 0.25, note: null, source: 'own' });
  });

  it.each([
    [`${row}, -1.0 AS quantity_t`, 'production.parquet row 1, column quantity_t: negative: "-1"'],
    [
      `${row}, 'nan'::DOUBLE AS quantity_t`,
      'production.parquet row 1, column quantity_t: not a finite number: "NaN"',
    ],
    [
      `${row}, 'x' AS quantity_t`,
      'production.parquet header, column quantity_t: is VARCHAR in the file, number is wanted',
    ],
    [`${row}, 1 AS tonnes`, 'production.parquet header, column 5: unknown column "tonnes"'],
    [
      `${row}, 1 AS share UNION ALL ${row}, 0 AS share`,
      'production.parquet row 2, column year, country, mineral, stage, source: duplicate key 2024',
    ],
  ])('%s is refused', async (select, message) => {
    const dir = await write(select);
    await expect(openWorld({ data: dir })).rejects.toThrow(message);
  });

  it('a customs code stored as a number is refused, since its zeros are gone', async () => {
    const dir = await write(
      `SELECT 2024 AS year, 'ALD' AS exporter, 'BRE' AS importer, 12345 AS hs6, 1 AS value_usd`,
      'trade_flow',
    );
    await expect(openWorld({ data: dir })).rejects.toThrow(
      'column hs6: is INTEGER in the file, text is wanted',
    );
  });
});

describe('governance', () => {
  it('keeps a null estimate as null', async () => {
    const world = await own({ 'governance.csv': 'year,country,dimension,estimate\n2024,ALD,pv,\n' });
    expect((await world.load(governance))[0]!.estimate).toBeNull();
  });
});

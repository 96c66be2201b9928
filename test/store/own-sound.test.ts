import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataError } from '../../src/errors.ts';
import { openDatabase } from '../../src/store/duckdb.ts';
import { openWorld } from '../../src/store/open.ts';
import { readSound } from '../../src/store/own-sound.ts';
import { tradeFlow } from '../../src/tables/quantities.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';

removeFoldersAfterwards();

const ids = {
  'country.csv': 'country,name\nALD,Aldmark\nBRE,Bremia\nCIR,Cirrus\n',
  'mineral.csv': 'mineral,name\naurite,Aurite\n',
};
const known = { countries: new Set(['ALD', 'BRE', 'CIR']), minerals: new Set(['aurite']) };
const header = 'year,exporter,importer,hs6,value_usd,quantity_t,period';

/** Rows as the quick way holds them, null where it wants a closer look. */
async function quick(text: string): Promise<unknown[] | null> {
  const database = await openDatabase();
  try {
    const path = join(folder({ 'trade_flow.csv': text }), 'trade_flow.csv');
    const file = { table: tradeFlow, name: 'trade_flow.csv', path, kind: 'csv' } as never;
    const sha = await readSound(file, 'held', known, database, { smallest: 0 });
    if (sha === null) return null;
    const { names, columns, length } = await database.query(
      'SELECT * FROM held ORDER BY year, exporter, importer, hs6, basis, source',
    );
    return Array.from({ length }, (_, i) => Object.fromEntries(names.map((n, c) => [n, columns[c]![i]])));
  } finally {
    database.close();
  }
}

/** The same row by row; null where a row is refused. */
async function rowByRow(text: string): Promise<unknown[] | null> {
  try {
    const world = await openWorld({ data: folder({ ...ids, 'trade_flow.csv': text }) });
    const rows = await world.load(tradeFlow);
    world.close();
    return rows;
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  }
}

describe('large own files, read in one statement', () => {
  const sound = `${header}\n2024,ALD,BRE,260300,1e3,12.50,2024-01/2024-12\n2024,BRE,CIR,260300,,0,\n`;

  it('hold the same rows as read row by row: numbers, empty cells, columns left out', async () => {
    const rows = await quick(sound);
    expect(rows).toEqual(await rowByRow(sound));
    expect(rows).toHaveLength(2);
    expect(rows![1]).toMatchObject({ value_usd: null, quantity_t: 0, basis: 'reconciled', source: 'own' });
  });

  it.each([
    ['a negative value', '2024,ALD,BRE,260300,-1,1,'],
    ['an unknown country', '2024,ALD,XXX,260300,1,1,'],
    ['a total as a country', '2024,WLD,BRE,260300,1,1,'],
    ['five digits', '2024,ALD,BRE,26030,1,1,'],
    ['a year that is none', '2024.5,ALD,BRE,260300,1,1,'],
    ['no year', ',ALD,BRE,260300,1,1,'],
    ['a word', '2024,ALD,BRE,260300,many,1,'],
    ['not a number', '2024,ALD,BRE,260300,nan,1,'],
    ['infinity', '2024,ALD,BRE,260300,inf,1,'],
    ['a blank in a number', '2024,ALD,BRE,260300, 1,1,'],
    ['an underscore in a number', '2024,ALD,BRE,260300,1_0,1,'],
    ['what a double rounds to zero', '2024,ALD,BRE,260300,1e-999,1,'],
    ['what a double cannot hold', '2024,ALD,BRE,260300,1e999,1,'],
    ['a cell too many', '2024,ALD,BRE,260300,1,1,,'],
    ['a cell too few', '2024,ALD,BRE,260300,1,1'],
    ['a key that stands twice', '2024,BRE,CIR,260300,7,7,'],
    ['a replacement character', '2024,ALD,BRE,260300,1,1,\ufffd'],
  ])('want a closer look for %s, which is refused', async (_, line) => {
    const text = `${sound}${line}\n2024,CIR,ALD,260300,1,1,\n`;
    expect(await quick(text)).toBeNull();
    expect(await rowByRow(text)).toBeNull();
  });

  it('want a closer look for quotes, carriage returns and empty lines, right or wrong', async () => {
    expect(await quick(sound.replaceAll('\n', '\r\n'))).toBeNull();
    expect(await quick(sound.replace('12.50', '"12.50"'))).toBeNull();
    expect(await quick(`${sound}\n2024,CIR,ALD,260300,1,1,\n`)).toBeNull();
  });

  it('want a closer look for an empty cell too many on a last line without its end', async () => {
    expect(await quick(`${sound}2024,BRE,ALD,260300,,1,0,`)).toBeNull();
  });

  it('never differ from row by row, whatever stands in the cells', async () => {
    const odd = fc.constantFrom(
      '',
      '0',
      '-0',
      '+1',
      '.5',
      '5.',
      '1e3',
      '1E+3',
      '1e',
      '0x1',
      '1,0',
      'ALD',
      '١',
      ' ',
    );
    const year = fc.constantFrom('2024', '2023', '2024.0', '2.024e3', '1899', '');
    const land = fc.constantFrom('ALD', 'BRE', 'CIR');
    const row = fc
      .tuple(year, land, land, fc.constantFrom('260300', '010203'), odd, odd, fc.constantFrom('', 'x', 'é'))
      .map((cells) => cells.join(','));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 3 }), fc.boolean(), async (rows, ended) => {
        const text = `${[header, ...rows].join('\n')}${ended ? '\n' : ''}`;
        const held = await quick(text);
        if (held !== null) expect(held).toEqual(await rowByRow(text));
      }),
      { numRuns: 60 },
    );
  });

  it('answer as small ones do, from CSV and from Parquet', async () => {
    const lines = Array.from({ length: 6000 }, (_, i) => {
      const code = String(100000 + (i >> 1)).padStart(6, '0');
      return `2024,${i % 2 ? 'ALD' : 'BRE'},CIR,${code},${i},${i / 8},`;
    });
    const dir = folder({ ...ids, 'trade_flow.csv': `${[header, ...lines].join('\n')}\n` });
    expect(statSync(join(dir, 'trade_flow.csv')).size).toBeGreaterThan(100_000);
    const other = folder(ids);
    const database = await openDatabase();
    await database.query(
      `COPY (SELECT * FROM read_csv('${join(dir, 'trade_flow.csv')}', types = {'hs6': 'VARCHAR', 'period': 'VARCHAR'}))
       TO '${join(other, 'trade_flow.parquet')}' (FORMAT parquet)`,
    );
    database.close();
    expect(statSync(join(other, 'trade_flow.parquet')).size).toBeGreaterThan(10_000);
    const small = folder({ ...ids, 'trade_flow.csv': `${[header, ...lines.slice(0, 50)].join('\n')}\n` });
    const [a, b, c] = await Promise.all([dir, other, small].map((data) => openWorld({ data })));
    onTestFinished(() => {
      for (const world of [a, b, c]) world!.close();
    });
    const rows = await a!.load(tradeFlow);
    expect(rows).toHaveLength(6000);
    expect(await b!.load(tradeFlow)).toEqual(rows);
    const first = [...new Set(lines.slice(0, 50).map((l) => l.split(',')[3]!))];
    expect(await a!.load(tradeFlow, { hs6: first })).toEqual(await c!.load(tradeFlow));
    writeFileSync(join(small, 'trade_flow.csv'), `${header}\n2024,ALD,BRE,1,1,1,\n${lines.join('\n')}\n`);
    await expect(openWorld({ data: small })).rejects.toThrow(
      'trade_flow.csv line 2, column hs6: not six digits',
    );
  });
});

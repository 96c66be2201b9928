import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/duckdb.ts';

describe('texts read from the database', () => {
  it('are the texts put in, of any length and alphabet, with what is missing in its place', async () => {
    const database = await openDatabase();
    await database.query('CREATE TABLE t (n INTEGER, a VARCHAR, b VARCHAR)');
    const { append, end } = await database.appender('t', ['integer', 'text', 'text']);
    // few different texts, many times, as codes and names are; and some that share their first bytes or their length
    const pool = [
      '',
      'GBR',
      'GB',
      '811292',
      '811291',
      'reconciled',
      'reconciles',
      'Türkiye',
      '鉄',
      'baci_series',
    ];
    const long = ['a text of more than twelve bytes', 'a text of more than twelve bytez', 'ä'.repeat(40)];
    const cell = fc.option(fc.oneof(fc.constantFrom(...pool, ...long), fc.string({ unit: 'grapheme' })));
    const rows = fc.sample(fc.tuple(cell, cell), { numRuns: 5000, seed: 7 });
    const plain = rows.map((r) => r.map((text) => text?.replaceAll('\0', '') ?? null));
    append([plain.map((_, i) => i), plain.map((r) => r[0]!), plain.map((r) => r[1]!)]);
    end();
    const read = await database.query('SELECT a, b FROM t ORDER BY n');
    expect(read.length).toBe(5000);
    expect(read.columns[0]).toEqual(plain.map((r) => r[0]));
    expect(read.columns[1]).toEqual(plain.map((r) => r[1]));
    const streamed: unknown[] = [];
    for await (const part of database.stream('SELECT a FROM t ORDER BY n'))
      streamed.push(...part.columns[0]!);
    expect(streamed).toEqual(plain.map((r) => r[0]));
    database.close();
  });
});

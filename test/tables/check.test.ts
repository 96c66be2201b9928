import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRows, parseCell, valueProblem } from '../../src/tables/check.ts';
import { optional } from '../../src/tables/define.ts';
import { tables } from '../../src/tables/list.ts';
import { production } from '../../src/tables/quantities.ts';

const known = { countries: new Set(['ALD']), minerals: new Set(['aurite']) };
const number = optional('number', 'a number');

describe('a cell', () => {
  it.each([
    ['5', 5],
    ['-0', 0],
    ['.5', 0.5],
    ['1e3', 1000],
    ['+2.5E-1', 0.25],
    ['', null],
  ])('number %j is %j', (text, value) => expect(parseCell(number, text)).toBe(value));

  it.each([
    '1,5',
    '1 000',
    '0b1',
    '1e',
    'e5',
    '--1',
    '١٢',
    ' 1',
    '1\n',
    '1_000',
    '5 %',
    '.',
    '1e-999',
    'null',
  ])('number %j is refused', (text) => expect(parseCell(number, text)).toHaveProperty('why'));

  it('every double survives its decimal text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseCell(number, String(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('a value so large that sums of it could overflow is refused', () => {
    expect(valueProblem(number, 1e101, known)).toMatch('too large');
    expect(valueProblem(number, 1e99, known)).toBeNull();
  });
});

describe('every table', () => {
  it('finds the tables', () => expect(tables.length).toBeGreaterThan(30));

  it.each(tables.map((t) => [t.name, t] as const))(
    '%s: key and main values are columns, fallbacks are sound',
    (_, table) => {
      expect(table.key.length).toBeGreaterThan(0);
      for (const name of [...table.key, ...table.main]) expect(table.columns).toHaveProperty(name);
      for (const column of Object.values(table.columns))
        if (column.fallback !== undefined) expect(valueProblem(column, column.fallback, known)).toBeNull();
    },
  );
});

describe('a pasted table', () => {
  const paste = (...rows: string[][]) =>
    checkRows(
      production,
      ['year', 'country', 'mineral', 'stage', 'quantity_t'],
      rows.map((cells, i) => ({ line: i + 2, cells })),
      { file: 'pasted', known },
    );
  it('is checked like a file', () => {
    const { rows, problems } = paste(
      ['2024', 'ALD', 'aurite', 'mine', '1'],
      ['2024', 'ALD', 'aurite', 'mine', '2'],
      ['2024', 'WLD', 'aurite', 'mine', '-3'],
      ['2024', 'ALD', 'aurite', 'mine', 'much'],
      ['2024.5', 'ALD', 'aurite', 'mine', '1'],
    );
    expect(rows[0]).toMatchObject({ year: 2024, quantity_t: 1, source: 'own', status: null });
    expect(problems).toEqual([
      'pasted line 3, column year, country, mineral, stage, source: duplicate key 2024, ALD, aurite, mine, own; first on line 2',
      'pasted line 4, column quantity_t: negative: "-3"',
      'pasted line 5, column quantity_t: not a number: "much"',
      'pasted line 5, column year, country, mineral, stage, source: duplicate key 2024, ALD, aurite, mine, own; first on line 2',
      'pasted line 6, column year: not a whole number: "2024.5"',
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvReader } from '../../src/tables/csv.ts';

function read(text: string, step = text.length || 1) {
  const records: [number, readonly string[]][] = [];
  const malformed: [number, number][] = [];
  const csv = csvReader({
    record: (line, cells) => records.push([line, cells]),
    malformed: (line, cell) => malformed.push([line, cell]),
  });
  for (let at = 0; at < text.length; at += step) csv.push(text.slice(at, at + step));
  csv.end();
  return { records, malformed };
}
const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe('reading CSV text', () => {
  it('RFC 4180: quoted commas, doubled quotes, line breaks, empty cells', () => {
    expect(read('a,"b,""c""",\r\n"x\r\ny",,""\r\n').records).toEqual([
      [1, ['a', 'b,"c"', '']],
      [2, ['x\r\ny', '', '']],
    ]);
  });

  it('counts lines of the text: blank ones and those inside quotes', () => {
    expect(read('a\n\n"b\n\nc"\nd').records.map(([line]) => line)).toEqual([1, 3, 6]);
  });

  it('goes on after a record that is none', () => {
    expect(read('a,b"c\nd,e\nf,"g"h\ni,j\n')).toEqual({
      records: [
        [2, ['d', 'e']],
        [4, ['i', 'j']],
      ],
      malformed: [
        [1, 1],
        [3, 1],
      ],
    });
  });

  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r', ' ', '😀'), maxLength: 6 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });

  it('gives back any table that was quoted, with true line numbers, however it is cut into pieces', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), (rows, step, eol) => {
        let line = 1;
        const expected = rows.map((cells): [number, string[]] => {
          const at = line;
          line += 1 + cells.join('').split('\n').length - 1;
          return [at, cells];
        });
        const text = rows.map((cells) => cells.map(quote).join(',')).join(eol);
        expect(read(text, step)).toEqual({ records: expected, malformed: [] });
      }),
    );
  });

  it('accounts for any text at all: no throw, the same in pieces, records and refusals in line order', () => {
    fc.assert(
      fc.property(cell, cell, cell, fc.integer({ min: 1, max: 3 }), (a, b, c, step) => {
        const text = `${a},${b}\n${c}`;
        const whole = read(text);
        expect(read(text, step)).toEqual(whole);
        if (text.replaceAll(/[\r\n]/g, '') !== '')
          expect(whole.records.length + whole.malformed.length).toBeGreaterThan(0);
      }),
    );
  });
});

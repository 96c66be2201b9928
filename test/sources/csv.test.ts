import { describe, expect, it } from 'vitest';
import { DataError } from '../../src/errors.ts';
import { figureIn, numberIn, readCsv } from '../../src/sources/csv.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('reading a publisher’s csv', () => {
  it('keeps every cell as text: zeros of customs codes, NA of Namibia, padding', () => {
    const rows = readCsv(bytes('k,i2,q\n010121,NA,   0.001\n'), 'a.csv', ['k', 'i2', 'q']);
    expect(rows).toEqual([{ line: 2, cells: { k: '010121', i2: 'NA', q: '   0.001' } }]);
  });

  it('gives the line on which a record ends, quoted line breaks included', () => {
    const rows = readCsv(bytes('a,b\n"x\ny",1\nz,2\n'), 'a.csv', ['a', 'b']);
    expect(rows.map((row) => row.line)).toEqual([3, 4]);
  });

  it('names the file, the missing and the unknown columns of a changed header', () => {
    const read = () => readCsv(bytes('t,i,jj\n1,2,3\n'), 'baci.csv', ['t', 'i', 'j']);
    expect(read).toThrow(DataError);
    expect(read).toThrow('baci.csv: missing column: j\nbaci.csv: unknown column: "jj"');
  });

  it('takes any column order, renames, and leaves out what it is told to', () => {
    const rows = readCsv(bytes('Value,Country Name,x\n1,Chile,2\n'), 'a.csv', ['country', 'Value'], {
      rename: { 'Country Name': 'country' },
      ignore: ['x'],
    });
    expect(rows[0]!.cells).toEqual({ country: 'Chile', Value: '1' });
  });

  it('refuses rows of another length unless told that rows are ragged', () => {
    expect(() => readCsv(bytes('a,b\n1\n'), 'a.csv', ['a', 'b'])).toThrow(/a\.csv: .*line 2/);
    expect(readCsv(bytes('a,b\n1\n'), 'a.csv', ['a', 'b'], { ragged: true })[0]!.cells).toEqual({
      a: '1',
      b: '',
    });
  });

  it('reads windows-1252 and refuses bytes that are not the encoding named', () => {
    const dash = new Uint8Array([0x61, 0x0a, 0x97, 0x0a]);
    expect(readCsv(dash, 'a.csv', ['a'], { encoding: 'windows-1252' })[0]!.cells.a).toBe('—');
    expect(() => readCsv(dash, 'a.csv', ['a'])).toThrow('a.csv: not utf-8 text');
  });

  it('refuses an empty file', () => {
    expect(() => readCsv(bytes(''), 'a.csv', ['a', 'b'])).toThrow('a.csv: empty file');
  });
});

describe('a cell as a number', () => {
  it('takes plain decimals and exponents, and null for what the publisher calls missing', () => {
    expect(['1', ' 0.25', '-2', '1e3', '.5'].map((cell) => numberIn(cell, 'a', 1))).toEqual([
      1, 0.25, -2, 1000, 0.5,
    ]);
    expect(numberIn('   NA', 'a', 1, ['NA'])).toBeNull();
    expect(numberIn('', 'a', 1)).toBeNull();
  });

  it.each(['NaN', 'Infinity', '0x10', '1,000', 'NA', '1 2'])('refuses %s', (cell) => {
    expect(() => numberIn(cell, 'a.csv', 7)).toThrow(`a.csv, line 7: not a number: "${cell}"`);
  });

  it('refuses an empty cell where a figure must be', () => {
    expect(() => figureIn(' ', 'a.csv', 7)).toThrow('a.csv, line 7: no number where one must be');
    expect(figureIn('0', 'a.csv', 7)).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar } from '../../src/cli/bar.ts';
import { cellText, figures, perCent } from '../../src/cli/cell.ts';
import { coloured, plain, styleFor } from '../../src/cli/style.ts';
import { tableText } from '../../src/cli/table.ts';
import { widthOf, wrap } from '../../src/cli/wrap.ts';
import { riverAnswer } from '../support/shell.ts';

const column = (name: string, unit: string) => ({ name, unit, about: '' });

describe('figures', () => {
  it.each([
    [6543210, '6.54 m'],
    [104_321, '104,000'],
    [999_999, '1.00 m'],
    [1234, '1,230'],
    [12.345, '12.3'],
    [0.012345, '0.0123'],
    [1.1648e9, '1.16 bn'],
    [-1200, '−1,200'],
    [0, '0'],
    [0.000012, '1.20e-5'],
  ])('%d reads %s', (value, text) => expect(figures(value)).toBe(text));

  it.each([
    [0.7634, '76.3 %'],
    [1, '100 %'],
    [0, '0.0 %'],
    [0.00001, '<0.1 %'],
    [0.99999, '>99.9 %'],
    [-0.158, '−15.8 %'],
  ])('the share %d reads %s', (value, text) => expect(perCent(value)).toBe(text));

  it('keeps three significant figures, whatever the size', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e14, noNaN: true }), (value) => {
        const factor = { m: 1e6, bn: 1e9 };
        const [number = '', unit] = figures(value).split(' ');
        const read = Number(number.replaceAll(',', '')) * (factor[unit as keyof typeof factor] ?? 1);
        expect(Math.abs(read - value) / value).toBeLessThanOrEqual(0.0051);
      }),
    );
  });

  it('prints years whole, unknown as a dash and truth as a word', () => {
    expect(cellText(2024, column('year', 'year'))).toBe('2024');
    expect(cellText(null, column('top_share', '1'))).toBe('–');
    expect(cellText(true, column('over_cap', ''))).toBe('yes');
    expect(cellText(0.605, column('hhi', '1'))).toBe('0.605');
    expect(cellText(0.0213, column('required_change_per_year', '1'))).toBe('2.1 %');
    expect(cellText(0.7 + 0.2 + 0.1, column('cr3', '1'))).toBe('100 %');
  });
});

describe('bar', () => {
  it('draws 5 % a character, the second share beside the first and the limit as a line', () => {
    expect(bar(0.5, 0.25, 0.6, plain)).toBe('▇▇▇▇▇▇▇▇▇▇░░│░░     ');
    expect(bar(0.9, null, 0.6, plain)).toBe('▇▇▇▇▇▇▇▇▇▇▇▇│▇▇▇▇▇  ');
  });
  it('does not draw the unknown as nothing', () => {
    expect(bar(null, null, 0.6, plain)).toBe('············│·······');
  });
  it('is as wide for every share', () => {
    const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(share, share, share, (a, b, c) => {
        expect(widthOf(bar(a, b, c, plain))).toBe(20);
      }),
    );
  });
});

describe('table', () => {
  const lines = (width: number) =>
    tableText('Where does the river rise?', riverAnswer, width, plain).split('\n');

  it('fits the width it is given and names the columns it leaves out', () => {
    for (const width of [40, 60, 80, 120])
      for (const line of lines(width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
    expect(lines(40).join(' ')).toMatch(/more columns? \(.*over_cap\).* with --format csv or json/);
    expect(lines(120).join(' ')).not.toContain('more column');
  });

  it('marks a row with the number of its note, and cites sources with release and licence', () => {
    const text = lines(120).join('\n');
    expect(text).toMatch(/^flint, "grey"¹ /m);
    expect(text).toContain('¹ withheld by the publisher');
    expect(text).toContain('Sources: River Survey, 2025 (CC0-1.0).');
    expect(text).toContain('76.3 %');
    expect(text).toContain('6.54 m');
  });

  it('shows sections, a bar with the limit over its mark, and says what follows', () => {
    const view = {
      headline: ['The river rises twice.'],
      columns: ['mineral', 'country', 'top_share'],
      bar: { share: 'top_share', limit: 'cap' },
      sections: [{ title: 'Over', rows: [0] }],
      after: ['Two more are dry.'],
    };
    const text = tableText('?', { ...riverAnswer, view }, 80, plain);
    expect(text).toContain('The river rises twice.');
    expect(text).toMatch(/0 {9}60 % 100 %/);
    expect(text).toContain('▇▇▇▇▇▇▇▇▇▇▇▇│▇▇');
    expect(text).toContain('Two more are dry.');
    expect(text).not.toContain('flint');
  });

  it('prints a name and its share as one cell, and narrows the bar before it drops a column', () => {
    const view = {
      columns: ['mineral', 'country', 'year', 'supply_usd'],
      pairs: { country: 'top_share' },
      bar: { share: 'top_share', limit: 'cap' },
    };
    const at = (width: number) => tableText('?', { ...riverAnswer, view }, width, plain).split('\n');
    const [head = '', row = ''] = at(80).filter((l) => /^(mineral|quartzite)/.test(l));
    expect(row).toMatch(/XAA 76.3 % +▇▇▇▇▇▇▇▇▇▇▇▇│▇▇/);
    expect(head).toMatch(/0 {9}60 % 100 %/);
    const narrow = at(62);
    const [shortHead = '', short = ''] = narrow.filter((l) => /^(mineral|quartzite)/.test(l));
    expect(short).toContain('▇▇▇▇▇▇▇│');
    expect(short).toContain('6.54 m');
    expect(short.indexOf('│')).toBeLessThan(row.indexOf('│'));
    // the limit keeps its label: it stands over its mark
    expect(Math.abs(shortHead.indexOf('60 %') + 2 - short.indexOf('│'))).toBeLessThanOrEqual(1);
    for (const line of narrow) expect(widthOf(line)).toBeLessThanOrEqual(62);
    // where there is no room for the country, its share is named among what is left out too
    expect(at(24).join(' ')).toMatch(/more columns \(country, top_share/);
  });

  it('prints another figure with its unit where a column has none, and no mark that is on every row', () => {
    const columns = ['supply_usd', 'supply_t'].map((name) => ({ name, unit: '', about: '' }));
    const rows = [
      { supply_usd: 6_540_000, supply_t: 3 },
      { supply_usd: null, supply_t: 212 },
      { supply_usd: null, supply_t: null },
    ];
    const view = {
      columns: ['supply_usd'],
      instead: { supply_usd: { column: 'supply_t', unit: 't' } },
    };
    const notes = [
      { code: 'all', text: 'of every row', rows: [0, 1, 2] },
      { code: 'some', text: 'of one row', rows: [1] },
    ];
    const lines = tableText('?', { rows, columns, notes, sources: [], view }, 80, plain).split('\n');
    expect(lines.slice(3, 6).map((l) => l.trim())).toEqual(['6.54 m', '212 t¹', '–']);
    expect(lines).toContain('· of every row');
    expect(lines).toContain('¹ of one row');
  });

  it('says so when there is nothing', () => {
    expect(tableText('Where?', { ...riverAnswer, rows: [], notes: [] }, 80, plain)).toContain(
      'Nothing in the data',
    );
  });

  it('colours only a terminal, and never against NO_COLOR', () => {
    expect(styleFor(true, {})).toBe(coloured);
    expect(styleFor(true, { NO_COLOR: '1' })).toBe(plain);
    expect(styleFor(true, { TERM: 'dumb' })).toBe(plain);
    expect(styleFor(false, {})).toBe(plain);
  });
});

describe('wrap', () => {
  it('keeps a number with its unit, and breaks between words that begin like one', () => {
    expect(wrap('born in COD 8.0 %, of 120 t', 15)).toEqual(['born in COD', '8.0 %, of 120 t']);
    expect(wrap('in 2024 tonnes', 8)).toEqual(['in 2024', 'tonnes']);
  });
  it('loses no word and keeps to the width', () => {
    const word = fc.string({ minLength: 1, maxLength: 12 }).map((s) => s.replace(/\s/g, 'x'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const made = wrap(words.join(' '), 30, '  ');
        expect(made.join(' ').split(/ +/).filter(Boolean)).toEqual(words);
        for (const line of made) expect(widthOf(line)).toBeLessThanOrEqual(30);
      }),
    );
  });
});

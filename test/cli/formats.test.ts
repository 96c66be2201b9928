import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../src/cli/csv.ts';
import { markdownText } from '../../src/cli/markdown.ts';
import { riverAnswer } from '../support/shell.ts';

const names = riverAnswer.columns.map((c) => c.name);

describe('csv', () => {
  it('quotes as RFC 4180 says, leaves the unknown empty and numbers whole', () => {
    const lines = csvText(names, riverAnswer.rows).split('\r\n');
    expect(lines[0]).toBe('mineral,country,year,supply_usd,top_share,cap,over_cap');
    expect(lines[1]).toBe('quartzite,XAA,2024,6543210.25,0.7634,0.6,true');
    expect(lines[3]).toBe('"flint, ""grey""",XAC,2023,,,,');
    expect(lines.at(-1)).toBe('');
  });

  it('disarms text that a spreadsheet would run, but not negative numbers', () => {
    const rows = ['=1+1', '+A1', '-2', '@x', '\tx', 'safe'].map((t) => ({ t, n: -1.5 }));
    const cells = csvText(['t', 'n'], rows).trimEnd().split('\r\n').slice(1);
    expect(cells).toEqual(["'=1+1,-1.5", "'+A1,-1.5", "'-2,-1.5", "'@x,-1.5", "'\tx,-1.5", 'safe,-1.5']);
  });

  it('is read back as it was by a parser', () => {
    const text = fc.string().map((s) => s.replace(/^[=+\-@\t\r]+/, ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), (pairs) => {
        const rows = pairs.map(([a, b]) => ({ a, b }));
        const read = parse(csvText(['a', 'b'], rows), {
          columns: true,
          record_delimiter: '\r\n',
          relax_quotes: false,
        });
        expect(read).toEqual(rows);
      }),
    );
  });
});

describe('markdown', () => {
  it('has a table, notes with their rows and the attribution of each source', () => {
    const text = markdownText('Where does the river rise?', riverAnswer);
    expect(text).toContain('| quartzite | XAA | 2024 | 6.54 m | 76.3 % | 60.0 % | yes |');
    expect(text).toContain('- withheld by the publisher (row 3)');
    expect(text).toContain('- River Survey, 2025. CC0-1.0. River Survey, 2025');
  });
  it('lets no cell break the table', () => {
    const rows = [{ ...riverAnswer.rows[0], country: 'a | b\n<script>' }];
    const line = markdownText('?', { ...riverAnswer, rows })
      .split('\n')
      .find((l) => l.startsWith('| quartzite'));
    expect(line).toContain('a \\| b \\<script\\>');
  });
});

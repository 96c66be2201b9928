import { describe, expect, it } from 'vitest';
import { DataError } from '../../src/errors.ts';
import { corrector } from '../../src/sources/corrections.ts';
import type { Reference } from '../../src/sources/source.ts';

const row = {
  source: 's',
  edition: '2026',
  file: 'a.csv',
  match: 'series=vanadium;country=WLD',
  column: 'unit',
  expect: 't',
  value: 'kt',
  why: 'off by a thousand',
};
const reference: Reference = { csv: () => [row, { ...row, source: 'other' }] };
const figure = { series: 'vanadium', country: 'WLD', unit: 't', value: '21' };

describe('corrections of published errors', () => {
  it('change the cell where every column matches, and are reported', () => {
    const c = corrector(reference, 's', '2026');
    expect(c.correct('a.csv', figure)).toEqual({ ...figure, unit: 'kt' });
    expect(c.settle()).toEqual(['corrected a.csv: unit "t" → "kt" in 1 figures; off by a thousand']);
  });

  it('leave other figures and files as they are', () => {
    const c = corrector(reference, 's', '2026');
    expect(c.correct('a.csv', { ...figure, country: 'CHN' }).unit).toBe('t');
    expect(c.correct('b.csv', figure)).toBe(figure);
  });

  it('stop the build when the publisher prints something else, so that a repair is noticed', () => {
    const c = corrector(reference, 's', '2026');
    c.correct('a.csv', { ...figure, unit: 'thousand t' });
    expect(() => c.settle()).toThrow(DataError);
    expect(() => c.settle()).toThrow('a.csv: unit is "thousand t" where a correction expects "t"');
  });

  it('stop the build when they meet nothing', () => {
    expect(() => corrector(reference, 's', '2026').settle()).toThrow('meets no figure');
  });

  it('of another edition do not count', () => {
    expect(corrector(reference, 's', '2025').settle()).toEqual([]);
  });
});

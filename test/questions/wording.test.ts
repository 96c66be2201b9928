import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byMineral,
  count,
  dollars,
  named,
  possessive,
  shareOf,
  tonnes,
  yearsOfRows,
} from '../../src/questions/wording.ts';

const spaced = (text: string) => text.replaceAll('\u00a0', ' ');

describe('a share in a sentence', () => {
  it.each([
    [0.7634, null, '76.3 %'],
    [0.6, null, '60 %'],
    [0, null, '0 %'],
    [1, null, '100 %'],
    [0.0001, null, '<0.1 %'],
    [0.9999, null, '>99.9 %'],
    [1 - 1e-12, null, '100 %'],
    [0.6004, 0.6, '60.04 %'],
    [0.5996, 0.6, '60 %'],
    [-0.02, null, '−2 %'],
  ] as const)('%d beside a limit of %s reads %s', (share, limit, text) =>
    expect(spaced(shareOf(share, limit))).toBe(text),
  );

  it('is never printed at or under a limit that it is over', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.integer({ min: 10, max: 90 }),
        (over, limit) => {
          const cap = limit / 100;
          const share = Math.min(0.99, cap + over * 0.01);
          fc.pre(share > cap);
          expect(Number.parseFloat(shareOf(share, cap))).toBeGreaterThan(limit);
        },
      ),
    );
  });
});

describe('names and amounts in a sentence', () => {
  it('joins names as one says them and counts the rest', () => {
    expect([named([]), named(['a']), named(['a', 'b']), named(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
    expect(named(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  });

  it('counts with the noun in its number', () => {
    expect([count(0, 'limit'), count(1, 'limit'), count(1200, 'country', 'countries')]).toEqual([
      '0 limits',
      '1 limit',
      '1,200 countries',
    ]);
  });

  it('gives amounts to three figures with their unit', () => {
    expect(spaced(tonnes(12_345))).toBe('12,300 t');
    expect([4_280_000, 1.65e9, 40_900].map((v) => spaced(dollars(v)))).toEqual([
      '4.28 m USD',
      '1.65 bn USD',
      '40,900 USD',
    ]);
  });

  it('names each mineral once, with its stages; a figure of all stages names none', () => {
    const rows = [
      { mineral: 'rare_earths', stage: 'refine' },
      { mineral: 'boron', stage: null },
      { mineral: 'rare_earths', stage: 'mine' },
      { mineral: 'zinc', stage: 'all' },
    ];
    expect(byMineral(rows)).toBe('boron, rare earths (mine, refine), zinc');
  });

  it('says the years that rows are of, and nothing where there are none', () => {
    expect(yearsOfRows([{ year: 2024 }, { year: 2020 }, { year: null }])).toBe('2020–2024');
    expect([yearsOfRows([{ year: 2024 }]), yearsOfRows([])]).toEqual(['2024', '']);
  });

  it('forms the possessive', () => {
    expect([possessive('Kazakhstan'), possessive('United States')]).toEqual([
      'Kazakhstan’s',
      'United States’',
    ]);
  });
});

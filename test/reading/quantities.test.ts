import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantitiesIn } from '../../src/reading/quantities.ts';
import { ranksIn } from '../../src/reading/ranks.ts';
import { tokensOf } from '../../src/reading/tokens.ts';
import { yearsIn } from '../../src/reading/years.ts';

const read = (text: string) =>
  quantitiesIn(tokensOf(text)).map(
    (q) =>
      `${q.comparator}${+q.low.toFixed(4)}${q.high === q.low ? '' : `..${+q.high.toFixed(4)}`} ${q.unit}`,
  );

describe('figures in words and numbers', () => {
  it.each([
    ['40%', ['=0.4 share']],
    ['more than 40 per cent', ['>=0.4 share']],
    ['no more than 60 percent', ['<=0.6 share']],
    ['over 2.5 percent', ['>=0.025 share']],
    ['60% or more', ['>=0.6 share']],
    ['roughly 90%', ['~0.9 share']],
    ['more than about 40%', ['>=0.4 share']],
    ['60-70%', ['=0.6..0.7 share']],
    ['between 20 and 25 per cent', ['=0.2..0.25 share']],
    ['60% to 70%', ['=0.6..0.7 share']],
    ['a fifth of it', ['~0.2 share']],
    ['two-thirds of it', ['~0.6667 share']],
    ['more than three quarters of it', ['>=0.75 share']],
    ['nine out of ten', ['~0.9 share']],
    ['half of it', ['~0.5 share']],
    ['in the first half', []],
    ['the third quarter', []],
    ['a third country', []],
    ['almost entirely', ['>=0.9 share']],
    ['most of it', ['>=0.5 share']],
    ['the most important', []],
    ['3 percentage points', []],
    ['5.3 million tonnes', ['=5300000 t']],
    ['4-5 million tonnes', ['=4000000..5000000 t']],
    ['about 220 kt', ['~220000 t']],
    ['4.8Mt', ['=4800000 t']],
    ['1,234.5 t', ['=1234.5 t']],
    ['30 countries in 2024', []],
  ])('%s', (text, figures) => expect(read(text)).toEqual(figures));

  it('reads back any percentage it is given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (tenths) => {
        expect(read(`${tenths / 10}%`)).toEqual([`=${+(tenths / 1000).toFixed(4)} share`]);
      }),
    );
  });
});

describe('ranks', () => {
  const ranks = (text: string) =>
    ranksIn(tokensOf(text), []).map((r) => `${r.comparator}${r.high} ${r.measure}`);
  it.each([
    ['the largest producer', ['=1 production']],
    ['the third-largest exporter', ['=3 exports']],
    ['a top-ten exporter', ['<=10 exports']],
    ['among the top producers', ['<=5 production']],
    ['one of the world’s top ten producers', ['<=10 production']],
    ['one of the largest holders', ['<=5 reserves']],
    ['a leading supplier', ['<=5 production']],
    ['ranks second in production', ['=2 production']],
    ['the world’s No. 2 producer', ['=2 production']],
    ['leads the world in production', ['=1 production']],
    ['home to the biggest reserves', ['=1 reserves']],
    ['the largest mine', []],
    ['the largest city', []],
    ['top diplomat', []],
  ])('%s', (text, found) => expect(ranks(text)).toEqual(found));
});

describe('years and dates', () => {
  const years = (text: string) => yearsIn(tokensOf(text)).map((y) => `${y.role} ${y.date}`);
  it.each([
    ['in 2024', ['in 2024']],
    ['by the end of 2030', ['by 2030']],
    ['since October 2025', ['since 2025-10']],
    ['on 4 April 2025', ['in 2025-04-04']],
    ['on April 4, 2025', ['in 2025-04-04']],
    ['until November 2026', ['until 2026-11']],
    ['2025-04-04', ['in 2025-04-04']],
    ['2024 tonnes', []],
    ['$2024', []],
  ])('%s', (text, found) => expect(years(text)).toEqual(found));
});

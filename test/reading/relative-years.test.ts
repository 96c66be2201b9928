import { describe, expect, it } from 'vitest';
import { readClaims } from '../../src/reading/read-claims.ts';
import { yearOfText } from '../../src/reading/relative-years.ts';
import { gazetteer } from './said.ts';

const yearOf = (text: string, today = '2030-06-01') =>
  readClaims(gazetteer, text, today).map((c) => c.date ?? c.years[0] ?? null);

describe('years said from when the text was written', () => {
  const head = 'SANTIAGO, 9 September 2025 — ';
  it.each([
    ['Last year Chile mined 5.3 million tonnes of copper.', [2024]],
    ['Two years ago Chile mined 5.3 million tonnes of copper.', [2023]],
    ['In the past year Chile mined 5.3 million tonnes of copper.', [2024]],
    ['Chile mined 5.3 million tonnes of copper this year.', [2025]],
    ['Chile mined 5.3 million tonnes of copper the year before last.', [2023]],
    ['China put tungsten under export controls in February last year.', ['2024-02']],
    ['Chile mined 5.3 million tonnes of copper, more than last year.', [null]],
    ['In the last two years Chile mined 5.3 million tonnes of copper.', [null]],
  ])('%s', (text, found) => expect(yearOf(head + text)).toEqual(found));

  it('takes the day of asking where the text has no date', () => {
    expect(yearOf('Last year Chile mined 5.3 million tonnes of copper.')).toEqual([2029]);
  });

  it('takes the date in the head, else the newest full date', () => {
    const body = 'Much is said of copper. '.repeat(20);
    expect(yearOfText(`9 September 2025. ${body} On 4 April 2026 it met.`)).toBe(2025);
    expect(yearOfText(`${body} On April 4, 2021 and 2019-03-02 it met.`)).toBe(2021);
    expect(yearOfText(body)).toBeNull();
  });
});

describe('units of mass', () => {
  const tonnes = (text: string) => readClaims(gazetteer, text).map((c) => c.claimed?.low);
  it.each([
    // 1 lb = 0.45359237 kg, 3 U in U3O8 weigh 714.087 of 842.079
    ['Kazakhstan produced 55 million pounds of U3O8.', 55e6 * 0.45359237e-3 * (714.087 / 842.079)],
    ['Kazakhstan produced 55 million pounds of uranium.', 55e6 * 0.45359237e-3 * (714.087 / 842.079)],
    ['Peru mined 900 million pounds of copper.', 900e6 * 0.45359237e-3],
    // a troy ounce is 31.1034768 g
    ['Mexico mined 200 million ounces of silver.', 200e6 * 31.1034768e-6],
    ['Chile produced 260,000 tonnes of lithium carbonate equivalent.', 260_000 * (13.88 / 73.888)],
    ['Chile produced 49,000 tonnes of lithium.', 49_000],
    ['Peru mined 1,000 short tons of copper.', 907.18474],
    ['Chile mined 5.3 Mt of copper.', 5.3e6],
  ])('%s', (text, expected) => {
    const [found] = tonnes(text);
    expect(Math.abs(found! / expected - 1)).toBeLessThan(1e-5);
  });

  it('takes pounds of nothing for money, and ounces of copper for nothing', () => {
    expect(tonnes('Britain produced 5 million pounds for its copper mines.')).toEqual([]);
    expect(tonnes('Peru mined 5 million ounces of copper.')).toEqual([]);
  });
});

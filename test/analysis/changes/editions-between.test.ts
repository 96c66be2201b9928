import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editionsBetween, movedWithout } from '../../../src/analysis/changes/editions-between.ts';

const rows = (edition: string | null, countries: string[], revised: string[] = []) =>
  countries.map((country) => ({ country, edition, revised: revised.includes(country) || null }));

describe('editions between two years', () => {
  it('sets apart whom the newer edition revised and whom only one lists; totals are nobody', () => {
    const found = editionsBetween(
      rows('2024', ['XAA', 'XAB', 'XAC', 'WLD']),
      rows('2026', ['XAA', 'XAB', 'XAD', 'OTH'], ['XAA']),
    );
    expect(found).toMatchObject({ before: '2024', after: '2026' });
    expect(Object.fromEntries(found!.apart)).toEqual({ XAA: 'revised', XAC: 'unlisted', XAD: 'unlisted' });
  });

  it('asks the newer edition, whichever side it is on, and not the older', () => {
    const [old, now] = [rows('2024', ['XAA', 'XAB'], ['XAA']), rows('2026', ['XAA', 'XAB'], ['XAB'])];
    expect([...editionsBetween(old, now)!.apart.keys()]).toEqual(['XAB']);
    expect([...editionsBetween(now, old)!.apart.keys()]).toEqual(['XAB']);
  });

  it('has nothing to say within one edition, or where nobody tells of editions', () => {
    expect(editionsBetween(rows('2026', ['XAA'], ['XAA']), rows('2026', ['XAB'], ['XAB']))).toBeNull();
    expect(editionsBetween(rows(null, ['XAA']), rows('2026', ['XAB']))).toBeNull();
  });
});

describe('a move among the countries that can be compared', () => {
  it('antimony: Tajikistan’s 25.3 → 18.5 % is what the revision of China and Russia took (MCS 2024, 2026)', () => {
    const was = new Map([
      ['TJK', 21 / 83],
      ['CHN', 40 / 83],
      ['RUS', 4.3 / 83],
    ]);
    const is = new Map([
      ['TJK', 22 / 119],
      ['CHN', 40 / 119],
      ['RUS', 40 / 119],
    ]);
    expect(movedWithout('TJK', new Map(), was, is, 0.05)).toBe(true);
    expect(
      movedWithout(
        'TJK',
        new Map([
          ['CHN', 0],
          ['RUS', 0],
        ]),
        was,
        is,
        0.05,
      ),
    ).toBe(false);
  });

  it('does not depend on what those set apart are said to have made', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        ([a, b, c, d], extra) => {
          const by = (x: number, y: number, apart: number) =>
            new Map([
              ['x', x / (x + y + apart)],
              ['apart', apart / (x + y + apart)],
            ]);
          const apart = new Map([['apart', 0]]);
          const moved = Math.abs(a! / (a! + b!) - c! / (c! + d!));
          fc.pre(Math.abs(moved - 0.05) > 1e-6);
          expect(movedWithout('x', apart, by(a!, b!, 1), by(c!, d!, extra), 0.05)).toBe(moved > 0.05);
        },
      ),
    );
  });
});

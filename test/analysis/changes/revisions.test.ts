import { expect, it } from 'vitest';
import { revisions } from '../../../src/analysis/changes/revisions.ts';

const revised = (before: [string, number | null][], after: [string, number | null][]) =>
  revisions(
    before,
    after,
    ([key]) => key,
    ([, figure]) => figure,
  ).map((r) => [r.after[0], r.was, r.is]);

it('finds the same key with another value; neither new rows, nor unknown figures, nor the same figure written twice', () => {
  expect(
    revised(
      [
        ['a', 1],
        ['b', 2],
        ['c', null],
        ['d', 0.1 + 0.2],
        ['gone', 5],
        ['z', 0],
      ],
      [
        ['a', 1],
        ['b', 3],
        ['c', 4],
        ['d', 0.3],
        ['new', 6],
        ['z', 1e-12],
      ],
    ),
  ).toEqual([
    ['b', 2, 3],
    ['z', 0, 1e-12],
  ]);
});

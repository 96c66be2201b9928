import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concentrationQuestion } from '../../src/questions/concentration.ts';
import type { AnswerRow } from '../../src/questions/question.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { closeTo, resultOf, workedFormula } from '../support/worked-formula.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Every figure again, from the rows shown, written as the literature has it. */
const again: Readonly<Record<string, (row: AnswerRow, shown: readonly AnswerRow[]) => number>> = {
  total_t: (_, shown) => whole(shown),
  countries: (_, shown) => shares(shown).length,
  hhi: (_, shown) => sum(shares(shown).map((s) => s ** 2)),
  entropy: (_, shown) => -sum(shares(shown).map((s) => s * Math.log(s))),
  effective_suppliers: (_, shown) => 1 / sum(shares(shown).map((s) => s ** 2)),
  hhi_normalised: (_, shown) => {
    const n = shares(shown).length;
    return (n * sum(shares(shown).map((s) => s ** 2)) - 1) / (n - 1);
  },
  cr1: (_, shown) => shares(shown)[0]!,
  cr3: (_, shown) => sum(shares(shown).slice(0, 3)),
  coverage: (_, shown) => sum(shares(shown)),
  published_t: (_, shown) => shown.find((r) => r.country === 'WLD')!.quantity_t as number,
  cr1_of_published: (row, shown) => tonnesOf(row.cr1_country, shown) / tonnesOf('WLD', shown),
  quantity_t: (row, shown) => tonnesOf(row.country, shown),
  share: (row, shown) => Number(shown.find((r) => r.country === row.country)![measure(shown)]) / whole(shown),
  rank: (row, shown) => {
    const own = Number(shown.find((r) => r.country === row.country)![measure(shown)]);
    return 1 + named(shown).filter((r) => Number(r[measure(shown)]) > own).length;
  },
  share_of_published: (row, shown) => tonnesOf(row.country, shown) / tonnesOf('WLD', shown),
};
const measure = (shown: readonly AnswerRow[]) =>
  shown.some((r) => Number(r.quantity_t) > 0) ? 'quantity_t' : 'share';
const named = (shown: readonly AnswerRow[]) =>
  shown.filter((r) => !['WLD', 'OTH'].includes(String(r.country)));
const tonnesOf = (country: unknown, shown: readonly AnswerRow[]) =>
  Number(shown.find((r) => r.country === country)!.quantity_t);
const whole = (shown: readonly AnswerRow[]) => {
  const rows = sum(shown.filter((r) => r.country !== 'WLD').map((r) => Number(r[measure(shown)])));
  if (measure(shown) === 'share') return rows > 1 + 1e-9 ? rows : 1;
  return Math.max(rows, ...shown.filter((r) => r.country === 'WLD').map((r) => Number(r.quantity_t)));
};
const shares = (shown: readonly AnswerRow[]) =>
  named(shown)
    .map((r) => Number(r[measure(shown)]) / whole(shown))
    .filter((s) => s > 0)
    .sort((a, b) => b - a);

describe('what stands behind concentration', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it.each([
    [false, Object.keys(again).slice(0, 11)],
    [true, ['total_t', ...Object.keys(again).slice(11)]],
  ])('is worked again, every figure of it (breakdown %s)', async (breakdown, expected) => {
    const mineral = ['cobalt', 'lithium', 'niobium', 'gallium', 'uranium'];
    const params = concentrationQuestion.params.parse({ mineral, breakdown });
    const answer = await concentrationQuestion.answer(params, world);
    const done = new Set<string>();
    for (const [row, cells] of answer.rows.entries())
      for (const { name: column } of answer.columns) {
        const { formula, behind, inputs } = await concentrationQuestion.explain!(
          { row, column },
          answer,
          params,
          world,
        );
        const value = cells[column];
        const where = `${column} of ${cells.mineral} ${cells.stage} ${cells.source}: ${formula ?? behind}`;
        expect(inputs.map((i) => i.table)).toEqual(['production']);
        if (formula === null) {
          expect(behind).toMatch(/\.$/);
          expect(typeof value === 'number' && column in again, where).toBe(false);
          continue;
        }
        done.add(column);
        expect(closeTo(resultOf(formula), value as number), where).toBe(true);
        expect(closeTo(again[column]!(cells, inputs[0]!.rows), value as number), where).toBe(true);
        if (/^(hhi_|effective|cr|coverage|share)/.test(column))
          expect(closeTo(workedFormula(formula), value as number), where).toBe(true);
      }
    expect([...done].sort()).toEqual([...expected].sort());
  });
});

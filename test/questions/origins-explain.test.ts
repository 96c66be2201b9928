import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { originsQuestion } from '../../src/questions/origins.ts';
import type { AnswerRow } from '../../src/questions/question.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { closeTo, resultOf, workedFormula } from '../support/worked-formula.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('what stands behind an origin', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it.each([
    { for: ['GBR'], mineral: ['lithium'], stage: ['compound'] },
    { for: ['GBR'], mineral: ['copper'], stage: ['refine'], method: 'net' },
    { for: ['GBR'], mineral: ['nickel'], stage: ['refine'], weight: 'value', of: 'imports' },
    { for: ['EUU'], mineral: ['copper'], stage: ['refine'] },
    { for: ['CHN'], mineral: ['lithium'], stage: ['compound'], weight: 'value' },
  ])('is worked again, by imports and by the last step of the equations: %j', async (asked) => {
    const params = originsQuestion.params.parse(asked);
    const answer = await originsQuestion.answer(params, world);
    const unit = params.weight === 'value' ? 'usd' : 't';
    const columns = [
      `direct_${unit}`,
      'direct_share',
      `traced_${unit}`,
      'traced_share',
      `unrecorded_${unit}`,
    ];
    expect(answer.rows.length).toBeGreaterThan(0);
    for (const [row, cells] of answer.rows.entries())
      for (const column of columns) {
        const value = cells[column] as number;
        const { formula, behind, inputs } = await originsQuestion.explain!(
          { row, column },
          answer,
          params,
          world,
        );
        const where = `${column} of ${cells.country}: ${formula ?? behind}`;
        expect(formula, where).not.toBeNull();
        expect(closeTo(resultOf(formula!), value), where).toBe(true);
        const shown = inputs[0]!.rows;
        const taken = (r: AnswerRow) => Number(r[`taken_${unit}`]);
        const born = (r: AnswerRow) => Number(r[`part_born_in_${cells.country}`]);
        const bornThere = sum(shown.map((r) => taken(r) * born(r)));
        if (column === `traced_${unit}`) expect(closeTo(bornThere, value), where).toBe(true);
        if (column === 'traced_share') {
          expect(closeTo(bornThere / sum(shown.map(taken)), value), where).toBe(true);
          const note = answer.notes.find((n) => n.code === 'consumption' || n.code === 'imports')!;
          expect(closeTo(sum(shown.map(taken)), note.value as number), where).toBe(true);
        }
        if (column.startsWith('direct_')) {
          const code = new Map(inputs[1]!.rows.map((r) => [r.hs6, r]));
          const size = (r: AnswerRow) => {
            const { share_of_code, metal_content } = code.get(r.hs6!)!;
            const part = Number(share_of_code ?? 1);
            return unit === 'usd'
              ? Number(r.value_usd) * part
              : Number(r.quantity_t) * part * Number(metal_content ?? 1);
          };
          const own = sum(shown.filter((r) => r.exporter === cells.country).map(size));
          const found = column === 'direct_share' ? own / sum(shown.map(size)) : own;
          expect(closeTo(found, value), where).toBe(true);
        }
        if (/share|unrecorded/.test(column) && !formula!.includes('nothing'))
          expect(closeTo(workedFormula(formula!), value), where).toBe(true);
      }
  });

  it.each([
    [{ through: 'mine' }, 'traced_share', '--through mine --paths'],
    [{ lens: 'controlled' }, 'traced_share', 'export ownership'],
    [{}, 'low_share', '--method net'],
    [{ through: 'mine', paths: true }, 'traced_t', 'add up'],
  ])('says what it rests on where no rows give it: %j %s', async (more, column, told) => {
    const params = originsQuestion.params.parse({
      for: ['GBR'],
      mineral: ['copper'],
      stage: ['refine'],
      ...more,
    });
    const answer = await originsQuestion.answer(params, world);
    const explained = await originsQuestion.explain!({ row: 0, column }, answer, params, world);
    expect(explained).toMatchObject({ formula: null, inputs: [] });
    expect(explained.behind).toContain(told);
  });
});

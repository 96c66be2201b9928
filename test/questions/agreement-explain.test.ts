import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementQuestion } from '../../src/questions/agreement.ts';
import type { AnswerRow } from '../../src/questions/question.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { closeTo, resultOf, workedFormula } from '../support/worked-formula.ts';

/** Figures without a formula: years, a limit of the register, and what follows from another country's whole trade. */
const without = ['output_year', 'supply_year', 'cap', 'own_use_t'];

/** Columns whose formula has all its figures, so that it is worked again by itself. */
const inFigures =
  /^(partner_share|committed_t|free_t|supply_from|top_share|top_share_at_best|moved_t|most_it|top_share_if|top_share_pro)/;

describe('what stands behind an agreement', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it.each([{ id: 'uk-kz-2026' }, { partner: 'AUS', for: 'GBR', take: 0.3 }, { partner: 'CHL', for: 'EUU' }])(
    'is worked again, every figure of it: %j',
    async (asked) => {
      const params = agreementQuestion.params.parse(asked);
      const answer = await agreementQuestion.answer(params, world);
      const done = new Set<string>();
      for (const [row, cells] of answer.rows.entries())
        for (const { name: column } of answer.columns) {
          const value = cells[column] ?? null;
          const { formula, behind, inputs } = await agreementQuestion.explain!(
            { row, column },
            answer,
            params,
            world,
          );
          const where = `${column} of ${cells.mineral} ${cells.stage}: ${formula ?? behind}`;
          if (formula === null) {
            expect(behind, where).toMatch(/\.$/);
            expect(typeof value === 'number' && !without.includes(column), where).toBe(false);
            continue;
          }
          done.add(column);
          if (typeof value !== 'number') continue;
          expect(closeTo(resultOf(formula), value), where).toBe(true);
          const figures = inFigures.test(column) && !/already|makes none|no owner/.test(formula);
          if (figures) expect(closeTo(workedFormula(formula), value), where).toBe(true);
          const flows = inputs.find((i) => i.table === 'trade_flow')?.rows ?? [];
          if (column === 'demand_t' || column === 'supply_from_partner_share') {
            const code = new Map(inputs.find((i) => i.table === 'hs6_mineral')!.rows.map((r) => [r.hs6, r]));
            const size = (r: AnswerRow) => {
              const { share_of_code, metal_content } = code.get(r.hs6!)!;
              const part = Number(share_of_code ?? 1);
              return cells.weight === 'value'
                ? Number(r.value_usd) * part
                : Number(r.quantity_t) * part * Number(metal_content ?? 1);
            };
            const sum = (of: readonly AnswerRow[]) => of.reduce((s, r) => s + size(r), 0);
            const own = sum(flows.filter((r) => r.exporter === cells.partner));
            expect(closeTo(column === 'demand_t' ? sum(flows) : own / sum(flows), value), where).toBe(true);
          }
        }
      expect([...done]).toEqual(
        expect.arrayContaining([
          'partner_share',
          'free_t',
          'demand_t',
          'top_share',
          'top_share_if',
          'most_it_could_move',
        ]),
      );
    },
  );
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRow } from '../../src/questions/question.ts';
import { riskFormula } from '../../src/questions/risk/formula.ts';
import { riskQuestion } from '../../src/questions/risk.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { closeTo, workedFormula } from '../support/worked-formula.ts';

const cells: Readonly<Record<string, readonly string[]>> = {
  geopolrisk: ['score', 'import_risk', 'price_usd_per_kg', 'midpoint_usd_per_kg', 'cf'],
  eu_sr: ['sr'],
  eu_ei: ['ei'],
  n_minus_1: ['remaining_share'],
  trade: ['apparent_consumption_t', 'net_import_reliance', 'leverage', 'origin_gap'],
};

describe('the formula behind a score', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  for (const [method, columns] of Object.entries(cells))
    it(`${method}: gives the cell again when worked by hand`, async () => {
      const params = { method, ...(['geopolrisk', 'trade'].includes(method) && { for: ['GBR'] }) };
      const { rows } = await riskQuestion.answer(riskQuestion.params.parse(params), world);
      for (const column of columns) {
        const known = rows.filter(
          (r) => typeof r[column] === 'number' && (column !== 'leverage' || r.leverage !== 0),
        );
        expect(known.length).toBeGreaterThan(0);
        for (const row of known) {
          const value = row[column] as number;
          expect(Math.abs(workedFormula(riskFormula(column, row)!) - value)).toBeLessThan(
            1e-9 * Math.max(1, Math.abs(value)),
          );
        }
      }
    });

  it('says what is missing where there is no figure', () => {
    expect(riskFormula('score', { score: null, hhi: null, import_risk: 0.5, note: 'no_production' })).toBe(
      'score = hhi × import_risk = unknown × 0.5 = unknown (no_production)',
    );
  });

  it('stands beside the summands of its concentrations', async () => {
    const params = riskQuestion.params.parse({ method: 'geopolrisk', for: ['GBR'], mineral: ['magnesium'] });
    const answer = await riskQuestion.answer(params, world);
    const { inputs } = await riskQuestion.explain!({ row: 0, column: 'import_risk' }, answer, params, world);
    const sum = (table: string) =>
      inputs.find((i) => i.table === table)!.rows.reduce((s, r) => s + Number(r.term), 0);
    expect(sum('imports')).toBeCloseTo(answer.rows[0]!.import_risk as number, 12);
    expect(sum('output')).toBeCloseTo(answer.rows[0]!.hhi as number, 12);
    const plain = await riskQuestion.explain!({ row: 0, column: 'domestic_t' }, answer, params, world);
    expect(plain).toMatchObject({ formula: null, inputs: [] });
    expect(plain.behind).toContain('--breakdown');
  });

  it.each(['GBR', 'JPN'])('works the sums of a score from its summands: %s', async (country) => {
    const mineral = ['magnesium', 'tungsten', 'niobium', 'lithium', 'copper'];
    const params = riskQuestion.params.parse({ method: 'geopolrisk', for: [country], mineral });
    const answer = await riskQuestion.answer(params, world);
    const again: Readonly<Record<string, (r: AnswerRow) => number>> = {
      imports_t: (r) => Number(r.quantity_t),
      imports_usd: (r) => Number(r.value_usd),
      weighted_t: (r) => Number(r.quantity_t) * Number(r.governance),
      suppliers: () => 1,
    };
    for (const [row, cells] of answer.rows.entries())
      for (const [column, of] of Object.entries(again)) {
        const { formula, inputs } = await riskQuestion.explain!({ row, column }, answer, params, world);
        if (!cells[column]) continue;
        const where = `${column} of ${cells.mineral} ${cells.stage}`;
        expect(formula, where).not.toBeNull();
        const sum = inputs[0]!.rows.reduce((total, r) => total + of(r), 0);
        expect(closeTo(sum, cells[column] as number), where).toBe(true);
      }
  });
});

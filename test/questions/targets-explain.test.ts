import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { originsQuestion } from '../../src/questions/origins.ts';
import type { AnswerRow } from '../../src/questions/question.ts';
import { targetsQuestion } from '../../src/questions/targets.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { closeTo, resultOf, workedFormula } from '../support/worked-formula.ts';

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

/** Imports by country of the rows shown, in USD or t. */
function imports(
  inputs: readonly { readonly table: string; readonly rows: readonly AnswerRow[] }[],
  byValue: boolean,
) {
  const rowsOf = (table: string) => inputs.find((i) => i.table === table)?.rows ?? [];
  const code = new Map(rowsOf('hs6_mineral').map((r) => [r.hs6, r]));
  const by = new Map<string, number>();
  for (const r of [...rowsOf('trade_flow'), ...rowsOf('uk_trade_month')]) {
    const { share_of_code, metal_content } = code.get(r.hs6!)!;
    const part = r.cn8 ? 1 : Number(share_of_code ?? 1);
    const size = byValue
      ? Number(r.value_usd) * part
      : Number(r.quantity_t) * part * Number(metal_content ?? 1);
    const country = String(r.exporter ?? r.partner);
    by.set(country, (by.get(country) ?? 0) + size);
  }
  return by;
}

describe('what stands behind a target', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it.each([
    { for: 'GBR', mineral: ['niobium', 'gallium', 'lithium', 'platinum', 'cobalt'] },
    { for: 'GBR', mineral: ['tungsten', 'nickel'], weight: 'value', lens: ['declared', 'dispatch'] },
    { for: 'EUU', mineral: ['lithium', 'copper'], lens: ['declared', 'traced'] },
  ])('is worked again, every figure of it that is of customs rows: %j', async (asked) => {
    const params = targetsQuestion.params.parse(asked);
    const answer = await targetsQuestion.answer(params, world);
    const done = new Set<string>();
    for (const [row, cells] of answer.rows.entries())
      for (const { name: column } of answer.columns) {
        const value = cells[column] ?? null;
        const { formula, behind, inputs } = await targetsQuestion.explain!(
          { row, column },
          answer,
          params,
          world,
        );
        const where = `${column} of ${cells.target} ${cells.mineral} ${cells.stage} ${cells.lens}: ${formula ?? behind}`;
        const customs = cells.lens === 'declared' || cells.lens === 'dispatch';
        if (formula === null) {
          expect(behind, where).toMatch(/\.$/);
          const claimed = customs && cells.scope === 'each' && !/year$|^cap$/.test(column);
          expect(typeof value === 'number' && claimed, where).toBe(false);
          if (!customs && cells.scope === 'each' && column === 'share' && value !== null)
            expect(
              inputs.filter((i) => i.table === 'trade_flow'),
              where,
            ).toEqual([]);
          continue;
        }
        done.add(column);
        expect(closeTo(resultOf(formula), value as number), where).toBe(true);
        if (!/^supply_/.test(column) && !formula.includes('nothing'))
          expect(closeTo(workedFormula(formula), value as number), where).toBe(true);
        if (!/share|supply|move/.test(column)) continue;
        const byValue = /_(usd|t)$/.test(column)
          ? column.endsWith('_usd')
          : String(cells.basis).includes('value') !== (column === 'share_other');
        const by = imports(inputs, byValue);
        const total = sum(by.values());
        const above = sum([...by.values()].map((size) => Math.max(0, size - Number(cells.cap) * total)));
        const again = /share/.test(column)
          ? Math.max(...by.values()) / total
          : /move/.test(column)
            ? above
            : total;
        expect(closeTo(again, value as number), where).toBe(true);
      }
    expect([...done]).toEqual(
      expect.arrayContaining(['share', 'headroom', 'required_change_per_year', 'supply_usd']),
    );
    expect([...done]).toContain(params.weight === 'value' ? 'to_move_usd' : 'tonnes_to_move_t');
  });

  it('is, for a traced share, in the command it names', async () => {
    const params = targetsQuestion.params.parse({ for: 'GBR', mineral: ['lithium'], lens: ['traced'] });
    const answer = await targetsQuestion.answer(params, world);
    const row = answer.rows.findIndex((r) => r.scope === 'each' && r.share !== null);
    const cells = answer.rows[row]!;
    const { behind } = await targetsQuestion.explain!({ row, column: 'share' }, answer, params, world);
    expect(behind).toContain(
      `headwater origins --for GBR --mineral lithium --stage ${cells.stage} --year ${cells.year} shows`,
    );
    const asked = { for: ['GBR'], mineral: ['lithium'], stage: [cells.stage], year: [String(cells.year)] };
    const { rows } = await originsQuestion.answer(originsQuestion.params.parse(asked), world);
    const own = rows.find((r) => r.country === cells.top_country)!;
    expect(own.traced_share).toBeCloseTo(cells.share as number, 12);
  });
});

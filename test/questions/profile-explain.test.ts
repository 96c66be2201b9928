import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { originsQuestion } from '../../src/questions/origins.ts';
import { profileQuestion } from '../../src/questions/profile.ts';
import type { AnswerRow } from '../../src/questions/question.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { closeTo, resultOf, workedFormula } from '../support/worked-formula.ts';

const tables: Readonly<Record<string, string>> = { export: 'trade_flow', reserves: 'reserves' };

/** A figure again, from the rows shown: by country, whatever they are of. */
function again(column: string, country: string, shown: readonly AnswerRow[]): number {
  const key = column.startsWith('export_')
    ? 'value_usd'
    : shown.some((r) => Number(r.quantity_t) > 0)
      ? 'quantity_t'
      : 'share';
  const by = new Map<string, number>();
  for (const r of shown) {
    const name = String(r.exporter ?? r.country);
    by.set(name, (by.get(name) ?? 0) + Number(r[key]));
  }
  const world = by.get('WLD') ?? 0;
  by.delete('WLD');
  const sum = [...by.values()].reduce((a, b) => a + b, 0);
  const whole = key === 'share' ? (sum > 1 + 1e-9 ? sum : 1) : Math.max(world, sum);
  by.delete('OTH');
  const own = by.get(country)!;
  const published = shown.find((r) => r.country === country)?.share;
  if (column === 'share' && own === 0 && published) return Number(published);
  if (column === 'ranked') return [...by.values()].filter((size) => size > 0).length;
  if (column.endsWith('rank')) return 1 + [...by.values()].filter((size) => size > own).length;
  if (column === 'total_t') return whole;
  if (column === 'share_of_published') return own / world;
  return column.endsWith('share') ? own / whole : own;
}

describe('what stands behind a profile', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it.each(['KAZ', 'CHL', 'RUS'])('is worked again, every figure of it: %s', async (country) => {
    const params = profileQuestion.params.parse({ country, list: 'uk-2024' });
    const answer = await profileQuestion.answer(params, world);
    const done = new Set<string>();
    for (const [row, cells] of answer.rows.entries())
      for (const { name: column } of answer.columns) {
        const explained = await profileQuestion.explain!({ row, column }, answer, params, world);
        const { formula, behind, inputs } = explained;
        const value = cells[column];
        const where = `${column} of ${cells.mineral} ${cells.stage} ${cells.source}: ${formula ?? behind}`;
        if (formula === null) {
          expect(behind, where).toMatch(/\.$/);
          expect(typeof value === 'number' && !/year$/.test(column), where).toBe(false);
          continue;
        }
        done.add(column);
        const table = tables[column.split('_')[0]!] ?? 'production';
        expect(
          inputs.map((i) => i.table),
          where,
        ).toEqual([table]);
        expect(closeTo(resultOf(formula), value as number), where).toBe(true);
        expect(closeTo(again(column, country, inputs[0]!.rows), value as number), where).toBe(true);
        if (/share/.test(column) && !formula.includes('as published'))
          expect(closeTo(workedFormula(formula), value as number), where).toBe(true);
      }
    expect([...done]).toEqual(
      expect.arrayContaining(['share', 'rank', 'total_t', 'reserves_share', 'export_share', 'export_rank']),
    );
  });

  it('is, by a lens, in the command it names', async () => {
    const params = profileQuestion.params.parse({ country: 'CHL', mineral: ['lithium'], lens: 'traced' });
    const answer = await profileQuestion.answer(params, world);
    const row = answer.rows.findIndex((r) => Number(r.supply_share) > 0);
    const cells = answer.rows[row]!;
    const { behind, formula } = await profileQuestion.explain!(
      { row, column: 'supply_share' },
      answer,
      params,
      world,
    );
    expect(formula).toBeNull();
    const [, forWhom, mineral, stage, year] =
      /headwater origins --for (\w+) --mineral (\w+) --stage (\w+) --year (\d+) shows/.exec(behind!)!;
    const asked = { for: [forWhom], mineral: [mineral], stage: [stage], year: [year] };
    const { rows } = await originsQuestion.answer(originsQuestion.params.parse(asked), world);
    expect(rows.find((r) => r.country === 'CHL')!.traced_share).toBeCloseTo(cells.supply_share as number, 12);
  });
});

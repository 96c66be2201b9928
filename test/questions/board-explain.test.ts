import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardQuestion } from '../../src/questions/board.ts';
import { explainBoard } from '../../src/questions/board-explain.ts';
import { boardView } from '../../src/questions/board-view.ts';
import type { Answer, AnswerRow } from '../../src/questions/question.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';

describe('the flows behind a board', () => {
  let world: OpenWorld;
  let answer: Answer;
  beforeAll(async () => {
    world = await openWorld({ data: join(import.meta.dirname, '../../example/world') });
    answer = await boardQuestion.answer(boardQuestion.params.parse({ for: 'ALD' }), world);
  });
  afterAll(() => world.close());

  it('give the shares of the board again, by a second route', async () => {
    let checked = 0;
    for (const [row, cells] of answer.rows.entries())
      for (const column of ['top_share', 'second_share']) {
        if (typeof cells[column] !== 'number') continue;
        const { formula, inputs } = await explainBoard({ row, column }, answer, { for: 'ALD' }, world);
        expect(Number(formula.split(' = ').at(-1))).toBeCloseTo(cells[column], 12);
        expect(inputs[0]!.rows.length).toBeGreaterThan(0);
        checked++;
      }
    expect(checked).toBeGreaterThan(0);
  });

  it('are those of dispatch where that is the lens, and not claimed for an eight-digit code', async () => {
    const snapshot = await openWorld();
    const asked = { for: 'GBR', lens: 'dispatch', mineral: ['niobium', 'gallium'], stage: ['refine'] };
    const found = await boardQuestion.answer(boardQuestion.params.parse(asked), snapshot);
    const formulaOf = async (hs6: string, mineral: string) => {
      const row = found.rows.findIndex((r) => r.hs6 === hs6 && r.mineral === mineral && r.top_share !== null);
      const { formula } = await explainBoard({ row, column: 'top_share' }, found, { for: 'GBR' }, snapshot);
      return { formula, share: found.rows[row]!.top_share as number };
    };
    const niobium = await formulaOf('720293', 'niobium');
    expect(niobium.formula).toContain('imports from NLD');
    expect(Number(niobium.formula.split(' = ').at(-1))).toBeCloseTo(niobium.share, 12);
    expect((await formulaOf('811292', 'gallium')).formula).toMatch(/eight-digit code within 811292/);
    snapshot.close();
  });

  it('are not claimed where there are none', async () => {
    const row = { lens: 'declared', hs6: null, year: null, source: null };
    const nothing = await explainBoard(
      { row: 0, column: 'top_share' },
      { ...answer, rows: [row] },
      { for: 'ALD' },
      world,
    );
    expect(nothing).toEqual({
      formula: 'no flow in the table trade_flow stands behind this row',
      inputs: [{ table: 'trade_flow', rows: [] }],
    });
    const traced = { ...row, lens: 'traced' };
    const other = await explainBoard(
      { row: 0, column: 'top_share' },
      { ...answer, rows: [traced] },
      { for: 'ALD' },
      world,
    );
    expect(other.formula).toContain('headwater origins');
  });
});

describe('the view of a board', () => {
  const row = (
    mineral: string,
    top_share: number | null,
    over_cap: boolean | null,
    more: AnswerRow = {},
  ): AnswerRow => ({
    mineral,
    stage: 'mine',
    top_share,
    over_cap,
    year: 2024,
    verdict_depends: null,
    ...more,
  });
  const rows = [
    row('flint', 0.9, true, { verdict_depends: true, over_lenses: 'declared' }),
    row('slate', 0.3, false),
    row('chalk', null, null, { evidence: 'basket' }),
    row('jet', null, null, { supply_usd: 0 }),
    row('amber', null, null, { evidence: 'none' }),
    row('opal', null, null, { evidence: 'partial' }),
    row('flint', null, null, { evidence: 'none', hs6: '250000' }),
    row('onyx', null, null, { evidence: 'none', declared_share: 0.4 }),
  ];
  const scope = { name: 'Alder', lens: 'declared', cap: 0.6, capYear: 2035 };

  it('says how many are over, of how many known, by which lens and when', () => {
    const { headline, sections, after } = boardView(rows, scope);
    expect(headline![0]!.replaceAll('\u00a0', ' ')).toBe(
      'Alder: 1 of 2 mineral stages with a known share come for more than 60 % from one country, by declared origin, 2024 (the rule is for 2035).',
    );
    expect(headline![1]).toBe(
      'For 1 of them over or within depends on the lens. Over by declared origin only: flint (mine).',
    );
    expect(sections!.map((s) => s.rows)).toEqual([[0], [1]]);
    expect(after).toEqual([
      'Hidden in codes that hold several minerals: chalk (mine).',
      'No imports recorded: jet (mine).',
      'Below the cut of a truncated series, so small but not zero: opal (mine).',
      'Bought, but not known by this lens (each row’s note says why): onyx (mine).',
      'Shown by some of their codes only, the others have no open data: flint (mine).',
      'No open data in use: amber (mine).',
      'headwater coverage --missing names what would fill the gaps.',
    ]);
  });

  it('says over only where the whole range is, and names what depends', () => {
    const open = row('shale', 0.7, true, { verdict: 'depends' });
    const { headline, sections } = boardView([...rows, open], { ...scope, lens: 'traced' });
    expect(headline![0]).toMatch(/^Alder: 1 of 3 .* from one country, whatever is chosen, traced to /);
    expect(headline![1]).toBe('For 1 more that depends on a choice or on what is unknown: shale (mine).');
    expect(sections!.map((s) => s.rows)).toEqual([[0], [rows.length], [1]]);
  });

  it('judges nothing without a limit', () => {
    const judged = rows.slice(0, 2).map((r) => ({ ...r, over_cap: null }));
    const { headline, sections } = boardView(judged, { ...scope, cap: null, capYear: null });
    expect(headline).toEqual(['Alder: who supplies 2 mineral stages, by declared origin, 2024.']);
    expect(sections).toEqual([{ title: '', rows: [0, 1] }]);
  });
});

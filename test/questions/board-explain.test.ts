import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardQuestion } from '../../src/questions/board.ts';
import { boardView } from '../../src/questions/board-view.ts';
import { originsQuestion } from '../../src/questions/origins.ts';
import type { Answer, AnswerRow, Explanation } from '../../src/questions/question.ts';
import { notFromRows } from '../../src/questions/worked.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';
import { closeTo, resultOf, workedFormula } from '../support/worked-formula.ts';

/** Columns with a figure that is worked from rows or from the row's other cells, wherever the figure is not of a network. */
const fromRows =
  'top_share second_share third_share hhi suppliers supply_usd supply_t domestic_t declared_share dispatch_share top_low top_high headroom over_cap cap'.split(
    ' ',
  );

/** Amounts by country of what an explanation shows as behind a cell: another route than the question's. */
function amounts(inputs: Explanation['inputs'], weight: string): Map<string, number> {
  const rowsOf = (table: string) => inputs.find((i) => i.table === table)?.rows ?? [];
  const code = new Map(rowsOf('hs6_mineral').map((r) => [r.hs6, r]));
  const by = new Map<string, number>();
  for (const r of [...rowsOf('trade_flow'), ...rowsOf('uk_trade_month')]) {
    const { share_of_code, metal_content } = code.get(r.hs6!) ?? {};
    const part = Number(r.cn8 ? 1 : (share_of_code ?? 1));
    const size = Number(weight === 'value' ? r.value_usd : r.quantity_t) * part;
    const country = String(r.exporter ?? r.partner);
    by.set(country, (by.get(country) ?? 0) + size * Number(weight === 'value' ? 1 : (metal_content ?? 1)));
  }
  return by;
}

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

/** A cell again, from the rows shown with it; undefined for one that is worked from its row alone. */
function again(column: string, row: AnswerRow, { inputs }: Explanation, weight: string): number | undefined {
  const [first] = inputs[0]?.rows ?? [];
  if (column === 'domestic_t') return first!.quantity_t as number;
  if (column === 'cap') return first!.value as number;
  if (column === 'headroom' || column === 'over_cap' || column === 'top_low') return undefined;
  if (column === 'supply_usd' || column === 'supply_t')
    return sum(amounts(inputs, column === 'supply_usd' ? 'value' : 'quantity').values());
  const usable = sum(amounts(inputs, weight).values()) > 0;
  const by = amounts(inputs, usable ? weight : weight === 'value' ? 'quantity' : 'value');
  const parts = [...by.values()].filter((size) => size > 0);
  if (column === 'suppliers') return parts.length;
  if (column === 'hhi') return sum(parts.map((p) => (p / sum(parts)) ** 2));
  const country = row[column === 'top_high' ? 'top_country' : column.replace('_share', '_country')];
  return by.get(String(country))! / sum(parts);
}

removeFoldersAfterwards();

describe('what stands behind a board', () => {
  let world: OpenWorld;
  let laidOver: OpenWorld;
  beforeAll(async () => {
    world = await openWorld();
    const own = folder({
      'trade_flow.csv':
        'year,exporter,importer,hs6,basis,source,value_usd,quantity_t\n2024,CAN,GBR,720293,reconciled,mycustoms,5430000,100\n',
    });
    laidOver = await openWorld({ with: own });
  });
  afterAll(async () => {
    await world.close();
    await laidOver.close();
  });

  /** Explains every cell of a board; says which columns had a formula, after working each one again. */
  async function workedColumns(of: OpenWorld, asked: Record<string, unknown>): Promise<Set<string>> {
    const params = boardQuestion.params.parse(asked);
    const answer = await boardQuestion.answer(params, of);
    const done = new Set<string>();
    for (const [row, cells] of answer.rows.entries())
      for (const { name: column } of answer.columns) {
        const value = cells[column] ?? null;
        const explained = await boardQuestion.explain!({ row, column }, answer, params, of);
        const where = `${column} of ${cells.mineral} ${cells.stage} ${cells.hs6} ${cells.year} ${cells.lens}`;
        if (explained.formula === null) {
          expect(explained.behind, where).toMatch(/\.$/);
          expect(explained.behind, where).not.toMatch(/\b(null|undefined|NaN)\b/);
          const network = column.startsWith('traced') || column.startsWith('controlled');
          if (value !== null && fromRows.includes(column) && !(column === 'cap' && asked.cap))
            expect(['traced', 'controlled'], where).toContain(cells.lens);
          if (network) expect(explained.behind, where).toContain('headwater origins');
          if (network) expect(explained.inputs, where).toEqual([]);
          continue;
        }
        done.add(column);
        expect(explained.formula.startsWith(`${column} = `), where).toBe(true);
        if (typeof value !== 'number') continue;
        expect(closeTo(resultOf(explained.formula), value), `${where}: ${explained.formula}`).toBe(true);
        if (/_share$|headroom|top_low/.test(column))
          expect(closeTo(workedFormula(explained.formula), value), explained.formula).toBe(true);
        const found = again(column, cells, explained, String(asked.weight ?? 'value'));
        if (found !== undefined) expect(closeTo(found, value), `${where}: ${found} not ${value}`).toBe(true);
        const kinds = explained.inputs.flatMap((i) => i.rows.flatMap((r) => (r.basis as string) ?? []));
        if (/^dispatch_/.test(column)) for (const basis of kinds) expect(basis, where).toBe('dispatch');
        if (/^declared_/.test(column)) expect(kinds, where).not.toContain('dispatch');
      }
    return done;
  }

  const minerals = ['niobium', 'gallium', 'lithium', 'platinum'];
  const lenses = ['declared', 'dispatch', 'traced', 'controlled'];
  it.each(lenses.flatMap((lens) => ['value', 'quantity'].map((weight) => ({ lens, weight }))))(
    'is worked again, every figure of it: %j',
    async ({ lens, weight }) => {
      const done = await workedColumns(world, { for: 'GBR', mineral: minerals, lens, weight });
      expect([...done]).toEqual(
        expect.arrayContaining(['declared_share', 'dispatch_share', 'headroom', 'cap']),
      );
      if (lens === 'declared')
        expect([...done]).toEqual(expect.arrayContaining(['hhi', 'supply_usd', 'supply_t', 'suppliers']));
    },
  );

  it('is worked again for a bloc, for another country, for a truncated year and for a code asked for', async () => {
    await workedColumns(world, { for: 'EUU', mineral: ['niobium'], cap: 0.5 });
    await workedColumns(world, { for: 'JPN', mineral: ['gallium'], weight: 'quantity' });
    const partial = await workedColumns(world, { for: 'JPN', mineral: ['copper'], year: ['2023'], cap: 0.4 });
    expect([...partial]).toContain('top_low');
    await workedColumns(world, { for: 'GBR', hs6: ['720293', '810320'] });
    await workedColumns(world, { for: 'GBR', mineral: ['lithium'], risk: true });
  });

  it('is the own row and the others beside it, where one is laid over', async () => {
    const params = boardQuestion.params.parse({ for: 'GBR', mineral: ['niobium'] });
    const answer = await boardQuestion.answer(params, laidOver);
    const explained = await boardQuestion.explain!({ row: 0, column: 'top_share' }, answer, params, laidOver);
    const flows = explained.inputs.find((i) => i.table === 'trade_flow')!.rows;
    expect(flows.map((f) => [f.exporter, f.source])).toEqual(
      expect.arrayContaining([
        ['CAN', 'mycustoms'],
        ['BRA', 'baci'],
      ]),
    );
    expect(explained.sources).toEqual(expect.arrayContaining(['baci', 'mycustoms']));
    for (const lens of lenses) await workedColumns(laidOver, { for: 'GBR', mineral: ['niobium'], lens });
  });

  it('is the months of the eight-digit code where only that tells the mineral apart', async () => {
    const params = boardQuestion.params.parse({
      for: 'GBR',
      mineral: ['gallium'],
      stage: ['refine'],
      lens: 'dispatch',
    });
    const answer = await boardQuestion.answer(params, world);
    const row = answer.rows.findIndex((r) => r.dispatch_share !== null);
    const { inputs } = await boardQuestion.explain!({ row, column: 'dispatch_share' }, answer, params, world);
    expect(inputs[0]!.table).toBe('uk_trade_month');
    expect(new Set(inputs[0]!.rows.map((r) => r.cn8)).size).toBe(1);
  });

  it.each([
    ['traced', ''],
    ['controlled', ' --lens controlled'],
  ])('is, for %s, in the command it names', async (lens, option) => {
    const params = boardQuestion.params.parse({ for: 'GBR', mineral: ['lithium', 'cobalt'] });
    const answer = await boardQuestion.answer(params, world);
    let checked = 0;
    for (const [row, cells] of answer.rows.entries()) {
      const share = cells[`${lens}_share`];
      if (typeof share !== 'number') continue;
      const { behind } = await boardQuestion.explain!(
        { row, column: `${lens}_share` },
        answer,
        params,
        world,
      );
      const command = /headwater origins .*?(?= shows)/.exec(behind!)![0];
      expect(command).toBe(
        `headwater origins --for GBR --mineral ${cells.mineral} --stage ${cells.stage} --year ${cells.year}${option}`,
      );
      const asked = {
        for: ['GBR'],
        mineral: [cells.mineral],
        stage: [cells.stage],
        year: [String(cells.year)],
        lens,
      };
      const found = await originsQuestion.answer(originsQuestion.params.parse(asked), world);
      const own = found.rows.find((r) => r.country === cells[`${lens}_country`]);
      expect(own!.traced_share).toBeCloseTo(share, 12);
      if (lens === 'traced')
        for (const end of ['low', 'high'])
          expect(own![`${end}_share`]).toBeCloseTo(cells[`traced_${end}`] as number, 12);
      else expect(own!.unattributed_share).toBeCloseTo(cells.controlled_unattributed as number, 12);
      checked++;
    }
    expect(checked).toBeGreaterThan(0);
  });

  it('does not send for the whole range of a controlled share to one method’s', async () => {
    const params = boardQuestion.params.parse({ for: 'GBR', mineral: ['cobalt'], stage: ['mine'] });
    const answer = await boardQuestion.answer(params, world);
    const row = answer.rows.findIndex((r) => r.controlled_high !== null);
    const { behind } = await boardQuestion.explain!(
      { row, column: 'controlled_high' },
      answer,
      params,
      world,
    );
    expect(behind).toContain('shows the range of one method and weight');
  });

  it('is nothing where nothing is known, and not a guess', async () => {
    const params = boardQuestion.params.parse({ for: 'GBR', mineral: ['niobium'] });
    const answer = await boardQuestion.answer(params, world);
    const row = answer.rows.findIndex((r) => r.top_share === null);
    const explained = await boardQuestion.explain!({ row, column: 'top_share' }, answer, params, world);
    expect(explained).toMatchObject({ formula: null, inputs: [] });
    expect(explained.behind).toContain(String(answer.rows[row]!.note));
    const other: Answer = { ...answer, rows: [{ ...answer.rows[0]!, top_share: 0.5 }] };
    const untrue = await boardQuestion.explain!({ row: 0, column: 'top_share' }, other, params, world);
    expect(untrue).toMatchObject({ formula: null, behind: notFromRows });
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
      'For 1 of the 2 over or within depends on the lens. Over by declared origin only: flint (mine).',
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

  it('counts each stage once where several years are asked for, by its newest', () => {
    const years = [2022, 2023, 2024].flatMap((year) => [
      row('flint', 0.5 + (year - 2022) / 10, year > 2023, { year, hs6: '250000' }),
      ...(year < 2024 ? [row('slate', 0.3, false, { year, hs6: '260000' })] : []),
    ]);
    const { headline, sections } = boardView(years, scope);
    expect(headline![0]!.replaceAll('\u00a0', ' ')).toContain(
      'Alder: 1 of 2 mineral stages with a known share',
    );
    expect(sections!.flatMap((s) => s.rows)).toHaveLength(5);
  });

  it('judges nothing without a limit', () => {
    const judged = rows.slice(0, 2).map((r) => ({ ...r, over_cap: null }));
    const { headline, sections } = boardView(judged, { ...scope, cap: null, capYear: null });
    expect(headline).toEqual(['Alder: who supplies 2 mineral stages, by declared origin, 2024.']);
    expect(sections).toEqual([{ title: '', rows: [0, 1] }]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardQuestion } from '../../src/questions/board.ts';
import { concentrationQuestion } from '../../src/questions/concentration.ts';
import { profileQuestion } from '../../src/questions/profile.ts';
import type { AnswerRow, Question } from '../../src/questions/question.ts';
import { readParams } from '../../src/questions/read-params.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';

/** Figures that publishers or others print, out of the shipped snapshot by the questions people ask. */
let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ask = async (question: unknown, typed: Record<string, string[]>): Promise<AnswerRow[]> => {
  const asked = question as Question;
  return (
    await asked.answer(
      readParams(asked, typed, (f) => `--${f.option}`),
      world,
    )
  ).rows;
};

describe('imports below the cut of a truncated series', () => {
  it('are unknown, not zero: UK copper ore is not among the two hundred largest flows of the world', async () => {
    const copper = { for: ['GBR'], mineral: ['copper'], stage: ['mine'], year: ['2024'] };
    const [declared] = await ask(boardQuestion, copper);
    expect(declared).toMatchObject({ hs6: '260300', supply_usd: null, top_share: null, evidence: 'partial' });
    expect(declared!.note).toContain('small, not zero');
    const [traced] = await ask(boardQuestion, { ...copper, lens: ['traced'] });
    expect(traced).toMatchObject({ top_share: null, evidence: 'partial' });
    expect(traced!.note).toContain('small, not zero');
  });
});

describe('UK imports 2024 by origin (BACI V202601, by value)', () => {
  let rows: AnswerRow[];
  beforeAll(async () => {
    rows = await ask(boardQuestion, { for: ['GBR'], year: ['2024'] });
  });
  it.each([
    ['copper', 'refine', 'BEL', 99.3],
    ['boron', 'mine', 'TUR', 90],
    ['magnesium', 'refine', 'CHN', 82],
    ['lithium', 'compound', 'CHL', 81],
    ['tungsten', 'refine', 'CHN', 80],
    ['niobium', 'refine', 'BRA', 76],
    ['tantalum', 'refine', 'CHN', 72],
    ['rare_earths', 'product', 'CHN', 68],
    ['cobalt', 'compound', 'FIN', 62],
    ['nickel', 'refine', 'NOR', 46],
  ])('%s %s: %s %d %%', (mineral, stage, country, percent) => {
    const found = rows.filter((r) => r.mineral === mineral && r.stage === stage && r.top_share !== null);
    const row = found.find((r) => r.top_country === country);
    expect(row?.year).toBe(2024);
    expect(row?.evidence).toBe('complete');
    expect(Math.abs(Number(row?.top_share) * 100 - percent)).toBeLessThan(percent % 1 ? 0.05 : 0.5);
  });

  it.each([
    ['niobium', 'NLD', 90.8],
    ['lithium', 'NLD', 63.0],
    ['antimony', 'NLD', 67],
  ])('beside it by dispatch (HMRC, July 2024 to June 2025): %s %s %d %%', (mineral, country, percent) => {
    const row = rows.find((r) => r.mineral === mineral && r.dispatch_country === country)!;
    expect(row.dispatch_period).toBe('2024-07/2025-06');
    expect(Math.abs(Number(row.dispatch_share) * 100 - percent)).toBeLessThan(percent % 1 ? 0.05 : 0.5);
  });
});

describe('world output', () => {
  it.each([
    ['rare_earths', 'mine', '2024', 'usgs_mcs', 'CHN', 71.1],
    ['cobalt', 'mine', '2024', 'usgs_mcs', 'COD', 74.8],
    ['niobium', 'mine', '2024', 'usgs_mcs', 'BRA', 92.9],
    ['platinum', 'mine', '2024', 'usgs_mcs', 'ZAF', 70.4],
    ['gallium', 'refine', '2024', 'usgs_mcs', 'CHN', 98.9],
    ['uranium', 'mine', '2022', 'wna', 'KAZ', 42.8],
    ['uranium', 'mine', '2023', 'wna', 'KAZ', 38.8],
    ['uranium', 'mine', '2024', 'wna', 'KAZ', 38.6],
  ])(
    '%s %s %s, %s: %s has %d %% of the published total',
    async (mineral, stage, year, source, country, percent) => {
      const rows = await ask(concentrationQuestion, {
        mineral: [mineral],
        stage: [stage],
        year: [year],
        source: [source],
      });
      expect(rows[0]!.cr1_country).toBe(country);
      const share = Number(rows[0]!.cr1_of_published ?? rows[0]!.cr1) * 100;
      expect(Math.abs(share - percent)).toBeLessThan(0.05);
    },
  );

  it.each([
    ['titanium', 'refine', 4, 5.0],
    ['chromium', 'mine', 3, 12.3],
    ['copper', 'mine', null, 3.1],
    ['zinc', 'mine', null, 3.2],
  ])('Kazakhstan 2024 (USGS MCS 2026): %s %s, place %s, %d %%', async (mineral, stage, rank, percent) => {
    const rows = await ask(profileQuestion, { country: ['KAZ'], mineral: [mineral], year: ['2024'] });
    const row = rows.find((r) => r.stage === stage && r.source === 'usgs_mcs')!;
    if (rank !== null) expect(row.rank).toBe(rank);
    const share = Number(row.share_of_published ?? row.share) * 100;
    expect(Math.abs(share - percent)).toBeLessThan(0.05);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, AnswerRow } from '../../src/questions/question.ts';
import { riskQuestion } from '../../src/questions/risk.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { production } from '../../src/tables/quantities.ts';

/** What the shipped data give, held against what the studies publish. The misses are told one by one in the docs. */

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ask = (params: Record<string, unknown>): Promise<Answer> =>
  riskQuestion.answer(riskQuestion.params.parse(params), world);
const number = (v: unknown) => v as number;
const offBy = (row: AnswerRow, name: string) =>
  Math.abs(number(row[name]) - number(row[`${name}_published`]));
const within = (rows: readonly AnswerRow[], name: string, most: number) =>
  rows.filter((r) => offBy(r, name) <= most + 1e-9).length;

describe('EU supply risk 2023 from official shares, t and WGI', () => {
  let rows: AnswerRow[];
  beforeAll(async () => {
    rows = (await ask({ method: 'eu_sr' })).rows;
  });

  it('scores 124 stages of 86 materials, and says of the others what is missing', () => {
    const scored = rows.filter((r) => r.sr !== null);
    expect(scored).toHaveLength(124);
    expect(new Set(scored.map((r) => r.mineral)).size).toBe(86);
    for (const r of rows.filter((row) => row.sr === null)) expect(r.note).toBeTruthy();
  });

  it('is within ±0.1 of the published score in 55 of the 66 stages whose score is published, ±0.05 in 46', () => {
    const scored = rows.filter((r) => r.bottleneck && r.sr !== null && r.sr_published !== null);
    expect(scored).toHaveLength(66);
    expect(within(scored, 'sr', 0.1)).toBe(55);
    expect(within(scored, 'sr', 0.05)).toBe(46);
    const misses = scored.filter((r) => offBy(r, 'sr') > 0.1).map((r) => `${r.mineral} ${r.stage}`);
    expect(misses).toEqual([
      'arsenic refine',
      'beryllium mine',
      'chromium mine',
      'germanium refine',
      'kaolin mine',
      'lithium refine',
      'perlite mine',
      'phosphate mine',
      'silver mine',
      'tantalum mine',
      'vanadium mine',
    ]);
  });

  it('meets the group averages of platinum metals (2.7) and light rare earths (3.7) within ±0.1', () => {
    const mean = (minerals: string[]) => {
      const of = minerals.map((m) => number(rows.find((r) => r.mineral === m && r.bottleneck)!.sr));
      return of.reduce((a, b) => a + b) / of.length;
    };
    expect(Math.abs(mean(['iridium', 'palladium', 'platinum', 'rhodium', 'ruthenium']) - 2.7)).toBeLessThan(
      0.1,
    );
    const light = ['cerium', 'lanthanum', 'neodymium', 'praseodymium', 'samarium'];
    expect(Math.abs(mean(light) - 3.7)).toBeLessThan(0.1);
  });

  it('follows from the row’s own terms', () => {
    for (const r of rows.filter((row) => row.sr !== null)) {
      const [g, e] = [r.hhi_wgi_global as number | null, r.hhi_wgi_sourcing as number | null];
      const one = r.scope === 'GS' ? (g ?? e) : r.scope === 'EU' ? (e ?? g) : null;
      const both = () => g! * (number(r.import_reliance) / 2) + e! * (1 - number(r.import_reliance) / 2);
      const hhi = one ?? (g === null ? e! : e === null ? g : both());
      expect(number(r.sr)).toBeCloseTo((hhi / 1e4) * (1 - number(r.eol_rir)) * number(r.si_sr), 12);
    }
  });
});

describe('EU supply risk 2017 from the printed concentrations', () => {
  it('holds the printed score for every material, as far as inputs of one decimal can tell', async () => {
    const { rows } = await ask({ method: 'eu_sr', year: ['2017'] });
    const scored = rows.filter((r) => r.sr !== null && r.sr_published !== null);
    expect(scored).toHaveLength(78);
    const outside = scored.filter((r) => {
      // concentrations and the index are printed to one decimal, import reliance and recycling to one per cent
      const room = 0.05 / (number(r.sr) / ((1 - number(r.eol_rir)) * number(r.si_sr)) || 1);
      const relative = Math.min(1, room) + 0.05 / number(r.si_sr) + 0.01;
      return offBy(r, 'sr') > 0.05 + number(r.sr) * relative + 0.005;
    });
    expect(outside.map((r) => `${r.mineral} ${r.stage} ${r.sr} ${r.sr_published}`)).toEqual([]);
    expect(within(scored, 'sr', 0.1)).toBeGreaterThanOrEqual(60);
  });
});

describe('EU economic importance 2023', () => {
  it('is within ±0.05 of the published in 22 of 40 materials with uses, ±0.1 in 25', async () => {
    const { rows } = await ask({ method: 'eu_ei' });
    const scored = rows.filter((r) => r.ei !== null && r.ei_published !== null);
    expect(scored).toHaveLength(40);
    expect(within(scored, 'ei', 0.05)).toBe(22);
    expect(within(scored, 'ei', 0.1)).toBe(25);
  });
});

describe('GeoPolRisk on the shipped data', () => {
  it('has a concentration that follows from the rows of USGS, IEA and EU tables, by a second route', async () => {
    const { rows } = await ask({ method: 'geopolrisk', for: ['GBR', 'EUU'], year: ['2020', '2024'] });
    const output = await world.load(production);
    const sources = new Set<unknown>();
    let checked = 0;
    for (const r of rows.filter((row) => row.hhi !== null)) {
      const of = output.filter(
        (p) =>
          p.mineral === r.mineral &&
          p.stage === r.stage &&
          p.year === r.year &&
          p.source === r.production_source,
      );
      const inTonnes = of.some((p) => (p.quantity_t ?? 0) > 0);
      const size = (p: (typeof of)[number]) => (inTonnes ? p.quantity_t : p.share) ?? 0;
      const rest = of.filter((p) => p.country !== 'WLD').reduce((s, p) => s + size(p), 0);
      const total = Math.max(rest, ...of.filter((p) => p.country === 'WLD').map(size), inTonnes ? 0 : 1);
      const named = of.filter((p) => p.country !== 'WLD' && p.country !== 'OTH');
      expect(number(r.hhi)).toBeCloseTo(
        named.reduce((s, p) => s + (size(p) / total) ** 2, 0),
        9,
      );
      sources.add(r.production_source);
      checked++;
    }
    expect(checked).toBeGreaterThan(20);
    expect([...sources]).toEqual(expect.arrayContaining(['usgs_mcs', 'iea_cm', 'eu_crm_2023']));
  });

  it('says which year’s stability stands in, and takes the year itself where it is asked for', async () => {
    const [mineral, stage] = [['graphite'], ['mine']];
    const newest = await ask({ method: 'geopolrisk', for: ['GBR'], mineral, stage });
    expect(newest.rows[0]).toMatchObject({ year: 2024, governance_year: 2023 });
    expect(newest.notes.map((n) => n.code)).toContain('governance_year');
    const asked = await ask({ method: 'geopolrisk', for: ['GBR'], mineral, stage, year: ['2024'] });
    expect(asked.rows[0]).toMatchObject({ year: 2024, governance_year: 2024, import_risk: 0.5 });
    expect(asked.notes.map((n) => n.code)).toContain('governance_missing');
  });

  it('scores EU graphite higher when trade inside the EU no longer dilutes it', async () => {
    const [mineral, stage] = [['graphite'], ['mine']];
    const ours = (await ask({ method: 'geopolrisk', for: ['EUU'], mineral, stage })).rows[0]!;
    const published = (await ask({ method: 'geopolrisk', for: ['EUU'], mineral, stage, compat: true }))
      .rows[0]!;
    expect(ours.weighted_t).toBe(published.weighted_t);
    expect(number(ours.import_risk)).toBeGreaterThan(1.3 * number(published.import_risk));
  });
});

describe('the methods side by side', () => {
  it('correlates every pair, and explains the widest disagreements by their terms', async () => {
    const { rows, notes } = await ask({ method: 'compare', for: ['GBR'] });
    const correlations = notes.filter((n) => n.code === 'rank_correlation');
    expect(correlations).toHaveLength(10);
    for (const n of correlations) expect(Math.abs(n.value!)).toBeLessThanOrEqual(1);
    const ranked = rows.filter((r) => r.rank_gap !== null);
    expect(ranked.length).toBeGreaterThanOrEqual(10);
    const gaps = ranked.map((r) => Math.abs(number(r.rank_gap)));
    expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
    for (const r of ranked.filter((row) => row.rank_gap !== 0)) {
      expect(r.why).toMatch(/^GeoPolRisk (low|high) by .+ \(place [\d.]+ of \d+\); EU (high|low) by .+/);
      expect(String(r.why).startsWith('GeoPolRisk low')).toBe(number(r.rank_gap) > 0);
    }
    for (const r of rows.filter((row) => row.rank_gap === null)) expect(r.note).toBeTruthy();
  });
});

describe('GeoPolRisk where trade is not in tonnes', () => {
  it('is unknown, not 0: in a year without tonnes, and for codes whose trade is not in the data', async () => {
    for (const year of ['2022', '2024']) {
      const { rows, notes } = await ask({ method: 'geopolrisk', for: ['USA'], year: [year] });
      const silent = rows.filter((r) => String(r.note).includes('imports in tonnes unknown'));
      expect(silent.length).toBeGreaterThan(20);
      for (const r of silent) expect([r.score, r.import_risk, r.imports_t]).toEqual([null, null, null]);
      expect(notes.find((n) => n.code === 'no_tonnes')!.rows).toHaveLength(silent.length);
      expect(rows.filter((r) => r.score === 0)).toEqual([]);
    }
  });

  it('is 0 by the published rules', async () => {
    const asked = { method: 'geopolrisk', for: ['USA'], year: ['2022'], compat: true };
    expect((await ask(asked)).rows.some((r) => r.score === 0)).toBe(true);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from '../../src/web/charts/lines.ts';
import { sankey } from '../../src/web/charts/sankey.ts';
import { ruleWords } from '../../src/web/format.ts';
import {
  outputShades,
  outputSteps,
  priceFinding,
  priceSeries,
  withBreaks,
} from '../../src/web/pages/mineral-views.ts';
import { held } from '../../src/web/pages/origin-views.ts';
import { chainOf, followedShare, keyOfPath } from '../../src/web/pages/path-views.ts';
import { heatRows, indices, placesOf, termsOf } from '../../src/web/pages/risk-views.ts';
import { happeningsOf } from '../../src/web/pages/timeline-views.ts';
import { cited } from '../../src/web/parts/cited.ts';

const nameOf = (code: unknown) => `<${code}>`;
const path = (country: string, through: string, share: number, followed = true, unrecorded = 0) => ({
  for: 'GBR',
  country,
  through_country: through,
  traced_t: 100 * share,
  traced_share: share,
  unrecorded_t: 100 * unrecorded,
  followed,
});

describe('the line of sources under a chart', () => {
  const sources = ['a', 'b', 'c', 'd', 'e'].map((id) => ({
    id,
    title: `Title ${id}: more`,
    release: '2024',
  }));

  it('names the sources of what is drawn, wherever they stand among those of the answer', () => {
    expect(cited(sources, ['e', 'b', 'b', null])).toBe('Sources: Title b, 2024; Title e, 2024.');
    expect(cited(sources, ['a;d'])).toBe('Sources: Title a, 2024; Title d, 2024.');
  });

  it('names all of them where the rows name none, one title once', () =>
    expect(cited([...sources, { ...sources[0]!, id: 'f' }])).toBe(
      `Sources: ${['a', 'b', 'c', 'd', 'e'].map((id) => `Title ${id}, 2024`).join('; ')}.`,
    ));
});

describe('rules of the register', () => {
  it('are told with per cent or tonnes, other titles as they are', () => {
    const words = (title: string) => ruleWords(title).replaceAll('\u00a0', ' ');
    expect(words('Vision: domestic output min >= 50000 (each mineral)')).toBe(
      'Vision: domestic output at least 50,000 t (each mineral)',
    );
    expect(words('Act 2023/1542: single country share max <= 0.65 (each mineral)')).toBe(
      'Act 2023/1542: single country share at most 65 % (each mineral)',
    );
    expect(words('Rule: recycled content min >= 0.06')).toBe('Rule: recycled content at least 6 %');
    expect(words('Output of 2024: max 3')).toBe('Output of 2024: max 3');
  });
});

describe('paths from mine to user', () => {
  const rows = [
    path('GIN', 'CHN', 0.5, true, 0.1),
    path('CHN', 'CHN', 0.2),
    path('NOR', 'NOR', 0.29, false),
    path('AUS', 'NOR', 0.01),
  ];

  it('are streams whose widths add up; a maker that also mines is two stations', () => {
    const { stations, streams } = chainOf(rows, nameOf);
    const into = (id: string) => streams.filter((s) => s.target === id).reduce((sum, s) => sum + s.share, 0);
    expect(into('GBR@use')).toBeCloseTo(1, 12);
    expect(into('CHN@make')).toBeCloseTo(0.7, 12);
    expect(stations.map((s) => s.id)).toContain('CHN@mine');
    expect(stations.map((s) => s.id)).toContain('CHN@make');
    expect(streams.find((s) => s.source === 'GIN@mine')).toMatchObject({ share: 0.5 });
    expect(streams.find((s) => s.source === 'GIN@mine')!.unrecorded).toBeCloseTo(0.1, 12);
  });

  it('begin at nobody where they stop at the maker, never at the maker itself', () => {
    const { stations, streams } = chainOf(rows, nameOf);
    expect(stations.find((s) => s.id === '?@mine')).toMatchObject({ country: null, label: 'not known' });
    expect(streams.find((s) => s.source === '?@mine')).toMatchObject({ target: 'NOR@make', share: 0.29 });
    expect(stations.map((s) => s.id)).not.toContain('NOR@mine');
    expect(followedShare(rows)).toBeCloseTo(0.71, 12);
    expect(keyOfPath(rows[2]!)).toBe('?@mine|NOR@make');
  });

  it('put what is small together, and lose nothing', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom('AAA', 'BBB', 'CCC', 'DDD'),
            fc.constantFrom('AAA', 'BBB', 'CCC'),
            fc.double({ min: 1e-6, max: 1, noNaN: true }),
            fc.boolean(),
          ),
          { minLength: 1, maxLength: 12 },
        ),
        (made) => {
          const whole = made.reduce((sum, [, , share]) => sum + share, 0);
          const list = made.map(([c, m, share, followed]) => path(c, m, share / whole, followed));
          const { stations, streams } = chainOf(list, nameOf);
          const last = streams.filter((s) => s.target === 'GBR@use').reduce((sum, s) => sum + s.share, 0);
          expect(last).toBeCloseTo(1, 9);
          // the layout throws on a cycle or an unknown station
          expect(sankey(stations, streams, { about: 'x', columns: ['a', 'b', 'c'] }).svg).not.toMatch(/NaN/);
        },
      ),
    ));
});

describe('series', () => {
  const row = (year: number, source: string, basis = 'content') => ({ year, source, basis, cr1: 0.5 });

  it('are broken where source or basis change', () => {
    const { points, breaks } = withBreaks([
      row(2019, 'a'),
      row(2020, 'a'),
      row(2021, 'b'),
      row(2022, 'b', 'gross'),
    ]);
    expect(points.map((p) => p.x)).toEqual([2019, 2020, 2020.5, 2021, 2021.5, 2022]);
    expect(points.filter((p) => p.y === null).map((p) => p.x)).toEqual([2020.5, 2021.5]);
    expect(breaks.map((b) => b.label)).toEqual(['from here b', 'from here gross']);
    expect(withBreaks([row(2019, 'a'), row(2020, 'a')]).breaks).toEqual([]);
  });
});

describe('the map of output', () => {
  it('hatches what is named without a figure, and leaves out who makes none', () => {
    const rows = [
      { country: 'CHN', share: 0.6 },
      { country: 'JPN', share: 0.005 },
      { country: 'RUS', share: null },
      { country: 'USA', share: 0 },
      { country: 'OTH', share: 0.1 },
    ];
    const shades = outputShades({ stage: 'mine', year: 2024, source: 's', total: 1, rows }, nameOf);
    expect(shades.CHN!.strength).toBe(1);
    expect(shades.JPN!.strength).toBe(outputSteps[0].strength);
    expect(shades.RUS!.strength).toBeNull();
    expect(Object.keys(shades)).not.toContain('USA');
    expect(Object.keys(shades)).not.toContain('OTH');
  });
});

describe('owners', () => {
  it('stand where supply stands until an owner is known', () => {
    const made = held(
      [
        { country: 'KAZ', located_share: 1, traced_share: 0.4, unattributed_share: 0.4 },
        { country: 'CHN', located_share: 0, traced_share: 0.6, unattributed_share: 0 },
        { country: 'RUS', located_share: 0, traced_share: 0 },
      ],
      nameOf,
    );
    expect(made).toEqual([
      { country: 'KAZ', label: '<KAZ>', left: 1, right: 0.4, unrecorded: 0.4 },
      { country: 'CHN', label: '<CHN>', left: 0, right: 0.6, unrecorded: 0 },
    ]);
  });
});

describe('the register', () => {
  it('has lanes by who acts, the busiest first, and nothing without a date', () => {
    const entry = (country: string, date: string | null) => ({
      country,
      date,
      title: 't',
      kind: 'due',
      status: 'in_force',
    });
    const made = happeningsOf(
      [entry('KAZ', '2026'), entry('CHN', '2024'), entry('CHN', '2025'), entry('CHN', null)],
      nameOf,
    );
    expect(made.map((h) => `${h.lane} ${h.date}`)).toEqual(['<CHN> 2024', '<CHN> 2025', '<KAZ> 2026']);
  });
});

describe('labels', () => {
  it('that would pass the foot move up, still apart', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 7 }), (places) => {
        const sorted = spread(places, 13, 100).sort((a, b) => a - b);
        for (let i = 1; i < sorted.length; i++)
          expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThanOrEqual(13);
        for (const y of sorted) expect(y).toBeLessThanOrEqual(100);
      }),
    ));
});

describe('prices', () => {
  const row = (stage: string, source: string, year: number, usd: number | null, market = 'quay') => ({
    stage,
    source,
    country: 'WLD',
    year,
    price_usd_per_t: usd,
    change_per_year: year === 2022 ? 1.5 : null,
    market,
    basis: 'metal',
    status: 'reported',
  });

  it('are drawn from the first series of a stage, as far back as it is of one market', () => {
    const made = priceSeries([
      row('refine', 'a', 2019, 1, 'pier'),
      row('refine', 'a', 2020, 10),
      row('refine', 'a', 2021, null),
      row('refine', 'a', 2022, 25_000),
      row('refine', 'b', 2022, 99),
      row('mine', 'b', 2021, 5),
      row('compound', 'b', 2021, null),
    ]);
    expect(made.map((s) => [s.stage, s.rows.map((r) => r.year)])).toEqual([['refine', [2020, 2021, 2022]]]);
    expect(priceFinding(made[0]!, 'tin')).toBe(
      'A tonne of refined tin cost 25,000 USD in 2022, 2.50 times the price of the year before',
    );
  });
});

describe('risk by several indices', () => {
  const row = (mineral: string, figures: Record<string, number>) => ({ mineral, stage: 'mine', ...figures });
  const rows = [
    row('a', { geopolrisk: 0.1, remaining_share: 0.9 }),
    row('b', { geopolrisk: 0.3, remaining_share: 0.2 }),
    row('c', { geopolrisk: 0.3, remaining_share: 0.5 }),
    row('d', { geopolrisk: 0.2 }),
  ];
  const index = (column: string) => indices.find((i) => i.column === column)!;

  it('gives places from the risky end, equal figures the mean of theirs', () => {
    const of = (column: string) => rows.map((r) => placesOf(rows, index(column)).get(r)?.place ?? null);
    expect(of('geopolrisk')).toEqual([4, 1.5, 1.5, 3]);
    // little left without the largest is the risky end
    expect(of('remaining_share')).toEqual([3, 1, 2, null]);
    expect(of('eu_sr')).toEqual([null, null, null, null]);
  });

  it('maps what two indices score, the riskiest first; what has no score is no colour', () => {
    const made = heatRows(rows, nameOf);
    expect(made.map((m) => m.row.mineral)).toEqual(['b', 'c', 'a']);
    expect(made[0]!.heat.label).toBe('<b>, mined');
    const [risk, sr, , , left] = made[0]!.heat.cells;
    expect(risk).toMatchObject({ words: '1.5', about: '0.300, place 1.5 of 4' });
    expect(sr).toBeNull();
    expect(left!.strength).toBe(1);
    expect(made[2]!.heat.cells[0]!.strength).toBe(0);
  });

  it('says what is behind a score, and nothing for what is not known', () => {
    const made = termsOf({ geopolrisk: 0.4, eol_rir: 0.13, eu_sr: null });
    expect(made.find((t) => t.term === 'input from end-of-life recycling')!.value).toBe('13.0\u00a0%');
    expect(made.find((t) => t.index === 'EU supply risk')!.value).toBeNull();
  });
});

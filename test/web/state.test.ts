import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameInSite } from '../../src/http/name-in-site.ts';
import type { AnswerRow } from '../../src/questions/question.ts';
import { checkFiles, type Dropped } from '../../src/web/own/check-files.ts';
import { isText, mostBytes, mostTogether, tooLarge } from '../../src/web/own/limits.ts';
import { chosen, depends, dependsWords, lensesOf, overByCountry } from '../../src/web/pages/board-rows.ts';
import { gravest, pieces, verdicts } from '../../src/web/pages/check-text.ts';
import { stakes } from '../../src/web/pages/origin-views.ts';
import { dualsOf, frontierOf, mixByYear } from '../../src/web/pages/plan-views.ts';
import {
  byMonth,
  lossByCountry,
  lossOf,
  priceWords,
  stopIn,
  stopOf,
} from '../../src/web/pages/shock-views.ts';
import { blocksOf, spansOf } from '../../src/web/parts/markdown.ts';
import { formOf } from '../../src/web/parts/question-form.ts';
import { addressOf } from '../../src/web/state/api.ts';
import { findings } from '../../src/web/state/find.ts';
import { countryName, mineralName } from '../../src/web/state/names.ts';
import { queryOf, readRoute } from '../../src/web/state/router.ts';

const names = {
  countries: {
    GBR: 'United Kingdom',
    CIV: 'Côte d’Ivoire',
    CHN: 'China',
    XAA: 'Nowhere',
    EUU: 'European Union',
  },
  blocs: ['EUU'],
  minerals: [
    { id: 'gallium', name: 'gallium', symbol: 'Ga', stages: ['refine'] },
    { id: 'rare_earths', name: 'rare earths', symbol: null, stages: ['mine'] },
    { id: 'unobtainium', name: 'unobtainium', symbol: null, stages: [] },
  ],
  lists: [],
  agreements: [],
  targets: [],
};

describe('the address', () => {
  it('is read into a page and parameters, and written back the same', () => {
    const route = readRoute('/shock', '?stop=CHN&mineral=a&mineral=b&empty=');
    expect(route).toEqual({ page: 'shock', params: { stop: 'CHN', mineral: 'a,b' } });
    expect(queryOf(route.params)).toBe('mineral=a,b&stop=CHN');
    expect(readRoute('/', '').page).toBe('board');
    expect(readRoute('/index.html', '').page).toBe('board');
  });

  it('says one state in one way, and safely', () => {
    expect(queryOf({ b: 'x y&z', a: null, c: undefined, d: '', e: false })).toBe('b=x%20y%26z');
    expect(addressOf('board', { list: 'uk-2024', for: 'GBR' })).toBe('board?for=GBR&list=uk-2024');
    expect(addressOf('board', {})).toBe('board');
  });

  it('names answers of an export without clash', () => {
    const many = Array.from({ length: 2000 }, (_, i) => nameInSite(`shock?severity=${i}`));
    expect(new Set(many).size).toBe(many.length);
    expect(nameInSite('')).toMatch(/^api-/);
    expect(nameInSite('board?for=GBR/../x')).toMatch(/^[a-z0-9-]+$/i);
  });
});

describe('search', () => {
  const find = (typed: string) =>
    findings(
      typed,
      names,
      [{ id: 'shock', title: 'Shock', finds: 'what if' }],
      [{ name: 'risk', asks: 'How risky?' }],
    );

  it('finds minerals, countries, pages and questions by any word, without accents', () => {
    expect(find('gal')[0]).toMatchObject({ kind: 'mineral', params: { mineral: 'gallium' } });
    expect(find('cote')[0]).toMatchObject({ kind: 'country', label: 'Côte d’Ivoire' });
    expect(find('earths rare')[0]!.label).toBe('Rare earths');
    expect(find('what')[0]!.page).toBe('shock');
    expect(find('risky')[0]).toMatchObject({ page: 'ask', params: { question: 'risk' } });
  });

  it('finds most of the words where nothing holds all, and a mineral and a country as one question', () => {
    expect(find('what if china stops gallium')[0]).toMatchObject({
      label: 'What if China stops gallium?',
      page: 'shock',
      params: { stop: 'CHN', mineral: 'gallium' },
    });
    expect(find('china gallium').map((f) => f.key)).toEqual(['together', 'm-gallium', 'c-CHN']);
    expect(find('rare earth magnets')[0]!.key).toBe('m-rare_earths');
    expect(find('britain')[0]!.key).toBe('c-GBR');
    expect(find('uk')[0]!.key).toBe('c-GBR');
    // a bloc buys, but has no page as a producer
    expect(find('europe')[0]).toMatchObject({ page: 'board', params: { for: 'EUU' } });
    expect(find('zz qq')).toEqual([]);
  });

  it('does not offer what has no figures, nor anything for nothing', () => {
    expect(find('unobtainium')).toEqual([]);
    expect(find('nowhere')).toEqual([]);
    expect(find('  ')).toEqual([]);
    expect(find('zzz')).toEqual([]);
  });

  it('names unknown ids by themselves', () => {
    expect(countryName(names, 'QQQ')).toBe('QQQ');
    expect(countryName(names, 'GBR;CHN')).toBe('United Kingdom, China');
    expect(mineralName(names, 'black_sand')).toBe('Black sand');
    expect(countryName(names, null)).toBe('–');
  });
});

describe('board', () => {
  const row = (mineral: string, share: number | null, more: AnswerRow = {}): AnswerRow => ({
    mineral,
    stage: 'refine',
    hs6: '1',
    top_country: share === null ? null : 'CHN',
    top_share: share,
    cap: 0.6,
    over_cap: share === null ? null : share > 0.6,
    over_lenses: share === null ? null : share > 0.6 ? 'declared' : 'none',
    declared_country: 'CHN',
    declared_share: share,
    ...more,
  });
  const rows = [
    row('a', 0.3, {
      dispatch_share: 0.9,
      dispatch_country: 'NLD',
      over_lenses: 'dispatch',
      verdict_depends: true,
    }),
    row('b', 0.8),
    row('c', null),
    row('d', 0.7, { traced_share: 0.95, traced_country: 'CHN', over_lenses: 'declared;traced' }),
  ];

  it('shows what is chosen, in the order chosen', () => {
    expect(chosen(rows, 'known', 'share').map((r) => r.mineral)).toEqual(['b', 'd', 'a']);
    expect(chosen(rows, 'over', 'mineral').map((r) => r.mineral)).toEqual(['b', 'd']);
    expect(chosen(rows, 'depends', 'share').map((r) => r.mineral)).toEqual(['a']);
    expect(chosen(rows, 'unknown', 'share').map((r) => r.mineral)).toEqual(['c']);
    expect(chosen(rows, 'all', 'value')).toHaveLength(4);
  });

  it('says that the lens decides only where two known lenses disagree', () => {
    expect(rows.map(depends)).toEqual([true, false, false, false]);
    // a traced share whose range spans the limit disagrees with nothing
    expect(depends(row('e', 0.8, { traced_share: 0.5, verdict_depends: false }))).toBe(false);
    expect(lensesOf(rows[2]!).every((l) => l.share === null && !l.isOver)).toBe(true);
    expect(dependsWords('method;owners')).toBe(
      'whether two-way trade is netted and owners that are not known',
    );
    expect([...overByCountry(rows)].map(([c, r]) => [c, r.length])).toEqual([['CHN', 2]]);
  });
});

describe('shock', () => {
  const rows: AnswerRow[] = [
    { country: 'GBR', month: 1, baseline_t: 10, shortfall_t: 1, p05: 0, p95: 2 },
    { country: 'GBR', month: 2, baseline_t: 10, shortfall_t: 4, p05: 3, p95: 6 },
    { country: 'FRA', month: 1, baseline_t: 5, shortfall_t: 5 },
    { country: 'WLD', month: 1, baseline_t: 99, shortfall_t: 99 },
  ];

  it('writes severities as the command line reads them', () => {
    expect(stopOf('CHN', 100)).toBe('CHN');
    expect(stopOf('CHN,RUS', 35)).toBe('CHN:0.35,RUS:0.35');
    expect(stopOf('CHN', 0)).toBe('CHN:0');
  });

  it('reads severities as the API writes them, and never adds a second one', () => {
    for (const stop of ['CHN:0', 'CHN:0.55', 'CHN:0.35,RUS:0.35', 'CHN:0.2,RUS:0.5', 'CHN,RUS:0.5']) {
      const { who, severity } = stopIn(stop);
      expect(stopOf(who, severity ?? 100)).toBe(stop);
    }
    expect(stopIn('CHN:0')).toEqual({ who: 'CHN', severity: 0 });
    expect(stopIn('CHN:1,RUS:1')).toEqual({ who: 'CHN,RUS', severity: 100 });
    expect(stopIn('CHN')).toEqual({ who: 'CHN', severity: undefined });
    expect(stopOf(stopIn('CHN:0.2,RUS:0.5').who, 40)).toBe('CHN:0.2,RUS:0.5');
    // for the API to refuse, by name
    expect(stopIn('CHN:2')).toEqual({ who: 'CHN:2', severity: undefined });
    expect(stopIn('CHN:0:0.5')).toEqual({ who: 'CHN:0:0.5', severity: undefined });
  });

  it('adds months, never the world to its countries', () => {
    expect(lossOf(rows.slice(0, 2))).toEqual({ baseline: 20, shortfall: 5, share: 0.25 });
    expect(lossByCountry(rows).map((c) => c.country)).toEqual(['FRA', 'GBR']);
    expect(lossOf([]).share).toBeNull();
    // what rounding leaves over is no loss, and who lacks nothing is not among those who lack
    const traces = [{ ...rows[0]!, country: 'TUR', baseline_t: 1e-14, shortfall_t: 1e-17 }];
    expect(lossByCountry([...rows, ...traces]).map((c) => c.country)).toEqual(['FRA', 'GBR']);
    expect(lossOf([...traces, { ...rows[0]!, baseline_t: 1000, shortfall_t: 0 }]).shortfall).toBe(0);
    expect(byMonth(rows.slice(0, 2))).toEqual([
      { x: 1, y: 1, low: 0, high: 2 },
      { x: 2, y: 4, low: 3, high: 6 },
    ]);
    expect(byMonth(rows)[0]!.y).toBe(6);
  });

  it('does not print a price that no elasticity can mean', () => {
    expect(priceWords(1.5)).toContain('1.50 times');
    expect(priceWords(1e39)).not.toMatch(/e\+|000000/);
    expect(priceWords(null)).toContain('no price');
  });
});

describe('check', () => {
  const sentence = 'China makes 98% of gallium.';
  const text = `Well. ${sentence} <script>alert(1)</script>`;
  const claim = (start: number, verdict: string): AnswerRow => ({
    n: 1,
    start,
    end: start + sentence.length,
    sentence,
    verdict,
  });

  it('cuts the text at its claims and loses no letter', () => {
    const cut = pieces(text, [claim(6, 'supported'), claim(6, 'outdated')]);
    expect(cut.map((p) => p.text).join('')).toBe(text);
    expect(cut.filter((p) => p.claims.length > 0)).toEqual([
      { text: sentence, claims: [claim(6, 'supported'), claim(6, 'outdated')] },
    ]);
  });

  it('looks for the words where the places are those of another reading', () => {
    expect(pieces(text, [claim(2, 'supported')])[1]!.text).toBe(sentence);
    expect(pieces('other', [claim(0, 'supported')])).toEqual([{ text: 'other', claims: [] }]);
  });

  it('counts verdicts, the gravest first', () => {
    const rows = ['supported', 'contradicted', 'supported'].map((v) => claim(0, v));
    expect(verdicts(rows)).toEqual([
      ['contradicted', 1],
      ['supported', 2],
    ]);
    expect(gravest(rows)).toBe('contradicted');
  });
});

describe('plan', () => {
  const rows: AnswerRow[] = [
    { year: 2030, country: 'CHN', share: 0.6 },
    { year: 2030, country: 'AUS', share: 0.3 },
    ...['FRA', 'DEU', 'ITA'].map((country) => ({ year: 2030, country, share: 0.01 })),
    { year: 2031, country: null, status: 'infeasible', constraint: 'demand', demand_t: 200, short_by_t: 50 },
  ];

  it('stacks what is bought; small suppliers stand together and what is missing is told', () => {
    const [first, last] = mixByYear(rows, String);
    expect(first!.parts.map((p) => [p.country, Number(p.share.toFixed(6))])).toEqual([
      ['CHN', 0.6],
      ['AUS', 0.3],
      ['OTH', 0.03],
    ]);
    expect(last).toMatchObject({ x: 2031, short: 0.25, parts: [] });
  });

  it('reads the frontier and the limits that bind from the notes', () => {
    const notes = [
      { code: 'frontier', text: '', limit: 0.6, value: 9 },
      { code: 'frontier', text: '', limit: 0.2, value: 12 },
      { code: 'frontier', text: '', limit: 0.1, value: null },
      {
        code: 'dual',
        text: '',
        binding: true,
        constraint: 'cap:CHN',
        shadow_price_usd_per_t: -98,
        year: 2030,
      },
      {
        code: 'dual',
        text: '',
        binding: false,
        constraint: 'cap:AUS',
        shadow_price_usd_per_t: 0,
        year: 2030,
      },
    ];
    expect(frontierOf(notes)).toEqual([
      { cap: 0.2, cost: 12 },
      { cap: 0.6, cost: 9 },
    ]);
    expect(dualsOf(notes).map((d) => d.constraint)).toEqual(['cap:CHN']);
  });
});

describe('origins', () => {
  it('keeps the unrecorded part of a traced share', () => {
    const [one] = stakes(
      [{ country: 'GUY', direct_share: 0.1, traced_share: 0.5, traced_t: 50, unrecorded_t: 20 }],
      String,
    );
    expect(one).toMatchObject({ left: 0.1, right: 0.5, unrecorded: 0.2 });
  });
});

describe('forms', () => {
  it('are made from the schema, files left out', () => {
    const fields = formOf({
      name: 'x',
      asks: '',
      about: '',
      methods: [],
      example: '',
      params: {
        required: ['mineral'],
        properties: {
          for: { type: 'string', default: 'GBR', description: 'whose' },
          mineral: { type: 'array', items: { type: 'string' } },
          lens: { type: 'string', enum: ['a', 'b'], default: 'a' },
          cap: { type: 'number', maximum: 1 },
          draws: { type: 'integer', maximum: 9007199254740991 },
          options: { type: 'object' },
        },
      },
    });
    expect(fields.map((f) => [f.name, f.kind, f.required])).toEqual([
      ['for', 'countries', false],
      ['mineral', 'minerals', true],
      ['lens', 'choice', false],
      ['cap', 'number', false],
      ['draws', 'number', false],
    ]);
    expect(fields[3]!.max).toBe(1);
    expect(fields[4]!.max).toBeUndefined();
  });
});

describe('documents', () => {
  it('become blocks of text, links only to the web', () => {
    expect(
      blocksOf(
        '# A *b*\n\ntext\nmore `code`\n\n```\nx < y\n```\n- one\n  two\n- three\n\n| a | b |\n|---|---|\n| 1 | 2 |',
      ),
    ).toEqual([
      {
        kind: 'heading',
        level: 1,
        spans: [
          { kind: 'text', text: 'A ' },
          { kind: 'em', text: 'b' },
        ],
      },
      {
        kind: 'paragraph',
        spans: [
          { kind: 'text', text: 'text more ' },
          { kind: 'code', text: 'code' },
        ],
      },
      { kind: 'code', text: 'x < y' },
      { kind: 'list', items: [[{ kind: 'text', text: 'one two' }], [{ kind: 'text', text: 'three' }]] },
      { kind: 'table', head: ['a', 'b'], rows: [['1', '2']] },
    ]);
    expect(spansOf('[x](javascript:alert(1))')[0]!.kind).toBe('text');
    expect(spansOf('[x](https://example.org)')[0]).toMatchObject({
      kind: 'link',
      href: 'https://example.org',
    });
  });

  it('of the project are read to the end, each with headings', () => {
    const folder = join(import.meta.dirname, '../../docs/methods');
    const files = readdirSync(folder).filter((f) => f.endsWith('.md'));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const blocks = blocksOf(readFileSync(join(folder, file), 'utf8'));
      expect(blocks[0]!.kind, file).toBe('heading');
      expect(blocks.length, file).toBeGreaterThan(5);
    }
  });
});

describe('own files', () => {
  const base = { countries: new Set(['GBR', 'CHN']), minerals: new Set(['gallium']) };
  const check = (...files: Dropped[]) => checkFiles(files, base);
  const header = 'year,country,mineral,stage,quantity_t,source';

  it('are sound or told what is wrong, in the words of the command line', () => {
    expect(
      check({ name: 'production.csv', text: `${header}\n2024,CHN,gallium,refine,7,own\n` })[0],
    ).toMatchObject({
      table: 'production',
      problems: [],
      rows: [{ country: 'CHN', quantity_t: 7 }],
    });
    const [bad] = check({
      name: 'production.csv',
      text: `${header}\n2024,CHN,galium,refine,-7,own\n2024,GBR,gallium,refine\n`,
    });
    expect(bad!.rows).toEqual([]);
    expect(bad!.problems[0]).toMatch(/^production\.csv line 2, column \w+: /);
    expect(bad!.problems.join('\n')).toContain('"galium"; did you mean gallium?');
    expect(bad!.problems.join('\n')).toContain('line 3');
  });

  it('may bring their own countries and minerals', () => {
    const files = [
      { name: 'mineral.csv', text: 'mineral,name\nsky_iron,Sky iron\n' },
      { name: 'production.csv', text: `${header}\n2024,GBR,sky_iron,mine,1,own\n` },
    ];
    expect(check(...files).flatMap((f) => f.problems)).toEqual([]);
  });

  it('with an unknown name, header, quote or size are refused with a way out', () => {
    expect(check({ name: 'prodution.csv', text: '' })[0]!.problems[0]).toContain('did you mean production?');
    expect(check({ name: 'production.csv', text: '' })[0]!.problems[0]).toContain('empty');
    expect(check({ name: 'production.csv', text: 'yeer\n' })[0]!.problems.join()).toContain(
      'did you mean year?',
    );
    expect(check({ name: 'production.csv', text: `${header}\n"2024` })[0]!.problems.join()).toContain(
      'never closed',
    );
    expect(check({ name: 'production.csv', text: 'x'.repeat(20_000_001) })[0]!.problems[0]).toContain('MB');
  });
});

describe('limits of own files', () => {
  it('weigh each file and all together', () => {
    const of = (size: number) => ({ name: `${size}.csv`, size });
    expect(tooLarge([of(mostBytes)])).toBeNull();
    expect(tooLarge([of(1), of(mostBytes + 1)])).toContain(`"${mostBytes + 1}.csv"`);
    expect(tooLarge(Array.from({ length: mostTogether / mostBytes }, () => of(mostBytes)))).toBeNull();
    expect(tooLarge(Array.from({ length: mostTogether / mostBytes + 1 }, () => of(mostBytes)))).toContain(
      'together over 60 MB',
    );
  });

  it('take a text with a few wrong letters for a text, and bytes for none', () => {
    expect(isText('')).toBe(true);
    expect(isText(`T\ufffdrkiye${' and more'.repeat(20)}`)).toBe(true);
    expect(isText('a\0b')).toBe(false);
    expect(isText('\ufffdPNG\ufffd\ufffd')).toBe(false);
  });
});

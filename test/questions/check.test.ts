import { beforeAll, describe, expect, it } from 'vitest';
import { checkQuestion } from '../../src/questions/check.ts';
import type { AnswerRow } from '../../src/questions/question.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { smallWorld } from '../support/world.ts';

const ask = async (world: OpenWorld, text: string, markup = false) =>
  checkQuestion.answer({ file: text, markup }, world);
const brief = (r: AnswerRow) => [r.kind, r.country, r.mineral, r.verdict].join(' ');

const invented = {
  country: [
    { country: 'XAA', name: 'Aland', region: 'Africa' },
    { country: 'XBB', name: 'Bland', region: 'Africa' },
    { country: 'XCC', name: 'Cland', region: 'Asia' },
  ],
  mineral: [{ mineral: 'oblium', name: 'Oblium' }],
  hs6_mineral: [{ hs6: '250000', mineral: 'oblium', stage: 'mine' }],
  production: [
    [2022, 'XAA', 60],
    [2022, 'XBB', 30],
    [2022, 'XCC', 10],
    [2023, 'XAA', 30],
    [2023, 'XBB', 50],
    [2023, 'XCC', 20],
  ].map(([year, country, quantity_t]) => ({
    year,
    country,
    mineral: 'oblium',
    stage: 'mine',
    source: 'survey',
    quantity_t,
  })),
  reserves: [
    { year: 2023, country: 'XCC', mineral: 'oblium', stage: 'mine', source: 'survey', quantity_t: 80 },
    { year: 2023, country: 'XAA', mineral: 'oblium', stage: 'mine', source: 'survey', quantity_t: 20 },
  ],
  trade_flow: [
    { year: 2023, exporter: 'XBB', importer: 'XCC', hs6: '250000', value_usd: 75, quantity_t: 10 },
    { year: 2023, exporter: 'XAA', importer: 'XCC', hs6: '250000', value_usd: 25, quantity_t: 10 },
  ],
  critical_list: [
    { list: 'l', mineral: 'oblium', status: 'critical', jurisdiction: 'XCC', list_name: 'List', year: 2023 },
  ],
  restriction: [
    {
      restriction: 'r',
      country: 'XBB',
      minerals: 'oblium',
      measure: 'export_ban',
      effective: '2023-05-01',
      title: 'Ban',
    },
  ],
  agreement: [
    { agreement: 'a', party: 'XCC', partner: 'XBB', date: '2023-06-01', kind: 'memorandum', title: 'Pact' },
  ],
};

describe('check on an invented world', () => {
  it.each([
    ['Bland mines half of the world’s oblium.', 'share XBB oblium supported'],
    ['Aland mines more than half of the world’s oblium.', 'share XAA oblium outdated'],
    ['Cland mines 40% of the world’s oblium.', 'share XCC oblium overstated'],
    ['Cland mines 90% of the world’s oblium.', 'share XCC oblium contradicted'],
    ['In 2022, Bland mined 30% of the world’s oblium.', 'share XBB oblium supported'],
    ['Bland is the world’s largest oblium producer.', 'rank XBB oblium supported'],
    ['Bland is not the world’s largest oblium producer.', 'rank XBB oblium outdated'],
    ['Aland is Africa’s second-largest oblium producer.', 'rank XAA oblium supported'],
    ['Outside Bland, Aland is the largest producer of oblium.', 'rank XAA oblium supported'],
    ['Cland holds 80% of the world’s oblium reserves.', 'reserves XCC oblium supported'],
    ['Bland supplies three quarters of Cland’s oblium.', 'trade_share XBB oblium supported'],
    ['Cland gets most of its oblium from Aland.', 'trade_share XAA oblium overstated'],
    ['Bland is the largest exporter of oblium.', 'rank XBB oblium supported'],
    ['Cland exports no oblium.', 'trade_share XCC oblium supported'],
    ['Aland mined 30 tonnes of oblium in 2023.', 'quantity XAA oblium supported'],
    ['Aland and Bland together produce 80% of the world’s oblium.', 'share XAA oblium supported'],
    ['Bland banned exports of oblium in May 2023.', 'restriction XBB oblium supported'],
    ['Bland signed a minerals pact with Cland in June 2023.', 'agreement XBB  supported'],
    ['Bland refines half of the world’s oblium.', 'share XBB oblium not_in_data'],
  ])('%s', async (text, expected) => {
    const { rows } = await ask(await smallWorld(invented), text);
    expect(brief(rows[0]!)).toBe(expected);
  });

  it('a world without tables of supply finds nothing and says so', async () => {
    const { country, mineral } = invented;
    const { rows, notes } = await ask(
      await smallWorld({ country, mineral }),
      'Bland mines half of the world’s oblium.',
    );
    expect(rows.map((r) => [r.verdict, r.found, r.found_year])).toEqual([['not_in_data', null, null]]);
    expect(notes.find((n) => n.code === 'not_judged')?.rows).toEqual([0]);
  });

  it('a text without claims has no rows and says so', async () => {
    const { rows, notes } = await ask(
      await smallWorld(invented),
      'Nothing to see here, it is all quiet in the town.',
    );
    expect(rows).toEqual([]);
    expect(notes.map((n) => n.code)).toContain('no_claims');
  });

  it('marks the text up without letting its markup through', async () => {
    const text = 'Bland mines half of the world’s oblium <b>today</b>. 2 < 3 & so on.';
    const { document } = await ask(await smallWorld(invented), text, true);
    expect(document!.html).toContain('<mark class="supported"');
    expect(document!.html).toContain('2 &lt; 3 &amp; so on.');
    expect(document!.md).toContain('> share · XBB · oblium · mine: *supported*');
  });
});

describe('check on the snapshot', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld({ now: '2026-03-01' });
    return () => world.close();
  });
  it.each([
    [
      'uranium: 42.8 % in 2022, 38.6 % in 2024 (WNA)',
      'Kazakhstan supplies more than 40% of the world’s uranium.',
      ['outdated', 2022, 0.428],
    ],
    [
      'yttrium processing is all Chinese, mining is not (EU study 2023)',
      'Yttrium is almost entirely produced in China.',
      ['supported', 2020, 1],
    ],
    [
      'scandium processing is two thirds Chinese (EU study 2023)',
      'Scandium is almost entirely produced in China.',
      ['overstated', 2020, 0.667],
    ],
    [
      'titanium sponge: fourth (MCS 2026)',
      'Kazakhstan ranks among the top producers of titanium.',
      ['supported', 2024, 4],
    ],
    [
      'UK cap (Vision 2035)',
      'By 2035 no more than 60 percent of Britain’s supply of any one critical mineral may come from a single country.',
      ['supported', 2035, 0.6],
    ],
    [
      'cobalt 74.8 % (MCS 2026)',
      'Three quarters of the world’s cobalt is mined in the DRC.',
      ['supported', 2024, 0.748],
    ],
    [
      'copper cathode: Belgium 99.3 % (BACI 2024)',
      'Belgium supplied 99% of the UK’s imports of copper cathode in 2024.',
      ['supported', 2024, 0.993],
    ],
    [
      'the EU lists 34 (Regulation 2024/1252)',
      'The EU list names 34 critical raw materials.',
      ['supported', 2024, 34],
    ],
    [
      'the roadmap of 26 February 2026',
      'The UK signed a critical minerals agreement with Kazakhstan in February 2026.',
      ['supported', 2026, '2026-02-26'],
    ],
  ] as const)('%s', async (_name, text, [verdict, year, found]) => {
    const { rows, sources } = await ask(world, text);
    const row = rows[0]!;
    expect([row.verdict, row.found_year]).toEqual([verdict, year]);
    if (typeof found === 'number') expect(row.found).toBeCloseTo(found, 2);
    else expect(row.found).toBe(found);
    expect(sources.map((s) => s.id)).toEqual(String(row.sources).split('; '));
  });
  it('counts what a country makes of a list, and says how long the list is', async () => {
    const { rows } = await ask(
      world,
      'The British government’s strategy says that Kazakhstan produces 22 of the 36 minerals it calls critical.',
    );
    const row = rows[0]!;
    expect([row.kind, row.country, row.claimed, row.verdict]).toEqual(['count', 'KAZ', 22, 'overstated']);
    expect(row.why).toContain('34 members, not 36');
    expect(row.found).toBeLessThan(22);
  });
});

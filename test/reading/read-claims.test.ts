import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClaims } from '../../src/reading/read-claims.ts';
import { growth, linear } from './growth.ts';
import { gazetteer, said } from './said.ts';

/** Invented news with what a careful reader would list as its checkable claims; the rest of each text makes none. */
const articles: readonly (readonly [string, readonly string[]])[] = [
  [
    "A Lusaka mining fair opened with a turkey dinner. Zambia is Africa's second-largest copper producer, after the Democratic Republic of Congo, which mined about three quarters of the world's cobalt in 2024. Copper prices rose 12% in March, and Kinshasa has kept its cobalt quota in place since October 2025.",
    [
      'rank ZMB copper production =2 rank in africa',
      'share COD cobalt mine ~0.75 share 2024',
      'restriction COD cobalt 2025-10 quota in_force',
    ],
  ],
  [
    "Brazil produces more than 90% of the world's niobium. Shares in the biggest miner fell 5% after it cut 300 jobs.",
    ['share BRA niobium >=0.9 share'],
  ],
  [
    "China refines roughly 90% of the world's rare earths and mines 70%. Beijing controls nearly all of global gallium production, a broker said, and a tenth of buyers expect prices to double.",
    [
      'share CHN rare_earths refine ~0.9 share',
      'share CHN rare_earths mine =0.7 share',
      'share CHN gallium >=0.9 share',
    ],
  ],
  [
    "Belgium supplied 99% of the UK's imports of copper cathode in 2024, while China accounted for 82% of British magnesium imports. Norway is Britain's largest supplier of unwrought nickel.",
    [
      'trade_share BEL copper refine =0.99 share (GBR) 2024',
      'trade_share CHN magnesium =0.82 share (GBR) 2024',
      'rank NOR nickel imports =1 rank (GBR)',
    ],
  ],
  [
    "South Africa holds more than 80% of the world's platinum reserves and produced around 70% of the metal in 2024. Wages rose by a fifth.",
    ['reserves ZAF platinum mine >=0.8 share', 'share ZAF platinum ~0.7 share 2024'],
  ],
  [
    "The EU's Critical Raw Materials Act says that by 2030 no more than 65% of the bloc's consumption of any strategic raw material may come from a single third country. It also sets benchmarks of 10% for extraction, 40% for processing and 25% for recycling. The same regulation lists 34 critical raw materials, 17 of them strategic.",
    [
      'target EUU - <=0.65 share 2030 single_country_share_max',
      'target EUU - =0.1 share extraction',
      'target EUU - =0.4 share processing',
      'target EUU - =0.25 share recycl',
      'count EUU - =34 count',
      'count EUU - =17 count',
    ],
  ],
  [
    'In December 2024 China banned exports of gallium, germanium and antimony to the United States; the ban has been suspended until November 2026. Zimbabwe banned exports of lithium ore in December 2022.',
    [
      'restriction CHN gallium (USA) 2024-12 ban suspended',
      'restriction CHN germanium (USA) 2024-12 ban suspended',
      'restriction CHN antimony (USA) 2024-12 ban suspended',
      'restriction ZWE lithium 2022-12 ban',
    ],
  ],
  [
    'Britain signed a critical minerals partnership with Saudi Arabia in January 2025. The EU and Chile signed a memorandum on raw materials in July 2023. A trade fair in Santiago drew 4,000 visitors.',
    ['agreement SAU - (GBR) 2025-01', 'agreement CHL - (EUU) 2023-07'],
  ],
  [
    "Chinese companies own most of the cobalt mines in the DRC, while Glencore, which is based in Switzerland, produces 15% of the world's cobalt. A Chinese firm holds a 60% stake in the mine.",
    ['ownership COD cobalt >=0.5 share (CHN)'],
  ],
  [
    "Australia, Chile and China together produce most of the world's lithium. Indonesia and the Philippines account for 60% and 9% of nickel output respectively. Outside China, Australia is the largest producer of rare earths.",
    [
      'share AUS lithium >=0.5 share with CHL+CHN',
      'share CHL lithium >=0.5 share with AUS+CHN',
      'share CHN lithium >=0.5 share with AUS+CHL',
      'share IDN nickel =0.6 share',
      'share PHL nickel =0.09 share',
      'rank AUS rare_earths production =1 rank without CHN',
    ],
  ],
  [
    "China's share of rare earth mining fell from 86% in 2014 to about 70% in 2024. Growth slowed to 4.6%, and a 25% tariff was imposed on Chinese steel. By 2030, China is expected to produce 60% of the world's lithium.",
    ['share CHN rare_earths mine ~0.7 share 2024', 'not_checkable share CHN lithium =0.6 share'],
  ],
  [
    "Michael Jordan took the lead. Georgia's governor in Atlanta keeps a guinea pig; Chad Smith called him a tin-pot dictator. Silver medals went to Niger, and 40% of Tesla's cars are made in China.",
    [],
  ],
  [
    'Chile does not produce cobalt. Japan has no lithium reserves. India is not the largest producer of graphite; China is, with 78% of output.',
    [
      'quantity CHL cobalt =0 t',
      'reserves JPN lithium mine =0 t',
      'not rank IND graphite production =1 rank',
      'share CHN graphite =0.78 share',
    ],
  ],
  [
    "Jordan is a leading exporter of phosphate and potash. Guinea, not Australia, is now the largest exporter of bauxite. Turkey has the world's largest boron reserves, an official in Ankara said.",
    [
      'rank JOR phosphate exports <=1..5 rank',
      'rank JOR potash exports <=1..5 rank',
      'rank GIN aluminium mine exports =1 rank',
      'rank TUR boron mine reserves =1 rank',
    ],
  ],
  [
    "In 2022, Kazakhstan produced 43% of the world's uranium. By 2024 its share had slipped below 40%. The country is the fourth-largest producer of titanium sponge and among the top ten exporters of zinc.",
    [
      'share KAZ uranium =0.43 share 2022',
      'share KAZ uranium <=0.4 share 2024',
      'rank KAZ titanium refine production =4 rank',
      'rank KAZ zinc exports <=1..10 rank',
    ],
  ],
  [
    "Of the 34 minerals on Britain's critical list, Kazakhstan produces 18. Copper was added to the US list of critical minerals in 2025.",
    ['count GBR - =34 count', 'count KAZ - =18 count (GBR) of 34', 'other USA copper 2025'],
  ],
  [
    'Europe depends on China for 98% of its rare earths. The US is 100% reliant on imports of graphite. Chile supplied 81% of lithium carbonate imported by Britain in 2024.',
    [
      'dependence CHN rare_earths =0.98 share (EUU)',
      'dependence - graphite =1 share (USA)',
      'trade_share CHL lithium compound =0.81 share (GBR) 2024',
    ],
  ],
  [
    "The world's largest producer of tungsten, China, mined 67,000 tonnes in 2024. Bolivia has between 20 and 25% of the world's lithium reserves. Global mined cobalt output reached 290,000 tonnes in 2024.",
    [
      'rank CHN tungsten production =1 rank',
      'quantity CHN tungsten mine =67000 t 2024',
      'reserves BOL lithium mine =0.2..0.25 share',
      'quantity - cobalt mine =290000 t 2024',
    ],
  ],
  [
    'Tin is overlooked. China and Indonesia are the two largest miners. Peru comes third, with 11% of the total. Bolivia mined 21 kt. A third of the vote went to the left. Lead times doubled.',
    [
      'rank CHN tin mine production <=1..2 rank',
      'rank IDN tin mine production <=1..2 rank',
      'rank PER tin production =3 rank',
      'share PER tin =0.11 share',
      'quantity BOL tin mine =21000 t',
    ],
  ],
  [
    'Peru is the second-largest producer of zinc and fourth-largest of lead. Norway overtook Canada to become number two in vanadium. Russia, once the top producer, is now fifth.',
    [
      'rank PER zinc production =2 rank',
      'rank PER lead production =4 rank',
      'rank NOR vanadium production =2 rank',
      'rank RUS vanadium production =5 rank',
    ],
  ],
  [
    'It commits us to no more than 60% of UK demand for any one critical mineral coming from one country by 2035. At least 10% of our demand will be met from domestic mines, and 20% from recycling. In 2023 we signed a memorandum with Zambia. We signed a defence pact with Poland.',
    [
      'target GBR - <=0.6 share 2035 single_country_share_max',
      'target GBR - >=0.1 share domestic',
      'target GBR - =0.2 share recycl',
      'agreement ZMB - (GBR) 2023',
    ],
  ],
  [
    'Gabon plans to ban exports of raw manganese from 2029. Britain relies on China for magnesium. The bridge is third in line for repair.',
    ['restriction GAB manganese 2029 ban announced', 'dependence CHN magnesium >=0.5 share (GBR)'],
  ],
];

describe('claims of invented articles', () => {
  it.each(articles)('%s', (text, claims) => expect(said(text)).toEqual(claims));
});

describe('what is no claim about supply', () => {
  it.each([
    'Copper prices rose 12% in March and lithium fell by a quarter.',
    'A 25% tariff on Chilean copper would hurt, said the governor.',
    'Copper accounts for 70% of Zambia’s exports.',
    'Lynas supplies 12% of the world’s rare earths outside China.',
    'Chile’s Codelco mined 1.4 million tonnes of copper.',
    'China’s largest lithium producer, Ganfeng, cut 7% of its staff.',
    'Norilsk Nickel, Russia’s biggest miner, made 30% less profit.',
    'The state holds a 51% stake in the Congolese cobalt mine.',
    'China consumes 60% of the world’s copper, by some measures of demand.',
    'A third of voters in Niger and half of the miners in Peru back the plan.',
    'The United States will lead the way, in the lead-up to talks in Georgia, Atlanta.',
    'Electricity is 40% of the cost of aluminium in China.',
    'Kazakhstan’s economy grew 4.8% as uranium gained 3% on the week.',
  ])('%s', (text) => expect(said(text)).toEqual([]));
});

describe('places and time', () => {
  const words = fc.constantFrom(
    'China',
    'the UK',
    'Congo',
    'copper',
    'lead',
    'tin',
    'rare earths',
    'produces',
    '40%',
    'more than',
    'a third',
    'largest',
    'producer',
    'of',
    'the world’s',
    '.',
    ',',
    ';',
    '(',
    ')',
    '\n',
    'by 2030',
    'imports',
    'banned',
    'exports',
    'from',
    'It',
    'agreement',
    'with',
    'top ten',
    '“',
    '”',
    '🪨',
    '½',
    '12',
    'tonnes',
    'critical minerals',
    'list',
    'no',
  );
  it('every claim’s sentence is the text between its offsets', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), (parts) => {
        const text = parts.join(' ');
        for (const c of readClaims(gazetteer, text)) {
          expect(c.text).toBe(text.slice(c.start, c.end));
          expect(c.text).toBe(c.text.trim());
          if (c.claimed) expect(c.claimed.low).toBeLessThanOrEqual(c.claimed.high);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(readClaims(gazetteer, text)).toBeInstanceOf(Array);
      }),
    );
  });

  it('takes work in proportion to the length', () => {
    const article = articles.map(([text]) => text).join('\n\n');
    const text = article.repeat(Math.ceil(12_000 / article.length));
    expect(readClaims(gazetteer, text).length).toBeGreaterThan(50);
    expect(growth(text, (t) => readClaims(gazetteer, t))).toBeLessThan(linear);
  });

  it('does not slow down on one endless line', () => {
    expect(growth('China copper 40% '.repeat(1_500), (t) => readClaims(gazetteer, t))).toBeLessThan(linear);
  });
});

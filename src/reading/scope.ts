import type { Measure } from './claim.ts';

/** What a word says about the chain: which measure it belongs to, which stage, and how it joins country and figure. */
export interface WordSense {
  readonly measure?: Measure;
  readonly stage?: string;
  /** `supply`: the subject is the producer; `get`: the subject is the buyer; `rely`: the buyer, on the supplier */
  readonly verb?: 'supply' | 'get' | 'rely';
  /** names who has a rank: producer, exporter, holder … */
  readonly role?: boolean;
}

const senses = new Map<string, WordSense>();
const add = (words: string, sense: WordSense) => {
  for (const word of words.split(' ')) senses.set(word, { ...senses.get(word), ...sense });
};
add(
  'produce produces produced producing provide provides provided providing make makes made making manufactures manufactured manufacture manufacturing turns',
  { measure: 'production', verb: 'supply' },
);
add('producer producers maker makers manufacturer manufacturers', { measure: 'production', role: true });
add('production output', { measure: 'production', role: true });
add('supply supplies supplied supplying', { measure: 'production', verb: 'supply' });
add('supplier suppliers source', { measure: 'production', role: true });
add('mine mines mined mining extract extracts extracted extracting dug digs unearthed', {
  measure: 'production',
  stage: 'mine',
  verb: 'supply',
});
add('extraction', { measure: 'production', stage: 'mine', role: true });
add('miner miners', { measure: 'production', stage: 'mine', role: true });
add('ore ores concentrate concentrates', { stage: 'mine' });
add(
  'refine refines refined refining process processes processed processing smelt smelts smelted smelting separate separates separated separating',
  { measure: 'production', stage: 'refine', verb: 'supply' },
);
add('refiner refiners processor processors smelter smelters', {
  measure: 'production',
  stage: 'refine',
  role: true,
});
add('separation', { measure: 'production', stage: 'refine', role: true });
add('refinery refineries', { measure: 'production', stage: 'refine' });
add('magnets', { stage: 'product' });
add('hydroxide hydroxides carbonate carbonates sulphate sulphates sulfate sulfates', { stage: 'compound' });
add('reserve reserves deposit deposits resource resources endowment', { measure: 'reserves', role: true });
add('holder holders', { measure: 'reserves', role: true });
add('holds hold held boasts boast sits hosts host possesses possess', { verb: 'supply' });
add('exporter exporters', { measure: 'exports', role: true });
add('export exports exported exporting ships shipped ship shipping shipments sells sold', {
  measure: 'exports',
  verb: 'supply',
  role: true,
});
add('import imports imported importing', { measure: 'imports', verb: 'get' });
add('importer importers buyer buyers consumer consumers user users', { measure: 'imports' });
add(
  'buys buy bought purchases purchase purchased sources sourced sourcing gets get got obtains obtained obtain receives received receive procures procured takes draws',
  { measure: 'imports', verb: 'get' },
);
add('relies rely relied reliant reliance depends depend depended dependent dependence dependency', {
  measure: 'imports',
  verb: 'rely',
});
add(
  'accounts accounted account accounting represents represented represent representing contributes contributed contribute contributing controls controlled control controlling dominates dominated dominate commands commanded command generates generated yields yielded delivers delivered deliver',
  { verb: 'supply' },
);
add('producing', { measure: 'production', verb: 'supply', role: true });
add('exporting', { measure: 'exports', verb: 'supply', role: true });

export const senseOf = (word: string): WordSense | undefined => senses.get(word);

/** Words that make a percentage one of price, growth, tax, ownership or the like: no claim about supply. */
export const otherMatters = new Set(
  'tariff tariffs duty duties tax taxes royalty royalties levy levies incentive incentives rebate rebates interest discount premium margin margins growth inflation stake stakes shareholding voters votes vote poll polls gdp wage wages pay workers employees jobs households women men probability chance chances likelihood confidence efficiency purity grade grades pure humidity yield dividend increase decrease rise fall drop decline jump surge gain cut reduction higher lower faster slower cheaper dearer profit profits revenue revenues earnings electricity power energy renewable renewables emissions turnover equity ownership bonus fee fees return returns subsidy subsidies grant grants budget spending capital funding financing loan loans respondents recovery recovered recoveries'.split(
    ' ',
  ),
);

/** Verbs of change: the figure after them is by how much, not of how much. */
export const changeVerbs = new Set(
  'rose rise rises risen rising grew grow grows grown growing fell fall falls fallen falling jumped jump surged surge climbed climb soared soar gained gain dropped drop declined decline slumped slump plunged plunge tumbled shed lost slipped slid eased dipped increased increase increases decreased decrease advanced rallied shrank shrunk contracted expanded expand doubled tripled up down cut cuts cutting raised raise added strengthened weakened appreciated depreciated crashed sank retreated rebounded spiked'.split(
    ' ',
  ),
);

/** Words of what is expected: such a figure is no fact yet. */
export const futureWords = new Set(
  'will would could may might shall expects expected expect forecast forecasts forecasted projected projects projections predicts predicted predict anticipates anticipated aims aim plans planned hopes hoped wants intends likely potentially should ambition'.split(
    ' ',
  ),
);

/** Nouns whose head is one firm or site: what it holds is not a country's. */
export const firmNouns = new Set(
  'company firm group giant mine deposit project plant smelter refinery facility corporation conglomerate subsidiary startup start-up smelters unit venture operator trader bank fund investor billionaire miner consortium shareholder complex pit site factory province city state-owned'.split(
    ' ',
  ),
);

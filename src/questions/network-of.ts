import type { Shipment } from '../analysis/dependence/supply-mix.ts';
import { containedTonnes, tonneBasis, valueOfMineral } from '../analysis/flows/contained.ts';
import { type Method, type NamedNetwork, namedNetwork } from '../analysis/flows/network.ts';
import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import {
  type Price,
  type Production,
  price,
  production,
  seriesCoverage,
  type TradeFlow,
  tradeFlow,
} from '../tables/quantities.ts';
import { rowKey } from '../tables/row-key.ts';
import { type Hs6Mineral, hs6Mineral } from '../tables/world.ts';
import { preferredSource } from './preferred-source.ts';
import type { Note } from './question.ts';
import { chooseFlows, hidesMineral } from './trade-rows.ts';

export type Weight = 'quantity' | 'value';

/** All that is known of one mineral at one stage in one year, before a basis is chosen. */
export interface StageData {
  readonly mineral: string;
  readonly stage: string;
  readonly year: number;
  /** codes that tell of the mineral; baskets that hide it are left out */
  readonly codes: readonly Hs6Mineral[];
  /** the rows that decide, of those codes */
  readonly flows: readonly TradeFlow[];
  /** the rows of the source that decides, with tonnes, named countries only */
  readonly output: readonly Production[];
  readonly price_usd_per_t: number | null;
  readonly sources: ReadonlySet<string>;
  readonly notes: readonly Note[];
}

/** A network on one basis, and the direct flows on the same basis; or why there is none. */
export interface StageNetwork {
  readonly network: NamedNetwork | null;
  /** flows with both measures of the mineral: contained tonnes and value */
  readonly shipments: readonly Shipment[];
  readonly notes: readonly Note[];
}

const unnamed = new Set(['WLD', 'OTH']);
const named = (r: Production) => !unnamed.has(r.country);
const hasTonnes = (r: Production) => named(r) && r.quantity_t !== null;

/**
 * Output that a trace of this stage starts from: the stage's own; for compounds of a mineral whose refined statistic
 * covers metal and chemicals together (IEA), that statistic.
 */
function outputOf(rows: readonly Production[], stage: string): { rows: Production[]; note: Note | null } {
  const ofStage = rows.filter((r) => r.stage === stage);
  const from = (list: readonly Production[]) => {
    const source = preferredSource(list.filter((r) => r.quantity_t !== null));
    return list.filter((r) => r.source === source);
  };
  if (ofStage.some(hasTonnes) || stage !== 'compound') return { rows: from(ofStage), note: null };
  const refined = from(rows.filter((r) => r.stage === 'refine'));
  if (refined[0]?.source !== 'iea_cm') return { rows: from(ofStage), note: null };
  return {
    rows: refined,
    note: {
      code: 'refined_output',
      text: 'output is the refined statistic, which covers metal and chemicals together; only trade in compounds is followed',
    },
  };
}

/** Reads what is known of a mineral, stage and year, and chooses the rows that decide. */
export async function stageData(
  world: World,
  of: { readonly mineral: string; readonly stage: string; readonly year: number },
): Promise<StageData> {
  const { mineral, stage, year } = of;
  const allCodes = await world.load(hs6Mineral);
  const ofMineral = allCodes.filter((c) => c.mineral === mineral);
  const ofStage = ofMineral.filter((c) => c.stage === stage);
  const codes = ofStage.filter((c) => !hidesMineral(c, allCodes));
  const hs6 = [...new Set(ofMineral.map((c) => c.hs6))];
  const [trade, outputs, prices, coverage] = await Promise.all([
    hs6.length ? world.load(tradeFlow, { hs6, year: [year] }) : ([] as TradeFlow[]),
    world.load(production, { mineral: [mineral], year: [year] }),
    world.load(price, { mineral: [mineral], year: [year] }),
    world.load(seriesCoverage, { year: [year] }),
  ]);
  const isOwn = (row: TradeFlow) => world.own.size > 0 && world.own.has(rowKey(tradeFlow, row));
  const { flows: chosen } = chooseFlows(trade, 'origin', isOwn);
  const inCodes = new Set(codes.map((c) => c.hs6));
  const flows = chosen.filter((f) => inCodes.has(f.hs6));
  const { rows: output, note } = outputOf(outputs, stage);

  const notes: Note[] = note ? [note] : [];
  const hidden = ofStage.filter((c) => !inCodes.has(c.hs6)).map((c) => c.hs6);
  if (hidden.length)
    notes.push({
      code: 'basket',
      text: `left out, as they hold several minerals and nobody says how much of each: ${hidden.join(', ')}`,
    });
  const whole = codes.filter((c) => c.share_of_code === null).map((c) => c.hs6);
  if (whole.length)
    notes.push({
      code: 'whole_basket',
      text: `followed whole, as nobody says how much of the code is the mineral: ${whole.join(', ')}`,
    });
  const ownFlows = trade.filter((f) => f.exporter === f.importer && inCodes.has(f.hs6)).length;
  if (ownFlows)
    notes.push({
      code: 'self_flow',
      value: ownFlows,
      text: `${ownFlows} flows from a country to itself are ignored`,
    });
  const used = new Set(flows.map((f) => `${f.source} ${f.hs6}`));
  const cut = coverage.filter((c) => c.complete === false && used.has(`${c.source} ${c.hs6}`));
  if (cut.length)
    notes.push({
      code: 'partial',
      text: `truncated series, small flows are cut off: ${[...new Set(cut.map((c) => c.hs6))].join(', ')}`,
    });
  const silent = output.filter((r) => named(r) && r.quantity_t === null);
  if (silent.length)
    notes.push({
      code: 'withheld',
      text: `output without a figure: ${silent.map((r) => `${r.country} (${r.status ?? 'unknown'})`).join(', ')}; what these ship beyond their imports counts as unrecorded`,
    });
  const rest = output.find((r) => r.country === 'OTH')?.quantity_t;
  if (rest)
    notes.push({
      code: 'other_countries',
      value: rest,
      text: `${rest} t of output are of countries the source does not name: in no trace, and what these ship counts as unrecorded`,
    });
  const sources = new Set([...flows, ...output].map((r) => r.source));
  return {
    ...of,
    codes,
    flows,
    output: output.filter(hasTonnes),
    price_usd_per_t: worldPrice(prices, stage),
    sources,
    notes,
  };
}

const worldPrice = (rows: readonly Price[], stage: string): number | null =>
  rows.find((r) => r.country === 'WLD' && r.stage === stage && r.price_usd_per_t !== null)?.price_usd_per_t ??
  null;

const missing = (shipments: readonly Shipment[], notes: readonly Note[], code: string, text: string) => ({
  network: null,
  shipments,
  notes: [...notes, { code, text }],
});

/**
 * The network of a stage by weight. In tonnes: contained, or gross where the content of a code is unknown (said).
 * In USD: output is valued at the mean unit value of the stage's own trade, or at a world price where no trade has
 * tonnes, so that output and flows are of one basis.
 */
export function networkOf(data: StageData, weight: Weight, method: Method): StageNetwork {
  const codeOf = new Map(data.codes.map((c) => [c.hs6, c]));
  const shipments = data.flows.map(
    (f): Shipment => ({
      exporter: f.exporter,
      importer: f.importer,
      value_usd: valueOfMineral(f.value_usd, codeOf.get(f.hs6)!),
      quantity_t: containedTonnes(f.quantity_t, codeOf.get(f.hs6)!),
    }),
  );
  const notes: Note[] = [...data.notes];
  const what = `${data.mineral} ${data.stage} ${data.year}`;
  if (!data.flows.length) return missing(shipments, notes, 'no_trade', `no trade data on ${what}`);
  if (!data.output.some((r) => r.quantity_t! > 0))
    return missing(
      shipments,
      notes,
      'no_production',
      `no source gives tonnes of output of ${what}: what cannot start cannot be traced`,
    );

  let value = 0;
  let valueWithout = 0;
  let valueWith = 0;
  let tonnes = 0;
  for (const s of shipments) {
    value += s.value_usd ?? 0;
    if (s.quantity_t === null) valueWithout += s.value_usd ?? 0;
    else if (s.value_usd !== null) {
      valueWith += s.value_usd;
      tonnes += s.quantity_t;
    }
  }
  const output = new Map(data.output.map((r) => [r.country, r.quantity_t!]));
  if (weight === 'quantity') {
    const basis = tonneBasis(data.codes.filter((c) => data.flows.some((f) => f.hs6 === c.hs6)));
    if (shipments.every((s) => s.quantity_t === null))
      return missing(
        shipments,
        notes,
        'no_quantity',
        `trade in ${what} is known by value only: --weight value`,
      );
    const missingShare = value > 0 ? valueWithout / value : 0;
    if (shipments.some((s) => s.quantity_t === null))
      notes.push({
        code: 'no_quantity',
        value: missingShare,
        text: `flows without tonnes count 0 t; they are ${(100 * missingShare).toFixed(1)} % of the world’s trade by value`,
      });
    if (basis !== 'contained') {
      const gross = data.codes.filter((c) => c.metal_content === null).map((c) => c.hs6);
      notes.push({
        code: 'gross_weight',
        text: `gross tonnes, as the content is not known: ${gross.join(', ')}${basis === 'mixed' ? '; added to contained tonnes of other codes, so --weight value is safer' : ''}`,
      });
      const content = data.output.find((r) => r.basis && /content/i.test(r.basis));
      if (content)
        notes.push({
          code: 'basis_mismatch',
          text: `output is counted in ${content.basis}, trade in gross tonnes: unrecorded supply is overstated`,
        });
    }
    const flows = shipments.map((s) => ({ ...s, amount: s.quantity_t ?? 0 }));
    return { network: namedNetwork(flows, output, method), shipments, notes };
  }

  if (shipments.every((s) => s.value_usd === null))
    return missing(
      shipments,
      notes,
      'no_value',
      `trade in ${what} is known by tonnes only: --weight quantity`,
    );
  const unitValue = tonnes > 0 && valueWith > 0 ? valueWith / tonnes : data.price_usd_per_t;
  if (unitValue === null)
    return missing(
      shipments,
      notes,
      'no_price',
      `output of ${what} cannot be valued: its trade has no tonnes and no price is known`,
    );
  notes.push({
    code: 'valued_at',
    value: unitValue,
    text: `output is valued at ${tonnes > 0 && valueWith > 0 ? 'the mean value per tonne of the world’s trade' : 'the world price'}`,
  });
  const flows = shipments.map((s) => ({ ...s, amount: s.value_usd ?? 0 }));
  const worth = new Map([...output].map(([c, t]) => [c, t * unitValue]));
  return { network: namedNetwork(flows, worth, method), shipments, notes };
}

export interface TraceableYears {
  /** with trade, whatever else is missing; ascending */
  readonly trade: readonly number[];
  /** with trade and tonnes of output */
  readonly both: readonly number[];
}

/** Years and codes of the trade in use, without reading every flow where the register of series tells. */
async function tradedYears(world: World, hs6: readonly string[]): Promise<Map<string, Set<number>>> {
  const years = new Map<string, Set<number>>();
  const add = (code: string, year: number) => {
    const known = years.get(code);
    if (known) known.add(year);
    else years.set(code, new Set([year]));
  };
  if (world.data === 'own') {
    const flows = hs6.length ? await world.load(tradeFlow, { hs6 }) : [];
    for (const f of flows) if (f.basis !== 'dispatch') add(f.hs6, f.year);
    return years;
  }
  for (const c of await world.load(seriesCoverage)) if (!dispatchSources.has(c.source)) add(c.hs6, c.year);
  for (const key of world.own) {
    const [year, , , code, basis] = key.startsWith('trade_flow:')
      ? key.slice('trade_flow:'.length).split('|')
      : [];
    if (code !== undefined && basis !== 'dispatch') add(code, Number(year));
  }
  return years;
}

/** Sources whose flows name the country of dispatch. */
const dispatchSources = new Set(['hmrc_ots']);

/** Which years can be traced, by `mineral stage`, for the minerals asked about or all. */
export async function traceableYears(
  world: World,
  minerals?: readonly string[],
): Promise<Map<string, TraceableYears>> {
  const [allCodes, outputs] = await Promise.all([
    world.load(hs6Mineral),
    world.load(production, minerals ? { mineral: minerals } : {}),
  ]);
  const codes = allCodes.filter(
    (c) => (!minerals || minerals.includes(c.mineral)) && !hidesMineral(c, allCodes),
  );
  const years = await tradedYears(world, [...new Set(codes.map((c) => c.hs6))]);
  const outputBy = groupBy(
    outputs.filter((r) => r.status !== 'projection'),
    (r) => `${r.mineral} ${r.year}`,
  );
  const found = new Map<string, TraceableYears>();
  for (const [key, ofStage] of groupBy(codes, (c) => `${c.mineral} ${c.stage}`)) {
    const { mineral, stage } = ofStage[0]!;
    const trade = [...new Set(ofStage.flatMap((c) => [...(years.get(c.hs6) ?? [])]))].sort((a, b) => a - b);
    const both = trade.filter((y) =>
      outputOf(outputBy.get(`${mineral} ${y}`) ?? [], stage).rows.some(hasTonnes),
    );
    found.set(key, { trade, both });
  }
  return found;
}

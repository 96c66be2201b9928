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
import { figure } from './figure.ts';
import { preferredSource } from './preferred-source.ts';
import type { Note } from './question.ts';
import { chooseFlows, hidesMineral } from './trade-rows.ts';

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

const unnamed = new Set(['WLD', 'OTH']);
const named = (r: Production) => !unnamed.has(r.country);
/** A named country with a figure. */
export const hasTonnes = (r: Production) => named(r) && r.quantity_t !== null;
const tonnesOf = (rows: readonly Production[]) => rows.reduce((s, r) => s + (r.quantity_t ?? 0), 0);

/** What a tonne of output is, where that differs from country to country; empty where it is one measure. */
export function mixedBases(rows: readonly Production[]): string[] {
  const bases = new Set(rows.filter(hasTonnes).flatMap((r) => r.basis ?? []));
  return bases.size > 1 ? [...bases].sort() : [];
}

/**
 * Output that a trace of this stage starts from: the stage's own; for compounds of a mineral whose refined statistic
 * covers metal and chemicals together (IEA), that statistic.
 */
export function outputOf(
  rows: readonly Production[],
  stage: string,
): { rows: Production[]; note: Note | null } {
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
  const whole = codes.filter((c) => c.basket && c.share_of_code === null).map((c) => c.hs6);
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
  for (const [what, of] of groupBy(cut, (c) => c.note ?? 'small flows are cut off'))
    notes.push({
      code: 'partial',
      text: `partial series, ${what}: ${[...new Set(of.map((c) => c.hs6))].join(', ')}`,
    });
  const silent = output.filter((r) => named(r) && r.quantity_t === null);
  if (silent.length)
    notes.push({
      code: 'withheld',
      text: `output without a figure: ${silent.map((r) => `${r.country} (${r.status ?? 'unknown'})`).join(', ')}; what these ship beyond their imports counts as unrecorded`,
    });
  const bases = mixedBases(output);
  if (bases.length)
    notes.push({
      code: 'mixed_basis',
      text: `countries report output in different products (${bases.join(', ')}): their tonnes are not one measure`,
    });
  const rest = output.find((r) => r.country === 'OTH')?.quantity_t;
  if (rest)
    notes.push({
      code: 'other_countries',
      value: rest,
      text: `${figure(rest)} t of output are of countries the source does not name: in no trace, and what these ship counts as unrecorded`,
    });
  const first = output[0];
  const rivals = first
    ? groupBy(
        outputs.filter((r) => r.stage === first.stage && r.source !== first.source && hasTonnes(r)),
        (r) => r.source,
      )
    : [];
  for (const [source, rows] of rivals)
    notes.push({
      code: 'other_source',
      value: tonnesOf(rows),
      text: `output is taken from ${first!.source} (named countries ${figure(tonnesOf(output.filter(hasTonnes)))} t); ${source} has ${figure(tonnesOf(rows))} t`,
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

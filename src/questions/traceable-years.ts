import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { production, seriesCoverage, tradeFlow } from '../tables/quantities.ts';
import { hs6Mineral } from '../tables/world.ts';
import { hasTonnes, outputOf } from './stage-data.ts';
import { hidesMineral } from './trade-rows.ts';

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
export const dispatchSources: ReadonlySet<string> = new Set(['hmrc_ots']);

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

import type { World } from '../store/world.ts';
import { hs6Mineral } from '../tables/world.ts';
import { withTradeOf } from './preloaded.ts';
import { type StageData, stageData } from './stage-data.ts';

export type ReadStage = (mineral: string, stage: string, year: number) => Promise<StageData>;

/**
 * Reads stages for an answer that needs several, each once. Where several minerals are asked about (undefined: all),
 * a year's trade, output and prices are read at once, not mineral by mineral.
 */
export function stagesRead(world: World, minerals: readonly string[] | undefined): ReadStage {
  const read = new Map<string, Promise<StageData>>();
  const ofYear = new Map<number, Promise<World>>();
  const worldOf = (year: number): Promise<World> => {
    let held = ofYear.get(year);
    if (!held) {
      held = world.load(hs6Mineral, minerals ? { mineral: minerals } : {}).then((codes) =>
        withTradeOf(
          world,
          codes.map((c) => c.hs6),
          year,
        ),
      );
      ofYear.set(year, held);
    }
    return held;
  };
  return (mineral, stage, year) => {
    const key = `${mineral} ${stage} ${year}`;
    let data = read.get(key);
    if (!data) {
      const from = minerals?.length === 1 ? Promise.resolve(world) : worldOf(year);
      data = from.then((w) => stageData(w, { mineral, stage, year }));
      read.set(key, data);
    }
    return data;
  };
}

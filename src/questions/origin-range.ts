import type { Reckoning } from '../analysis/flows/interval.ts';
import type { Method } from '../analysis/flows/network.ts';
import type { World } from '../store/world.ts';
import { networkOf, type Weight } from './network-of.ts';
import type { StageData } from './stage-data.ts';
import { throughStage } from './through-stage.ts';
import { supplyOf } from './traced-shares.ts';

interface Amounts {
  readonly traced: ReadonlyMap<string, number>;
  readonly unrecorded: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Amounts as shares of their total. */
export function reckoning(
  choice: string,
  option: string,
  { traced, unrecorded, total }: Amounts,
): Required<Reckoning> {
  const over = (values: ReadonlyMap<string, number>) => new Map([...values].map(([c, v]) => [c, v / total]));
  return { choice, option, shares: over(traced), unrecorded: over(unrecorded) };
}

/** The same trace by the other method and by the other weight, where the data allow it: what else could be defended. */
export async function otherReckonings(
  world: World,
  data: StageData,
  earlier: StageData | null,
  members: readonly string[],
  asked: { readonly weight: Weight; readonly method: Method },
  many: boolean,
): Promise<Reckoning[]> {
  const method: Method = asked.method === 'gross' ? 'net' : 'gross';
  const weight: Weight = asked.weight === 'value' ? 'quantity' : 'value';
  const found: Reckoning[] = [];
  for (const other of [
    { choice: 'method', option: method, weight: asked.weight, method },
    { choice: 'weight', option: weight, weight, method: asked.method },
  ]) {
    const supply = supplyOf(networkOf(data, other.weight, other.method), members, many);
    if (!supply?.consumption) continue;
    const amounts = earlier
      ? await throughStage(world, supply, data, earlier, other.weight, other.method)
      : { ...supply, total: supply.consumption };
    found.push(reckoning(other.choice, other.option, amounts));
  }
  return found;
}

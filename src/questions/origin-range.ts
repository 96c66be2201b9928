import type { Reckoning } from '../analysis/flows/interval.ts';
import type { Method } from '../analysis/flows/network.ts';
import type { Link } from './chain-data.ts';
import { networkOf, type Weight } from './network-of.ts';
import type { StageData } from './stage-data.ts';
import { type Following, throughStages } from './through-stages.ts';
import { importsOf, supplyOf } from './traced-shares.ts';

interface Amounts {
  readonly traced: ReadonlyMap<string, number>;
  readonly unrecorded: ReadonlyMap<string, number>;
  /** where more than the unrecorded part may have been born anywhere */
  readonly open?: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Amounts as shares of their total; what may have been born anywhere counts as unrecorded supply does. */
export function reckoning(
  choice: string,
  option: string,
  { traced, unrecorded, open, total }: Amounts,
): Required<Reckoning> {
  const over = (values: ReadonlyMap<string, number>) => new Map([...values].map(([c, v]) => [c, v / total]));
  return { choice, option, shares: over(traced), unrecorded: over(open ?? unrecorded) };
}

/** How a supply is traced: as used or as bought, by method and weight, and back along a chain. */
export interface Tracing extends Following {
  readonly of: 'use' | 'imports';
  /** true where many parties are traced on one network */
  readonly many: boolean;
}

/** One trace on the data of a stage, and of the stages behind it; null where there is no network, or nothing to trace. */
export function tracedBy(data: StageData, links: readonly Link[], members: readonly string[], by: Tracing) {
  const stage = networkOf(data, by.weight, by.method);
  const supply = by.of === 'imports' ? importsOf(stage, members) : supplyOf(stage, members, by.many);
  const through = supply?.consumption && links.length ? throughStages(supply, data, links, by) : null;
  return { stage, supply, through };
}

/** The same trace by the other method and by the other weight, where the data allow it: what else could be defended. */
export function otherReckonings(
  data: StageData,
  links: readonly Link[],
  members: readonly string[],
  asked: Tracing,
): Reckoning[] {
  const method: Method = asked.method === 'gross' ? 'net' : 'gross';
  const weight: Weight = asked.weight === 'value' ? 'quantity' : 'value';
  return [
    { choice: 'method', option: method, by: { ...asked, method } },
    { choice: 'weight', option: weight, by: { ...asked, weight } },
  ].flatMap(({ choice, option, by }) => {
    // a stage that this choice cannot follow at all would stop every chain: no other view of it, only none
    const lost = links.some(
      ({ data: d }) =>
        networkOf(d, asked.weight, asked.method).network && !networkOf(d, by.weight, by.method).network,
    );
    if (lost) return [];
    const { supply, through } = tracedBy(data, links, members, by);
    if (!supply?.consumption) return [];
    return [reckoning(choice, option, through ?? { ...supply, total: supply.consumption })];
  });
}

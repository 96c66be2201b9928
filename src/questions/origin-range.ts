import { interval, type Reckoning } from '../analysis/flows/interval.ts';
import type { Method } from '../analysis/flows/network.ts';
import type { Link } from './chain-data.ts';
import { percent } from './figure.ts';
import { networkOf, type Weight } from './network-of.ts';
import type { Note } from './question.ts';
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

/** A move of a share below this is not told. */
const leastFelt = 0.0005;

/** What moves the share of the largest origin most, and, of the snapshot, why whose report is taken does not. */
export function rangeNotes(
  chosen: Required<Reckoning>,
  others: readonly Reckoning[],
  snapshot: boolean,
): Note[] {
  const [top] = [...chosen.shares].sort((a, b) => b[1] - a[1]);
  if (!top) return [];
  const [country, share] = top;
  const moves = others.map((o) => {
    const other = o.shares.get(country) ?? 0;
    return { by: Math.abs(other - share), text: `${o.option} makes it ${percent(other)}` };
  });
  const { low, high } = interval(chosen, [], country);
  moves.push({
    by: Math.max(share - low, high - share),
    text: `supply that may be from anywhere leaves ${percent(low)} to ${percent(high)}`,
  });
  moves.sort((a, b) => b.by - a.by);
  const felt = moves.filter((m) => m.by >= leastFelt);
  const range: Note = {
    code: 'range',
    value: moves[0]!.by,
    text: felt.length
      ? `what moves the share of ${country}, ${percent(share)}, most first: ${felt.map((m) => m.text).join('; ')}`
      : `no choice moves the share of ${country}, ${percent(share)}`,
  };
  const report: Note = {
    code: 'report',
    text: 'no flow has reports of both its ends for one year: whose is taken moves nothing',
  };
  return snapshot ? [range, report] : [range];
}

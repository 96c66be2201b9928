import { baselineOf } from './baseline.ts';
import { type MonthAssumptions, stepThrough } from './month-by-month.ts';
import { lanes, roomFor, takeLane } from './month-room.ts';
import { type ProductionLoss, type ShockNetwork, shareOf } from './shock.ts';
import { type Ground, groundOf, layOn } from './strikes.ts';

/** What stopping one supplier, or two at once, does to a country or a bloc. */
export interface Chokepoint {
  /** one country or two, in the order of the network */
  readonly stopped: readonly string[];
  readonly shortfall_t: number;
  /** shortfall over the run divided by use over the run; null where nothing is used */
  readonly shortfall_share: number | null;
}

const loss = (country: string): ProductionLoss => ({ kind: 'production_loss', country, severity: 1 });

/** Stops each of the given sets of producers completely for the whole run, and ranks by shortfall of `members`. */
export function stopEach(
  network: ShockNetwork,
  sets: readonly (readonly string[])[],
  members: readonly string[],
  assumptions: MonthAssumptions,
  ground: Ground = groundOf(network),
): Chokepoint[] {
  const at = Int32Array.from(members.map((c) => network.countries.indexOf(c)).filter((j) => j >= 0));
  if (at.length === 0) return [];
  const n = network.countries.length;
  const used = at.reduce((sum, j) => sum + ground.consumption[j]!, 0) * assumptions.months;
  const room = roomFor(
    { n, links: ground.to.length, strikes: 2 },
    assumptions.months,
    assumptions.pipelineMonths,
  );
  return sets
    .map((stopped) => {
      const struck = layOn(ground, stopped.map(loss), assumptions.demandElasticity);
      const shares = struck.strikes.map((s) => s.share);
      const lasts = struck.strikes.map((s) => s.last);
      takeLane(struck, { ...assumptions, shares, lasts }, 0, room);
      stepThrough(struck, assumptions, room, at);
      let sum = 0;
      for (let t = 0; t < assumptions.months; t++)
        for (const j of at) sum += room.shortfall[(t * n + j) * lanes]!;
      return { stopped, shortfall_t: sum, shortfall_share: shareOf(sum, used) };
    })
    .sort((a, b) => b.shortfall_t - a.shortfall_t || (a.stopped.join() < b.stopped.join() ? -1 : 1));
}

/** Countries with output, in the order of the network. */
export const producersOf = (network: ShockNetwork): string[] =>
  network.countries.filter((_, j) => network.production[j]! > 0);

/** N-1: each producer stops alone. */
export const stopOne = (
  network: ShockNetwork,
  members: readonly string[],
  assumptions: MonthAssumptions,
  ground?: Ground,
): Chokepoint[] =>
  stopEach(
    network,
    producersOf(network).map((c) => [c]),
    members,
    assumptions,
    ground,
  );

/** N-2: each pair of producers stops together. */
export function stopTwo(
  network: ShockNetwork,
  members: readonly string[],
  assumptions: MonthAssumptions,
  ground?: Ground,
): Chokepoint[] {
  const all = producersOf(network);
  const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b]));
  return stopEach(network, pairs, members, assumptions, ground);
}

/**
 * Countries that ship to the members more than they can be seen to make and receive, while nobody says what they make:
 * their stop would strike, but nobody knows how much. By what the members receive from them, most first.
 *
 * @param idle countries whose output is published as 0: what they ship is another's
 */
export function silentSuppliers(
  network: ShockNetwork,
  members: readonly string[],
  idle: ReadonlySet<string>,
): string[] {
  const { unrecorded } = baselineOf(network);
  const sold = new Map<number, number>();
  for (let e = 0; e < network.flow.length; e++) {
    const j = network.from[e]!;
    const unknown = network.production[j] === 0 && unrecorded[j]! > 0 && !idle.has(network.countries[j]!);
    if (unknown && network.flow[e]! > 0 && members.includes(network.countries[network.to[e]!]!))
      sold.set(j, (sold.get(j) ?? 0) + network.flow[e]!);
  }
  return [...sold]
    .map(([j, t]) => ({ country: network.countries[j]!, t }))
    .filter(({ country }) => !members.includes(country))
    .sort((a, b) => b.t - a.t || (a.country < b.country ? -1 : 1))
    .map(({ country }) => country);
}

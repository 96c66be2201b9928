import { againstCap, type Interval, interval, type Reckoning } from '../analysis/flows/interval.ts';
import { type Method, type NamedNetwork, worldUnrecordedShare } from '../analysis/flows/network.ts';
import { type Trace, traceImports, traceTo } from '../analysis/flows/trace.ts';
import type { World } from '../store/world.ts';
import { figure, percent } from './figure.ts';
import { networkOf, type StageNetwork, type Weight } from './network-of.ts';
import type { Note } from './question.ts';
import type { Party } from './resolve.ts';
import { type StageData, stageData } from './stage-data.ts';

/** What is traced: whose supply, of what, when, and how. */
export interface TraceRequest {
  readonly for: Party;
  readonly mineral: string;
  readonly stage: string;
  readonly year: number;
  readonly method: Method;
  readonly weight: Weight;
}

/** Where an importer's apparent consumption was born, by country, in t or USD as the weight says. */
export interface TracedSupply {
  readonly consumption: number;
  readonly traced: ReadonlyMap<string, number>;
  /** the part of `traced` that is unrecorded supply */
  readonly unrecorded: ReadonlyMap<string, number>;
  readonly trace: Trace;
}

/**
 * Traces a party's supply on a network; null where there is none. All zero where the party uses nothing.
 * @param many true where many parties are traced on it
 */
export function supplyOf(stage: StageNetwork, members: readonly string[], many = false): TracedSupply | null {
  return suppliedBy(stage, members, (network, at) => traceTo(network, at, many));
}

/** The same of what a party buys, whether it uses it or ships it on; `consumption` is then its imports. */
export const importsOf = (stage: StageNetwork, members: readonly string[]): TracedSupply | null =>
  suppliedBy(stage, members, traceImports);

function suppliedBy(
  { network }: StageNetwork,
  members: readonly string[],
  traced: (network: NamedNetwork, at: readonly number[]) => Trace,
): TracedSupply | null {
  if (!network) return null;
  const at = members.flatMap((m) => network.positionOf.get(m) ?? []);
  const trace = traced(network, at);
  const named = (values: Float64Array) => {
    const found = new Map<string, number>();
    for (let j = 0; j < values.length; j++) if (values[j]! > 0) found.set(network.countries[j]!, values[j]!);
    return found;
  };
  return {
    consumption: trace.consumption,
    traced: named(trace.traced),
    unrecorded: named(trace.unrecorded),
    trace,
  };
}

/** How much of a supply nobody reports making. */
function unrecordedInWords({ consumption, unrecorded }: TracedSupply, what: string): string {
  const amount = sumOf(unrecorded.values());
  if (consumption > 0 && amount === 0)
    return `nothing of what is ${what} is supply that nobody reports making`;
  const part = consumption > 0 ? percent(amount / consumption) : 'an unknown part';
  return `${part} of what is ${what} is supply that nobody reports making; it stands with the country it appears in`;
}

/** What every trace has to say about itself. */
export function traceNotes(
  stage: StageNetwork,
  supply: TracedSupply,
  weight: Weight,
  of: 'use' | 'imports' = 'use',
): Note[] {
  const network = stage.network!;
  const world = worldUnrecordedShare(network);
  const { trace } = supply;
  const notes: Note[] = [
    {
      code: of === 'use' ? 'consumption' : 'imports',
      value: supply.consumption,
      text:
        of === 'use'
          ? `apparent consumption ${figure(supply.consumption)} ${weight === 'value' ? 'USD' : 't'}: output + unrecorded supply + imports − exports`
          : `imports ${figure(supply.consumption)} ${weight === 'value' ? 'USD' : 't'}, with the origin mix of whoever ships them`,
    },
    {
      code: 'unrecorded_share',
      value: supply.consumption > 0 ? sumOf(supply.unrecorded.values()) / supply.consumption : null,
      text: unrecordedInWords(supply, of === 'use' ? 'used' : 'bought'),
    },
    {
      code: 'world_unrecorded_share',
      value: world,
      text: `supply that nobody reports but that must exist for exports to be true is ${world === null ? 'of unknown size' : `${percent(world)} of the world’s reported output`}`,
    },
    {
      code: 'residual',
      value: trace.residual,
      text: `the equations hold to ${figure(trace.residual)} of their largest term`,
    },
    {
      code: 'solver',
      value: trace.sweeps,
      text: `solved by ${trace.solver}, ${trace.sweeps} ${trace.sweeps === 1 ? 'sweep' : 'sweeps'}`,
    },
  ];
  if (trace.closedLoops.length)
    notes.push({
      code: 'closed_loop',
      text: `goods go round without output or use, left out: ${trace.closedLoops
        .map((l) => l.map((j) => network.countries[j]).join('–'))
        .join('; ')}`,
    });
  return notes;
}

export interface CountryShare extends Interval {
  readonly country: string;
}

/** Shares of an importer's apparent consumption by one lens, largest first, with what they leave open. */
export interface LensShares {
  /** null where nothing can be traced; `notes` say why */
  readonly shares: readonly CountryShare[] | null;
  /** t contained (or gross, noted), or USD */
  readonly consumption: number | null;
  /** codes whose trade is in the network */
  readonly hs6: readonly string[];
  /** part of the importer's own supply that is unrecorded */
  readonly unrecordedShare: number | null;
  /** share held by owners of unknown home; 0 for traced */
  readonly unknownOwnerShare: number;
  /** part of a country's share that stands with it only as no owner is known; 0 for traced */
  readonly ownerUnknownOf: (country: string) => number;
  /**
   * on what it depends whether a country's share is above a cap, where its range spans the cap: `method`, `weight`,
   * `unrecorded`, `owners`; empty where it does not
   */
  readonly dependsOn: (country: string, cap: number) => readonly string[];
  readonly notes: readonly Note[];
  readonly sources: ReadonlySet<string>;
}

const over = (values: ReadonlyMap<string, number>, whole: number) =>
  new Map([...values].map(([k, v]) => [k, v / whole]));
export const codesIn = (data: StageData) => [...new Set(data.flows.map((f) => f.hs6))].sort();

export interface Reckoned {
  readonly data: StageData;
  readonly chosen: StageNetwork;
  readonly supply: TracedSupply | null;
  readonly main: Reckoning | null;
  readonly alternatives: readonly Reckoning[];
}

/** The trace asked for, and the same by the other method and the other weight where the data allow it. */
export async function reckoned(world: World, of: TraceRequest): Promise<Reckoned> {
  const data = await stageData(world, of);
  const members = of.for.members(of.year);
  const reckon = (choice: string, option: string, weight: Weight, method: Method) => {
    const stage = networkOf(data, weight, method);
    const supply = supplyOf(stage, members);
    const reckoning: Reckoning | null = !supply?.consumption
      ? null
      : {
          choice,
          option,
          shares: over(supply.traced, supply.consumption),
          unrecorded: over(supply.unrecorded, supply.consumption),
        };
    return { stage, supply, reckoning };
  };
  const main = reckon('method', of.method, of.weight, of.method);
  const otherMethod: Method = of.method === 'gross' ? 'net' : 'gross';
  const otherWeight: Weight = of.weight === 'value' ? 'quantity' : 'value';
  const others = main.reckoning
    ? [
        reckon('method', otherMethod, of.weight, otherMethod),
        reckon('weight', otherWeight, otherWeight, of.method),
      ]
    : [];
  return {
    data,
    chosen: main.stage,
    supply: main.supply,
    main: main.reckoning,
    alternatives: others.flatMap((o) => o.reckoning ?? []),
  };
}

/** Whether only the largest flows are known. */
export const isPartial = ({ notes }: StageData): boolean => notes.some((n) => n.code === 'partial');

export const noShares = (r: Reckoned): LensShares => ({
  shares: null,
  consumption: null,
  hs6: codesIn(r.data),
  unrecordedShare: null,
  unknownOwnerShare: 0,
  ownerUnknownOf: () => 0,
  dependsOn: () => [],
  notes: r.chosen.network
    ? [
        ...r.chosen.notes,
        {
          code: 'no_supply',
          text: isPartial(r.data)
            ? 'nothing above the cut of a truncated series: small, not zero'
            : 'nothing is used: no output and no imports kept',
        },
      ]
    : r.chosen.notes,
  sources: r.data.sources,
});

export const sumOf = (values: Iterable<number>) => {
  let sum = 0;
  for (const v of values) sum += v;
  return sum;
};

/** Shares of apparent consumption by the country of birth, each with the range that method, weight and unrecorded supply leave. */
export const tracedShares = async (world: World, of: TraceRequest): Promise<LensShares> =>
  tracedOf(await reckoned(world, of), of.weight);

export function tracedOf(r: Reckoned, weight: Weight): LensShares {
  const { main, supply } = r;
  if (!main || !supply) return noShares(r);
  const countries = new Set([main, ...r.alternatives].flatMap((a) => [...a.shares.keys()]));
  const shares = [...countries].map((country) => ({ country, ...interval(main, r.alternatives, country) }));
  shares.sort((a, b) => b.share - a.share || b.high - a.high || (a.country < b.country ? -1 : 1));
  return {
    shares,
    consumption: supply.consumption,
    hs6: codesIn(r.data),
    unrecordedShare: sumOf(supply.unrecorded.values()) / supply.consumption,
    unknownOwnerShare: 0,
    ownerUnknownOf: () => 0,
    dependsOn: (country, cap) => againstCap(main, r.alternatives, country, cap).dependsOn,
    notes: [...r.chosen.notes, ...traceNotes(r.chosen, supply, weight)],
    sources: r.data.sources,
  };
}

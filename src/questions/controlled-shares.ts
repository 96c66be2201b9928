import { type Control, control, type Holding } from '../analysis/flows/control.ts';
import { type HeldReckoning, heldAgainstCap, heldInterval } from '../analysis/flows/control-range.ts';
import type { Reckoning } from '../analysis/flows/interval.ts';
import { holdingsInUse } from '../analysis/policy/holdings.ts';
import type { World } from '../store/world.ts';
import { ownership } from '../tables/policy.ts';
import { percent } from './figure.ts';
import type { Weight } from './network-of.ts';
import type { Note } from './question.ts';
import type { StageData } from './stage-data.ts';
import {
  codesIn,
  type LensShares,
  noShares,
  type Reckoned,
  reckoned,
  sumOf,
  type TraceRequest,
  tracedOf,
  traceNotes,
} from './traced-shares.ts';

/** Who holds the output of a mineral and stage in the countries where a supply was born, from the table `ownership`. */
export async function controlOf(
  world: World,
  shares: ReadonlyMap<string, number>,
  data: StageData,
): Promise<{
  readonly control: Control;
  readonly holdings: readonly Holding[];
  readonly outputOf: (host: string) => number | null;
  readonly notes: readonly Note[];
  readonly sources: readonly string[];
}> {
  const output = new Map(data.output.map((r) => [r.country, r.quantity_t]));
  const outputOf = (host: string) => output.get(host) ?? null;
  const registered = await world.load(ownership, { mineral: [data.mineral], stage: [data.stage] });
  const holdings = holdingsInUse(registered, outputOf);
  const result = control(shares, holdings, outputOf);
  const notes: Note[] = [];
  const hosts = [...result.hosts];
  const scaled = hosts.filter(([, k]) => k.scaled).map(([h]) => h);
  if (scaled.length)
    notes.push({
      code: 'assets_above_output',
      text: `known assets add up to more than national output and are scaled to it: ${scaled.join(', ')}`,
    });
  const open = hosts.reduce((s, [h, k]) => s + (shares.get(h) ?? 0) * k.unattributed, 0);
  notes.push({
    code: 'unattributed',
    value: open,
    text: `${percent(open)} is from output whose owner is not known; it stays with the country where it is, and widens every range`,
  });
  if (result.unknown > 0)
    notes.push({
      code: 'unknown_owner',
      value: result.unknown,
      text: `${percent(result.unknown)} is held by owners whose home is not known; it is in no country’s share`,
    });
  const silent = hosts.filter(([, k]) => k.withoutOutput.length);
  if (silent.length)
    notes.push({
      code: 'assets_without_output',
      text: `assets without a figure count only in the range: ${silent
        .map(([h, k]) => `${h} ${k.withoutOutput.join(', ')}`)
        .join('; ')}`,
    });
  const weak = holdings.filter(
    (h) => shares.has(h.country) && h.confidence && h.confidence !== 'high',
  ).length;
  if (weak)
    notes.push({
      code: 'confidence',
      value: weak,
      text: `${weak} of ${holdings.length} ownership rows used are of medium or low confidence`,
    });
  const register = world.data === 'own' ? 'ownership' : 'ownership_register';
  const sources = holdings.some((h) => shares.has(h.country)) ? [register] : [];
  return { control: result, holdings, outputOf, notes, sources };
}

/** Shares of apparent consumption by the home of whoever holds the mines and plants it was born in. */
export const controlledShares = async (world: World, of: TraceRequest): Promise<LensShares> =>
  controlledOf(world, await reckoned(world, of), of.weight);

/** Traced and controlled shares at once, on one trace. */
export async function lensShares(
  world: World,
  of: TraceRequest,
): Promise<{ readonly traced: LensShares; readonly controlled: LensShares }> {
  const r = await reckoned(world, of);
  return { traced: tracedOf(r, of.weight), controlled: await controlledOf(world, r, of.weight) };
}

async function controlledOf(world: World, r: Reckoned, weight: Weight): Promise<LensShares> {
  const { main, supply } = r;
  if (!main || !supply) return noShares(r);
  const chosen = await controlOf(world, main.shares, r.data);
  const held = ({ choice, shares, unrecorded }: Reckoning): HeldReckoning => ({
    choice,
    held: control(shares, chosen.holdings, chosen.outputOf),
    unrecorded: control(unrecorded ?? new Map(), chosen.holdings, chosen.outputOf),
  });
  const byOwner = held(main);
  const others = r.alternatives.map(held);
  const owners = new Set([byOwner, ...others].flatMap((h) => h.held.owners.map((o) => o.country)));
  const shares = [...owners].map((country) => ({ country, ...heldInterval(byOwner, others, country) }));
  shares.sort((a, b) => b.share - a.share || b.high - a.high || (a.country < b.country ? -1 : 1));
  return {
    shares,
    consumption: supply.consumption,
    hs6: codesIn(r.data),
    unrecordedShare: sumOf(supply.unrecorded.values()) / supply.consumption,
    unknownOwnerShare: chosen.control.unknown,
    ownerUnknownOf: (country) => chosen.control.owners.find((o) => o.country === country)?.unattributed ?? 0,
    dependsOn: (country, cap) => heldAgainstCap(byOwner, others, country, cap).dependsOn,
    notes: [...r.chosen.notes, ...traceNotes(r.chosen, supply, weight), ...chosen.notes],
    sources: new Set([...r.data.sources, ...chosen.sources]),
  };
}

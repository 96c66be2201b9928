import { baselineOf } from '../../analysis/shocks/baseline.ts';
import { factorNames, rangesAround } from '../../analysis/shocks/draws.ts';
import { models } from '../../analysis/shocks/models.ts';
import type { Shock, ShockRow } from '../../analysis/shocks/shock.ts';
import { changesNothing } from '../../analysis/shocks/strikes.ts';
import { tornado } from '../../analysis/shocks/tornado.ts';
import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { figure } from '../figure.ts';
import type { AnswerRow, Note } from '../question.ts';
import type { Party } from '../resolve.ts';
import { plainly, tonnes } from '../wording.ts';
import type { ShockCase } from './cases.ts';
import type { ShockInputs } from './inputs.ts';
import { notBelowZero } from './losses.ts';
import { unnamed } from './network.ts';
import type { ShockParams } from './params.ts';
import { believable, beyondPrices } from './price-words.ts';
import { sectorNotes, stockpileNotes } from './remedies.ts';
import { type Group, writeSpread } from './spread.ts';
import { emptied, unfollowedNotes } from './unfollowed.ts';
import { servedFirst, type Uses } from './uses.ts';

/**
 * One mineral, stage and year: the model's rows for those asked about, the spread of draws, and remarks.
 *
 * @param lost those of the shocks laid that cannot be followed
 */
export async function runCase(
  inputs: ShockInputs,
  laid: readonly Shock[],
  lost: readonly Shock[],
  asked: ShockParams,
  world: World,
  parties: readonly Party[] | undefined,
  one: ShockCase,
  uses: Uses | null,
  progress: (part: number, what: string) => void,
): Promise<{ rows: AnswerRow[]; notes: Note[] }> {
  const { network, assumptions } = inputs;
  const result = models[asked.model](network, laid, assumptions);
  const byCountry = groupBy(result.rows, (r) => r.country);
  const rows: AnswerRow[] = [];
  // without anybody's use only the world's market is told
  const runs = inputs.usersKnown || asked.model === 'market';
  const notes: Note[] = runs ? result.notes.map((n) => ({ ...n })) : [];
  const groups: Group[] = [];
  const at = new Map(network.countries.map((c, j) => [c, j]));
  const wanted = parties?.map((p) => ({ id: p.id, members: p.members(one.year) }));
  const told = wanted ?? network.countries.filter((c) => c !== unnamed).map((c) => ({ id: c, members: [c] }));
  if (!inputs.usersKnown) {
    for (const { id } of told) rows.push(unknownRow(id));
    notes.push({
      code: 'users_unknown',
      rows: told.map((_, i) => i),
      text: `who would lack ${plainly(one.mineral)} (${plainly(one.stage)}) is not known, as no trade in it is in the data`,
    });
  }
  for (const { id, members } of inputs.usersKnown ? told : []) {
    const known = members.filter((c) => at.has(c));
    const parts = known.map((c) => byCountry.get(c)!);
    if (!parts.length) {
      notes.push({
        code: 'not_in_data',
        rows: [rows.length],
        country: id,
        text: `${id} is in neither the trade nor the output that is known of ${one.mineral} ${one.stage} ${one.year}: what it would lack is not known`,
      });
      rows.push(unknownRow(id));
      continue;
    }
    const first = rows.length;
    parts[0]!.forEach((_, i) => {
      const added = addedUp(
        id,
        parts.map((p) => p[i]!),
      );
      rows.push(added);
    });
    groups.push({
      id,
      members: known.map((c) => at.get(c)!),
      rows: parts[0]!.map((_, i) => first + i),
    });
  }
  const others = network.production[network.countries.indexOf(unnamed)] ?? 0;
  if (others > 0 && runs)
    notes.push({
      code: 'unnamed_producers',
      value: others,
      text: `${tonnes(others)} of the world’s output are of countries that no source names: they are taken as one producer`,
    });
  const { unrecorded } = baselineOf(network);
  const hubs = groups.filter(
    (g) => rows[g.rows[0]!]!.baseline_t === 0 && g.members.some((j) => unrecorded[j]! > 0),
  );
  if (hubs.length)
    notes.push({
      code: 'use_unknown',
      rows: hubs.flatMap((g) => g.rows),
      text: `${hubs.length === 1 ? `${hubs[0]!.id} ships` : `${hubs.length} countries ship`} more than ${hubs.length === 1 ? 'it is' : 'they are'} known to make and receive: apparent use is 0, what is really used is not known`,
    });
  // without output there is no world's demand to tell of
  const made = network.countries.some((_, j) => network.production[j]! > 0);
  if (asked.model === 'market') rows.push(made ? { ...byCountry.get('WLD')![0]! } : unknownRow('WLD'));

  if (lost.length) {
    const followed = groups.map((g) => g.rows);
    if (asked.model === 'market' && made) followed.push([rows.length - 1]);
    const empty = new Set(followed.filter((of) => emptied(of.map((i) => rows[i]!))).flat());
    if (!made && asked.model === 'market') empty.add(rows.length - 1);
    const least = followed.flat().filter((i) => !empty.has(i));
    notes.push(...unfollowedNotes(lost, one, [...empty], least));
  }
  const known = rows.filter((r) => r.shortfall_t !== null);
  const moved = groups.filter((g) => rows[g.rows[0]!]!.shortfall_t !== null);
  if (
    !laid.every(changesNothing) &&
    moved.length &&
    known.every((r) => r.shortfall_t === 0 && r.stock_used_t === 0)
  )
    notes.push({
      code: 'untouched',
      text: 'nobody asked about lacks anything: what is struck reaches none of them, or stocks and others make up for it',
    });
  const dearest = Math.max(0, ...rows.map((r) => (r.price_ratio as number | null) ?? 0));
  if (dearest > believable)
    notes.push({
      code: 'price_out_of_range',
      value: dearest,
      text: `a price ratio above ${believable} lies outside the changes elasticities are estimated on: ${beyondPrices(dearest) ? 'read it as "scarce", not as a price' : 'trust its direction more than its size'}`,
    });

  const job = {
    model: asked.model,
    network,
    shocks: laid,
    assumptions,
    ranges: rangesAround(assumptions, inputs.ranges),
    seed: asked.seed,
  };
  if (asked.draws && moved.length)
    notes.push(
      ...(await writeSpread(job, asked.draws, moved, rows, world, {
        threads: asked.threads,
        progress: (part) => progress(part, `${Math.round(part * asked.draws!)} of ${asked.draws} draws`),
      })),
    );
  if (parties) {
    const only = groups.length === 1 ? moved[0] : undefined;
    if (only)
      for (const bar of tornado({ ...job, kept: only.members }))
        notes.push({
          code: 'tornado',
          value: bar.swing_t,
          country: only.id,
          factor: bar.factor,
          low: bar.low,
          high: bar.high,
          low_t: bar.shortfallAtLow_t,
          high_t: bar.shortfallAtHigh_t,
          text: `${factorNames[bar.factor]} from ${figure(bar.low)} to ${figure(bar.high)} moves the shortfall of ${only.id} from ${tonnes(bar.shortfallAtLow_t)} to ${tonnes(bar.shortfallAtHigh_t)}`,
        });
    const first = asked.serveFirst;
    for (const g of moved) {
      const own = g.rows.map((i) => rows[i]!);
      if (uses) notes.push(...sectorNotes(g.id, own, first ? servedFirst(uses, first) : uses, !first));
      if (asked.model === 'months') notes.push(...stockpileNotes(g.id, own, asked));
    }
  }
  return { rows, notes };
}

/** A country of whose use nothing is known: every figure empty, never 0. */
export const unknownRow = (country: string): AnswerRow => ({
  country,
  month: null,
  baseline_t: null,
  supply_t: null,
  stock_used_t: null,
  shortfall_t: null,
  shortfall_share: null,
  price_ratio: null,
});

/** The row of a party: sums over its members; ratios from the sums. */
function addedUp(id: string, parts: readonly ShockRow[]): AnswerRow {
  const first = parts[0]!;
  if (parts.length === 1)
    return { ...first, country: id, supply_t: notBelowZero(first.supply_t, first.baseline_t) };
  const row: AnswerRow = { ...first, country: id };
  // a member that makes nothing has no figure for output
  const names = new Set(parts.flatMap((p) => Object.keys(p)).filter((n) => n.endsWith('_t')));
  for (const name of names)
    row[name] = parts.reduce((sum, p) => sum + ((p as unknown as Record<string, number>)[name] ?? 0), 0);
  const baseline = row.baseline_t as number;
  row.supply_t = notBelowZero(row.supply_t as number, baseline);
  row.shortfall_share = baseline > 0 ? (row.shortfall_t as number) / baseline : null;
  return row;
}

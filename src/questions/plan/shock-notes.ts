import { models } from '../../analysis/shocks/models.ts';
import { type ShockNetwork, shareOf } from '../../analysis/shocks/shock.ts';
import { cannotBeFollowed, groundOf } from '../../analysis/shocks/strikes.ts';
import type { Plan } from '../../analysis/sourcing/plan.ts';
import { rerouted } from '../../analysis/sourcing/rerouted.ts';
import { UsageError } from '../../errors.ts';
import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { didYouMean } from '../../tables/nearest.ts';
import { percent } from '../figure.ts';
import type { Note } from '../question.ts';
import type { Names } from '../resolve.ts';
import { shockInputs } from '../shock/inputs.ts';
import { laidOn, type StagedShock, shocksOf, stopsOf } from '../shock/laid-on.ts';
import { scenario, scenarios } from '../shock/scenario.ts';
import { count, sentence } from '../wording.ts';
import type { StageSupply } from './stage-supply.ts';

/** A change of the part that is missing below which it is the same. */
const leastChange = 0.001;

/** Months that a shock is followed. */
const months = 12;

/** A shipped scenario by name, or `COUNTRY[:SEVERITY]`. */
function shocksNamed(text: string, names: Names): StagedShock[] {
  const shipped = scenarios[text];
  if (shipped) return shocksOf(scenario.parse(shipped), names);
  if (/^[A-Z]{3}(:|$)/.test(text)) return stopsOf([text], names);
  throw new UsageError(
    `--shock takes the name of a shipped scenario or COUNTRY[:SEVERITY]: "${text}"${didYouMean(text, Object.keys(scenarios))}`,
  );
}

/** What a shock does to today's mix and to the plan's: the part of a year's use that is missing, by mineral and stage. */
export async function shockNotes(
  plan: Plan,
  supplies: readonly StageSupply[],
  home: ReadonlySet<string>,
  to: number,
  text: string,
  names: Names,
  world: World,
): Promise<Note[]> {
  const shocks = shocksNamed(text, names);
  const notes: Note[] = [];
  for (const s of supplies) {
    world.signal.throwIfAborted();
    const shares = new Map<string, number>();
    for (const d of plan.deliveries)
      if (
        d.offer.kind === 'import' &&
        d.quantity_t > 0 &&
        d.offer.mineral === s.mineral &&
        d.offer.stage === s.stage &&
        d.offer.year === to
      )
        shares.set(d.offer.country, (shares.get(d.offer.country) ?? 0) + d.quantity_t);
    const laid = await laidOn(world, s, shocks);
    if (!laid.length) continue;
    const inputs = await shockInputs(world, s, {
      months,
      stockUse: 1,
      consumptionBuffer: 0,
      coverCounts: true,
    });
    const named = `${text}: ${names.mineralName(s.mineral)} (${s.stage})`;
    const unknown = (why: string) =>
      notes.push({
        code: 'shock',
        mineral: s.mineral,
        stage: s.stage,
        value: null,
        today_share: null,
        planned_share: null,
        why,
        text: `${named}: what would be missing is not known, as ${why}`,
      });
    if (!inputs.network) {
      unknown('the data hold neither its output nor its trade in tonnes');
      continue;
    }
    if (!inputs.usersKnown) {
      unknown('no trade in it is in the data');
      continue;
    }
    const { network, assumptions } = inputs;
    const ground = groundOf(network);
    const lost = laid.filter((x) => cannotBeFollowed(ground, x, inputs.idle));
    const followed = laid.filter((x) => !lost.includes(x));
    if (!followed.length) {
      unknown('the data hold no output and no trade that the shock strikes');
      continue;
    }
    const missing = (of: ShockNetwork) => {
      let short = 0;
      let use = 0;
      for (const r of models.months(of, followed, assumptions).rows) {
        if (!home.has(r.country)) continue;
        short += r.shortfall_t;
        use += r.baseline_t;
      }
      return shareOf(short, use);
    };
    const today = missing(network);
    if (today !== null && !shares.size) {
      notes.push({
        code: 'shock',
        mineral: s.mineral,
        stage: s.stage,
        value: null,
        today_share: today,
        planned_share: null,
        text: `${named}: ${percent(today)} of ${months} months’ use missing with today’s mix; nothing is imported by a plan within the limits that could be compared`,
      });
      continue;
    }
    const planned = missing(rerouted(network, home, shares));
    if (today === null || planned === null) {
      unknown('the buyer ships at least what it is known to make and receive');
      continue;
    }
    if (lost.length && today === 0 && planned === 0) {
      unknown('a part of the shock strikes nothing that the data hold, and the rest does no harm');
      continue;
    }
    notes.push({
      code: 'shock',
      mineral: s.mineral,
      stage: s.stage,
      value: planned,
      today_share: today,
      planned_share: planned,
      text: `${named}: ${lost.length ? 'at least ' : ''}${percent(today)} of ${months} months’ use missing with today’s mix, ${percent(planned)} with the plan’s${lost.length ? '; a part of the shock cannot be followed' : ''}`,
    });
  }
  notes.sort((a, b) => Number(b.today_share ?? -1) - Number(a.today_share ?? -1));
  return [totalNote(text, notes, names), ...notes];
}

/** Minerals named in the sentence about all of them. */
const mostNamed = 5;

/** All of them in a sentence: where today's mix loses most, what the plan's would lose there, and what nobody knows. */
function totalNote(text: string, all: readonly Note[], names: Names): Note {
  const notes = all.filter((n) => n.value !== null);
  const unknown = all.filter((n) => n.today_share === null);
  const unplanned = all.filter((n) => n.value === null && n.today_share !== null);
  const nameOf = (n: Note) => `${names.mineralName(String(n.mineral))} (${n.stage})`;
  const silent = [...groupBy(unknown, (n) => String(n.why))]
    .map(([why, of]) => `what it does to ${of.map(nameOf).join(', ')} is not known, as ${why}`)
    .join('; ');
  const lone = unplanned.map(
    (n) => `${nameOf(n)} ${percent(Number(n.today_share))} today, with no plan within the limits to compare`,
  );
  if (!notes.length)
    return {
      code: 'shock_unknown',
      text: `${text}: ${[...lone, ...(silent ? [silent] : [])].join('; ') || 'strikes none of the minerals that are planned'}`,
    };
  const today = (n: Note) => Number(n.today_share);
  const planned = (n: Note) => Number(n.planned_share);
  const better = notes.filter((n) => planned(n) < today(n) - leastChange).length;
  const worse = notes.filter((n) => planned(n) > today(n) + leastChange).length;
  const most = notes.filter((n) => Math.max(today(n), planned(n)) >= leastChange).slice(0, mostNamed);
  const each = most.map(
    (n) => `${nameOf(n)} ${percent(today(n))} today, ${percent(planned(n))} with the plan`,
  );
  return {
    code: 'shock_total',
    value: notes.length,
    better,
    worse,
    unknown: unknown.length,
    text: [
      `${text}: of ${count(notes.length, 'mineral and stage', 'minerals and stages')} it bears on, the plan loses less of ${months} months’ use than today’s mix in ${better}, more in ${worse}`,
      ...(each.length || lone.length ? [`Missing: ${[...each, ...lone].join('; ')}`] : []),
      ...(silent ? [sentence(silent)] : []),
    ].join('. '),
  };
}

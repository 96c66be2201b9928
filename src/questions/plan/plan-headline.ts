import { usd } from '../../analysis/sourcing/explain.ts';
import type { Objective } from '../../analysis/sourcing/objective.ts';
import { countedBy, type Limits } from '../../analysis/sourcing/problem.ts';
import { percent } from '../figure.ts';
import type { Names, Party } from '../resolve.ts';
import { count, named, yearsOfRows } from '../wording.ts';
import type { Outcome } from './outcome.ts';
import { stageName, type Urgency } from './outcome-words.ts';

/** A mix by what it is the best of. */
export const best: Record<Objective, string> = {
  cost: 'cheapest mix',
  hhi: 'least concentrated mix',
  change: 'mix that moves the fewest tonnes',
};
const how: Record<Objective, string> = {
  cost: '',
  hhi: ' by the least concentrated mix',
  change: ' by moving the fewest tonnes to other sellers',
};
const comparedWith: Record<Objective, string> = {
  cost: '',
  hhi: 'than the cheapest mix without the cap ',
  change: 'than today’s mix ',
};

/** What the plan comes to, in a sentence or three: how many are over the cap, how many can be helped, at what cost. */
export function planHeadline(
  outcomes: readonly Outcome[],
  { over, can, stuck }: Urgency,
  limits: Limits,
  home: ReadonlySet<string>,
  to: number,
  party: Party,
  names: Names,
  objective: Objective,
): string[] {
  if (!outcomes.length) return [`No supply of ${party.name} can be planned.`];
  const of = `${party.name}, supply of ${yearsOfRows(outcomes.map((o) => ({ year: o.supply.year })))}`;
  const stages = count(outcomes.length, 'mineral and stage', 'minerals and stages');
  if (limits.aggregateCap !== null) return [`${of}: ${together(outcomes, limits, home, stages, names)}`];
  const cap = limits.cap ?? limits.nMinus1;
  const none = stuck.length
    ? [`There is no plan within the limits for ${named(stuck.map((o) => stageName(o, names)))}.`]
    : [];
  if (cap === null) return [`${of}: the ${best[objective]} for ${stages} in ${to}; no cap is set.`, ...none];
  const are = `${over.length} of ${stages} ${over.length === 1 ? 'is' : 'are'} over ${percent(cap)} today`;
  if (!over.length) return [`${of}: none of ${stages} is over ${percent(cap)} today.`, ...none];
  const cannot = over.length - can.length;
  const cost = can.reduce((sum, o) => sum + o.cost_usd!, 0);
  const more = can.reduce((sum, o) => sum + (o.cost_usd! * o.more!) / (1 + o.more!), 0);
  const price =
    more > 1e-5 * cost
      ? `, for ${usd(more)} a year more ${comparedWith[objective]}(${Number(((100 * more) / (cost - more)).toPrecision(2))} %)`
      : more > 0
        ? ' at almost no cost'
        : '';
  const helped =
    can.length === 0
      ? `${over.length === 1 ? 'it has no plan' : 'none of them has a plan'} within the limits`
      : `${cannot === 0 ? (over.length === 1 ? 'it' : 'all of them') : can.length} can be brought under it${how[objective]}${price}`;
  const lines = [
    `${of}: ${are}. By ${to} ${helped}${cannot && can.length ? `; ${cannot} cannot within what is known to be available` : ''}.`,
  ];
  if (can.length > 1 && objective === 'cost')
    lines.push(
      `First ${stageName(can[0]!, names)}, where the cap costs least for each share point that has to go.`,
    );
  return [...lines, ...none];
}

/** The largest country over all minerals by value, where that is what is capped. */
function together(
  outcomes: readonly Outcome[],
  limits: Limits,
  home: ReadonlySet<string>,
  stages: string,
  names: Names,
): string {
  const by = new Map<string, number>();
  let total = 0;
  for (const { supply: s } of outcomes)
    for (const x of s.suppliers) {
      const value = x.room.current_t * s.meanUnitValue;
      total += value;
      for (const [country, part] of countedBy(x, limits.capOn, home))
        by.set(country, (by.get(country) ?? 0) + part * value);
    }
  const [top] = [...by].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return `of all ${stages} added up by value, ${top ? `${percent(top[1] / total)} comes from ${names.countryName(top[0])}` : 'nothing is imported'} today; the cap is ${percent(limits.aggregateCap!)}. Alone they may be over it.`;
}

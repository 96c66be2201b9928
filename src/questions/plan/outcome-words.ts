import { limitInWords, usd } from '../../analysis/sourcing/explain.ts';
import type { Limits } from '../../analysis/sourcing/problem.ts';
import { percent } from '../figure.ts';
import type { Note } from '../question.ts';
import type { Names } from '../resolve.ts';
import { tonnes } from '../wording.ts';
import type { Outcome } from './outcome.ts';

/** Those over the cap today: what costs least for each share point that has to go first, what cannot be done last. */
export interface Urgency {
  readonly over: readonly Outcome[];
  readonly can: readonly Outcome[];
  /** not over the cap today, and yet without a plan within the limits */
  readonly stuck: readonly Outcome[];
}

export function urgencyOf(outcomes: readonly Outcome[], limits: Limits): Urgency {
  const cap = limits.cap ?? limits.nMinus1;
  const isOver = (o: Outcome) => cap !== null && o.today.top_share > cap;
  const stuck = outcomes.filter((o) => !isOver(o) && o.short_t !== null);
  if (cap === null) return { over: [], can: [], stuck };
  const over = outcomes.filter(isOver);
  const perPoint = (o: Outcome) => (o.more ?? 0) / (o.today.top_share - cap);
  const can = over
    .filter((o) => o.short_t === null && o.more !== null)
    .sort((a, b) => perPoint(a) - perPoint(b) || b.today.top_share - a.today.top_share);
  const cannot = over.filter((o) => !can.includes(o)).sort((a, b) => b.today.top_share - a.today.top_share);
  return { over: [...can, ...cannot], can, stuck };
}

export const stageName = (o: Outcome, names: Names): string =>
  `${names.mineralName(o.supply.mineral)} (${o.supply.stage})`;

const twoFigures = (share: number) => Number((100 * share).toPrecision(2)).toLocaleString('en');
const costInWords = (more: number): string =>
  more < 0.0005 ? 'costs nothing: others are as cheap' : `costs ${twoFigures(more)} % more`;

/** One note for each mineral and stage that is over the cap today or has no plan, and which to take first. */
export function outcomeNotes({ over, can, stuck }: Urgency, limits: Limits, names: Names): Note[] {
  const notes: Note[] = [...over, ...stuck].map((o) => {
    const top = o.today.top_country === null ? 'nowhere' : names.countryName(o.today.top_country);
    const outcome =
      o.short_t !== null
        ? cannotInWords(o, names)
        : o.more === null
          ? 'not planned'
          : `the cap ${costInWords(o.more)}${o.price ? `; the last tonne under the cap costs ${usd(o.price)}` : ''}${stillBornInWords(o, limits, names)}`;
    return {
      code: o.short_t !== null ? 'cannot' : 'over_today',
      value: o.today.top_share,
      mineral: o.supply.mineral,
      stage: o.supply.stage,
      top_country: o.today.top_country,
      planned_top_country: o.ahead?.top_country ?? null,
      planned_top_share: o.ahead?.top_share ?? null,
      more_share: o.more,
      short_by_t: o.short_t,
      least_cap: o.least,
      text: `${stageName(o, names)}: ${percent(o.today.top_share)} from ${top} in ${o.supply.year}; ${outcome}`,
    };
  });
  const [first] = can;
  if (first && can.length > 1)
    notes.push({
      code: 'first',
      mineral: first.supply.mineral,
      stage: first.supply.stage,
      text: `first: ${stageName(first, names)}, where the cap costs least for each share point that has to go`,
    });
  return notes;
}

/** What is missing, what stands in the way, and the smallest step that would be enough. */
function cannotInWords(o: Outcome, names: Names): string {
  const obstacles = o.blame?.obstacles ?? [];
  const caps = obstacles.filter((x) => !x.constraint.startsWith('available:'));
  const sellers = obstacles.filter((x) => x.constraint.startsWith('available:'));
  const inTheWay = [
    ...caps.map((x) => limitInWords(x.constraint, names.countryName)),
    ...(sellers.length > 2
      ? [`what the ${sellers.length} other sellers have to spare`]
      : sellers.map((x) => limitInWords(x.constraint, names.countryName))),
  ];
  const steps = obstacles.filter((x) => x.short_by !== null && x.constraint !== 'budget');
  // of steps that are as small the first, a cap, is the one a government can take
  const least = Math.min(...steps.map((x) => x.short_by!));
  const smallest = steps.find((x) => x.short_by! <= least * (1 + 1e-6));
  const enough = !smallest
    ? ''
    : smallest.constraint.startsWith('available:')
      ? `; ${tonnes(smallest.short_by!)} more from one of them would be enough`
      : /_min$/.test(smallest.constraint.split(':')[0]!)
        ? `; a floor lower by ${tonnes(smallest.short_by!)} would be enough`
        : `; ${tonnes(smallest.short_by!)} more under ${limitInWords(smallest.constraint, names.countryName)} would be enough`;
  const isOf = (kinds: RegExp) => obstacles.some((x) => kinds.test(x.constraint));
  const byCap = isOf(/^(origin_|owner_|aggregate_|bloc_)?cap:/);
  // another limit in the way would also stop a plan under a looser cap
  const alone = byCap && !isOf(/^(ramp|budget|domestic_min|recycled_min|n_minus_1|stock)/);
  const what = byCap ? 'cannot be brought under the cap' : 'has no plan within the limits';
  const missing =
    o.short_t! > 1e-6 * o.demand_t ? `: ${tonnes(o.short_t!)} of ${tonnes(o.demand_t)} missing` : '';
  return `${what}${missing}${o.least === null || !alone ? '' : `; the lowest cap that can be met is ${percent(o.least)}`}${inTheWay.length ? `; in the way: ${inTheWay.join(', ')}${enough}` : ''}`;
}

/** Nearness to the cap at which a share reads the same as it. */
const asGood = 0.005;

/** True where a mix keeps the cap on sellers and not on birthplaces. */
export const stillBorn = (o: Outcome, limits: Limits): boolean =>
  limits.capOn === 'declared' &&
  limits.cap !== null &&
  o.born !== null &&
  o.born.top_country !== null &&
  o.born.top_share > limits.cap + asGood;

/** A plan that counts sellers may hide where the goods were born: then the largest origin is named. */
const stillBornInWords = (o: Outcome, limits: Limits, names: Names): string =>
  stillBorn(o, limits)
    ? `; but ${percent(o.born!.top_share)} of that mix would still be born in ${names.countryName(o.born!.top_country!)} (--cap-on traced)`
    : '';

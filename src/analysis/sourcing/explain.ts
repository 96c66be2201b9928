import type { Obstacle, Unmet } from './infeasible.ts';
import type { LimitAt } from './plan.ts';

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 12 });
const figures = (x: number): string => {
  const rounded = Number(x.toPrecision(Math.abs(x) >= 1000 ? 4 : 3));
  return Math.abs(rounded) >= 1e15 ? String(rounded) : grouped.format(rounded);
};
export const tonnes = (x: number): string => `${figures(x)} t`;
export const usd = (x: number): string =>
  Math.abs(x) >= 1e6 ? `${figures(x / 1e6)} million USD` : `${figures(x)} USD`;

const head = (constraint: string): [string, string] => {
  const [kind, ...name] = constraint.split(':');
  return [kind!, name.join(':')];
};

/** A limit in words, as the subject of a sentence. */
export function limitInWords(constraint: string, nameOf: (id: string) => string = (id) => id): string {
  const [kind, id] = head(constraint);
  switch (kind) {
    case 'demand':
      return 'demand';
    case 'cap':
      return `the cap on what ${nameOf(id)} sells`;
    case 'origin_cap':
      return `the cap on what is born in ${nameOf(id)}`;
    case 'owner_cap':
      return `the cap on what is owned from ${nameOf(id)}`;
    case 'aggregate_cap':
      return `the cap on ${nameOf(id)} over all minerals`;
    case 'bloc_cap':
      return `the cap on ${nameOf(id)} together`;
    case 'available':
      return `what ${id} has to spare`;
    case 'domestic_min':
      return 'the floor on domestic supply';
    case 'recycled_min':
      return 'the floor on recycled supply';
    case 'n_minus_1':
      return `what may be missing after the loss of ${nameOf(id)}`;
    case 'ramp':
      return `how fast ${id} can grow`;
    case 'project':
      return `the size of the project ${id}`;
    case 'agreement':
      return `what the agreement ${id} opens`;
    case 'stock':
      return 'the stock at the start';
    case 'stock_most':
      return 'what may be held in stock';
    case 'stock_end':
      return 'what is to be left in stock';
    case 'budget':
      return 'the budget';
    default:
      return constraint;
  }
}

/** What a shadow price says: what one tonne more (or less) of a limit does to the cost. */
export function priceInWords(limit: LimitAt, nameOf?: (id: string) => string): string {
  const what = limitInWords(limit.constraint, nameOf);
  const price = limit.shadow_price_usd_per_t;
  const [kind, id] = head(limit.constraint);
  if (!limit.binding) return `${what} does not bind: ${tonnes(Math.abs(limit.limit - limit.used))} away`;
  if (price === null) return `${what} binds`;
  if (kind === 'demand') return `one tonne more of demand would cost ${usd(price)}`;
  if (kind === 'stock')
    return price > 0
      ? `one tonne more in stock at the start would cost ${usd(price)}`
      : `one tonne more in stock at the start would save ${usd(-price)}`;
  if (price === 0) return `${what} is reached, but a tonne more would save nothing`;
  if (kind === 'available')
    return `${id} has no more to spare: one tonne more from it would save ${usd(-price)}`;
  if (kind === 'budget')
    return `the budget binds: one USD more of it would save ${figures(-price)} USD elsewhere`;
  if (kind === 'domestic_min' || kind === 'recycled_min' || kind === 'stock_end')
    return `the last tonne under ${what} costs ${usd(price)} more than it would elsewhere`;
  return `the last tonne under ${what} costs ${usd(-price)}: one tonne more of room would save that`;
}

/** Suppliers named one by one in a sentence. */
const mostNamed = 4;

/** Why something cannot be met, in a sentence or two. */
export function unmetInWords(unmet: Unmet, nameOf?: (id: string) => string): string {
  const total = unmet.needs.reduce((sum, n) => sum + n.need.quantity_t, 0);
  const short = unmet.needs.reduce((sum, n) => sum + n.short_by_t, 0);
  const first = unmet.withoutFloors
    ? `the limits contradict each other${short > 0 ? `, and even without the floors ${tonnes(short)} of ${tonnes(total)} cannot be met` : '; without the floors all demand can be met'}`
    : `${tonnes(short)} of ${tonnes(total)} cannot be met within the limits`;
  const suppliers = unmet.obstacles.filter((o) => o.constraint.startsWith('available:'));
  // many suppliers that are each used up are one reason
  const together = suppliers.length > mostNamed;
  const why = unmet.obstacles
    .filter((o) => !together || !suppliers.includes(o))
    .map((o) => obstacleInWords(o, nameOf));
  if (together) {
    const total = suppliers.reduce((sum, o) => sum + o.limit, 0);
    why.push(`what ${suppliers.length} suppliers have to spare (${tonnes(total)} in all)`);
  }
  if (why.length === 0) return `${first}: nobody offers it`;
  return `${first}: ${why.length > 1 ? `together ${why.join(', ')} leave` : `${why[0]} alone leaves`} no plan`;
}

function obstacleInWords(o: Obstacle, nameOf: ((id: string) => string) | undefined): string {
  const money = o.constraint === 'budget';
  const show = money ? usd : tonnes;
  const enough = o.short_by === null ? '' : `, ${show(o.short_by)} more would be enough`;
  return `${limitInWords(o.constraint, nameOf)} (${show(o.limit)}${enough})`;
}

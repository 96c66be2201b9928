import type { AnswerRow, Note, View } from './question.ts';
import { count, mineralStage, named, plainly, positions, shareOf, tonnes } from './wording.ts';

/** What was laid on the network, by which model, and who was asked about. */
export interface ShockScope {
  /** e.g. `output of China stops` */
  readonly what: string;
  readonly model: 'cascade' | 'market' | 'months';
  /** ids asked about; null = everyone */
  readonly parties: readonly string[] | null;
  /** ids of the countries whose own output is struck */
  readonly struck: readonly string[];
  readonly nameOf: (country: string) => string;
}

/** One mineral and stage in one country, over all months where the model has any. */
interface Loss {
  readonly rows: readonly number[];
  readonly first: AnswerRow;
  readonly baseline: number;
  readonly shortfall: number;
  /** drawn from its stocks */
  readonly stock: number;
  /** position of the row with the largest share missing */
  readonly worst: number;
}

/** Countries shown where all were asked about. */
const mostCountries = 20;
/** Losses told one by one in the headline. */
const mostTold = 3;
/** A loss below this part of what is used is a rounding of sums, not a loss. */
const noise = 1e-9;

/** How a shock is best read: who lacks how much in words, then month by month, or the countries hit hardest. */
export function shockView(rows: readonly AnswerRow[], notes: readonly Note[], scope: ShockScope): View {
  const losses = lossesOf(rows);
  const real = losses
    .filter(isReal)
    .sort((a, b) => shareMissing(b) - shareMissing(a) || b.shortfall - a.shortfall);
  const sections = scope.parties ? asked(rows, losses, real, scope) : everyone(losses, scope);
  const shown = new Set(sections.flatMap((s) => s.rows));
  const countries = new Set([...shown].map((k) => rows[k]!.country));
  const told = bridgeLine(notes).length + drawnLine(notes).length > 0;
  const remedies = notes.filter(
    (n) => !told && Number(n.value) > 0 && ['stockpile', 'months_bought', 'drawn_total'].includes(n.code),
  );
  return {
    headline: headline(rows, notes, real, losses, scope),
    columns: [
      ...(countries.size > 1 ? ['country'] : []),
      ...(scope.model === 'months' ? ['month'] : []),
      'shortfall_share',
      'shortfall_t',
      'baseline_t',
      'supply_t',
      ...(rows.some((r) => Number(r.stock_used_t) > 0) ? ['stock_used_t'] : []),
      ...(scarce(notes) ? [] : ['price_ratio']),
      'p05',
      'p95',
      'output_baseline_t',
      'output_t',
      'import_change_t',
      'export_change_t',
    ],
    heads: {
      shortfall_share: 'missing',
      shortfall_t: 'missing t',
      baseline_t: 'of t',
      supply_t: 'gets t',
      stock_used_t: 'stock t',
      price_ratio: 'price ×',
      p05: '5 % t',
      p95: '95 % t',
    },
    bar: { share: 'shortfall_share' },
    sections,
    after: [
      ...remedies.map((n) => `${upper(n.text)}.`),
      ...sectorLines(notes),
      ...leftOut(losses, real, shown, scope),
    ],
    inSections: true,
    quietNotes: ['stockpile', 'months_bought', 'drawn_total', 'sector', 'untouched', 'price_out_of_range'],
  };
}

const isReal = (l: Loss) => l.baseline > 0 && l.shortfall > noise * l.baseline;
/** True where the price is no price any more: its figure stays in csv and json. */
const scarce = (notes: readonly Note[]) => notes.some((n) => n.code === 'price_out_of_range');
const shareMissing = (l: Loss) => (l.baseline > 0 ? l.shortfall / l.baseline : 0);
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function lossesOf(rows: readonly AnswerRow[]): Loss[] {
  const groups = new Map<string, number[]>();
  rows.forEach((r, k) => {
    const key = `${r.mineral} ${r.stage} ${r.year} ${r.country}`;
    groups.set(key, [...(groups.get(key) ?? []), k]);
  });
  return [...groups.values()].map((of) => {
    const sum = (name: string) => of.reduce((s, k) => s + Number(rows[k]![name] ?? 0), 0);
    const worst = of.reduce((a, b) =>
      Number(rows[b]!.shortfall_share ?? -1) > Number(rows[a]!.shortfall_share ?? -1) ? b : a,
    );
    return {
      rows: of,
      first: rows[of[0]!]!,
      baseline: sum('baseline_t'),
      shortfall: sum('shortfall_t'),
      stock: sum('stock_used_t'),
      worst,
    };
  });
}

const caseOf = (r: AnswerRow) => `${mineralStage(r)}, ${r.year}`;

/** Those asked about: month by month, a section each; models without time in one section a mineral. */
function asked(
  rows: readonly AnswerRow[],
  losses: readonly Loss[],
  real: readonly Loss[],
  scope: ShockScope,
) {
  // where nothing is missing twelve rows of zeros say no more than the headline
  const shown = losses.filter((l) => real.includes(l) || l.stock > 0);
  if (scope.model === 'months')
    return shown.map((l) => ({
      title: losses.length > 1 ? `${scope.nameOf(String(l.first.country))}: ${caseOf(l.first)}` : '',
      rows: l.rows,
    }));
  const cases = [...new Set(shown.map((l) => caseOf(l.first)))];
  return cases.map((title) => ({
    title: cases.length > 1 ? title : '',
    rows: positions(rows, (r) => caseOf(r) === title && shown.some((l) => l.first === r)),
  }));
}

/** All countries: each by its worst month, those that lack most first. */
function everyone(losses: readonly Loss[], scope: ShockScope) {
  const cases = [...new Set(losses.map((l) => caseOf(l.first)))];
  return cases
    .map((name) => {
      const of = losses
        .filter((l) => caseOf(l.first) === name && l.first.country !== 'WLD' && isReal(l))
        .sort((a, b) => b.shortfall - a.shortfall)
        .slice(0, mostCountries);
      const title =
        scope.model === 'months'
          ? 'The worst month of each country, largest losses first'
          : 'Largest losses first';
      return {
        title: cases.length > 1 ? `${name}: ${title.toLowerCase()}` : title,
        rows: of.map((l) => l.worst),
      };
    })
    .filter((s) => s.rows.length > 0);
}

function headline(
  rows: readonly AnswerRow[],
  notes: readonly Note[],
  real: readonly Loss[],
  losses: readonly Loss[],
  scope: ShockScope,
): string[] {
  if (rows.length === 0) return [`If ${scope.what}: nothing is known of output at any stage asked about.`];
  const consumers = real.filter((l) => l.first.country !== 'WLD');
  if (consumers.length === 0) {
    const drawn = losses.filter((l) => l.stock > 0);
    const why = drawn.length
      ? `: stocks make up for ${named(drawn.map((l) => `${tonnes(l.stock)} of ${mineralStage(l.first)} in ${scope.nameOf(String(l.first.country))}`))}`
      : '';
    const of = named([...new Set(losses.map((l) => caseOf(l.first)))], 4);
    return [
      `If ${scope.what}, nobody asked about lacks anything, as far as recorded trade and output tell (${of})${why}.`,
    ];
  }
  const span = (l: Loss) => (scope.model === 'months' ? ` over ${count(l.rows.length, 'month')}` : ' a year');
  const told = consumers.slice(0, mostTold).map((l) => {
    const who = scope.nameOf(String(l.first.country));
    const month = rows[l.worst]!.month;
    const peak =
      scope.model === 'months' && l.rows.length > 1
        ? `, at worst ${shareOf(rows[l.worst]!.shortfall_share as number)} in month ${month}`
        : '';
    return `${who} lacks ${tonnes(l.shortfall)} of ${mineralStage(l.first)}${span(l)}, ${shareOf(shareMissing(l))} of what it would use${peak} (trade and output of ${l.first.year})`;
  });
  const more = consumers.length - told.length;
  return [
    scope.parties
      ? `If ${scope.what}, ${told.join('; ')}${more > 0 ? `; ${more} more lack something` : ''}.`
      : worldLine(consumers, scope, span(consumers[0]!)),
    ...priceLine(rows, notes),
    ...drawnLine(notes),
    ...bridgeLine(notes),
  ];
}

/** All countries together, and who beside those struck loses most, by tonnes. */
function worldLine(consumers: readonly Loss[], scope: ShockScope, span: string): string {
  const cases = new Map<string, Loss[]>();
  for (const l of consumers) cases.set(caseOf(l.first), [...(cases.get(caseOf(l.first)) ?? []), l]);
  const lines = [...cases.values()].slice(0, mostTold).map((of) => {
    const first = of[0]!.first;
    const missing = of.reduce((s, l) => s + l.shortfall, 0);
    const beside = of
      .filter((l) => !scope.struck.includes(String(l.first.country)))
      .sort((a, b) => b.shortfall - a.shortfall)
      .slice(0, mostTold)
      .map(
        (l) =>
          `${scope.nameOf(String(l.first.country))} (${tonnes(l.shortfall)}, ${shareOf(shareMissing(l))} of its use)`,
      );
    const most = beside.length
      ? `; ${scope.struck.length ? `beside ${named(scope.struck.map(scope.nameOf))} itself ` : ''}most by ${named(beside)}`
      : '';
    return `${tonnes(missing)} of ${mineralStage(first)} are missing in ${count(of.length, 'country', 'countries')}${span} (trade and output of ${first.year})${most}`;
  });
  return `If ${scope.what}, ${lines.join('. ')}.`;
}

function priceLine(rows: readonly AnswerRow[], notes: readonly Note[]): string[] {
  const most = Math.max(0, ...rows.map((r) => Number(r.price_ratio ?? 0)));
  if (most <= 1) return [];
  return scarce(notes)
    ? [
        `The price that would settle the gap is beyond what elasticities can tell: read it as scarce, not as a price.`,
      ]
    : [`The world price rises to ${Number(most.toPrecision(3))} times what it was.`];
}

/** What the draws leave open, where one country was asked about. */
function drawnLine(notes: readonly Note[]): string[] {
  const drawn = notes.filter((n) => n.code === 'drawn_total');
  const draws = notes.find((n) => n.code === 'draws')?.value;
  if (drawn.length !== 1 || typeof draws !== 'number') return [];
  const { p05, p95, cvar95 } = drawn[0] as unknown as Record<string, number>;
  return [
    `In nine of ten of ${draws.toLocaleString('en')} draws it lacks ${tonnes(p05!)} to ${tonnes(p95!)}, in the worst twentieth ${tonnes(cvar95!)} on average.`,
  ];
}

/** What a stock would bridge, where one country was asked about. */
function bridgeLine(notes: readonly Note[]): string[] {
  const need = notes.filter((n) => n.code === 'stockpile' && Number(n.value) > 0);
  const bought = notes.filter((n) => n.code === 'months_bought');
  if (need.length !== 1 || typeof need[0]!.value !== 'number') return [];
  const held = bought.length === 1 ? bought[0]! : null;
  const has =
    held === null || typeof held.value !== 'number'
      ? ''
      : `; ${tonnes(held.stock_t as number)} would bridge ${count(held.value, 'month')}`;
  return [
    `A stock of ${tonnes(need[0]!.value)} would bridge ${count(Number(need[0]!.months), 'month')}${has}.`,
  ];
}

/** Uses that go without, in one sentence a country and mineral. */
function sectorLines(notes: readonly Note[]): string[] {
  const of = notes.filter((n) => n.code === 'sector' && Number(n.value) > 1e-9);
  if (of.length === 0) return [];
  const groups = new Map<string, Note[]>();
  for (const n of of) {
    const key = n.text.split(',')[0]!;
    groups.set(key, [...(groups.get(key) ?? []), n]);
  }
  return [...groups].map(([key, all]) => {
    const parts = all
      .toSorted((a, b) => Number(b.value) - Number(a.value))
      .map((n) => `${plainly(n.sector)} ${tonnes(n.value as number)}`);
    return `If all uses are cut alike, missing by use (${key}): ${parts.join(', ')}.`;
  });
}

function leftOut(
  losses: readonly Loss[],
  real: readonly Loss[],
  shown: ReadonlySet<number>,
  scope: ShockScope,
): string[] {
  const rest = real.filter((l) => !l.rows.some((k) => shown.has(k)) && l.first.country !== 'WLD');
  const spared = losses.filter((l) => !real.includes(l) && l.first.country !== 'WLD');
  return [
    ...(rest.length
      ? [`${count(rest.length, 'more country', 'more countries')} with smaller losses: --format csv or json.`]
      : []),
    ...(scope.parties && real.length && spared.length
      ? [
          `Nothing missing: ${spared.map((l) => `${scope.nameOf(String(l.first.country))}, ${caseOf(l.first)}${l.baseline > 0 ? '' : ' (not known to use any)'}`).join('; ')}.`,
        ]
      : []),
  ];
}

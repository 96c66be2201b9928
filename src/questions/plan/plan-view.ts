import type { Axis } from '../../analysis/sourcing/frontier.ts';
import type { Objective } from '../../analysis/sourcing/objective.ts';
import type { Limits } from '../../analysis/sourcing/problem.ts';
import { figure, percent } from '../figure.ts';
import type { AnswerColumn, AnswerRow, Note, View } from '../question.ts';
import type { Names } from '../resolve.ts';
import { named } from '../wording.ts';
import type { Outcome } from './outcome.ts';
import { stageName, stillBorn, type Urgency } from './outcome-words.ts';

/** Suppliers named in the mix on screen. */
const mostSellers = 3;
/** Minerals and stages shown where none is over the cap. */
const mostLines = 15;

const columns: readonly AnswerColumn[] = [
  { name: 'what', unit: '', about: 'mineral; its stage where that is not the usual one' },
  { name: 'today', unit: '', about: 'largest country today, as the cap counts it' },
  { name: 'ahead', unit: '', about: 'largest country in the plan, as the cap counts it' },
  { name: 'mix', unit: '', about: 'who sells' },
  { name: 'more_share', unit: '1', about: 'cost over that of the mix compared with, less 1' },
];
/** What each aim is measured by, and what that and the cost beside it are. */
const measures: Record<
  Objective,
  { readonly column: AnswerColumn; readonly head: string; readonly says: string }
> = {
  cost: {
    column: { name: 'price_usd_per_t', unit: 'USD/t', about: 'what one tonne more under the cap would save' },
    head: 'last t',
    says: 'cost: over that of the same mix without the cap; last t: USD that one tonne more under it would save.',
  },
  hhi: {
    column: { name: 'hhi', unit: '1', about: 'concentration of the mix, by seller’s country' },
    head: 'HHI',
    says: 'cost: over that of the cheapest mix without the cap; HHI: concentration of the mix, 1 = one seller.',
  },
  change: {
    column: { name: 'moved_share', unit: '1', about: 'part of the need that moves to another seller' },
    head: 'moves',
    says: 'cost: over that of today’s mix; moves: part of the need that goes to another seller than today.',
  },
};

/** On one screen: a line for each mineral over the cap today, and what else was asked for in words. */
export function planView(
  headline: readonly string[],
  outcomes: readonly Outcome[],
  { over, can }: Urgency,
  limits: Limits,
  to: number,
  notes: readonly Note[],
  names: Names,
  asked: { readonly frontier?: Axis | undefined; readonly objective: Objective },
): View {
  const measure = measures[asked.objective];
  const shown = over.length
    ? over
    : [...outcomes].sort((a, b) => b.today.top_share - a.today.top_share).slice(0, mostLines);
  const stages = new Set(outcomes.map((o) => o.supply.mineral)).size < outcomes.length;
  const top = (x: Outcome['ahead']) =>
    x === null || x.top_country === null ? null : `${x.top_country} ${percent(x.top_share).padStart(5)}`;
  const rows: AnswerRow[] = shown.map((o) => ({
    what: stages ? stageName(o, names) : names.mineralName(o.supply.mineral),
    today: top(o.today),
    ahead: top(o.ahead),
    mix: o.mix.length
      ? `${o.mix
          .slice(0, mostSellers)
          .map((m) => `${m.seller} ${Math.round(100 * m.share)}`)
          .join(', ')}${o.mix.length > mostSellers ? ' …' : ''}`
      : null,
    more_share: o.more,
    price_usd_per_t: o.price,
    hhi: o.hhi,
    moved_share: o.moved,
  }));
  const said = (...codes: string[]) => notes.filter((n) => codes.includes(n.code)).map((n) => n.text);
  const reborn = can.filter((o) => stillBorn(o, limits));
  const after = [
    ...(rows.some((r) => r[measure.column.name] !== null) ? [measure.says] : []),
    ...said('cannot'),
    ...(reborn.length
      ? [
          `The cap counts sellers: ${named(reborn.map((o) => `${percent(o.born!.top_share)} of the mix of ${names.mineralName(o.supply.mineral)} would still be born in ${names.countryName(o.born!.top_country!)}`))} (--cap-on traced).`,
        ]
      : []),
    ...said('agreement_total', 'project_total', 'shock_total', 'shock_unknown'),
  ];
  return {
    headline,
    digest: { columns: [...columns, measure.column], rows },
    heads: {
      what: 'mineral',
      ahead: 'then',
      mix: 'the mix, % of demand',
      more_share: 'cost',
      [measure.column.name]: measure.head,
    },
    sections: [
      {
        title: over.length
          ? `Over the cap today, and in ${to}: what ${asked.objective === 'cost' ? 'is cheapest to mend first' : 'costs least for each share point first'}`
          : `The mix in ${to}${outcomes.length > shown.length ? `: the ${shown.length} most concentrated` : ''}`,
        rows: rows.map((_, k) => k),
      },
    ],
    after,
    lists: kneeList(notes, names, asked.frontier),
    quietNotes: [
      'dual',
      'shock',
      'shock_total',
      'shock_unknown',
      'frontier',
      'knee',
      'over_today',
      'cannot',
      'first',
      'agreement_total',
      'agreement_value',
      'project_total',
      'project_value',
      'infeasible',
      'partial',
      'gross_weight',
      'no_quantity',
      'sold_on',
    ],
  };
}

const limitNamed = {
  cap: 'A cap on each country',
  hhi: 'Less concentration (HHI)',
  'n-minus-1': 'Less to lose with any one country',
} as const;

/** Knees of all frontiers, a line each. */
function kneeList(notes: readonly Note[], names: Names, axis: Axis | undefined): View['lists'] & {} {
  const knees = notes.filter((n) => n.code === 'knee');
  if (axis === undefined || !knees.length) return [];
  return [
    {
      title: `${limitNamed[axis]}: cheap down to the knee, dear beyond it; cost over that of the cheapest mix`,
      entries: knees.map((n) => {
        const at = (limit: unknown) => (axis === 'hhi' ? figure(Number(limit)) : percent(Number(limit)));
        const more = (part: unknown) => `${figure(Number((100 * Number(part)).toPrecision(2)))} %`;
        return `${names.mineralName(String(n.mineral))} (${n.stage}): ${at(n.value)} for ${more(n.more_share)} more; strictest ${at(n.strictest)} for ${more(n.strictest_more_share)} more`;
      }),
    },
  ];
}

import { newestRows } from './newest-rows.ts';
import type { AnswerRow, View } from './question.ts';
import { byMineral, count, mineralStage, named, positions, shareOf, tonnes, yearsOfRows } from './wording.ts';

/** How concentration was asked about. */
export interface ConcentrationScope {
  readonly breakdown: boolean;
  /** true where single minerals were asked for: every source is shown then */
  readonly single: boolean;
  readonly nameOf: (country: string) => string;
}

/** Minerals and stages told one by one in the headline. */
const mostTold = 4;

export const concentrationView = (rows: readonly AnswerRow[], scope: ConcentrationScope): View =>
  scope.breakdown ? breakdownView(rows, scope) : summaryView(rows, scope);

/** The index by mineral and stage, the most concentrated first; where all are asked for, one source each. */
function summaryView(rows: readonly AnswerRow[], scope: ConcentrationScope): View {
  // a source that names one producer says nothing of how output is spread
  const alone = positions(rows, (r) => r.hhi !== null && Number(r.countries) < 2);
  const silent = positions(rows, (r) => r.hhi === null);
  const known = positions(rows, (_, k) => !alone.includes(k) && !silent.includes(k));
  const decides = known.filter((k) => rows[k]!.preferred === true);
  const shown = scope.single
    ? known
    : decides.toSorted((a, b) => (rows[b]!.hhi as number) - (rows[a]!.hhi as number) || a - b);
  const more = known.length - shown.length;
  return {
    headline: summaryLines(
      shown.map((k) => rows[k]!),
      decides.map((k) => rows[k]!),
      scope,
    ),
    columns: [
      'mineral',
      'stage',
      'year',
      'source',
      'cr1_country',
      'cr3',
      'hhi',
      'countries',
      'total_t',
      'coverage',
      'effective_suppliers',
      'hhi_normalised',
      'entropy',
      'cr1_of_published',
      'period',
      'basis',
    ],
    pairs: { cr1_country: 'cr1' },
    heads: { cr1_country: 'largest', cr3: 'top 3', hhi: 'HHI', coverage: 'named', total_t: 'total t' },
    least: { stage: 8, source: 8 },
    ...(scope.single ? { group: 'mineral' } : {}),
    ...(rows.length > 0 ? { sections: shown.length ? [{ title: '', rows: shown }] : [] } : {}),
    after: [
      ...(alone.length
        ? [`The source names one producer, so nothing can be said: ${byMineral(alone.map((k) => rows[k]!))}.`]
        : []),
      ...(silent.length
        ? [
            `No named country has a figure, which is unknown, not 0: ${byMineral(silent.map((k) => rows[k]!))}.`,
          ]
        : []),
      ...(more > 0
        ? [`${count(more, 'row')} of further sources with --mineral, or --format csv or json.`]
        : []),
    ],
    inSections: true,
    quietNotes: ['no_output'],
  };
}

const line = (r: AnswerRow, nameOf: (country: string) => string): string =>
  `${mineralStage(r)}: ${nameOf(String(r.cr1_country))} ${shareOf(r.cr1 as number)}, HHI ${Number((r.hhi as number).toFixed(2))}, ${Number((r.effective_suppliers as number).toPrecision(3))} effective suppliers (${r.source}, ${r.year})`;

function summaryLines(
  shown: readonly AnswerRow[],
  all: readonly AnswerRow[],
  { single, nameOf }: ConcentrationScope,
): string[] {
  const decides = newestRows(all);
  if (shown.length === 0) return ['World output: no index can be formed.'];
  if (single && decides.length <= mostTold) return decides.map((r) => `World output of ${line(r, nameOf)}.`);
  const half = decides.filter((r) => (r.cr1 as number) > 0.5);
  const by = new Map<string, number>();
  for (const r of half) by.set(String(r.cr1_country), (by.get(String(r.cr1_country)) ?? 0) + 1);
  const first = [...by].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 3);
  const most = decides.toSorted((a, b) => (b.hhi as number) - (a.hhi as number)).slice(0, 3);
  return [
    `One country has more than half of world output of ${half.length} of ${count(decides.length, 'mineral stage')} (${yearsOfRows(decides)})${first.length ? `: ${named(first.map(([c, n]) => `${nameOf(c)} of ${n}`))}` : ''}.`,
    `Most concentrated: ${named(most.map((r) => `${mineralStage(r)} (${nameOf(String(r.cr1_country))} ${shareOf(r.cr1 as number)})`))}.`,
  ];
}

/** The countries behind it, a section for each mineral, stage, year and source. */
function breakdownView(rows: readonly AnswerRow[], { nameOf }: ConcentrationScope): View {
  const groups = new Map<string, number[]>();
  rows.forEach((r, k) => {
    const key = `${mineralStage(r)}, ${r.year}, ${r.source}`;
    groups.set(key, [...(groups.get(key) ?? []), k]);
  });
  const titled = [...groups].map(([key, at]) => ({
    key,
    at,
    known: at.filter((k) => rows[k]!.share !== null),
  }));
  const told = titled.slice(0, mostTold).flatMap(({ key, known }) => {
    const top = known.map((k) => rows[k]!).slice(0, 3);
    if (top.length === 0) return [];
    const total = typeof top[0]!.total_t === 'number' ? ` of ${tonnes(top[0]!.total_t)}` : '';
    return [
      `World output of ${key}: ${named(top.map((r) => `${nameOf(String(r.country))} ${shareOf(r.share as number)}`))}${total}.`,
    ];
  });
  const silent = titled.flatMap(({ key, at }) => {
    const without = at.filter((k) => rows[k]!.share === null).map((k) => nameOf(String(rows[k]!.country)));
    return without.length ? [`No figure, which is unknown, not 0 (${key}): ${named(without)}.`] : [];
  });
  return {
    headline: told.length ? told : ['World output: no country has a figure.'],
    columns: ['rank', 'country', 'share', 'quantity_t', 'status', 'share_of_published'],
    heads: { rank: '#', quantity_t: 't', share_of_published: 'of published total' },
    bar: { share: 'share' },
    ...(rows.length > 0
      ? {
          sections: titled
            .filter((s) => s.known.length > 0)
            .map(({ key, known }) => ({ title: titled.length > 1 ? key : '', rows: known })),
        }
      : {}),
    after: silent,
    inSections: true,
    quietNotes: ['no_output'],
  };
}

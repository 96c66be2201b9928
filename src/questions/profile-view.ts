import type { AnswerRow, Note, View } from './question.ts';
import { dollars, mineralStage, shareOf, tonnes } from './wording.ts';

/**
 * How a profile is best read: the count first, then what is reported by weight of the evidence. A mineral and stage
 * with tonnes is not shown again by its averaged share; what has no evidence is named in a sentence, with why.
 */
export function profileView(
  rows: readonly AnswerRow[],
  country: string,
  list: string | undefined,
  notes: readonly Note[],
): View {
  const places = rows.map((_, k) => k);
  const by = (evidence: string, listed: boolean) =>
    places.filter(
      (k) => rows[k]!.evidence === evidence && (list === undefined || (rows[k]!.on_list === true) === listed),
    );
  const inTonnes = new Set(
    by('production', true)
      .concat(by('production', false))
      .map((k) => pairOf(rows[k]!)),
  );
  const shareOnly = (listed: boolean) =>
    by('production_share', listed).filter((k) => !inTonnes.has(pairOf(rows[k]!)));
  const periods = [
    ...new Set(rows.flatMap((r) => (r.evidence === 'production_share' && r.period ? [r.period] : []))),
  ];
  const means = periods.length ? ` (means of ${periods.join(', ')})` : '';
  const on = list === undefined ? '' : `, on ${list}`;
  const sections = [
    { title: `Output in tonnes${on}`, rows: by('production', true) },
    { title: `Only a share of output is published${means}${on}`, rows: shareOnly(true) },
    ...(list === undefined
      ? []
      : [
          { title: `Output in tonnes, not on ${list}`, rows: by('production', false) },
          { title: `Only a share of output is published${means}, not on ${list}`, rows: shareOnly(false) },
        ]),
  ].filter((s) => s.rows.length > 0);
  // what is known of these stands in columns that the others leave empty
  const lists = [
    {
      title: `Exports alone${on}: output not reported, may be goods in transit`,
      rows: by('exports', true),
      entry: exportsAlone,
    },
    { title: `Reserves alone${on}: output not reported`, rows: by('reserves', true), entry: reservesAlone },
  ].filter((l) => l.rows.length > 0);
  const shown = new Set([...sections, ...lists].flatMap((s) => s.rows));
  const without = places.filter((k) => rows[k]!.evidence === 'none');
  const left = places.length - shown.size - without.length;
  const count = notes.find((n) => n.code === 'count')?.text;
  return {
    headline: [count === undefined ? `${outputLine(rows, country)}.` : `${count}.`],
    columns: [
      'mineral',
      'stage',
      'share',
      'quantity_t',
      ...(rows.some((r) => r.supply_share !== undefined) ? ['supply_share', 'supply_year'] : []),
      'rank',
      'ranked',
      'year',
      'source',
      'export_share',
      'export_year',
      'reserves_share',
      'export_value_usd',
      'period',
      'note',
    ],
    heads: {
      share: 'of world',
      supply_share: `to ${rows[0]?.for ?? ''}`,
      supply_year: 'in',
      ranked: 'of',
      export_share: 'of exports',
      export_year: 'in',
      reserves_share: 'of reserves',
    },
    least: { stage: 8, source: 8 },
    sections,
    lists: lists.map((l) => ({ title: l.title, entries: l.rows.map((k) => l.entry(rows[k]!)) })),
    after: [
      ...silentLines(rows, without),
      ...(left > 0 ? [`${left} more rows with --format csv or json.`] : []),
    ],
    quietNotes: ['count', 'no_evidence', 'withheld'],
  };
}

const rest = (row: AnswerRow): string =>
  row.supply_share == null
    ? ''
    : `; ${shareOf(Number(row.supply_share))} of what ${row.for} gets, in ${row.supply_year}`;

const exportsAlone = (r: AnswerRow): string =>
  `${mineralStage(r)}: ${shareOf(Number(r.export_share))} of the world’s exports of ${r.export_hs6} in ${r.export_year}, ${dollars(Number(r.export_value_usd))}${r.export_rank === null ? '' : `, rank ${r.export_rank}`} (${r.export_source})${rest(r)}`;

const reservesAlone = (r: AnswerRow): string =>
  `${mineralStage(r)}: ${tonnes(Number(r.reserves_t))}${r.reserves_share === null ? '' : `, ${shareOf(Number(r.reserves_share))} of the world’s reserves`} in ${r.year} (${r.source})${rest(r)}`;

const pairOf = (row: AnswerRow) => `${row.mineral} ${row.stage}`;

function outputLine(rows: readonly AnswerRow[], country: string): string {
  const made = new Set(
    rows
      .filter((r) => r.evidence === 'production' || r.evidence === 'production_share')
      .map((r) => r.mineral),
  );
  const first = rows
    .filter((r) => r.rank === 1 && r.evidence === 'production')
    .map((r) => `${r.mineral} (${r.stage})`);
  const leads = first.length ? `; first in ${[...new Set(first)].join(', ').replaceAll('_', ' ')}` : '';
  return `${country} has reported output of ${made.size} minerals${leads}`;
}

/** Minerals without evidence, by what is said of them: nothing at all, a zero, a figure withheld. */
function silentLines(rows: readonly AnswerRow[], without: readonly number[]): string[] {
  const named = (k: number) =>
    `${String(rows[k]!.mineral).replaceAll('_', ' ')}${rows[k]!.stage === null ? '' : ` (${rows[k]!.stage})`}`;
  const unknown = without.filter((k) => rows[k]!.status === null);
  const told = without.filter((k) => rows[k]!.status !== null);
  return [
    ...(unknown.length
      ? [`No open evidence, which is unknown, not zero: ${unknown.map(named).join(', ')}.`]
      : []),
    ...(told.length
      ? [
          `Named by the source without output: ${told.map((k) => `${named(k)}, ${rows[k]!.year}: ${rows[k]!.note}`).join('; ')}.`,
        ]
      : []),
  ];
}

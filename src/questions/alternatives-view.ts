import type { AnswerRow, Note, View } from './question.ts';
import { mineralStage, named, positions, sentence, shareOf } from './wording.ts';

/** Candidates of one stage whose reasons are told in words. */
const mostReasons = 5;

/** How alternatives are best read: the best few with what counts for them, then the ranking stage by stage. */
export function alternativesView(
  rows: readonly AnswerRow[],
  notes: readonly Note[],
  scope: {
    readonly name: string;
    readonly nameOf: (country: string) => string;
    /** candidates of each mineral and stage, also those that are not shown */
    readonly found: ReadonlyMap<string, number>;
  },
): View {
  const stages = new Map<string, number[]>();
  rows.forEach((r, k) => {
    const key = mineralStage(r);
    stages.set(key, [...(stages.get(key) ?? []), k]);
  });
  const several = stages.size > 1;
  return {
    headline: [...stages].map(([name, at]) =>
      stageLine(
        name,
        at.map((k) => rows[k]!),
        scope.found.get(name) ?? at.length,
        insteadOf(notes, at[0]!),
        after(notes, at[0]!, 'output is the mean of ') ?? String(rows[at[0]!]!.year),
        scope.nameOf,
      ),
    ),
    columns: [
      'rank',
      'country',
      'score',
      'output_share',
      'existing_share',
      'restricted',
      'governance_risk',
      'control_share_of_top',
      'distance_km',
      'output_t',
      'spare_t',
      'reserves_t',
      'known_share',
      'agreement',
      // reasons are sentences below the table: in a column they would be cut
    ],
    heads: {
      rank: '#',
      output_share: 'of world',
      existing_share: 'of imports',
      restricted: 'restricts',
      governance_risk: 'gov. risk',
      control_share_of_top: 'held by top',
      distance_km: 'km',
      known_share: 'known',
    },
    least: { agreement: 10 },
    sections: [...stages].map(([name, at]) => ({ title: several ? name : '', rows: at })),
    after: rows.length
      ? [
          ...[...stages].flatMap(([name, at]) =>
            at
              .slice(0, several ? 1 : mostReasons)
              .map(
                (k) =>
                  `${several ? `${sentence(name)}, ` : ''}${rows[k]!.rank} ${scope.nameOf(String(rows[k]!.country))}: ${rows[k]!.why}.`,
              ),
          ),
          'Score: weighted mean of the merits that are known, 0 to 1; a choice of weights, not a finding.',
        ]
      : [],
    inSections: true,
    quietNotes: ['instead_of', 'period'],
  };
}

/** The present top supplier, as the note of the stage says it. */
const insteadOf = (notes: readonly Note[], row: number): string | null =>
  after(notes, row, 'alternatives to ');

/** What a note of a row says after some words. */
const after = (notes: readonly Note[], row: number, words: string): string | null => {
  const text = notes.find((n) => n.rows?.includes(row) && n.text.includes(words))?.text;
  return text === undefined ? null : text.slice(text.indexOf(words) + words.length);
};

function stageLine(
  name: string,
  rows: readonly AnswerRow[],
  found: number,
  top: string | null,
  period: string,
  nameOf: (country: string) => string,
): string {
  const restricting = positions(rows, (r) => r.restricted === true).map((k) =>
    nameOf(String(rows[k]!.country)),
  );
  const best = rows.slice(0, 3).map((r) => {
    const share =
      typeof r.output_share === 'number' ? `${shareOf(r.output_share)} of world output` : 'output not known';
    return `${nameOf(String(r.country))} (score ${r.score === null ? 'not known' : Number((r.score as number).toFixed(2))}, ${share})`;
  });
  const besides = top === null ? '' : ` instead of ${top}`;
  const barred = restricting.length
    ? `; ${named(restricting)} ${restricting.length === 1 ? 'restricts' : 'restrict'} exports of it today`
    : '';
  return `${sentence(name)}${besides}: ${found} other ${found === 1 ? 'country has' : 'countries have'} output in ${period}; best placed ${found === 1 ? 'is' : 'are'} ${named(best)}${barred}.`;
}

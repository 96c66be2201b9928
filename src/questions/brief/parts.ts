import type { AnswerRow } from '../question.ts';
import type { Section } from './section.ts';

const known = (column: string) => (r: AnswerRow) => typeof r[column] === 'number';

/** The source that the answer puts first for this mineral and stage. */
const firstSource = (r: AnswerRow, rows: readonly AnswerRow[]) =>
  rows.find((o) => o.mineral === r.mineral && o.stage === r.stage)?.source === r.source;

export const claimsPart = (): Section => ({
  title: 'What is claimed, and what is so',
  question: 'check',
  typed: {},
  columns: ['n', 'verdict', 'country', 'mineral', 'claimed', 'found', 'found_year', 'why', 'sentence'],
  most: 60,
});

export const exposurePart = (mineral: readonly string[], importer: string, name: string): Section => ({
  title: `Exposure by lens: ${name}`,
  question: 'board',
  typed: { for: [importer], mineral },
  columns: [
    'mineral',
    'stage',
    'hs6',
    'year',
    'supply_usd',
    'top_country',
    'top_share',
    'second_country',
    'second_share',
    'dispatch_country',
    'dispatch_share',
    'traced_country',
    'traced_share',
    'controlled_country',
    'controlled_share',
    'cap',
    'over_cap',
    'note',
  ],
  bars: ['top_share', 'top_country'],
  keep: known('top_share'),
  left: 'codes without a known share (the command names each and what would tell)',
  largestFirst: 'top_share',
  figure: 'top_share',
  most: 20,
});

export const producersPart = (mineral: readonly string[]): Section => ({
  title: mineral.length === 1 ? 'Who produces it' : 'Who produces them: the first three of each',
  question: 'concentration',
  typed: { mineral, breakdown: ['true'] },
  columns: ['mineral', 'stage', 'year', 'country', 'quantity_t', 'share', 'rank', 'source'],
  bars: ['share', 'country'],
  keep: (r, _index, rows) =>
    typeof r.rank === 'number' && r.rank <= (mineral.length === 1 ? 8 : 3) && firstSource(r, rows),
  left: 'smaller or unranked producers, or rows of a second source,',
  figure: 'share',
  most: mineral.length === 1 ? 24 : 45,
});

export const eventsPart = (typed: Section['typed']): Section => ({
  title: 'What has been agreed and restricted, newest first',
  question: 'timeline',
  typed,
  columns: ['date', 'kind', 'country', 'minerals', 'title', 'status'],
  newestFirst: true,
  most: 15,
});

export const profilePart = (country: string, name: string): Section => ({
  title: `What ${name} mines, refines, holds and exports`,
  question: 'profile',
  typed: { country: [country] },
  columns: [
    'mineral',
    'stage',
    'year',
    'quantity_t',
    'share',
    'rank',
    'reserves_share',
    'export_share',
    'evidence',
    'source',
  ],
  bars: ['share', 'stage'],
  keep: (r) => ['share', 'reserves_share', 'export_share'].some((c) => typeof r[c] === 'number'),
  left: 'rows without a share',
  largestFirst: 'share',
  figure: 'share',
  most: 20,
});

export const agreementPart = (typed: Section['typed']): Section => ({
  title: 'What the agreement could move at most',
  question: 'agreement',
  typed,
  columns: [
    'mineral',
    'stage',
    'partner',
    'partner_output_t',
    'partner_share',
    'top_country',
    'top_share',
    'top_share_at_best',
    'most_it_could_move',
    'binding',
    'evidence',
  ],
  bars: ['partner_share', 'partner'],
  keep: known('partner_share'),
  left: 'minerals and stages in which the partner is not a known producer',
  largestFirst: 'partner_share',
  figure: 'most_it_could_move',
  most: 30,
});

export const alternativesPart = (mineral: readonly string[], importer: string): Section => ({
  title: 'Who else could supply',
  question: 'alternatives',
  typed: { mineral, for: [importer], top: ['5'] },
  columns: [
    'mineral',
    'stage',
    'rank',
    'country',
    'output_t',
    'output_share',
    'existing_share',
    'restricted',
    'why',
  ],
  bars: ['output_share', 'country'],
  figure: 'output_share',
  most: 20,
});

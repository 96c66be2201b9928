import type { AnswerRow, View } from './question.ts';
import {
  count,
  mineralStage,
  named,
  positions,
  possessive,
  shareOf,
  tonnes,
  yearsOfRows,
} from './wording.ts';

/** Whose supply, for how long, and over how many runs. */
export interface ChokepointScope {
  readonly name: string;
  readonly months: number;
  readonly runs: number;
  /** minerals and stages of which nobody knows what it uses */
  readonly unused: number;
  /** minerals and stages that nobody is known to trade */
  readonly untraded: number;
  /** suppliers that cannot be stopped, as nobody says what they make */
  readonly silent: number;
  readonly nameOf: (country: string) => string;
}

/** Countries, or pairs, named as standing behind the gravest stops. */
const mostBehind = 6;

/** Minerals and stages of unknown use that are named below the table. */
const mostNamed = 6;

/** A stop that takes more than this part of what is used is told in the headline. */
const grave = 0.5;

/**
 * How chokepoints are best read: the worst stop in words, who stands behind most of them, then the ranking.
 *
 * @param ranked all stops that were run, of which `rows` show the worst
 */
export function chokepointsView(
  rows: readonly AnswerRow[],
  ranked: readonly AnswerRow[],
  scope: ChokepointScope,
): View {
  const single = new Set(rows.map((r) => r.mineral)).size === 1;
  return {
    headline: headline(ranked, scope),
    columns: ['rank', 'mineral', 'stage', 'stopped', 'shortfall_t', 'baseline_t', 'year'],
    heads: { rank: '#', stopped: 'if it stops', shortfall_t: 'missing t', baseline_t: 'of t' },
    pairs: { stopped: 'shortfall_share' },
    bar: { share: 'shortfall_share' },
    least: { mineral: 11, stage: 8 },
    ...(single ? { group: 'mineral' } : {}),
    inSections: true,
    sections: [{ title: '', rows: positions(rows, (r) => r.rank !== null) }].filter((s) => s.rows.length > 0),
    quietNotes: scope.unused > mostNamed ? ['no_use'] : [],
    after: [
      `Missing over ${count(scope.months, 'month')} with nothing done but trade finding its way; shares compare across minerals, tonnes do not.`,
      ...(scope.unused > mostNamed
        ? [
            `What it uses of ${scope.unused} more minerals and stages is not known, as it ships at least what it is known to make and receive: --format json names them.`,
          ]
        : []),
    ],
  };
}

const stoppedIn = (r: AnswerRow, nameOf: (c: string) => string) =>
  String(r.stopped).split('+').map(nameOf).join(' and ');

/** Why no stop could be run. */
const nothing = ({ untraded, silent }: ChokepointScope) =>
  [
    ...(silent || !untraded ? ['no output of what it is known to use'] : []),
    ...(untraded ? ['no trade in what others make'] : []),
  ].join(' and ');

function headline(ranked: readonly AnswerRow[], scope: ChokepointScope): string[] {
  const worst = ranked[0];
  if (scope.runs === 0)
    return [
      `Whose stop would leave ${scope.name} short is not known: no stop could be run, as the data hold ${nothing(scope)}.`,
    ];
  if (!worst || !((worst.shortfall_share as number) > 0))
    return [
      `No stop of one supplier would leave ${scope.name} short of anything, in ${count(scope.runs, 'run')}.`,
    ];
  const bad = ranked.filter((r) => (r.shortfall_share as number) > grave);
  const by = new Map<string, number>();
  for (const r of bad) by.set(stoppedIn(r, scope.nameOf), (by.get(stoppedIn(r, scope.nameOf)) ?? 0) + 1);
  const behind = [...by].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([who, n]) => `${who} ${n}`);
  return [
    `The stop that would hurt ${scope.name} most is that of ${stoppedIn(worst, scope.nameOf)} in ${mineralStage(worst)}: ${tonnes(worst.shortfall_t as number)} or ${shareOf(worst.shortfall_share as number)} of ${possessive(scope.name)} use over ${count(scope.months, 'month')} (trade and output of ${worst.year}).`,
    bad.length > 1
      ? `${bad.length} stops, of ${scope.runs.toLocaleString('en')} run, would each take more than half of a mineral’s use (${yearsOfRows(bad)}); behind them: ${named(behind, mostBehind)}.`
      : `${bad.length === 0 ? 'No' : 'No other'} stop, of ${scope.runs.toLocaleString('en')} run, would take more than half of a mineral’s use.`,
  ];
}

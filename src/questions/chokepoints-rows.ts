import { groupBy } from '../tables/group-by.ts';
import type { AnswerRow, Note } from './question.ts';
import type { ShockCase } from './shock/cases.ts';
import { byMineral, count, positions } from './wording.ts';

/** A stop that was run: what the country lacks of one mineral at one stage over the run, and what it would have used, t. */
export interface Stop extends ShockCase {
  readonly stopped: readonly string[];
  readonly shortfall_t: number;
  readonly shortfall_share: number;
  readonly baseline_t: number;
  readonly byNetExports: boolean;
}

/** A supplier that cannot be stopped, as nobody says what it makes. */
export interface SilentStop extends ShockCase {
  readonly stopped: string;
  readonly baseline_t: number;
}

export interface Stops {
  readonly found: readonly Stop[];
  readonly silent: readonly SilentStop[];
  /** minerals and stages that the country is not known to use, and those of which nothing is known */
  readonly unused: readonly ShockCase[];
  readonly unknown: readonly ShockCase[];
  /** those whose output is known, but no trade: who uses it is not */
  readonly untraded: readonly ShockCase[];
}

const named = (of: readonly ShockCase[]) => byMineral(of.map(({ mineral, stage }) => ({ mineral, stage })));

/** `cobalt (mine): IRL, POL; copper (refine): BEL`. */
const silentOnes = (silent: readonly SilentStop[]) =>
  [...groupBy(silent, (s) => named([s]))]
    .map(([of, stops]) => `${of}: ${stops.map((s) => s.stopped).join(', ')}`)
    .join('; ');

/**
 * The worst stops first, then suppliers whose stop nobody can follow; `top` rows at most, with what is said of them.
 * `ranked` are all stops, also beyond `top`.
 */
export function chokepointRows(
  { found, silent, unused, unknown, untraded }: Stops,
  top: number,
  party: string,
): { rows: AnswerRow[]; ranked: AnswerRow[]; notes: Note[] } {
  const worstFirst = found.toSorted(
    (a, b) => b.shortfall_share - a.shortfall_share || b.shortfall_t - a.shortfall_t,
  );
  const ranked = worstFirst.map(
    ({ byNetExports: _, stopped, ...c }, i): AnswerRow => ({
      rank: i + 1,
      ...c,
      stopped: stopped.join('+'),
    }),
  );
  const rows = [
    ...ranked,
    ...silent.map((c): AnswerRow => ({ rank: null, ...c, shortfall_t: null, shortfall_share: null })),
  ].slice(0, top);
  const notes: Note[] = [];
  const estimated = worstFirst.slice(0, top).flatMap((c, i) => (c.byNetExports ? [i] : []));
  if (estimated.length)
    notes.push({
      code: 'output_unknown',
      rows: estimated,
      text: 'no source gives output at this stage: what each country ships beyond what it receives stands for it, a lower bound',
    });
  if (silent.length)
    notes.push({
      code: 'no_output',
      value: silent.length,
      rows: positions(rows, (r) => r.rank === null),
      text: `cannot be stopped, as their output is not in the data while they ship more than they receive: ${silentOnes(silent)}`,
    });
  if (unused.length)
    notes.push({
      code: 'no_use',
      value: unused.length,
      text: `${party} ships at least what it is known to make and receive, so what it uses is not known: ${named(unused)}`,
    });
  if (unknown.length)
    notes.push({
      code: 'no_network',
      value: unknown.length,
      text: `nothing is known of output or of tonnes traded: ${named(unknown)}`,
    });
  if (untraded.length)
    notes.push({
      code: 'users_unknown',
      value: untraded.length,
      text: `cannot be ranked, as no trade in it is in the data and so nobody knows who would lack it: ${named(untraded)}`,
    });
  return { rows, ranked, notes };
}

/** How many stops were run, over how much, and whether it was all. */
export function runNotes(runs: number, done: number, of: number, aborted: boolean): Note[] {
  return [
    {
      code: 'runs',
      value: runs,
      text: `${count(runs, 'stop')} ${runs === 1 ? 'was' : 'were'} run over ${count(done, 'mineral and stage', 'minerals and stages')}`,
    },
    ...(aborted
      ? [{ code: 'interrupted', value: done, text: `stopped after ${done} of ${of} minerals and stages` }]
      : []),
  ];
}

import type { Claim } from '../claim.ts';
import { band, holds, howOff } from './tolerance.ts';

export const verdicts = [
  'supported',
  'outdated',
  'overstated',
  'understated',
  'contradicted',
  'not_in_data',
  'not_checkable',
] as const;
export type Verdict = (typeof verdicts)[number];

/** What the data say of a claim for one stage, year and source. */
export interface Finding {
  readonly year: number;
  /** share 0…1, tonnes or rank, as the claim's unit; null where it is not published */
  readonly value: number | null;
  /** the country is not named in a published table: its share is at most this */
  readonly atMost?: number | null;
  /** for ranks: how many countries are named, so that one that is not stands behind them all */
  readonly ranked?: number;
  readonly stage: string | null;
  /** which of several series of a stage: a customs code, a basis; each has its own newest year */
  readonly series?: string;
  readonly source: string;
  /** an estimate for a year that is not over; it does not make an older figure outdated */
  readonly estimated?: boolean;
  /** what the figure is of, for `why`: `mine production`, `UK imports of 810520` */
  readonly of: string;
  /** years averaged, where not one year */
  readonly period?: string | null;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly found: number | string | null;
  readonly found_year: number | null;
  readonly stage: string | null;
  readonly why: string;
  readonly sources: readonly string[];
}

/** The first year whose figure can make a claim `outdated` rather than wrong. */
export const earliestOutdated = 2018;

export const notChecked = (verdict: 'not_in_data' | 'not_checkable', why: string): Judgement => ({
  verdict,
  found: null,
  found_year: null,
  stage: null,
  why,
  sources: [],
});

/**
 * Judges a claim with a figure against what was found, best source first within a stage and year.
 * Without a year the newest reported year of each stage decides (an estimate for a later year may support, not refute);
 * if it fails and an earlier year from 2018 on agrees, the claim is outdated. With a year that year counts, or the newest
 * one before it where it has no data, and `why` says so.
 */
export function judge(
  claim: Claim,
  findings: readonly Finding[],
  words: (f: Finding) => string = plainWords,
): Judgement {
  const claimed = claim.claimed;
  if (claim.notCheckable) return notChecked('not_checkable', claim.notCheckable);
  if (!claimed) return notChecked('not_checkable', 'no figure is claimed');
  const known = findings.filter(
    (f) => f.value !== null || typeof f.atMost === 'number' || f.ranked !== undefined,
  );
  if (known.length === 0) return notChecked('not_in_data', 'no open data here on this');
  const agrees = (f: Finding) =>
    f.value === null ? notNamed(claim, f) === 'agrees' : holds(claimed, f.value);
  const ok = (f: Finding) => agrees(f) !== claim.negated;
  // a country that a table does not name can settle a claim only where the rest is too small
  const settles = (f: Finding) => f.value !== null || notNamed(claim, f) !== 'open';
  const settled = known.filter(settles);
  if (settled.length === 0)
    return notChecked(
      'not_in_data',
      `the country is not named in ${known[0]!.of} (${known[0]!.source}, ${known[0]!.year})`,
    );
  const report = (verdict: Verdict, f: Finding, more = ''): Judgement => ({
    verdict,
    found: f.value,
    found_year: f.year,
    stage: f.stage,
    why: `${words(f)}${more}`,
    sources: [f.source],
  });
  const off = (f: Finding): Verdict => {
    if (claim.negated) return 'contradicted';
    if (f.value === null) return 'contradicted';
    return howOff(claimed, f.value);
  };

  const asked = claim.years.at(-1);
  if (asked !== undefined) {
    const newest = Math.max(...settled.map((f) => f.year));
    const year = Math.min(asked, newest);
    const exact = settled.filter((f) => f.year === year || inPeriod(f, year));
    const before = Math.max(...settled.filter((f) => f.year < year).map((f) => f.year));
    const ofYear = exact.length > 0 ? exact : settled.filter((f) => f.year === before);
    if (ofYear.length === 0)
      return notChecked('not_in_data', `no open data here for ${asked}; there is for ${yearsText(settled)}`);
    const good = ofYear.find(ok);
    const later =
      asked > newest
        ? `; ${asked} is later than the data`
        : exact.length === 0
          ? `; nothing for ${asked}, this is the newest year before it`
          : '';
    return good ? report('supported', good, later) : report(off(ofYear[0]!), ofYear[0]!, later);
  }

  const newestOf = newestByStage(settled);
  const good = newestOf.find(ok) ?? settled.find((f) => f.estimated && f.year >= newestOf[0]!.year && ok(f));
  if (good) {
    const other = newestOf.find((f) => f.stage !== good.stage && !ok(f));
    return report('supported', good, other ? `; not at another stage: ${words(other)}` : '');
  }
  const now = newestOf[0]!;
  const earlier = settled
    .filter((f) => f.year < newestYearOf(newestOf, f) && f.year >= earliestOutdated && ok(f))
    .sort((a, b) => b.year - a.year)[0];
  if (earlier && !claim.detail.none)
    return {
      ...report(
        'outdated',
        earlier,
        `; since then: ${words(newestOf.find((f) => f.stage === earlier.stage && f.series === earlier.series) ?? now)}`,
      ),
      sources: [...new Set([earlier.source, now.source])],
    };
  // the stage nearest to the claim is the one reported
  const firsts = newestOf.filter((f, k) => newestOf.findIndex((g) => g.stage === f.stage) === k);
  const nearest = [...firsts].sort((a, b) => distance(claim, a) - distance(claim, b))[0]!;
  return report(off(nearest), nearest);
}

const distance = (claim: Claim, f: Finding) => {
  if (f.value === null) return Number.POSITIVE_INFINITY;
  const { low, high } = band(claim.claimed!);
  return f.value < low ? low - f.value : f.value > high ? f.value - high : 0;
};

/** Where countries that are not named have no more than this together, `produces none` stands. */
const negligible = 0.02;

/** Whether a country missing from a table agrees with, refutes or leaves open the claim. */
function notNamed(claim: Claim, f: Finding): 'agrees' | 'refutes' | 'open' {
  const { unit, low } = claim.claimed!;
  const { low: least, high: most } = band(claim.claimed!);
  if (unit === 'rank') return f.ranked !== undefined && f.ranked >= most ? 'refutes' : 'open';
  if (typeof f.atMost !== 'number') return 'open';
  // nothing at all, or next to nothing, is left for countries that are not named
  if (low === 0 && most <= 1e-9) return f.atMost <= negligible ? 'agrees' : 'open';
  if (unit === 't') return 'open';
  if (f.atMost < least) return 'refutes';
  if (least <= 0 && f.atMost <= most) return 'agrees';
  return 'open';
}

const inPeriod = (f: Finding, year: number) => {
  const match = /(\d{4})\D+(\d{4})/.exec(f.period ?? '');
  return match !== null && Number(match[1]) <= year && year <= Number(match[2]);
};

/** For each stage and series the best finding of its newest reported year, in the order given. */
function newestByStage(findings: readonly Finding[]): Finding[] {
  const found: Finding[] = [];
  const seriesOf = (f: Finding) => `${f.stage} ${f.series ?? ''}`;
  for (const series of new Set(findings.map(seriesOf))) {
    const own = findings.filter((f) => seriesOf(f) === series);
    const reported = own.filter((f) => !f.estimated);
    const from = reported.length > 0 ? reported : own;
    const newest = Math.max(...from.map((f) => f.year));
    found.push(...from.filter((f) => f.year === newest));
  }
  return found;
}

const newestYearOf = (newest: readonly Finding[], of: Finding) =>
  newest.find((f) => f.stage === of.stage && f.series === of.series)?.year ?? Number.POSITIVE_INFINITY;

const yearsText = (findings: readonly Finding[]) => {
  const years = [...new Set(findings.map((f) => f.year))].sort();
  return years.length > 3 ? `${years[0]}–${years.at(-1)}` : years.join(', ');
};

const plainWords = (f: Finding) => `${f.of}: ${f.value ?? 'not named'} in ${f.year} (${f.source})`;

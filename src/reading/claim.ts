import type { Comparator } from './comparators.ts';

export const claimKinds = [
  'share',
  'rank',
  'quantity',
  'trade_share',
  'reserves',
  'dependence',
  'count',
  'target',
  'agreement',
  'restriction',
  'ownership',
  'other',
] as const;
export type ClaimKind = (typeof claimKinds)[number];

/** What a share, rank or tonnage is of. */
export type Measure = 'production' | 'reserves' | 'exports' | 'imports';

/** The figure claimed. Shares 0…1, tonnes, rank, or how many; a range has two ends. */
export interface Claimed {
  readonly unit: 'share' | 't' | 'rank' | 'count';
  readonly comparator: Comparator;
  readonly low: number;
  readonly high: number;
  /** more than `low`, not just as much: `most` */
  readonly strict?: boolean;
}

/** One claim: a sentence says something of one country and one mineral. */
export interface Claim {
  readonly kind: ClaimKind;
  /** number of the sentence, its place in the text, and its words */
  readonly sentence: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly country: string | null;
  readonly mineral: string | null;
  /** stage the words name; null where they leave it open */
  readonly stage: string | null;
  readonly measure: Measure | null;
  readonly claimed: Claimed | null;
  /** years named for this claim; empty = none */
  readonly years: readonly number[];
  /** date words as ISO, as precise as given */
  readonly date: string | null;
  /** whose imports, or the other party of an agreement, or whom a restriction is aimed at, or who owns */
  readonly other: string | null;
  /** further countries the figure is for together */
  readonly together: readonly string[];
  /** countries left out of the comparison: `the largest producer outside China` */
  readonly without: readonly string[];
  readonly negated: boolean;
  /** who says so: `quoted`, `reported`, or the text itself (null) */
  readonly attribution: 'quoted' | 'reported' | null;
  /** more of what the claim says, by kind: see the readers in `claims/` */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** set where a claim is kept but cannot be judged */
  readonly notCheckable: string | null;
}

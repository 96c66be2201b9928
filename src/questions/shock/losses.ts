import type { AnswerRow } from '../question.ts';
import { mineralStage } from '../wording.ts';

/** One mineral and stage in one country, over all months where the model has any. */
export interface Loss {
  readonly rows: readonly number[];
  readonly first: AnswerRow;
  readonly baseline: number;
  readonly shortfall: number;
  /** drawn from its stocks */
  readonly stock: number;
  /** position of the row with the largest share missing */
  readonly worst: number;
  /** first month in which anything is missing; null where nothing is or the model has no months */
  readonly from: number | null;
  /** false where nobody knows what is missing: of the country's use nothing is known, or the shock cannot be followed */
  readonly known: boolean;
  /** false where nothing is known of the country's use */
  readonly used: boolean;
}

/** A loss below this part of what is used is a rounding of sums, not a loss; and so is less than a milligram, in t. */
const noise = 1e-9;
const milligram = 1e-9;

/** A supply below 0 by the rounding of sums alone is 0. */
export const notBelowZero = (supply: number, baseline: number): number =>
  supply < 0 && -supply <= Math.max(milligram, noise * baseline) ? 0 : supply;

export const isReal = (l: Loss) =>
  l.baseline > 0 && l.shortfall > noise * l.baseline && l.shortfall > milligram;
export const shareMissing = (l: Loss) => (l.baseline > 0 ? l.shortfall / l.baseline : 0);

/** The mineral, stage and year of a row as one title. */
export const caseOf = (r: AnswerRow) => `${mineralStage(r)}, ${r.year}`;

/** Rows put together by mineral, stage, year and country. */
export function lossesOf(rows: readonly AnswerRow[]): Loss[] {
  const groups = new Map<string, number[]>();
  rows.forEach((r, k) => {
    const key = `${r.mineral} ${r.stage} ${r.year} ${r.country}`;
    const of = groups.get(key);
    if (of) of.push(k);
    else groups.set(key, [k]);
  });
  return [...groups.values()].map((of) => {
    const sum = (name: string) => of.reduce((s, k) => s + Number(rows[k]![name] ?? 0), 0);
    const share = (k: number) => Number(rows[k]!.shortfall_share ?? -1);
    const short = of.find((k) => share(k) > noise);
    return {
      rows: of,
      first: rows[of[0]!]!,
      baseline: sum('baseline_t'),
      shortfall: sum('shortfall_t'),
      stock: sum('stock_used_t'),
      worst: of.reduce((a, b) => (share(b) > share(a) ? b : a)),
      from: short === undefined ? null : (rows[short]!.month as number | null),
      known: rows[of[0]!]!.shortfall_t !== null,
      used: rows[of[0]!]!.baseline_t !== null,
    };
  });
}

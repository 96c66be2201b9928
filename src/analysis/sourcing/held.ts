import type { Problem, Stock } from './problem.ts';

/** A stock in one year of a plan: what is bought for it, what is drawn from it, and what is held when the year ends. */
export interface Held {
  readonly stock: Stock;
  /** position of the need whose year it is */
  readonly need: number;
  /** columns */
  readonly bought: number;
  readonly drawn: number;
  readonly closing: number;
  /** the year of the plan before; null in the first, which begins with the opening stock */
  readonly before: Held | null;
  /** true in the last year of the plan */
  readonly last: boolean;
  /** for how many years the closing stock is held: until the next year of the plan; one in the last */
  readonly years: number;
}

/** Lays out the variables of stocks, three for each year in which their mineral and stage is needed. */
export function layStocks({ stocks, needs }: Problem, firstColumn: number): Held[] {
  let column = firstColumn;
  return (stocks ?? []).flatMap((stock) => {
    const own = [...needs.keys()]
      .filter((k) => needs[k]!.mineral === stock.mineral && needs[k]!.stage === stock.stage)
      .sort((a, b) => needs[a]!.year - needs[b]!.year);
    const held: Held[] = [];
    for (const [i, need] of own.entries()) {
      const next = own[i + 1];
      held.push({
        stock,
        need,
        bought: column++,
        drawn: column++,
        closing: column++,
        before: held.at(-1) ?? null,
        last: next === undefined,
        years: next === undefined ? 1 : needs[next]!.year - needs[need]!.year,
      });
    }
    return held;
  });
}

import type { SeriesCoverage, TradeFlow } from '../../tables/quantities.ts';

/** World value by `hs6/year`. */
export function worldValues(flows: readonly TradeFlow[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const flow of flows) {
    const key = `${flow.hs6}/${flow.year}`;
    sums.set(key, (sums.get(key) ?? 0) + (flow.value_usd ?? 0));
  }
  return sums;
}

/**
 * One row of `series_coverage` for every code and year in `flows`.
 * With `whole`, the part of world value kept is measured against the complete matrix where there is one.
 */
export function coverageOf(
  flows: readonly TradeFlow[],
  complete: boolean,
  note: (hs6: string, year: number) => string | null,
  whole?: ReadonlyMap<string, number>,
): SeriesCoverage[] {
  const byKey = new Map<string, { first: TradeFlow; tonnes: boolean; value: number }>();
  for (const flow of flows) {
    const key = `${flow.hs6}/${flow.year}`;
    const seen = byKey.get(key) ?? { first: flow, tonnes: false, value: 0 };
    seen.tonnes ||= flow.quantity_t !== null;
    seen.value += flow.value_usd ?? 0;
    byKey.set(key, seen);
  }
  return [...byKey].map(([key, { first, tonnes, value }]) => {
    const world = whole?.get(key);
    return {
      source: first.source,
      hs6: first.hs6,
      year: first.year,
      complete,
      // values of the two extracts are rounded differently: a full cut may come out a hair above one
      value_kept_share: complete ? 1 : world ? Math.min(1, value / world) : null,
      has_quantity: tonnes,
      note: note(first.hs6, first.year),
    };
  });
}

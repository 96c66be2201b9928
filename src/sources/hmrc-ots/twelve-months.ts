import type { SeriesCoverage, TradeFlow, UkTradeMonth } from '../../tables/quantities.ts';

/** Twelve months that stand for a year; named by the year in which they begin. */
export interface Window {
  readonly year: number;
  readonly first: string;
  readonly last: string;
}

/** Every run of July to June for which all twelve months are there. */
export function windowsOf(months: readonly UkTradeMonth[]): Window[] {
  const present = new Set(months.map((row) => row.month));
  const years = [...new Set([...present].map((month) => Number(month.slice(0, 4))))].sort((a, b) => a - b);
  return years
    .map((year) => ({ year, first: `${year}-07`, last: `${year + 1}-06` }))
    .filter((window) => monthsIn(window).every((month) => present.has(month)));
}

const monthsIn = ({ year }: Window): string[] =>
  Array.from({ length: 12 }, (_, n) => {
    const month = 6 + n;
    return `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });

/**
 * Rows of `trade_flow` on the basis dispatch: sums over a window by six-digit code. Rows whose partner is confidential
 * belong to no country and are left out; they stay in `uk_trade_month`.
 */
export function flowsOf(months: readonly UkTradeMonth[], windows: readonly Window[]): TradeFlow[] {
  const flows = new Map<string, TradeFlow>();
  for (const row of months) {
    const window = windows.find(({ first, last }) => first <= row.month && row.month <= last);
    if (!window || row.status === 'confidential') continue;
    const [exporter, importer] = row.flow === 'import' ? [row.partner, 'GBR'] : ['GBR', row.partner];
    const key = `${window.year} ${exporter} ${importer} ${row.hs6}`;
    const sum = flows.get(key);
    flows.set(key, {
      year: window.year,
      exporter,
      importer,
      hs6: row.hs6,
      basis: 'dispatch',
      source: 'hmrc_ots',
      value_usd: added(sum?.value_usd, row.value_usd),
      quantity_t: added(sum?.quantity_t, row.quantity_t),
      period: `${window.first}/${window.last}`,
      status: null,
    });
  }
  return [...flows.values()];
}

const added = (sum: number | null | undefined, value: number | null): number | null =>
  value === null ? (sum ?? null) : (sum ?? 0) + value;

/**
 * A six-digit code is whole only if the extract has its one eight-digit code (ending in 00).
 * Elsewhere the sum is of the eight-digit codes named in the note, and those are told apart in `uk_trade_month` only.
 */
export function coverageOf(months: readonly UkTradeMonth[], windows: readonly Window[]): SeriesCoverage[] {
  const codes = new Map<string, Set<string>>();
  for (const { hs6, cn8 } of months) codes.set(hs6, (codes.get(hs6) ?? new Set()).add(cn8));
  return windows.flatMap(({ year }) =>
    [...codes].map(([hs6, eight]) => {
      const complete = [...eight].every((cn8) => cn8 === `${hs6}00`);
      const listed = [...eight].sort().join(', ');
      return {
        source: 'hmrc_ots',
        hs6,
        year,
        complete,
        value_kept_share: null,
        has_quantity: true,
        note: complete
          ? 'trade of the United Kingdom only'
          : `trade of the United Kingdom in ${listed} only, not the whole six-digit code; apart by eight-digit code in uk_trade_month`,
      };
    }),
  );
}

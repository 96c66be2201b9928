import type { Reference } from '../source.ts';

/** What a USGS series is in our terms: a row of reference/usgs-series.csv. */
export interface Series {
  readonly table: 'production' | 'reserves' | 'capacity' | 'none';
  readonly mineral: string;
  readonly stage: string;
  /** what a tonne is; `{country}` where each country reports another product, so that the figures do not add up */
  readonly basis: string;
  /**
   * sum: several rows of one country are parts of it and are added;
   * part: the same, and the world total of the part is dropped because the publisher gives that of the whole
   */
  readonly fold: '' | 'sum' | 'part';
  readonly note: string;
  /** why the series is not used, where table is none */
  readonly reason: string;
}

/** Series by edition and label; undefined where the label is new. */
export function seriesOf(reference: Reference): (edition: string, label: string) => Series | undefined {
  const all = new Map<string, Series>();
  for (const row of reference.csv('usgs-series')) {
    all.set(`${row.edition} ${row.series}`, {
      table: row.table as Series['table'],
      mineral: row.mineral!,
      stage: row.stage!,
      basis: row.basis!,
      fold: row.fold as Series['fold'],
      note: row.note!,
      reason: row.reason!,
    });
  }
  return (edition, label) => all.get(`${edition} ${label}`);
}

import type { Production } from '../tables/quantities.ts';

/**
 * Which source decides where several give output of the same mineral, stage and year: somebody's own rows first, then
 * USGS where it has tonnes, the IEA for the refined battery metals, the WNA for uranium, and EU shares last.
 */
const precedence = ['usgs_mcs', 'iea_cm', 'wna', 'eu_crm_2023'];

/** Orders source ids by which one decides; ids that are not listed are somebody's own and come first. */
export const bySourcePrecedence = (a: string, b: string): number =>
  precedence.indexOf(a) - precedence.indexOf(b) || (a < b ? -1 : a > b ? 1 : 0);

/** The source whose rows answer for one mineral, stage and year; one with a figure before one without. */
export function preferredSource(rows: readonly Production[]): string | null {
  const withFigure = rows.filter((r) => (r.quantity_t ?? r.share) !== null && r.country !== 'WLD');
  const ids = new Set((withFigure.length ? withFigure : rows).map((r) => r.source));
  return [...ids].sort(bySourcePrecedence)[0] ?? null;
}

/** Years with a figure that is no projection; estimates count. */
export const yearsWithOutput = (rows: readonly Production[]): number[] =>
  rows.flatMap((r) => (r.status !== 'projection' && (r.quantity_t ?? r.share) !== null ? [r.year] : []));

/** Years that count as what happened: no projection, and no estimate where a reported year exists. */
export function newestReportedYear(rows: readonly Production[]): number | null {
  let reported = -Infinity;
  let other = -Infinity;
  for (const r of rows) {
    if (r.status === 'projection') continue;
    if ((r.quantity_t ?? r.share) === null) continue;
    if (r.status === 'estimated') other = Math.max(other, r.year);
    else reported = Math.max(reported, r.year);
  }
  const year = reported > -Infinity ? reported : other;
  return year > -Infinity ? year : null;
}

import type { AnswerRow, Note } from '../../questions/question.ts';
import type { Stack } from '../charts/stacks.ts';

const number = (value: unknown) => (typeof value === 'number' ? value : 0);

/** What is bought from whom in each year, as shares of demand, the largest supplier of all years first. */
export function mixByYear(rows: readonly AnswerRow[], nameOf: (code: unknown) => string): Stack[] {
  const years = [...new Set(rows.map((r) => Number(r.year)))].sort((a, b) => a - b);
  const shareOf = (year: number, country: string) =>
    rows
      .filter((r) => Number(r.year) === year && r.country === country)
      .reduce((sum, r) => sum + number(r.share), 0);
  const inAll = (country: string) => years.reduce((sum, year) => sum + shareOf(year, country), 0);
  const countries = [
    ...new Set(rows.flatMap((r) => (typeof r.country === 'string' ? [r.country] : []))),
  ].sort((a, b) => inAll(b) - inAll(a) || (a < b ? -1 : 1));
  // suppliers that are small in every year stand together, so that the mix can be read
  const large = countries.filter((c) => years.some((year) => shareOf(year, c) >= 0.02));
  const small = countries.filter((c) => !large.includes(c));
  const others = (year: number) => small.reduce((sum, c) => sum + shareOf(year, c), 0);
  return years.map((year) => {
    const missing = rows.find((r) => Number(r.year) === year && r.constraint === 'demand');
    const demand = number(missing?.demand_t);
    return {
      x: year,
      parts: [
        ...large.map((country) => ({ country, label: nameOf(country), share: shareOf(year, country) })),
        {
          country: 'OTH',
          label: small.length === 1 ? nameOf(small[0]) : `${small.length} others`,
          share: others(year),
        },
      ].filter((p) => p.share > 0),
      ...(missing && demand > 0 && { short: number(missing.short_by_t) / demand }),
    };
  });
}

export interface FrontierPoint {
  /** the cap, 0…1 */
  readonly cap: number;
  /** USD a year */
  readonly cost: number;
}

/** Cost against cap, the loosest cap last. */
export const frontierOf = (notes: readonly Note[]): FrontierPoint[] =>
  notes
    .filter((n) => n.code === 'frontier' && typeof n.limit === 'number' && typeof n.value === 'number')
    .map((n) => ({ cap: n.limit as number, cost: n.value as number }))
    .sort((a, b) => a.cap - b.cap);

/** Limits that bind and what a unit more of each would save or cost, the dearest first, as rows of a table. */
export const dualsOf = (notes: readonly Note[]): AnswerRow[] =>
  notes
    .filter((n) => n.code === 'dual' && n.binding === true)
    .map((n) => ({
      year: (n.year as number) ?? null,
      constraint: String(n.constraint),
      shadow_price_usd_per_t: (n.shadow_price_usd_per_t as number) ?? null,
      limit_t: (n.limit_t as number) ?? null,
      used_t: (n.used_t as number) ?? null,
    }))
    .sort((a, b) => Math.abs(b.shadow_price_usd_per_t ?? 0) - Math.abs(a.shadow_price_usd_per_t ?? 0));

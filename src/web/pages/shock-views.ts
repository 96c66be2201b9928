import type { AnswerRow } from '../../questions/question.ts';

const number = (value: unknown) => (typeof value === 'number' ? value : 0);

export interface Stop {
  /** comma list; a country with a severity of its own keeps it: `CHN:0.5,RUS:0.2` */
  readonly who: string;
  /** per cent that all of them share; undefined where the list says none or several */
  readonly severity: number | undefined;
}

/** What an address asks to stop, in the API's form too: `CHN:0.8,RUS:0.8` → `CHN,RUS` and 80. What is no severity stays for the API to refuse. */
export function stopIn(stop: string): Stop {
  const parts = stop.split(',').filter(Boolean);
  const severities = new Set(parts.map((c) => /^[^:]+:([\d.]+)$/.exec(c)?.[1]));
  const [one] = severities;
  if (severities.size > 1 || one === undefined || !(Number(one) <= 1))
    return { who: parts.join(','), severity: undefined };
  return {
    who: parts.map((c) => c.split(':')[0]).join(','),
    severity: Number((100 * Number(one)).toPrecision(4)),
  };
}

/** `CHN` and 80 → `CHN:0.8`; a whole stop needs no severity. Several countries share it, but for those that have their own. */
export const stopOf = (countries: string, severity: number): string =>
  countries
    .split(',')
    .filter(Boolean)
    .map((c) => (severity >= 100 || c.includes(':') ? c : `${c}:${severity / 100}`))
    .join(',');

export interface Loss {
  readonly baseline: number;
  readonly shortfall: number;
  /** part of the baseline; null where nothing is used */
  readonly share: number | null;
}

/** Below this part of what is used a shortfall is the rounding of the sums, not a finding. */
const rounding = 1e-9;

/** What is missing over all months of the rows. */
export function lossOf(rows: readonly AnswerRow[]): Loss {
  const baseline = rows.reduce((sum, r) => sum + number(r.baseline_t), 0);
  const missing = rows.reduce((sum, r) => sum + number(r.shortfall_t), 0);
  const shortfall = missing > rounding * baseline ? missing : 0;
  return { baseline, shortfall, share: baseline > 0 ? shortfall / baseline : null };
}

/** Countries that lack something by the tonnes they lack, the worst first; WLD is a sum, not a country. */
export function lossByCountry(rows: readonly AnswerRow[]): { country: string; loss: Loss }[] {
  const by = new Map<string, AnswerRow[]>();
  for (const r of rows)
    if (r.country !== 'WLD') by.set(String(r.country), [...(by.get(String(r.country)) ?? []), r]);
  const least = rounding * lossOf([...by.values()].flat()).baseline;
  return [...by]
    .map(([country, of]) => ({ country, loss: lossOf(of) }))
    .filter(({ loss }) => loss.shortfall > least)
    .sort((a, b) => b.loss.shortfall - a.loss.shortfall || (a.country < b.country ? -1 : 1));
}

export interface Month {
  readonly x: number;
  readonly y: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Tonnes missing month by month, with the band of the draws where there is one. */
export function byMonth(rows: readonly AnswerRow[]): Month[] {
  const by = new Map<number, AnswerRow[]>();
  for (const r of rows)
    if (typeof r.month === 'number' && r.country !== 'WLD') by.set(r.month, [...(by.get(r.month) ?? []), r]);
  return [...by]
    .sort(([a], [b]) => a - b)
    .map(([x, of]) => ({
      x,
      y: of.reduce((sum, r) => sum + number(r.shortfall_t), 0),
      low: of.length === 1 && typeof of[0]!.p05 === 'number' ? of[0]!.p05 : null,
      high: of.length === 1 && typeof of[0]!.p95 === 'number' ? of[0]!.p95 : null,
    }));
}

/** A price so far out that an elasticity cannot mean it is told in words. */
export function priceWords(ratio: unknown): string {
  if (typeof ratio !== 'number') return 'no price is computed';
  if (ratio > 100) return 'the price would have to rise more than 100 times: it is scarce at any price';
  const goes = `the price goes to ${ratio.toPrecision(3)} times what it was`;
  return ratio > 3 ? `${goes} by this model, beyond the changes elasticities are estimated on` : goes;
}

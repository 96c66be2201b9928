import type { AnswerRow } from '../../questions/question.ts';
import type { Bar } from '../charts/bars.ts';
import type { Shade } from '../charts/world-map.ts';
import { dollars, figures, share, tonnes, wordOf } from '../format.ts';

/** The rows of one stage from the source that is preferred for it, ranked. */
export interface StageOutput {
  readonly stage: string;
  readonly year: number;
  readonly source: string;
  readonly total: number | null;
  readonly rows: readonly AnswerRow[];
}

const order = ['mine', 'intermediate', 'refine', 'compound', 'product', 'scrap'];

/** World output by stage: for each stage the series of the source that `summary` marks as preferred. */
export function outputByStage(breakdown: readonly AnswerRow[], summary: readonly AnswerRow[]): StageOutput[] {
  return summary
    .filter((s) => s.preferred === true)
    .map((s) => ({
      stage: String(s.stage),
      year: Number(s.year),
      source: String(s.source),
      total: typeof s.total_t === 'number' ? s.total_t : null,
      rows: breakdown
        .filter((r) => r.stage === s.stage && r.year === s.year && r.source === s.source)
        .sort((a, b) => Number(b.share ?? -1) - Number(a.share ?? -1)),
    }))
    .filter((s) => s.rows.length > 0)
    .sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage));
}

/** The sentence over a stage: `China made 98.9 % of the world's refined gallium in 2024 (839 t of 848 t)`. */
export function finding(stage: StageOutput, mineral: string, nameOf: (code: unknown) => string): string {
  const first = stage.rows.find((r) => typeof r.share === 'number');
  if (!first) return `No source publishes who makes ${wordOf(stage.stage)} ${mineral}.`;
  const amounts =
    typeof first.quantity_t === 'number' && stage.total !== null
      ? ` (${tonnes(first.quantity_t)} of ${tonnes(stage.total)})`
      : '';
  const verb = stage.stage === 'mine' ? 'mined' : 'made';
  const what = stage.stage === 'mine' ? mineral : `${wordOf(stage.stage)} ${mineral}`;
  return `${nameOf(first.country)} ${verb} ${share(first.share)} of the world’s ${what} in ${stage.year}${amounts}`;
}

export const outputBars = (
  stage: StageOutput,
  nameOf: (code: unknown) => string,
  accent?: string,
  most = 9,
): Bar[] =>
  stage.rows.slice(0, most).map((r) => ({
    label: nameOf(r.country),
    country: String(r.country),
    share: typeof r.share === 'number' ? r.share : null,
    ...(typeof r.quantity_t === 'number' && { detail: tonnes(r.quantity_t) }),
    ...(r.country === accent && { accent: true }),
  }));

/** Steps of the map's scale by share of world output, each up to its end. */
export const outputSteps = [
  { upTo: 0.01, strength: 0.06, label: 'under 1 %' },
  { upTo: 0.05, strength: 0.22, label: '1 to 5 %' },
  { upTo: 0.2, strength: 0.45, label: '5 to 20 %' },
  { upTo: 0.5, strength: 0.7, label: '20 to 50 %' },
  { upTo: Number.POSITIVE_INFINITY, strength: 1, label: 'more than half' },
] as const;

/** Shares as steps of one scale; a country that is named without a figure is unknown, one with none makes none. */
export function outputShades(stage: StageOutput, nameOf: (code: unknown) => string): Record<string, Shade> {
  return Object.fromEntries(
    stage.rows
      .filter((r) => typeof r.country === 'string' && r.country !== 'OTH' && r.share !== 0)
      .map((r, i) => [
        String(r.country),
        {
          strength:
            typeof r.share === 'number' ? outputSteps.find((s) => Number(r.share) < s.upTo)!.strength : null,
          about: `${nameOf(r.country)}: ${typeof r.share === 'number' ? share(r.share) : 'not known'}`,
          ...(i < 4 && typeof r.share === 'number' && { label: `${nameOf(r.country)} ${share(r.share)}` }),
        },
      ]),
  );
}

export interface Series {
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
  readonly last: AnswerRow;
  /** first years of another source or basis: the line is not joined over them */
  readonly breaks: readonly { readonly x: number; readonly label: string }[];
}

/** A series with a gap before every year in which source or basis change. */
export function withBreaks(rows: readonly AnswerRow[]): Series {
  const points: { x: number; y: number | null }[] = [];
  const breaks: { x: number; label: string }[] = [];
  rows.forEach((r, i) => {
    const before = rows[i - 1];
    if (before && (before.source !== r.source || before.basis !== r.basis)) {
      points.push({ x: Number(r.year) - 0.5, y: null });
      breaks.push({
        x: Number(r.year) - 0.5,
        label: before.source !== r.source ? `from here ${String(r.source)}` : `from here ${String(r.basis)}`,
      });
    }
    points.push({ x: Number(r.year), y: Number(r.cr1) });
  });
  return { points, last: rows.at(-1)!, breaks };
}

/** Largest share by year and stage, of the series preferred in each year. */
export function topShareSeries(rows: readonly AnswerRow[]): Map<string, AnswerRow[]> {
  const by = new Map<string, AnswerRow[]>();
  for (const r of rows)
    if (r.preferred === true && r.period === null && typeof r.cr1 === 'number')
      by.set(String(r.stage), [...(by.get(String(r.stage)) ?? []), r]);
  for (const list of by.values()) list.sort((a, b) => Number(a.year) - Number(b.year));
  return new Map([...by].filter(([, list]) => list.length > 1));
}

export interface PriceSeries {
  readonly stage: string;
  /** one market and one basis, by year; at least two years with a figure */
  readonly rows: readonly AnswerRow[];
}

/** The longest series of each stage, as far back as its market and basis stay what they are now. */
export function priceSeries(rows: readonly AnswerRow[]): PriceSeries[] {
  const by = new Map<string, AnswerRow[]>();
  for (const r of rows) {
    const had = by.get(String(r.stage));
    if (!had) by.set(String(r.stage), [r]);
    else if (had[0]!.source === r.source && had[0]!.country === r.country) had.push(r);
  }
  return [...by]
    .map(([stage, list]) => {
      const last = list.at(-1)!;
      return { stage, rows: list.filter((r) => r.market === last.market && r.basis === last.basis) };
    })
    .filter((s) => s.rows.filter((r) => typeof r.price_usd_per_t === 'number').length > 1)
    .sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage));
}

/** `A tonne of refined cobalt cost 34,900 USD in 2025, 32.6 % more than the year before`. */
export function priceFinding({ stage, rows }: PriceSeries, mineral: string): string {
  const last = rows.findLast((r) => typeof r.price_usd_per_t === 'number')!;
  const change = last.change_per_year;
  const moved =
    typeof change !== 'number'
      ? ''
      : change >= 1
        ? `, ${figures(1 + change)} times the price of the year before`
        : `, ${share(Math.abs(change))} ${change < 0 ? 'less' : 'more'} than the year before`;
  return `A tonne of ${wordOf(stage)} ${mineral} cost ${dollars(last.price_usd_per_t)} in ${last.year}${last.status === 'estimated' ? ' (estimate)' : ''}${moved}`;
}

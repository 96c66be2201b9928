import type { AnswerRow } from '../../questions/question.ts';
import type { Bar } from '../charts/bars.ts';
import type { Shade } from '../charts/world-map.ts';
import { share, tonnes, wordOf } from '../format.ts';

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

export function outputShades(stage: StageOutput, nameOf: (code: unknown) => string): Record<string, Shade> {
  const most = Math.max(0.01, ...stage.rows.map((r) => Number(r.share ?? 0)));
  return Object.fromEntries(
    stage.rows
      .filter((r) => typeof r.country === 'string' && r.country !== 'OTH')
      .map((r, i) => [
        String(r.country),
        {
          strength: typeof r.share === 'number' ? r.share / most : null,
          about: `${nameOf(r.country)}: ${typeof r.share === 'number' ? share(r.share) : 'not known'}`,
          ...(i < 3 && typeof r.share === 'number' && { label: `${nameOf(r.country)} ${share(r.share)}` }),
        },
      ]),
  );
}

/** Largest share by year and stage, from the preferred series only: breaks between sources are not joined. */
export function topShareSeries(rows: readonly AnswerRow[]): Map<string, AnswerRow[]> {
  const by = new Map<string, AnswerRow[]>();
  for (const r of rows)
    if (r.preferred === true && r.period === null && typeof r.cr1 === 'number')
      by.set(String(r.stage), [...(by.get(String(r.stage)) ?? []), r]);
  for (const list of by.values()) list.sort((a, b) => Number(a.year) - Number(b.year));
  return new Map([...by].filter(([, list]) => list.length > 1));
}

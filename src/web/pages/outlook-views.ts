import type { AnswerRow } from '../../questions/question.ts';

export interface Path {
  readonly mineral: string;
  readonly stage: string;
  readonly rows: readonly AnswerRow[];
  readonly first: AnswerRow;
  readonly last: AnswerRow;
}

/** The years of each mineral and stage together, those furthest over the limit first; what cannot be computed is left out. */
export function paths(rows: readonly AnswerRow[]): Path[] {
  const by = new Map<string, AnswerRow[]>();
  for (const r of rows)
    if (typeof r.share === 'number' && r.mineral)
      by.set(`${r.mineral}|${r.stage}`, [...(by.get(`${r.mineral}|${r.stage}`) ?? []), r]);
  return [...by.values()]
    .map((of) => {
      const sorted = [...of].sort((a, b) => Number(a.year) - Number(b.year));
      return {
        mineral: String(sorted[0]!.mineral),
        stage: String(sorted[0]!.stage),
        rows: sorted,
        first: sorted[0]!,
        last: sorted.at(-1)!,
      };
    })
    .sort((a, b) => Number(b.first.share) - Number(a.first.share) || (a.mineral < b.mineral ? -1 : 1));
}

const over = (value: unknown, cap: unknown) =>
  typeof value === 'number' && typeof cap === 'number' && value > cap;

export const isOverNow = (path: Path): boolean => over(path.first.share, path.first.cap);
export const isOverThen = (path: Path): boolean => over(path.last.pipeline_share, path.last.cap);

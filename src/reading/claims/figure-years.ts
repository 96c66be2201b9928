import type { Annotated, Figure } from '../annotate.ts';

/** Years of the figure: those after it first, then those before it, then the sentence's only year. */
export function yearsFor(s: Annotated, f: Figure, k: number): { years: number[]; by: boolean } {
  const right = s.figures[k + 1]?.from ?? s.tokens.length;
  const left = s.figures[k - 1]?.to ?? 0;
  const inside = s.years.filter(
    (y) =>
      // a full date is that of a statement or an event, not of a year's figure
      y.date.length < 10 &&
      y.role === 'in' &&
      y.at >= left &&
      y.at < right &&
      (y.at < f.from || y.at >= f.to),
  );
  const after = inside.filter((y) => y.at >= f.to);
  const before = inside.filter((y) => y.at < f.from && !sinceThen(s, y.at, f.from));
  const chosen = after[0] ?? before.at(-1) ?? onlyYear(s, f);
  const by = s.years.find((y) => y.role === 'by' && y.at >= left && y.at < right);
  // `by 2024` looks back, `by 2031` ahead: no year from 2027 on is in any data
  if (!chosen && by && by.year < 2027) return { years: [by.year], by: false };
  return { years: chosen ? [chosen.year] : [], by: !chosen && by !== undefined };
}

/** `second in 2021, has since slipped to third`: the year is not that of what stands now. */
const sinceThen = (s: Annotated, from: number, to: number) =>
  s.tokens.slice(from, to).some((t) => /^(since|now|today|currently|later)$/.test(t.lower));

/** The sentence's only year, where it leads the sentence: a year after another figure is that figure's. */
const onlyYear = (s: Annotated, f: Figure) => {
  const only = s.years.length === 1 ? s.years[0]! : null;
  if (only && sinceThen(s, only.at, f.from)) return null;
  return only && only.role === 'in' && only.date.length < 10 && only.at < f.from ? only : null;
};

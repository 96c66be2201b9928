import { type AskedYears, checkKnown, namedYears, yearsOf } from './resolve.ts';

interface Asked {
  readonly stage?: readonly string[] | undefined;
  readonly source?: readonly string[] | undefined;
  readonly year?: readonly string[] | undefined;
}

/** Rows of the stages and sources asked for, and the years; throws UsageError for a filter that names nothing in them. */
export function rowsAsked<
  R extends { readonly stage: string; readonly source: string; readonly year: number },
>(
  all: readonly R[],
  { stage, source, year }: Asked,
): { readonly rows: readonly R[]; readonly years: AskedYears } {
  const inStage = stage?.filter((s) => s !== 'all');
  checkKnown('stage', inStage, new Set(all.map((r) => r.stage)));
  const ofStage = all.filter((r) => !inStage?.length || inStage.includes(r.stage));
  checkKnown('source', source, new Set(ofStage.map((r) => r.source)));
  const rows = ofStage.filter((r) => !source || source.includes(r.source));
  const known = new Set(rows.map((r) => String(r.year)));
  const years = yearsOf(year);
  const named = namedYears(years);
  if (named && !named.some((y) => known.has(String(y)))) checkKnown('year', [String(named[0])], known);
  return { rows, years };
}

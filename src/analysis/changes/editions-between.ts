/** What a figure says of where it stands. */
export interface Edition {
  readonly country: string;
  readonly edition: string | null;
  readonly revised: boolean | null;
}

/** Two years of one series that two editions of its publisher give. */
export interface EditionsBetween {
  readonly before: string;
  readonly after: string;
  /** countries whose figures cannot be compared across the two, with why */
  readonly apart: ReadonlyMap<string, 'revised' | 'unlisted'>;
}

const totals = new Set(['WLD', 'OTH']);

/**
 * Null where both years are of one edition, or nobody says of which. Else what stands between them: an edition that
 * revised a country's figure did not revise the year that an older edition gave, and a country that only one of them
 * lists may have produced in both.
 */
export function editionsBetween(
  before: readonly Edition[],
  after: readonly Edition[],
): EditionsBetween | null {
  const [old, now] = [editionOf(before), editionOf(after)];
  if (old === null || now === null || old === now) return null;
  const apart = new Map<string, 'revised' | 'unlisted'>();
  const [listed, lists] = [before, after].map((rows) => new Set(rows.map((r) => r.country)));
  for (const country of new Set([...listed!, ...lists!]))
    if (!totals.has(country) && !(listed!.has(country) && lists!.has(country)))
      apart.set(country, 'unlisted');
  for (const r of old < now ? after : before) if (r.revised) apart.set(r.country, 'revised');
  return { before: old, after: now, apart };
}

/** The newest edition that rows of one year are from. */
const editionOf = (rows: readonly Edition[]): string | null =>
  rows
    .flatMap((r) => r.edition ?? [])
    .sort()
    .at(-1) ?? null;

/**
 * Whether a share moved by more than `points` also among the countries that can be compared: `s / (1 − Σ shares of the
 * others)`. What one publisher adds to one country's figure takes from every other country's share.
 */
export function movedWithout(
  country: string,
  apart: ReadonlyMap<string, unknown>,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  points: number,
): boolean {
  const share = (by: ReadonlyMap<string, number>) => {
    let rest = 1;
    for (const other of apart.keys()) rest -= by.get(other) ?? 0;
    return rest > 0 ? (by.get(country) ?? 0) / rest : 0;
  };
  const [was, is] = [share(before), share(after)];
  return Math.abs(is - was) > points;
}

/** A row of `ownership`, as far as its use matters. */
export interface HoldingRow {
  readonly asset: string;
  readonly country: string;
  readonly mineral: string;
  readonly stage: string;
  readonly channel: string;
  readonly aggregate: boolean;
  readonly confidence: string | null;
  readonly output_t: number | null;
}

/**
 * Which rows of the register to use for each country, mineral, stage and channel: single assets, or a published figure
 * for the whole country's output (`aggregate`), never both, as the second contains the first. The published figure wins
 * unless it is only of low confidence and there are assets. Without an output of its own it stands for all of the country's output.
 * @param outputOf national output P_h in t, null where unknown
 */
export function holdingsInUse<R extends HoldingRow>(
  rows: readonly R[],
  outputOf: (country: string, mineral: string, stage: string) => number | null,
): R[] {
  const key = (r: R) => `${r.country} ${r.mineral} ${r.stage} ${r.channel}`;
  const assets = new Set(rows.filter((r) => !r.aggregate).map(key));
  const published = new Set<string>();
  for (const r of rows)
    if (r.aggregate && ((r.confidence !== 'low' && r.confidence !== 'assumption') || !assets.has(key(r))))
      published.add(key(r));
  return rows
    .filter((r) => r.aggregate === published.has(key(r)))
    .map((r) => {
      if (!r.aggregate) return r;
      // a share of the whole: its weight is the whole, also where the figure is of another year
      const output = outputOf(r.country, r.mineral, r.stage);
      return output === null ? r : { ...r, output_t: output };
    });
}

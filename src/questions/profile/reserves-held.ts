import { concentration } from '../../analysis/concentration/concentration.ts';
import { groupBy } from '../../tables/group-by.ts';
import type { Reserves } from '../../tables/quantities.ts';

/** What a country holds of a mineral and stage. */
export interface Held {
  readonly mineral: string;
  readonly stage: string;
  readonly quantity_t: number;
  /** of the world's reserves in the same edition, 0…1 */
  readonly share: number | null;
  readonly source: string;
  readonly year: number;
}

/** A country's reserves in the newest year of each source, by `mineral stage`; the first source that names it decides. */
export function reservesHeld(rows: readonly Reserves[], country: string): ReadonlyMap<string, Held> {
  const held = new Map<string, Held>();
  for (const group of groupBy(rows, (r) => `${r.mineral} ${r.stage} ${r.source}`).values()) {
    const year = Math.max(...group.map((r) => r.year));
    const ofYear = group.filter((r) => r.year === year);
    const own = ofYear.find((r) => r.country === country);
    if (!own || own.quantity_t === null) continue;
    const { mineral, stage, quantity_t, source } = own;
    if (held.has(`${mineral} ${stage}`)) continue;
    const shares = concentration(ofYear.map((r) => ({ ...r, share: null })));
    const share = shares.breakdown.find((p) => p.country === country)?.share ?? null;
    held.set(`${mineral} ${stage}`, { mineral, stage, quantity_t, share, source, year });
  }
  return held;
}

export const reserveCells = (held: Held | undefined) => ({
  reserves_t: held?.quantity_t ?? null,
  reserves_share: held?.share ?? null,
});

import type { Control } from './control.ts';
import type { CapVerdict, Interval } from './interval.ts';

/** One reckoning of a supply (see `interval.ts`) seen by the home of the owners. */
export interface HeldReckoning {
  /** what was chosen between: method, weight … */
  readonly choice: string;
  /** who holds all of it */
  readonly held: Control;
  /** who holds the part that is unrecorded supply, were it born where it appears */
  readonly unrecorded: Control;
}

interface HeldRange extends Interval {
  /** least and most that unrecorded supply alone leaves open */
  readonly unrecorded: readonly [number, number];
  /** most that unknown owners alone leave open */
  readonly owners: number;
}

/**
 * What one reckoning allows a country to hold. Unrecorded supply may have been born anywhere: `low` is without the
 * country's own part of it, `high` with all of it that others are known to hold, on top of what has no known owner.
 */
function range({ held, unrecorded }: HeldReckoning, country: string): HeldRange {
  const owner = held.owners.find((o) => o.country === country);
  const share = owner?.share ?? 0;
  const owners = owner?.high ?? held.open;
  let own = 0;
  let others = 0;
  for (const o of unrecorded.owners)
    if (o.country === country) own = o.share;
    else others += o.share - o.unattributed;
  const low = Math.max(0, share - own);
  return {
    share,
    low,
    high: Math.min(1, owners + others),
    unrecorded: [low, Math.min(1, share + others)],
    owners,
  };
}

/** The share a country holds by the reckoning chosen, with the least and most that all reckonings leave open. */
export function heldInterval(
  chosen: HeldReckoning,
  alternatives: readonly HeldReckoning[],
  country: string,
): Interval {
  const all = [chosen, ...alternatives].map((r) => range(r, country));
  return {
    share: all[0]!.share,
    low: Math.min(...all.map((r) => r.low)),
    high: Math.max(...all.map((r) => r.high)),
  };
}

/** Whether what a country holds is above a cap whatever is chosen; if not, on what it depends: also `owners`. */
export function heldAgainstCap(
  chosen: HeldReckoning,
  alternatives: readonly HeldReckoning[],
  country: string,
  cap: number,
): CapVerdict {
  const whole = heldInterval(chosen, alternatives, country);
  const verdict = whole.low > cap ? 'over' : whole.high > cap ? 'depends' : 'within';
  const dependsOn = new Set<string>();
  if (verdict === 'depends') {
    const over = whole.share > cap;
    for (const a of alternatives) if (range(a, country).share > cap !== over) dependsOn.add(a.choice);
    for (const r of [chosen, ...alternatives]) {
      const { share, low, high, owners, unrecorded } = range(r, country);
      const here = share > cap;
      const byOwners = owners > cap !== here;
      const byUnrecorded = unrecorded.some((end) => end > cap !== here);
      // the two may reach the cap only together
      const together = !byOwners && !byUnrecorded && (low > cap !== here || high > cap !== here);
      if (byUnrecorded || together) dependsOn.add('unrecorded');
      if (byOwners || together) dependsOn.add('owners');
    }
  }
  return { ...whole, verdict, dependsOn: [...dependsOn] };
}

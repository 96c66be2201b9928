/** One way of computing the same shares: a choice made where another could be defended. */
export interface Reckoning {
  /** what was chosen between: method (gross, net), weight (tonnes, value), report (importer, exporter) … */
  readonly choice: string;
  /** which one it is */
  readonly option: string;
  /** share by country, 0…1 */
  readonly shares: ReadonlyMap<string, number>;
  /** the part of each share that is unrecorded supply attributed to that country */
  readonly unrecorded?: ReadonlyMap<string, number>;
}

export interface Interval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const zero: ReadonlyMap<string, number> = new Map();

/** What one reckoning allows for a country, given that unrecorded supply may have come from anywhere. */
function range({ shares, unrecorded = zero }: Reckoning, country: string): Interval {
  const share = shares.get(country) ?? 0;
  const own = unrecorded.get(country) ?? 0;
  let all = 0;
  for (const u of unrecorded.values()) all += u;
  return { share, low: Math.max(0, share - own), high: Math.min(1, share + all - own) };
}

/**
 * A share with the range that the alternatives and unrecorded supply leave open. `low` is the least of the
 * alternatives without the country's own unrecorded part; `high` is the largest with all unrecorded supply of others,
 * since nobody knows where it was born. These are bounds, not a confidence interval.
 */
export function interval(chosen: Reckoning, alternatives: readonly Reckoning[], country: string): Interval {
  const result = { ...range(chosen, country) };
  for (const a of alternatives) {
    const { low, high } = range(a, country);
    result.low = Math.min(result.low, low);
    result.high = Math.max(result.high, high);
  }
  return result;
}

export interface CapVerdict extends Interval {
  /** `over` only if the whole range is, `within` only if none of it is, else `depends` */
  readonly verdict: 'over' | 'within' | 'depends';
  /** what the answer depends on: choices whose other option crosses the cap, and `unrecorded` */
  readonly dependsOn: readonly string[];
}

/** Whether a country's share is above a cap whatever is chosen, and if not, on what it depends. */
export function againstCap(
  chosen: Reckoning,
  alternatives: readonly Reckoning[],
  country: string,
  cap: number,
): CapVerdict {
  const whole = interval(chosen, alternatives, country);
  const verdict = whole.low > cap ? 'over' : whole.high > cap ? 'depends' : 'within';
  const dependsOn = new Set<string>();
  if (verdict === 'depends') {
    const over = whole.share > cap;
    for (const a of alternatives) if ((a.shares.get(country) ?? 0) > cap !== over) dependsOn.add(a.choice);
    for (const r of [chosen, ...alternatives]) {
      const { share, low, high } = range(r, country);
      if (low > cap !== share > cap || high > cap !== share > cap) dependsOn.add('unrecorded');
    }
  }
  return { ...whole, verdict, dependsOn: [...dependsOn] };
}

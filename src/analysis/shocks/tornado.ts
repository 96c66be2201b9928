import {
  cellsPerCountry,
  type DrawJob,
  type Factor,
  type Factors,
  factorsOf,
  modes,
  prepare,
} from './draws.ts';

/** What one assumption does to the shortfall of those kept, together, when it alone moves over its range. */
export interface Swing {
  readonly factor: Factor;
  /** the factor's low and high end */
  readonly low: number;
  readonly high: number;
  /** shortfall over the run with the factor there, t */
  readonly shortfallAtLow_t: number;
  readonly shortfallAtHigh_t: number;
  /** |difference|, t */
  readonly swing_t: number;
}

/**
 * Which assumption matters most: each factor is put at the low and the high end of its range while the others stay
 * at their most likely value. Largest swing first. One at a time: what two factors do together is not seen.
 */
export function tornado(job: DrawJob): Swing[] {
  const run = prepare(job);
  const width = cellsPerCountry(job);
  const cells = new Float64Array(job.kept.length * width);
  const shortfall = (change: Partial<Factors>) => {
    run([{ ...modes(job.ranges), ...change }], cells);
    return job.kept.reduce((sum, _, c) => sum + cells[c * width + width - 1]!, 0);
  };
  return factorsOf[job.model]
    .map((factor) => {
      const { low, high } = job.ranges[factor];
      const atLow = shortfall({ [factor]: low });
      const atHigh = shortfall({ [factor]: high });
      return {
        factor,
        low,
        high,
        shortfallAtLow_t: atLow,
        shortfallAtHigh_t: atHigh,
        swing_t: Math.abs(atHigh - atLow),
      };
    })
    .sort((a, b) => b.swing_t - a.swing_t || (a.factor < b.factor ? -1 : 1));
}

import type { Claimed } from '../claim.ts';

/** Words such as about, nearly, roughly, and fractions in words: this part of the figure either way. */
export const roughly = 0.1;
/** A bare figure is a rounded one: this part of it either way, and never less than one percentage point of a share. */
export const rounding = 0.05;
const point = 0.01;

/** The band of found values that agree with what is claimed, both ends inclusive. */
export function band(claimed: Claimed): { low: number; high: number } {
  const { comparator, low, high, unit } = claimed;
  if (comparator === '>=') return { low, high: Number.POSITIVE_INFINITY };
  if (comparator === '<=') return { low: Number.NEGATIVE_INFINITY, high };
  if (unit === 'rank' || unit === 'count')
    return comparator === '~' ? { low: low * (1 - roughly), high: high * (1 + roughly) } : { low, high };
  // a range says its own tolerance
  if (low !== high) return { low, high };
  const part = comparator === '~' ? roughly : rounding;
  const least = unit === 'share' && comparator === '=' && low > 0 ? point : 0;
  return { low: low - Math.max(low * part, least), high: high + Math.max(high * part, least) };
}

/** Whether a found value agrees with the claim. Comparisons allow for binary rounding only. */
export function holds(claimed: Claimed, found: number): boolean {
  const { low, high } = band(claimed);
  if (claimed.strict) return found > low;
  return found >= low - 1e-9 * Math.abs(low || 1) && found <= high + 1e-9 * Math.abs(high || 1);
}

/** How a wrong figure is wrong: off by more than half of what was claimed, it is contradicted. */
export function howOff(claimed: Claimed, found: number): 'overstated' | 'understated' | 'contradicted' {
  if (claimed.unit === 'rank') return 'contradicted';
  const value = found < claimed.low ? claimed.low : claimed.high;
  if (Math.abs(found - value) > 0.5 * value) return 'contradicted';
  return found < value ? 'overstated' : 'understated';
}

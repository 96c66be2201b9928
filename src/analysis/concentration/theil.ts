import { entropy } from './entropy.ts';

/**
 * Theil's T of supplier shares: how far supply is from equal. `T = ln n − H`, 0 (equal) … ln n (one of n has all),
 * n = number of shares given, zeros included. Meant for shares that sum to 1. Null for no shares.
 * Source: Theil 1967.
 * @example theil([0.7, 0.15, 0.1, 0.05]) // 0.4720
 */
export function theil(shares: readonly number[]): number | null {
  const h = entropy(shares);
  return h === null ? null : Math.log(shares.length) - h;
}

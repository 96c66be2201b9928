import { hhi } from '../analysis/concentration/hhi.ts';
import type { SupplyMix } from '../analysis/dependence/supply-mix.ts';
import type { Weight } from './declared-supply.ts';

export interface RankedShares {
  /** what the shares are of: the weight asked for, or the other where the source has only that */
  readonly weight: Weight;
  /** countries with a share above 0, largest first */
  readonly shares: readonly { readonly country: string; readonly share: number }[];
  readonly hhi: number | null;
}

/** The shares of a supply mix by the weight asked for, falling back to the other only where it is all there is. */
export function rankedShares(mix: SupplyMix, wanted: Weight): RankedShares {
  const has = (w: Weight) => (w === 'value' ? mix.value_usd : mix.quantity_t) > 0;
  const other: Weight = wanted === 'value' ? 'quantity' : 'value';
  const weight = has(wanted) || !has(other) ? wanted : other;
  const shares = mix.suppliers
    .map((s) => ({ country: s.country, share: (weight === 'value' ? s.value_share : s.quantity_share) ?? 0 }))
    .filter((s) => s.share > 0)
    .sort((a, b) => b.share - a.share || (a.country < b.country ? -1 : 1));
  return { weight, shares, hhi: hhi(shares.map((s) => s.share)) };
}

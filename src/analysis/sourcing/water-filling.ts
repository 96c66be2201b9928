/**
 * The least concentrated way to split D among suppliers with upper bounds: `x_i = min(b_i, λ)`, the level λ such that
 * Σ x_i = D. Minimises Σ (x_i/D)². `null` where the bounds add up to less than D.
 *
 * @param bounds b_i, t, at least 0
 * @returns level λ in t (Infinity where every bound is reached), the split, and its HHI (0…1; null for D = 0)
 */
export function waterFilling(
  bounds: readonly number[],
  demand_t: number,
): { readonly level: number; readonly split: readonly number[]; readonly hhi: number | null } | null {
  const total = bounds.reduce((sum, b) => sum + b, 0);
  if (total < demand_t) return null;
  const ascending = [...bounds].sort((a, b) => a - b);
  let left = demand_t;
  let level = Infinity;
  for (const [k, bound] of ascending.entries()) {
    const each = left / (ascending.length - k);
    if (bound >= each) {
      level = each;
      break;
    }
    left -= bound;
  }
  const split = bounds.map((b) => Math.min(b, level));
  const hhi = demand_t > 0 ? split.reduce((sum, x) => sum + (x / demand_t) ** 2, 0) : null;
  return { level, split, hhi };
}

import { simulate } from './month-by-month.ts';
import { type ShockModel, type ShockNote, type ShockRow, shareOf } from './shock.ts';
import { lay } from './strikes.ts';

/** The month-by-month run as a shock model: one row per country and month, tonnes per month. */
export const monthsModel: ShockModel = (network, shocks, assumptions) => {
  const struck = lay(network, shocks, assumptions.demandElasticity);
  const shares = struck.strikes.map((s) => s.share);
  const result = simulate(struck, shares, assumptions);
  const rows: ShockRow[] = [];
  const notes: ShockNote[] = [];
  for (let j = 0; j < struck.n; j++) {
    const baseline = struck.consumption[j]!;
    for (let t = 0; t < assumptions.months; t++) {
      const at = t * struck.n + j;
      const gap = result.gap[at]!;
      const price = result.price[t]!;
      rows.push({
        country: network.countries[j]!,
        month: t + 1,
        baseline_t: baseline,
        supply_t: gap === 0 ? baseline : baseline - gap,
        stock_used_t: result.stockUsed[at]!,
        shortfall_t: result.shortfall[at]!,
        shortfall_share: shareOf(result.shortfall[at]!, baseline),
        price_ratio: Number.isFinite(price) ? price : null,
      });
    }
  }
  if (result.price.some((r) => !Number.isFinite(r)))
    notes.push({
      code: 'no_price',
      text: 'no price clears the market in some months: nothing is delivered, or users do not respond',
    });
  return { rows, notes };
};

import { describe, expect, it } from 'vitest';
import { priceInWords, unmetInWords } from '../../../src/analysis/sourcing/explain.ts';
import type { Unmet } from '../../../src/analysis/sourcing/infeasible.ts';

const need = { mineral: 'testium', stage: 'refine', year: 2030, quantity_t: 100, weight: 1 };
const unmet = (suppliers: number): Unmet => ({
  needs: [{ need, short_by_t: 20 }],
  obstacles: [
    { constraint: 'cap:CHN', need, limit: 60, short_by: 20 },
    ...Array.from({ length: suppliers }, (_, k) => ({
      constraint: `available:s${k}`,
      need,
      limit: 20 / suppliers,
      short_by: 20,
    })),
  ],
  withoutFloors: false,
});
const limit = (constraint: string, price: number | null, binding = true) => ({
  constraint,
  need,
  limit: 60,
  used: binding ? 60 : 40,
  binding,
  shadow_price_usd_per_t: price,
});

describe('in words', () => {
  it('names what stands in the way, many suppliers as one', () => {
    expect(unmetInWords(unmet(1), (id) => (id === 'CHN' ? 'China' : id))).toBe(
      '20 t of 100 t cannot be met within the limits: together the cap on what China sells (60 t, 20 t more would be enough), what s0 has to spare (20 t, 20 t more would be enough) leave no plan',
    );
    expect(unmetInWords(unmet(10))).toMatch(/what 10 suppliers have to spare \(20 t in all\) leave no plan$/);
  });

  it('says what the last tonne under a limit costs, and nothing of limits far away', () => {
    expect(priceInWords(limit('cap:CHN', -30))).toMatch(/^the last tonne under the cap .* costs 30 USD/);
    expect(priceInWords(limit('demand', 130))).toBe('one tonne more of demand would cost 130 USD');
    expect(priceInWords(limit('domestic_min', 60))).toMatch(/costs 60 USD more than it would elsewhere/);
    expect(priceInWords(limit('available:mine', -10))).toMatch(/one tonne more from it would save 10 USD/);
    expect(priceInWords(limit('cap:AUS', 0, false))).toMatch(/does not bind: 20 t away/);
    expect(priceInWords(limit('cap:CHN', null))).toBe('the cap on what CHN sells binds');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tally } from '../../src/sources/tally.ts';

describe('accounting for rows', () => {
  it('rows read = used + refused, refusals joined by reason with the first example', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('', 'a', 'b')), (reasons) => {
        const count = tally();
        count.read(reasons.length);
        for (const [i, reason] of reasons.entries()) {
          if (reason === '') count.use();
          else count.refuse(reason, `row ${i}`);
        }
        const harvest = count.harvest([]);
        const first = reasons.indexOf('a');
        expect(harvest.refused.find((r) => r.reason === 'a')?.example).toBe(
          first < 0 ? undefined : `row ${first}`,
        );
        expect(harvest.rowsRead).toBe(reasons.length);
      }),
    );
  });

  it('a row that is neither is a bug', () => {
    const count = tally();
    count.read(2);
    count.use();
    expect(() => count.harvest([])).toThrow('2 rows read but 1 accounted for');
  });
});

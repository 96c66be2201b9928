import { describe, expect, it } from 'vitest';
import { openWorld } from '../../src/store/open.ts';
import { tradeFlow } from '../../src/tables/quantities.ts';

describe('a query that is given up', () => {
  it('is asked anew by whoever comes next, and does not hand them its end', async () => {
    const world = await openWorld({});
    try {
      for (let i = 0; i < 2; i++) {
        const stop = new AbortController();
        const where = { year: [2018 + i] };
        const first = world.for!({ signal: stop.signal }).load(tradeFlow, where);
        stop.abort(new Error('nobody waits'));
        await expect(first).rejects.toThrow('nobody waits');
        const second = await world.for!({ signal: new AbortController().signal }).load(tradeFlow, where);
        expect(second.length).toBeGreaterThan(0);
      }
    } finally {
      await world.close();
    }
  });
});

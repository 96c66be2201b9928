import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/duckdb.ts';
import { openWorld } from '../../src/store/open.ts';
import { tradeFlow } from '../../src/tables/quantities.ts';
import { run } from '../support/killed-process.ts';

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

describe('a database that is closed', () => {
  it('under its queries ends them, and the process lives', async () => {
    for (let i = 0; i < 12; i++) {
      const database = await openDatabase();
      const long = () =>
        database.query('SELECT sum(a.range * b.range) FROM range(100000) a, range(100000) b');
      const under = [long(), long(), database.query('SELECT 1')].map((q) => q.catch((error: Error) => error));
      if (i % 3 > 0) await new Promise((later) => setTimeout(later, 5 * (i % 3)));
      database.close();
      const [first, second] = await Promise.all(under);
      expect(first).toBeInstanceOf(Error);
      expect(second).toBeInstanceOf(Error);
      await expect(database.query('SELECT 1')).rejects.toThrow('the database is closed');
    }
  });

  it('by a mistake that is found while tables are read is told as that mistake, each time', async () => {
    const ends = await Promise.all(
      Array.from({ length: 12 }, () => run(['bin/headwater.js', 'board', '--hs6', '12'])),
    );
    for (const { code, err } of ends)
      expect([code, err]).toEqual([2, expect.stringMatching(/^headwater: .*12/)]);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld } from '../../src/store/open.ts';
import { tables } from '../../src/tables/list.ts';
import { findChdb, startChdb } from '../support/chdb.ts';
import { examples, typed } from '../support/conformance.ts';

/** One server of a current release: the engine of ClickHouse 26 in a process (chdb), asked over HTTP by the real client. */
const chdb = findChdb();
if ('missing' in chdb)
  process.stderr.write(`SKIPPED: every test with a current ClickHouse, because ${chdb.missing}\n`);

describe.skipIf('missing' in chdb)('the dialect of a current release', { timeout: 180_000 }, () => {
  let engine: Awaited<ReturnType<typeof startChdb>>;
  beforeAll(async () => {
    engine = await startChdb((chdb as { folder: string }).folder);
    const loaded = await typed(['build', '--store', engine.url()]);
    expect(loaded.err).toMatch(/34 tables, \d+ rows on one server/);
  }, 300_000);
  afterAll(() => engine?.stop());

  it('holds every row of every table', async () => {
    const [files, held] = [await openWorld(), await openWorld({ store: engine.url() })];
    for (const table of tables) {
      const where = table.name === 'trade_flow' ? { year: [2024] } : {};
      const [a, b] = [await files.load(table, where), await held.load(table, where)];
      expect(JSON.stringify(a) === JSON.stringify(b), table.name).toBe(true);
    }
    files.close();
    await held.close();
  });

  describe('same questions, same answers', async () => {
    // what takes longest says nothing of the dialect that others do not
    const all = 'missing' in chdb ? [] : (await examples()).filter(({ name }) => name !== 'chokepoints');
    it.each(all)('$name', async ({ argv }) => {
      const files = await typed([...argv, '--format', 'json']);
      const held = await typed([...argv, '--format', 'json', '--store', engine.url()]);
      expect(held).toEqual(files);
    });
  });

  it('replaces a load, and says which password is wrong', async () => {
    const own = await typed(['build', '--store', engine.url(), '--data', 'example/world']);
    expect(own.exit, own.err).toBe(0);
    const [a, b] = [
      await typed(['board', '--for', 'ALD', '--format', 'json', '--data', 'example/world']),
      await typed(['board', '--for', 'ALD', '--format', 'json', '--store', engine.url()]),
    ];
    expect(b).toEqual(a);
  });
});

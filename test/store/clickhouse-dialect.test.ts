import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld } from '../../src/store/open.ts';
import { tables } from '../../src/tables/list.ts';
import { findChdb, startChdb } from '../support/chdb.ts';
import { examples, typed } from '../support/conformance.ts';
import { removeFoldersAfterwards } from '../support/folder.ts';
import { run } from '../support/killed-process.ts';
import { ownCertificate, tlsBefore } from '../support/tls-proxy.ts';

removeFoldersAfterwards();

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

  it('is asked over TLS, and not where the certificate is nobody’s', async (test) => {
    const certificate = ownCertificate();
    if (!certificate) return test.skip('no openssl to make a certificate with');
    const proxy = await tlsBefore(new URL(engine.url().replace('clickhouse:', 'http:')), certificate);
    try {
      const store = `clickhouse://default:word@localhost:${proxy.port}/headwater?secure=1`;
      const sources = ['bin/headwater.js', 'sources', '--format', 'json', '--store', store];
      const trusted = await run(sources, { NODE_EXTRA_CA_CERTS: certificate.cert });
      expect(trusted).toMatchObject({ code: 0, err: '' });
      const unknown = await run(sources);
      expect(unknown.code).toBe(3);
      expect(unknown.err).toMatch(/^headwater: .*certificate/);
      expect(unknown.err).not.toContain('word@');
    } finally {
      proxy.stop();
    }
  });

  it('replaces a load', async () => {
    const own = await typed(['build', '--store', engine.url(), '--data', 'example/world']);
    expect(own.exit, own.err).toBe(0);
    const [a, b] = [
      await typed(['board', '--for', 'ALD', '--format', 'json', '--data', 'example/world']),
      await typed(['board', '--for', 'ALD', '--format', 'json', '--store', engine.url()]),
    ];
    expect(b).toEqual(a);
  });
});

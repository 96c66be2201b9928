import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeAddress } from '../../src/store/clickhouse/address.ts';
import { connect } from '../../src/store/clickhouse/connection.ts';
import { loadBaci } from '../../src/store/load-baci.ts';
import { loadStore } from '../../src/store/load-store.ts';
import { openWorld } from '../../src/store/open.ts';
import { tables } from '../../src/tables/list.ts';
import { tradeFlow } from '../../src/tables/quantities.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { examples, typed } from '../support/conformance.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';
import { run } from '../support/killed-process.ts';
import { worldFolder } from '../support/world.ts';

const missing = clusterMissing();
if (missing) process.stderr.write(`SKIPPED: every test with a real ClickHouse cluster, because ${missing}\n`);

removeFoldersAfterwards();

/**
 * Two shards of two replicas each: real servers with their own folders on this machine, of the oldest ClickHouse that is
 * spoken to (Debian's 18.16), and a real ZooKeeper.
 */
describe.skipIf(missing)('a cluster of two shards and two replicas', { timeout: 180_000 }, () => {
  let cluster: Cluster;
  let store: string;
  const ask = (...words: string[]) => typed([...words, '--format', 'json']);
  const board = ['board', '--for', 'GBR', '--list', 'uk-2024'];
  beforeAll(async () => {
    cluster = await startCluster(2, 2);
    store = cluster.url();
    const loaded = await typed(['build', '--store', store]);
    expect(loaded.err).toMatch(/34 tables, \d+ rows on 2 shards/);
    expect(loaded.exit).toBe(0);
  }, 300_000);
  afterAll(async () => await cluster?.stop(), 60_000);

  it('holds every row of every table, and each row of trade on one shard', async () => {
    const [files, held] = [await openWorld(), await openWorld({ store })];
    try {
      expect(held.dataVersion).toBe(files.dataVersion);
      for (const table of tables) {
        const where = table.name === 'trade_flow' ? { year: [2024] } : {};
        const [a, b] = [await files.load(table, where), await held.load(table, where)];
        expect(b.length, table.name).toBe(a.length);
        expect(JSON.stringify(a) === JSON.stringify(b), table.name).toBe(true);
      }
    } finally {
      files.close();
      await held.close();
    }
    const local = await cluster.sql(
      "SELECT name FROM system.tables WHERE database = 'headwater' AND name LIKE 'trade_flow_%_local'",
    );
    const counts = await Promise.all(
      cluster.nodes.map(async (node) =>
        Number(
          await cluster.sql(`SELECT count() FROM headwater.${local.trim()} WHERE NOT hs6 LIKE '#%'`, node),
        ),
      ),
    );
    expect(counts[0]).toBe(counts[1]);
    expect(counts[2]).toBe(counts[3]);
    expect(Math.min(...counts)).toBeGreaterThan(50_000);
    const { trade_flow: all } = Object.fromEntries([['trade_flow', counts[0]! + counts[2]!]]);
    expect(all).toBe(
      Number(
        await cluster.sql(
          `SELECT count() FROM headwater.${local.trim().replace('_local', '')} WHERE NOT hs6 LIKE '#%'`,
        ),
      ),
    );
  });

  describe('same questions, same answers', async () => {
    const all = missing ? [] : await examples();
    it('has an example of every question', () => expect(all.length).toBeGreaterThan(18));
    it.each(all)('$name', async ({ argv }) => {
      const files = await ask(...argv);
      const held = await ask(...argv, '--store', store);
      expect(files.exit, files.err).toBe(0);
      expect(held.err).toBe(files.err);
      expect(held.out).toBe(files.out);
    });
    it('and a code of customs, a bloc and a person who only reads', async () => {
      for (const argv of [
        ['origins', '--hs6', '282520', '--for', 'EUU'],
        ['changes', '--for', 'DEU', '--from', '2021', '--to', '2023'],
      ]) {
        const held = await ask(...argv, '--store', cluster.url({ user: 'reader' }));
        expect(held.out).toBe((await ask(...argv)).out);
      }
      const strict = await ask(...board, '--store', cluster.url({ user: 'strict' }));
      expect(strict.out).toBe((await ask(...board)).out);
    });
  });

  describe('own tables', () => {
    const own = {
      country: [
        { country: 'AAA', name: 'Aland' },
        { country: 'BBB', name: 'Bland' },
      ],
      mineral: [{ mineral: 'xite', name: 'xite' }],
    };
    const flows = (factor: number) =>
      Array.from({ length: 40 }, (_, i) => ({
        year: 2020,
        exporter: 'AAA',
        importer: 'BBB',
        hs6: String(250_000 + i),
        value_usd: factor * (i + 0.1),
        quantity_t: i % 3 ? i / 3 : null,
      }));
    const world = (factor: number) => worldFolder({ ...own, trade_flow: flows(factor) });

    it('are loaded all at once or not at all, and the load before stays till then', async () => {
      const into = cluster.url({ database: 'own' });
      const rows = async () => {
        const world = await openWorld({ store: into });
        const found = await world.load(tradeFlow);
        await world.close();
        return found;
      };
      await loadStore({ store: into, data: world(1) });
      const first = await rows();
      expect(first.map((r) => r.value_usd)).toEqual(flows(1).map((r) => r.value_usd));
      expect(first.map((r) => r.quantity_t)).toEqual(flows(1).map((r) => r.quantity_t));

      // somebody who began to read the first load goes on reading it
      const reading = await openWorld({ store: into });
      const stop = new AbortController();
      const stopped = loadStore({
        store: into,
        data: world(2),
        signal: stop.signal,
        progress: (done) => done > 0.5 && stop.abort(new Error('stopped')),
      });
      await expect(stopped).rejects.toThrow('stopped');
      expect(await rows()).toEqual(first);

      const bad = worldFolder({ ...own, trade_flow: [{ ...flows(3)[0]!, hs6: '12' }] });
      await expect(loadStore({ store: into, data: bad })).rejects.toThrow('not six digits: "12"');
      expect(await rows()).toEqual(first);

      await loadStore({ store: into, data: world(4) });
      expect((await rows()).map((r) => r.value_usd)).toEqual(flows(4).map((r) => r.value_usd));
      expect(await reading.load(tradeFlow)).toEqual(first);
      await reading.close();

      // a load that was killed more than ten minutes ago: its entry and a table
      await cluster.sql(
        "INSERT INTO own.headwater_load (load, sequence, state, at) VALUES ('killed', 1, 'begun', now() - 4000)",
      );
      await cluster.sql(
        'CREATE TABLE own.trade_flow_killed_local ON CLUSTER minerals (hs6 String) ENGINE = MergeTree() ORDER BY hs6',
      );

      // of three whole loads two stay, and nothing of the one that was stopped nor of the one that was killed
      await loadStore({ store: into, data: world(5) });
      const left = await cluster.sql(
        "SELECT name FROM system.tables WHERE database = 'own' AND name LIKE 'trade_flow_%_local'",
      );
      expect(left.trim().split('\n')).toHaveLength(2);
    });
  });

  it('holds a whole release of BACI, with the codes of no mineral', async () => {
    const release = folder();
    const rows = [56, 152, 490].flatMap((i) =>
      ['010121', '740311', '850511'].map((k, n) => `2024,${i},826,${k},${i / 10 + n},${n ? i : 'NA'}`),
    );
    writeFileSync(
      join(release, 'BACI_HS17_Y2024_V202701.csv'),
      `t,i,j,k,v,q\n2024,826,56,010129,7,1\n${rows.join('\n')}\n`,
    );
    writeFileSync(
      join(release, 'country_codes_V202701.csv'),
      'country_code,country_name,country_iso2,country_iso3\n56,Belgium,BE,BEL\n152,Chile,CL,CHL\n490,"Other Asia, nes",,S19\n826,United Kingdom,GB,GBR\n',
    );
    const data = join(folder(), 'whole');
    await loadBaci({ from: release, out: data, base: 'data', reference: 'reference', acceptMissing: true });
    const into = cluster.url({ database: 'baci' });
    const loaded = await typed(['build', '--store', into, '--data', data]);
    expect(loaded.exit, loaded.err).toBe(0);
    for (const argv of [
      ['board', '--for', 'GBR', '--hs6', '010121'],
      ['board', '--for', 'GBR', '--hs6', '010129'],
      ['board', '--for', 'GBR', '--mineral', 'copper', '--year', '2024'],
      ['origins', '--for', 'GBR', '--hs6', '010121'],
    ]) {
      const files = await ask(...argv, '--data', data);
      const held = await ask(...argv, '--store', into);
      expect([held.exit, held.err]).toEqual([files.exit, files.err]);
      expect(held.out).toBe(files.out);
    }
    const [horses] = JSON.parse(
      (await ask('board', '--for', 'GBR', '--hs6', '010121', '--store', into)).out,
    ).rows;
    expect([horses.top_country, horses.suppliers, horses.supply_usd]).toEqual(['TWN', 3, 69_800]);
  });

  describe('a load that is killed', () => {
    it('leaves the tables of before or the new ones, and the next finishes', {
      timeout: 300_000,
    }, async () => {
      const into = cluster.url({ database: 'killed' });
      const flow = { year: 2020, exporter: 'AAA', importer: 'BBB', basis: 'reconciled', source: 'own' };
      const data = (edition: number) =>
        worldFolder({
          country: ['AAA', 'BBB'].map((id) => ({ country: id, name: id })),
          trade_flow: Array.from({ length: 300 }, (_, i) => ({
            ...flow,
            hs6: String(250_000 + i),
            value_usd: edition,
          })),
        });
      const load = (edition: number, killAfter?: number) =>
        run(['bin/headwater.js', 'build', '--store', into, '--data', data(edition)], {}, killAfter);
      const held = async () => {
        const world = await openWorld({ store: into });
        try {
          const values = (await world.load(tradeFlow)).map((row) => row.value_usd);
          expect(values).toHaveLength(300);
          expect(new Set(values).size).toBe(1);
          return values[0]!;
        } finally {
          await world.close();
        }
      };
      const whole = await load(1);
      expect(whole.code, whole.err).toBe(0);
      let old = await held();
      let ended = 0;
      const times = 10;
      for (let k = 0; k < times; k++) {
        const { killed } = await load(k + 2, whole.took * (0.2 + (0.85 * k) / times));
        if (killed) ended++;
        const now = await held();
        expect([old, k + 2]).toContain(now);
        old = now;
      }
      expect(ended).toBeGreaterThan(times / 2);
      expect((await load(99)).code).toBe(0);
      expect(await held()).toBe(99);
    });
  });

  it('is overlaid with own tables as the snapshot is', async () => {
    const own = worldFolder({
      trade_flow: [
        ['2024', 'BRA', 'reconciled', 'baci', 1],
        ['2024', 'CAN', 'reconciled', 'mine', 90_000_000],
      ].map(([year, exporter, basis, source, value_usd]) => ({
        ...{ year, exporter, importer: 'GBR', hs6: '720293', basis, source, value_usd, quantity_t: 1000 },
      })),
    });
    for (const argv of [
      [...board, '--with', own],
      ['origins', '--for', 'GBR', '--mineral', 'niobium', '--with', own],
      ['explain', 'board', '--for', 'GBR', '--mineral', 'niobium', '--column', 'top_share', '--with', own],
    ]) {
      const files = await ask(...argv);
      expect(files.exit, files.err).toBe(0);
      expect(await ask(...argv, '--store', store)).toEqual(files);
    }
    const bad = worldFolder({
      trade_flow: [{ year: 2024, exporter: 'XQX', importer: 'GBR', hs6: '720293', value_usd: 1 }],
    });
    const refused = await ask(...board, '--with', bad, '--store', store);
    expect(refused.exit).toBe(3);
    expect(refused.err).toContain('trade_flow.csv line 2, column exporter: not in the table country: "XQX"');
    const both = await ask(...board, '--data', own, '--store', store);
    expect([both.exit, both.err]).toEqual([2, expect.stringContaining('--store is instead of')]);
  });

  describe('when servers fail', () => {
    it('answers the same without one replica of each shard, whichever server is asked', async () => {
      const { out } = await ask(...board);
      await cluster.node(1, 1).kill();
      await cluster.node(2, 2).kill();
      // the first server of the address is one of the dead
      const held = await ask(...board, '--store', cluster.url({ user: 'reader' }));
      expect(held.out).toBe(out);
      expect(held.err).not.toContain('partial');
    });

    it('does not load while a server is down, and says which', async () => {
      const alive = [cluster.node(1, 2), cluster.node(2, 1)];
      const into = cluster.url({ database: 'own', nodes: alive });
      const before = await openWorld({ store: into });
      const failed = await typed(['build', '--store', into, '--data', 'example/world']);
      expect(failed.exit).toBe(3);
      for (const dead of [cluster.node(1, 1), cluster.node(2, 2)])
        expect(failed.err).toContain(`127.0.0.1:${dead.tcp}`);
      const after = await openWorld({ store: into });
      expect(after.dataVersion).toBe(before.dataVersion);
      await Promise.all([before.close(), after.close()]);
    });

    it('names a shard that is dead instead of answering from the other', async () => {
      await cluster.node(2, 1).kill();
      const live = cluster.url({ nodes: [cluster.node(1, 2)] });
      const held = await ask(...board, '--store', live);
      expect(held.exit).toBe(3);
      expect(held.out).toBe('');
      expect(held.err).toContain(
        `shard 2 of 2 (127.0.0.1:${cluster.node(2, 1).tcp}, 127.0.0.1:${cluster.node(2, 2).tcp}) does not answer`,
      );
      expect(held.err).toContain('--partial');
    });

    it('marks a partial answer where one was asked for', async () => {
      const live = cluster.url({ nodes: [cluster.node(1, 2)] });
      const asked = [
        await ask(...board, '--store', live, '--partial'),
        await ask(...board, '--store', `${live}&partial=1`),
      ];
      const { out } = await ask(...board);
      for (const partial of asked) {
        expect(partial.exit, partial.err).toBe(0);
        const answer = JSON.parse(partial.out);
        expect(answer.notes[0].code).toBe('part_of_store');
        expect(answer.notes[0].missing).toEqual([expect.stringContaining('shard 2 of 2')]);
        expect(answer.headline[0]).toMatch(/^Partial answer/);
        expect(answer.rows).not.toEqual(JSON.parse(out).rows);
      }
      const table = await typed([...board, '--store', live, '--partial']);
      expect(table.out).toContain('Partial answer');
      const brief = await typed([
        'brief',
        '--mineral',
        'magnesium',
        '--for',
        'GBR',
        '--store',
        live,
        '--partial',
      ]);
      expect(brief.exit).toBe(3);
      expect(brief.err).toContain('a document is not written from a part of the data');
      // tables that every server holds need no other
      const whole = await ask('lists', '--mineral', 'gallium', '--store', live, '--partial');
      expect(JSON.parse(whole.out).notes.map((n: { code: string }) => n.code)).not.toContain('part_of_store');
    });

    it('is whole again once the servers are back', async () => {
      await Promise.all([cluster.node(1, 1), cluster.node(2, 1), cluster.node(2, 2)].map((n) => n.start()));
      const held = await ask(...board, '--store', `${store}&partial=1`);
      expect(held.out).toBe((await ask(...board)).out);
    });

    it('goes to the next server where one hangs', async () => {
      const first = cluster.node(1, 1);
      first.freeze();
      try {
        const server = await connect(storeAddress(store));
        expect((await server.rows('SELECT 1 AS one')).length).toBe(1);
        await server.close();
      } finally {
        first.thaw();
      }
    });
  });

  describe('says what is wrong', () => {
    const failing = async (url: string, ...more: string[]) => {
      const { exit, out, err } = await typed([...board, '--store', url, ...more]);
      expect(out).toBe('');
      return { exit, err };
    };
    it('with the password, without telling it', async () => {
      const { exit, err } = await failing(store.replace(/:[^:@/]+@/, ':s3cret@'));
      expect(exit).toBe(3);
      expect(err).toContain('does not know this user with this password');
      expect(err).not.toContain('s3cret');
    });
    it('takes a password from the environment', async () => {
      const bare = store.replace(/:[^:@/]+@/, '@');
      const held = await typed(['sources', '--format', 'json', '--store', bare], {
        CLICKHOUSE_PASSWORD: 'right+word/1',
      });
      expect(held.exit, held.err).toBe(0);
    });
    it('with the database, the cluster or the version', async () => {
      expect((await failing(cluster.url({ database: 'nowhere' }))).err).toContain('no such database');
      expect((await failing(cluster.url({ database: 'default' }))).err).toContain('nothing of headwater');
      const other = await typed(['build', '--store', cluster.url({ query: 'cluster=other' })]);
      expect(other.exit).toBe(3);
      expect(other.err).toContain('the server knows no such cluster, only minerals: "other"');
      expect((await failing(`${store}&version=0123`)).err).toContain('another data version');
    });
    it('with rows that are gone, on any server', async () => {
      const into = cluster.url({ database: 'own' });
      const name = (
        await cluster.sql(
          "SELECT name FROM system.tables WHERE database = 'own' AND name LIKE 'trade_flow_%' ORDER BY name DESC LIMIT 2",
        )
      ).split('\n');
      const held = name.find((n) => n && !n.endsWith('_local'))!;
      await cluster.sql(
        `INSERT INTO own.${held} (year, exporter, importer, hs6, basis, source) VALUES (2020, 'AAA', 'BBB', '999999', 'reconciled', 'own')`,
      );
      const { exit, err } = await typed(['coverage', '--store', into]);
      expect([exit, err]).toEqual([0, expect.any(String)]);
      const world = await openWorld({ store: into });
      await expect(world.load(tradeFlow)).rejects.toThrow(
        'the store has 41 rows of trade_flow, not the 40 that were loaded',
      );
      await world.close();
    });
  });
});

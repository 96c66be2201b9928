import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataError, UsageError } from '../../src/errors.ts';
import type { Source } from '../../src/sources/source.ts';
import { build } from '../../src/store/build.ts';
import { openDatabase } from '../../src/store/duckdb.ts';
import { openWorld } from '../../src/store/open.ts';
import { sourceTable } from '../../src/tables/policy.ts';
import { production, tradeFlow } from '../../src/tables/quantities.ts';
import { country, mineral } from '../../src/tables/world.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';
import { inventedSource } from '../support/source.ts';

removeFoldersAfterwards();

const codes = ['ALD', 'BRE', 'CAR', 'DUN'];
const ids = inventedSource('ids', [
  [country, codes.map((c) => ({ country: c, name: c.toLowerCase() }))],
  [mineral, [{ mineral: 'aurite', name: 'Aurite' }]],
]);
const output = (quantities: Record<string, number | null>, more = {}) =>
  inventedSource(
    'figures',
    [
      [
        production,
        Object.entries(quantities).map(([c, quantity_t]) => ({
          year: 2024,
          country: c,
          mineral: 'aurite',
          stage: 'mine',
          source: 'figures',
          quantity_t,
        })),
      ],
    ],
    more,
  );

async function built(sources: readonly Source[], out = join(folder(), 'data')) {
  const report = await build({ raw: folder(), out, sources, reference: folder() });
  return { out, report };
}
const opened = async (options: Parameters<typeof openWorld>[0]) => {
  const world = await openWorld(options);
  onTestFinished(() => world.close());
  return world;
};
const files = (dir: string) =>
  Object.fromEntries(
    readdirSync(dir).map((name) => [name, readFileSync(join(dir, name)).toString('base64')]),
  );

describe('a built snapshot', () => {
  it('gives back the rows, ordered by key, and a row per source', async () => {
    const { out, report } = await built([ids, output({ DUN: 0, ALD: 5.25, BRE: null })]);
    const world = await opened({ snapshotDir: out });
    expect((await world.load(production)).map((r) => [r.country, r.quantity_t])).toEqual([
      ['ALD', 5.25],
      ['BRE', null],
      ['DUN', 0],
    ]);
    expect(await world.load(production, { country: ['ALD', 'CAR'] })).toHaveLength(1);
    expect((await world.load(sourceTable)).map((s) => [s.source, s.rows_read, s.rows_kept])).toEqual([
      ['figures', 3, 3],
      ['ids', 5, 5],
    ]);
    expect(world.data).toBe('snapshot');
    expect(world.dataVersion).toBe(report.dataVersion);
    expect(await world.load(tradeFlow)).toEqual([]);
  });

  it('is the same to the byte when built twice, rows in another order, in another folder', async () => {
    const flows = Array.from({ length: 30_000 }, (_, i) => ({
      year: 2000 + (i % 20),
      exporter: codes[Math.floor(i / 20) % 4]!,
      importer: codes[Math.floor(i / 80) % 4]!,
      hs6: String(280000 + Math.floor(i / 320)),
      basis: 'reconciled',
      source: 'flows',
      value_usd: Math.sqrt(i),
    }));
    const one = await built([ids, inventedSource('flows', [[tradeFlow, flows]])]);
    const two = await built([ids, inventedSource('flows', [[tradeFlow, [...flows].reverse()]])]);
    expect(Object.keys(files(one.out))).toContain('trade_flow.parquet');
    expect(files(two.out)).toEqual(files(one.out));
  });

  it('another figure is another data version', async () => {
    const one = await built([ids, output({ ALD: 1 })]);
    const two = await built([ids, output({ ALD: 2 })]);
    expect(one.report.dataVersion).not.toBe(two.report.dataVersion);
  });

  it('lists each file with its hash, units and key, the licences, and what was refused', async () => {
    const refused = [{ reason: 'no country', rows: 2, example: 'Atlantis 7' }];
    const { out } = await built([ids, output({ ALD: 1 }, { rowsRead: 3, refused })]);
    const listed = JSON.parse(readFileSync(join(out, 'datapackage.json'), 'utf8'));
    const resource = listed.resources.find((r: { name: string }) => r.name === 'production');
    expect(resource.rows).toBe(1);
    expect(resource.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(resource.schema.primaryKey).toEqual(production.key);
    expect(resource.schema.fields.find((f: { name: string }) => f.name === 'quantity_t').unit).toBe('t');
    expect(readFileSync(join(out, 'LICENCES.md'), 'utf8')).toContain('Office of Invented Figures (2025)');
    expect(readFileSync(join(out, 'build-report.md'), 'utf8')).toContain('| no country | 2 | Atlantis 7 |');
  });
});

describe('a snapshot of an earlier release', () => {
  it('may lack a column that has come since: it is unknown in every row', async () => {
    const { out } = await built([ids, output({ ALD: 1, BRE: 2 })]);
    const [file, old] = [join(out, 'production.parquet'), join(folder(), 'old.parquet')];
    const database = await openDatabase();
    onTestFinished(() => database.close());
    await database.query(
      `COPY (SELECT * EXCLUDE (revised) FROM read_parquet('${file}')) TO '${old}' (FORMAT parquet)`,
    );
    const bytes = readFileSync(old);
    writeFileSync(file, bytes);
    const list = JSON.parse(readFileSync(join(out, 'datapackage.json'), 'utf8'));
    const resource = list.resources.find((r: { name: string }) => r.name === 'production');
    resource.bytes = bytes.length;
    resource.hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    resource.schema.fields = resource.schema.fields.filter((f: { name: string }) => f.name !== 'revised');
    writeFileSync(join(out, 'datapackage.json'), JSON.stringify(list));
    const world = await opened({ snapshotDir: out });
    const rows = await world.load(production, { country: ['BRE'] });
    expect(rows.map((r) => [r.country, r.quantity_t, r.revised])).toEqual([['BRE', 2, null]]);
    expect(await world.load(production, { revised: [true] })).toEqual([]);
  });
});

describe('a build that cannot be', () => {
  it('tells every problem of every source at once and leaves the old snapshot', async () => {
    const { out } = await built([ids, output({ ALD: 1 })]);
    const before = files(out);
    const failing = inventedSource('failing', [], {
      harvest: () => {
        throw new DataError(['unknown label: "x"', 'unknown label: "y"']);
      },
    });
    await expect(built([ids, failing], out)).rejects.toThrow(
      'failing: unknown label: "x"\nfailing: unknown label: "y"',
    );
    await expect(built([ids, output({ XXX: -1 })], out)).rejects.toThrow(
      /column country: not in the table country: "XXX"\n.*column quantity_t: negative: "-1"/,
    );
    expect(files(out)).toEqual(before);
    expect(readdirSync(join(out, '..'))).toEqual(['data']);
  });

  it.each([
    [
      'a key that two sources give',
      [ids, output({ ALD: 1 }), { ...output({ ALD: 2 }), id: 'again' }],
      'duplicate key 2024, ALD',
    ],
    [
      'a figure whose source nobody is',
      [ids, { ...output({ ALD: 1 }), id: 'else' }],
      'no such source: "figures"',
    ],
    [
      'more rows refused than read',
      [ids, output({}, { rowsRead: 1, refused: [{ reason: 'x', rows: 2 }] })],
      '2 rows refused of 1 read',
    ],
    ['NaN', [ids, output({ ALD: Number.NaN })], 'not a finite number'],
  ])('%s', async (_, sources, message) => {
    await expect(built(sources)).rejects.toThrow(message);
  });

  it('stopped on the way leaves nothing behind', async () => {
    const { out } = await built([ids, output({ ALD: 1 })]);
    const before = files(out);
    const stop = new AbortController();
    const progress = (_: number, what: string) => {
      if (what === 'writing production') stop.abort();
    };
    const options = { raw: folder(), out, sources: [ids, output({ ALD: 2 })], reference: folder() };
    await expect(build({ ...options, progress, signal: stop.signal })).rejects.toThrow();
    expect(files(out)).toEqual(before);
    expect(readdirSync(join(out, '..'))).toEqual(['data']);
  });

  it('does not replace a folder that holds something else', async () => {
    const out = folder({ 'thesis.docx': 'x' });
    await expect(built([ids], out)).rejects.toThrow(UsageError);
    expect(readdirSync(out)).toEqual(['thesis.docx']);
  });

  it('names an absent raw folder', async () => {
    const options = { raw: '/nowhere', out: join(folder(), 'data'), sources: [ids], reference: folder() };
    await expect(build(options)).rejects.toThrow('no such folder: "/nowhere"');
  });
});

describe('a snapshot that cannot be used', () => {
  const damaged = async (change: (out: string) => void) => {
    const { out } = await built([ids, output({ ALD: 1 })]);
    change(out);
    return (async () => {
      const world = await openWorld({ snapshotDir: out });
      try {
        await world.load(production);
      } finally {
        world.close();
      }
    })();
  };
  const flip = (file: string) => {
    const bytes = readFileSync(file);
    bytes[40] = bytes[40]! ^ 255;
    writeFileSync(file, bytes);
  };

  it.each<[string, (out: string) => void, string]>([
    [
      'a changed byte',
      (out) => flip(join(out, 'production.parquet')),
      'production.parquet is not the file that was built',
    ],
    [
      'a cut file',
      (out) => writeFileSync(join(out, 'production.parquet'), 'PAR1'),
      'production.parquet has 4 bytes, not',
    ],
    [
      'no list',
      (out) => writeFileSync(join(out, 'datapackage.json'), '{"resources": 3'),
      'datapackage.json is not a data package',
    ],
  ])('%s: names the file and the way back', async (_, change, message) => {
    const failure = damaged(change);
    await expect(failure).rejects.toThrow(DataError);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toThrow('git checkout -- data');
  });

  it('none at all', async () => {
    await expect(openWorld({ snapshotDir: folder() })).rejects.toThrow('the snapshot is missing');
  });
});

describe('own rows laid over a snapshot', () => {
  const overlay = async (csv: string, more: Record<string, string> = {}) => {
    const { out } = await built([ids, output({ ALD: 1, BRE: 2 })]);
    return opened({ snapshotDir: out, with: folder({ 'production.csv': csv, ...more }) });
  };

  it('win where the key is the same, stand beside where not, and are known as own', async () => {
    const world = await overlay(
      'year,country,mineral,stage,source,quantity_t\n2024,ALD,aurite,mine,figures,7\n2024,CAR,aurite,mine,figures,9\n',
    );
    expect((await world.load(production)).map((r) => [r.country, r.quantity_t])).toEqual([
      ['ALD', 7],
      ['BRE', 2],
      ['CAR', 9],
    ]);
    expect([...world.own].sort()).toEqual([
      'production:2024|ALD|aurite|mine|figures',
      'production:2024|CAR|aurite|mine|figures',
    ]);
    expect(world.data).toBe('snapshot+own');
    expect(await world.load(country)).toHaveLength(4);
  });

  it('may name ids of the snapshot and of the folder, no others', async () => {
    const rows = 'year,country,mineral,stage,quantity_t\n2024,NEW,aurite,mine,7\n';
    await expect(overlay(rows)).rejects.toThrow('not in the table country: "NEW"');
    const world = await overlay(rows, { 'country.csv': 'country,name\nNEW,Newland\n' });
    expect((await world.load(country)).map((c) => c.country)).toEqual([...codes, 'NEW']);
  });

  it('cannot be asked for together with other data instead', async () => {
    await expect(openWorld({ data: folder(), with: folder() })).rejects.toThrow(UsageError);
  });
});

describe('waiting', () => {
  it('ends when the person stops, without spoiling the answer of another', async () => {
    const { out } = await built([ids, output({ ALD: 1 })]);
    const world = await opened({ snapshotDir: out });
    const stop = new AbortController();
    const first = world.for({ signal: stop.signal }).load(production);
    const second = world.load(production);
    stop.abort();
    await expect(first).rejects.toThrow();
    expect(await second).toHaveLength(1);
    expect(await world.load(production)).toHaveLength(1);
  });

  it('reads in folders with names that a pattern would match', async () => {
    const out = join(folder(), 'a [b]* c?');
    mkdirSync(out);
    await built([ids, output({ ALD: 1 })], out);
    expect(await (await opened({ snapshotDir: out })).load(production)).toHaveLength(1);
  });
});

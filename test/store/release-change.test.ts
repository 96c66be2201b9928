import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { build } from '../../src/store/build.ts';
import { openDatabase } from '../../src/store/duckdb.ts';
import { groupsOfRows, groupsVanished, type RowGroup, rowGroups } from '../../src/store/release-change.ts';
import { tradeFlow } from '../../src/tables/quantities.ts';
import { country } from '../../src/tables/world.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';
import { inventedSource } from '../support/source.ts';

removeFoldersAfterwards();
const names = Array.from(
  { length: 40 },
  (_, n) => `X${String.fromCharCode(65 + Math.floor(n / 26))}${String.fromCharCode(65 + (n % 26))}`,
);
const countries = [...names, 'GBR'].map((id) => ({ country: id, name: id }));
const flows = (hs6: string, year: number, kept: (n: number) => boolean = () => true) =>
  names
    .filter((_, n) => kept(n))
    .map((exporter, n) => ({
      year,
      exporter,
      importer: 'GBR',
      hs6,
      basis: 'reconciled',
      source: 'river',
      value_usd: n + 1,
      quantity_t: null,
    }));
const group = (rows: number, more: Partial<RowGroup> = {}): RowGroup => ({
  table: 'trade_flow',
  source: 'river',
  year: 2024,
  code: '740311',
  rows,
  ...more,
});

describe('rows of the release before', () => {
  it('that stay are no loss', () =>
    expect(groupsVanished([group(40)], [group(40)])).toEqual({ stops: [], warnings: [] }));

  it('stop a build where one in twenty of a year is gone, even if other years grew', () => {
    const { stops } = groupsVanished(
      [group(100), group(1000, { year: 2023 })],
      [group(95), group(1200, { year: 2023 })],
    );
    expect(stops).toEqual([expect.stringContaining('trade_flow, river, 2024: 5 of 100 (5.0 %)')]);
  });

  it('are not made up for by more rows under another code', () => {
    const { stops } = groupsVanished(
      [group(100), group(100, { code: '810520' })],
      [group(200), group(90, { code: '810520' })],
    );
    expect(stops.length).toBeGreaterThan(0);
  });

  it('of a source that was dropped are not counted', () =>
    expect(groupsVanished([group(100, { source: 'gone' })], [group(1)]).stops).toEqual([]));

  it('of small groups are a warning', () => {
    const { stops, warnings } = groupsVanished(
      [group(6), group(2000, { code: '810520' })],
      [group(2000, { code: '810520' })],
    );
    expect(stops).toEqual([]);
    expect(warnings).toEqual(['trade_flow, river, 2024, 740311: 0 rows, 6 in the release before']);
  });

  it('any part of 5 % or more of any year of twenty rows stops', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 5000 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (rows, part) => {
          const lost = Math.ceil(rows * part);
          const rest = [group(1_000_000, { year: 2000 })];
          expect(groupsVanished([group(rows), ...rest], [group(rows - lost), ...rest]).stops).not.toEqual([]);
        },
      ),
    ));

  it('are counted alike in memory and in a file', async () => {
    const rows = [...flows('740311', 2024), ...flows('010121', 2023, (n) => n % 3 === 0)];
    const out = join(folder(), 'data');
    await build({
      raw: folder(),
      out,
      reference: folder(),
      sources: [
        inventedSource('river', [
          [country, countries],
          [tradeFlow, rows],
        ]),
      ],
    });
    const db = await openDatabase();
    try {
      const read = await rowGroups(db, tradeFlow, `read_parquet('${join(out, 'trade_flow.parquet')}')`);
      const key = (g: RowGroup) => `${g.year} ${g.code} ${g.rows}`;
      expect(read.map(key).sort()).toEqual(groupsOfRows(tradeFlow, rows).map(key).sort());
    } finally {
      db.close();
    }
  });
});

describe('a build', () => {
  const sources = (kept: (n: number) => boolean) => [
    inventedSource('river', [
      [country, countries],
      [tradeFlow, [...flows('740311', 2024, kept), ...flows('810520', 2023)]],
    ]),
  ];
  it('stops where 5 % of the rows are missing, and the old snapshot stays', async () => {
    const out = join(folder(), 'data');
    const options = { raw: folder(), out, reference: folder() };
    const first = await build({ ...options, sources: sources(() => true) });
    expect(first.compared.vanished).toBeNull();
    const less = { ...options, sources: sources((n) => n % 20 !== 0), previous: out };
    await expect(build(less)).rejects.toThrow('rows vanished from trade_flow, river, 2024: 2 of 40 (5.0 %)');
    const same = await build({ ...options, sources: sources(() => true), previous: out });
    expect(same.dataVersion).toBe(first.dataVersion);
    expect(same.compared.vanished).toEqual([]);
    const accepted = await build({ ...less, acceptMissing: true });
    expect(accepted.compared.vanished!.join()).toContain('2 of 40');
  });
});

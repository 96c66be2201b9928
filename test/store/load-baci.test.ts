import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../src/errors.ts';
import { build } from '../../src/store/build.ts';
import { openDatabase } from '../../src/store/duckdb.ts';
import { loadBaci } from '../../src/store/load-baci.ts';
import { openWorld } from '../../src/store/open.ts';
import { seriesCoverage, tradeFlow } from '../../src/tables/quantities.ts';
import { country, hs6Mineral, mineral } from '../../src/tables/world.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';
import { inventedSource } from '../support/source.ts';
import { zipOf } from '../support/zip.ts';

removeFoldersAfterwards();
const reference = join(import.meta.dirname, '../../reference');
const flow = (year: number, exporter: string, value: number, source = 'baci') => ({
  year,
  exporter,
  importer: 'GBR',
  hs6: '740311',
  basis: source === 'hmrc' ? 'dispatch' : 'reconciled',
  source,
  value_usd: value,
  quantity_t: 1,
});
/** a snapshot with one mapped code: copper cathodes */
async function base(): Promise<string> {
  const out = join(folder(), 'data');
  const countries = ['GBR', 'BEL', 'CHL', 'TWN', 'NAM'].map((id) => ({ country: id, name: id }));
  await build({
    raw: folder(),
    out,
    reference,
    sources: [
      inventedSource('baci', [
        [country, countries],
        [mineral, [{ mineral: 'copper', name: 'Copper' }]],
        [hs6Mineral, [{ hs6: '740311', mineral: 'copper', stage: 'refine' }]],
        [tradeFlow, [flow(2024, 'BEL', 5), flow(2019, 'BEL', 7)]],
        [seriesCoverage, [{ source: 'baci', hs6: '740311', year: 2024, complete: false }]],
      ]),
      inventedSource('hmrc', [[tradeFlow, [flow(2024, 'BEL', 6, 'hmrc')]]]),
    ],
  });
  return out;
}
const codes =
  'country_code,country_name,country_iso2,country_iso3\n56,Belgium,BE,BEL\n152,Chile,CL,CHL\n490,"Other Asia, nes",,S19\n516,Namibia,NA,NAM\n826,United Kingdom,GB,GBR\n';
const year2024 = [
  't,i,j,k,v,q',
  '2024,56,826,740311,1000.5,       120.25',
  '2024,152,826,740311,200,NA',
  '2024,490,826,10121,3.25,',
  '2024,516,826,010121,1,         0.5',
  '',
].join('\n');
const release = (rows = year2024, header = codes) =>
  zipOf({
    'BACI_HS17_Y2023_V202701.csv': 't,i,j,k,v,q\n2023,56,826,740311,10,1\n',
    'BACI_HS17_Y2024_V202701.csv': rows,
    'country_codes_V202701.csv': header,
  });
const archive = (content: Uint8Array) => {
  const file = join(folder(), 'BACI_HS17_V202701.zip');
  writeFileSync(file, content);
  return file;
};

describe('headwater load-baci', () => {
  it('makes a folder that --data opens: minerals in the table, every other code beside it', async () => {
    const out = join(folder(), 'whole');
    const made = await loadBaci({ from: archive(release()), out, base: await base(), reference });
    expect(made).toMatchObject({ release: 'V202701', minerals: { rows: 5 } });
    expect(made.years.map(({ year, rows }) => [year, rows])).toEqual([
      [2023, 1],
      [2024, 4],
    ]);
    const world = await openWorld({ data: out });
    try {
      expect(world.data).toBe('snapshot');
      const mapped = await world.load(tradeFlow, { importer: ['GBR'] });
      // the release takes the place of the rows of its years; other years and other sources stay
      expect(mapped.map((f) => [f.year, f.exporter, f.source, f.value_usd, f.quantity_t])).toEqual([
        [2019, 'BEL', 'baci', 7, 1],
        [2023, 'BEL', 'baci', 10_000, 1],
        [2024, 'BEL', 'hmrc', 6, 1],
        [2024, 'BEL', 'baci', 1_000_500, 120.25],
        [2024, 'CHL', 'baci', 200_000, null],
      ]);
      // a code in no map of minerals: its leading zero is there, blank and NA are no tonnes, Taiwan is TWN
      const horses = await world.load(tradeFlow, { hs6: ['010121'] });
      expect(horses.map((f) => [f.exporter, f.value_usd, f.quantity_t])).toEqual([
        ['NAM', 1000, 0.5],
        ['TWN', 3250, null],
      ]);
      const [coverage] = await world.load(seriesCoverage, { hs6: ['740311'], year: [2024] });
      expect(coverage).toMatchObject({
        complete: true,
        // 200 of 1200.5 thousand dollars
        note: 'flows with 16.66 % of the value have no tonnes',
      });
      expect(await world.load(seriesCoverage, { hs6: ['010121'] })).toHaveLength(1);
      expect(await world.load(seriesCoverage)).toHaveLength(2);
    } finally {
      world.close();
    }
  });

  it('sorts by code, importer and exporter, in whatever order the rows come', async () => {
    const rows = [56, 152, 490, 516].flatMap((i) =>
      [56, 826].flatMap((j) => [740311, 10121, 260300].map((k) => `2024,${i},${j},${k},${i + j},1`)),
    );
    const orders = [rows, rows.toReversed(), rows.toSorted((a, b) => (a.slice(-9) < b.slice(-9) ? -1 : 1))];
    const files = await Promise.all(
      orders.map(async (of) => {
        const out = join(folder(), 'whole');
        await loadBaci({
          from: archive(release(`t,i,j,k,v,q\n${of.join('\n')}\n`)),
          out,
          base: await base(),
          reference,
          acceptMissing: true,
        });
        return readFileSync(join(out, 'baci/trade_flow_2024.parquet'));
      }),
    );
    expect(files[1]!.equals(files[0]!) && files[2]!.equals(files[0]!)).toBe(true);
    const db = await openDatabase();
    const file = join(folder(), 'flows.parquet');
    writeFileSync(file, files[0]!);
    const { columns } = await db.query(`SELECT hs6, importer, exporter FROM read_parquet('${file}')`);
    db.close();
    const keys = columns[0]!.map((hs6, n) => `${hs6} ${columns[1]![n]} ${columns[2]![n]}`);
    expect(keys).toHaveLength(24);
    expect(keys).toEqual(keys.toSorted());
  });

  it('reads a folder of unpacked files as it reads the archive', async () => {
    const dir = folder({
      'BACI_HS17_Y2024_V202701.csv': year2024,
      'country_codes_V202701.csv': codes,
    });
    const out = join(folder(), 'whole');
    const made = await loadBaci({ from: dir, out, base: await base(), reference });
    expect(made.years).toMatchObject([{ year: 2024, rows: 4 }]);
  });

  it.each([
    [
      'a changed header',
      release(year2024.replace('t,i,j,k,v,q', 'year,i,j,k,v,q')),
      /columns are not t,i,j,k,v,q: "year,i/,
    ],
    ['an unknown country', release(year2024.replace('2024,152', '2024,999')), /unknown country code: "999"/],
    [
      'a value that is none',
      release(year2024.replace('1000.5', 'much')),
      /1 rows with no value, or one that is no number/,
    ],
    [
      'quantities that are none',
      release(year2024.replace('120.25', '-120').replace(',NA', ',n/a')),
      /2 rows with a quantity that is no number/,
    ],
    [
      'a flow that stands twice in a row',
      release(year2024.replace('2024,152', '2024,56,826,740311,1,1\n2024,152')),
      /1 flows stand more than once/,
    ],
    [
      'a flow that stands twice',
      release(`${year2024}2024,56,826,740311,1,1\n`),
      /1 flows stand more than once: same exporter, importer and product/,
    ],
    ['another year', release(year2024.replace('2024,152', '2014,152')), /1 rows with another year than 2024/],
    ['a line of another length', release(`${year2024}2024,56,826\n`), /not in the layout|no value/],
    ['an archive cut short', release().subarray(0, 300), /cut short or damaged/],
  ])('refuses %s and leaves the old folder whole', async (_, content, told) => {
    const out = join(folder(), 'whole');
    const from = await base();
    await loadBaci({ from: archive(release()), out, base: from, reference });
    const before = readdirSync(out, { recursive: true });
    const run = loadBaci({ from: archive(content), out, base: from, reference });
    await expect(run).rejects.toThrow(DataError);
    await expect(run).rejects.toThrow(told);
    expect(readdirSync(out, { recursive: true })).toEqual(before);
  });
});

import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../errors.ts';
import { citation } from '../sources/baci/publication.ts';
import { baciCountries } from '../sources/baci/standard-layout.ts';
import { sha256OfFile } from '../sources/fetch/download.ts';
import { countryCodes } from '../sources/names.ts';
import { sqlName } from '../tables/ddl.ts';
import { sourceTable } from '../tables/policy.ts';
import { seriesCoverage, tradeFlow } from '../tables/quantities.ts';
import { hs6Mineral } from '../tables/world.ts';
import { openRelease, type Release } from './baci-release.ts';
import { writeBaciYear, yearParquet } from './baci-year.ts';
import { type Database, openDatabase } from './duckdb.ts';
import { loader } from './load.ts';
import { quoted } from './quoted.ts';
import { referenceFolder } from './reference-folder.ts';
import { groupsVanished, rowGroups } from './release-change.ts';
import { replaceFolder } from './replace-folder.ts';
import { openSnapshot } from './snapshot.ts';
import { dataVersion, sha256 } from './version.ts';
import { writeTable } from './write-tables.ts';

export interface LoadBaciOptions {
  /** the release's archive, or a folder of its files */
  readonly from: string;
  /** folder that is made or replaced; opened with --data */
  readonly out: string;
  /** the snapshot whose other tables are taken over, and against which rows are counted */
  readonly base: string;
  readonly reference: string;
  readonly acceptMissing?: boolean;
  readonly progress?: (done: number, what: string) => void;
  readonly signal?: AbortSignal;
}

export interface LoadedBaci {
  readonly release: string;
  readonly years: readonly { readonly year: number; readonly rows: number; readonly bytes: number }[];
  readonly minerals: { readonly rows: number; readonly bytes: number };
  readonly dataVersion: string;
  readonly warnings: readonly string[];
}

const columnsOf = (table: { columns: object }): string => Object.keys(table.columns).map(sqlName).join(', ');

/** Part of the world value of a code and year whose flows have no tonnes, as a note. */
const noteSql = `CASE WHEN count(quantity_t) = 0 THEN 'values only, no tonnes'
  WHEN sum(value_usd) FILTER (quantity_t IS NULL) > 0 THEN
    format('flows with {:.2f} % of the value have no tonnes', 100 * sum(value_usd) FILTER (quantity_t IS NULL) / sum(value_usd)) END`;

const coverageSql = (from: string): string =>
  `SELECT 'baci' AS source, hs6, year, true AS complete, CAST(1 AS DOUBLE) AS value_kept_share, count(quantity_t) > 0 AS has_quantity, ${noteSql} AS note FROM ${from} GROUP BY hs6, year`;

/**
 * Makes a whole release of BACI askable: one Parquet file for each year with every six-digit code, sorted by code, and
 * beside them the tables of the snapshot with the release's flows of the mapped minerals in `trade_flow`, so that a
 * question about minerals reads a small file and one about any other code a small part of the large ones. Memory stays
 * bounded: an archive is unpacked one year at a time. The old folder stays until the new one is whole.
 */
export async function loadBaci(options: LoadBaciOptions): Promise<LoadedBaci> {
  const { signal, progress = () => {} } = options;
  const release = await openRelease(options.from, signal);
  const base = openSnapshot(options.base);
  try {
    return await replaceFolder(
      options.out,
      (names) => names.includes('datapackage.json'),
      async (dir) => {
        const db = await openDatabase({ threads: 2, memory: '1GB' });
        try {
          return await fill(db, dir, release, base, { ...options, progress });
        } finally {
          db.close();
        }
      },
    );
  } finally {
    release.close();
  }
}

async function fill(
  db: Database,
  dir: string,
  release: Release,
  base: ReturnType<typeof openSnapshot>,
  options: LoadBaciOptions & Required<Pick<LoadBaciOptions, 'progress'>>,
): Promise<LoadedBaci> {
  const { signal, progress } = options;
  const reference = referenceFolder(options.reference);
  const countryOf = baciCountries(
    release.countries,
    `country_codes_${release.name}.csv`,
    countryCodes(reference),
  );
  const codes = new Map<number, string>();
  for (let code = 1; code < 1000; code++) {
    const country = countryOf(String(code));
    if (country !== undefined) codes.set(code, country);
  }
  const countries = [...new Set(codes.values())].sort();
  await db.query(`CREATE TYPE iso3 AS ENUM (${countries.map(quoted).join(', ')})`);
  await db.query('CREATE TABLE codes (code SMALLINT, country iso3)');
  await db.query('INSERT INTO codes SELECT unnest($1)::SMALLINT, unnest($2)::iso3', [
    [...codes.keys()],
    [...codes.values()],
  ]);

  mkdirSync(join(dir, 'baci'));
  const years: { year: number; rows: number; bytes: number; path: string; sha256: string }[] = [];
  for (const [n, part] of release.years.entries()) {
    signal?.throwIfAborted();
    progress((0.8 * n) / release.years.length, `reading ${part.file}`);
    const { path, done } = await part.open(dir);
    const relative = `baci/trade_flow_${part.year}.parquet`;
    const target = join(dir, relative);
    try {
      const { rows, bytes } = await writeBaciYear(
        db,
        { path, file: part.file, year: part.year, target },
        signal,
      );
      years.push({ year: part.year, rows, bytes, path: relative, sha256: await sha256OfFile(target) });
    } finally {
      done();
    }
  }

  progress(0.8, 'minerals');
  signal?.throwIfAborted();
  const load = loader(db, (table) => base.relations.get(table.name));
  const mapped = [...new Set((await load(hs6Mineral)).map((row) => row.hs6))].sort();
  if (mapped.length === 0) throw new DataError(`the snapshot maps no code to a mineral: "${options.base}"`);
  const all = `read_parquet([${years.map((y) => quoted(join(dir, y.path))).join(', ')}])`;
  await db.query('CREATE TABLE mapped AS SELECT unnest($1) AS hs6', [mapped]);
  await db.query('CREATE TABLE new_years AS SELECT unnest($1)::INTEGER AS year', [years.map((y) => y.year)]);
  const kept = (table: typeof tradeFlow | typeof seriesCoverage): string => {
    const relation = base.relations.get(table.name);
    relation?.verify?.();
    if (!relation?.file) return `SELECT ${columnsOf(table)} FROM (SELECT * FROM new_years WHERE false)`;
    return `SELECT ${columnsOf(table)} FROM read_parquet(${quoted(relation.file)}) WHERE NOT (source = 'baci' AND year IN (SELECT year FROM new_years))`;
  };
  const inMap = 'hs6 IN (SELECT hs6 FROM mapped)';
  const mart = join(dir, 'trade_flow.parquet');
  await db.query(
    `COPY (${kept(tradeFlow)} UNION ALL SELECT ${columnsOf(tradeFlow)} FROM ${all} WHERE ${inMap}
      ORDER BY hs6, year, exporter, importer, basis, source) TO ${quoted(mart)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 40960)`,
    [],
    signal,
  );
  const coverage = join(dir, 'series_coverage.parquet');
  await db.query(
    `COPY (${kept(seriesCoverage)} UNION ALL SELECT ${columnsOf(seriesCoverage)} FROM (${coverageSql(`${all} WHERE ${inMap}`)})
      ORDER BY hs6, source, year) TO ${quoted(coverage)} ${yearParquet}`,
  );
  const widerCoverage = 'baci/series_coverage.parquet';
  await db.query(
    `COPY (SELECT ${columnsOf(seriesCoverage)} FROM (${coverageSql(`${all} WHERE NOT ${inMap}`)}) ORDER BY hs6, source, year)
      TO ${quoted(join(dir, widerCoverage))} ${yearParquet}`,
  );

  const before = base.relations.get('trade_flow')?.file;
  const warnings: string[] = [];
  if (before) {
    const only = `source = 'baci' AND year IN (SELECT year FROM new_years)`;
    const change = groupsVanished(
      await rowGroups(db, tradeFlow, `(SELECT * FROM read_parquet(${quoted(before)}) WHERE ${only})`),
      await rowGroups(db, tradeFlow, `(SELECT * FROM read_parquet(${quoted(mart)}) WHERE ${only})`),
    );
    if (change.stops.length > 0 && !options.acceptMissing) throw new DataError(change.stops);
    warnings.push(...change.stops, ...change.warnings);
  }

  progress(0.95, 'the other tables');
  const pack = JSON.parse(readFileSync(join(options.base, 'datapackage.json'), 'utf8'));
  const own = new Set(['trade_flow', 'series_coverage', 'source']);
  for (const r of pack.resources)
    if (!own.has(r.name)) copyFileSync(join(options.base, r.path), join(dir, r.path));
  const sources = (await load(sourceTable)).map((row) =>
    row.source !== 'baci'
      ? row
      : {
          ...row,
          release: release.name,
          citation: citation(release.name),
          sha256: sha256(years.map((y) => `${y.path} ${y.sha256}\n`).join('')),
          rows_read: years.reduce((sum, y) => sum + y.rows, 0),
          rows_kept: years.reduce((sum, y) => sum + y.rows, 0),
        },
  );
  const sourceFile = await writeTable(db, sourceTable, sources, dir);
  const rowsOf = async (file: string) =>
    Number((await db.query(`SELECT count(*) FROM read_parquet(${quoted(file)})`)).columns[0]![0]);
  const fresh = new Map(
    await Promise.all(
      [mart, coverage, join(dir, sourceFile.path)].map(async (file) => {
        const bytes = statSync(file).size;
        const name = file.slice(dir.length + 1).replace(/\.parquet$/, '');
        return [
          name,
          { bytes, hash: `sha256:${await sha256OfFile(file)}`, rows: await rowsOf(file) },
        ] as const;
      }),
    ),
  );
  const resources = pack.resources.map((r: { name: string }) => ({ ...r, ...fresh.get(r.name) }));
  const wider = [
    { table: 'trade_flow', paths: years.map((y) => y.path), bytes: years.map((y) => y.bytes) },
    { table: 'series_coverage', paths: [widerCoverage], bytes: [statSync(join(dir, widerCoverage)).size] },
  ];
  const version = dataVersion([
    ...resources.map((r: { name: string; hash: string }) => ({ name: r.name, sha256: r.hash })),
    ...years.map((y) => ({ name: y.path, sha256: y.sha256 })),
  ]);
  const packSources = pack.sources?.map((s: { name: string }) =>
    s.name === 'baci' ? { ...s, release: release.name } : s,
  );
  const packed = {
    ...pack,
    data_version: version,
    opens_as: 'snapshot',
    wider: { held: mapped, tables: wider },
    sources: packSources,
    resources,
  };
  writeFileSync(join(dir, 'datapackage.json'), `${JSON.stringify(packed, null, 2)}\n`);
  for (const name of ['LICENCES.md', 'build-report.md', 'build-report.json'])
    if (existsSync(join(options.base, name))) copyFileSync(join(options.base, name), join(dir, name));
  const report = [
    `# BACI ${release.name}, the whole release`,
    '',
    '| year | rows | bytes |',
    '| --- | ---: | ---: |',
    ...years.map((y) => `| ${y.year} | ${y.rows} | ${y.bytes} |`),
    '',
    `${mapped.length} codes of the map of minerals are in trade_flow.parquet, every other code in baci/.`,
    '',
    ...warnings.map((w) => `- ${w}`),
  ];
  writeFileSync(join(dir, 'baci-report.md'), `${report.join('\n')}\n`);
  signal?.throwIfAborted();
  progress(1, 'done');
  const { rows, bytes } = fresh.get('trade_flow')!;
  return {
    release: release.name,
    years: years.map(({ year, rows: n, bytes: b }) => ({ year, rows: n, bytes: b })),
    minerals: { rows, bytes },
    dataVersion: version,
    warnings,
  };
}

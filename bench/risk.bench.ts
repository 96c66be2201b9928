import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * GeoPolRisk of 53 minerals, 10 importers and 5 years (2,650 cases and their intermediates) on a trade table of
 * 250,000 rows in somebody's own folder: the command line as a whole process, from its start to the last byte of
 * JSON, with every row of the folder checked. Held against two limits in the same run. The published Python
 * (geopolrisk-py 2.0.0, measured on two cores) needs 27.6 to 51.6 s and 348 to 354 MB for the same number of cases.
 *
 *   npm run build && npm run bench risk
 */
const limit = { seconds: 1, megabytes: 200 };
const published = { seconds: 28, megabytes: 350 };
const runs = Number(process.env.RUNS ?? 5);
const [minerals, countries, codes, rowsPerCodeYear] = [53, 200, 73, 692];
const years = [2018, 2019, 2020, 2021, 2022];
const importers = 10;

const letter = (n: number) => String.fromCharCode(65 + n);
const iso = (n: number) => `${letter(Math.floor(n / 26))}${letter(n % 26)}A`;
const root = join(import.meta.dirname, '..');
const place = mkdtempSync(join(tmpdir(), 'headwater-bench-'));
const folder = join(place, 'tables');
mkdirSync(folder);

/** Numbers come from a hash of the row, so that every run reads the same table. */
async function writeTables(): Promise<number> {
  const database = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await database.connect();
  const country = `(SELECT chr(65 + (c // 26)::INTEGER) || chr(65 + (c % 26)::INTEGER) || 'A' AS country, c FROM range(${countries}) r(c))`;
  const mineral = `'mineral_' || (m % ${minerals})`;
  const tables: Record<string, string> = {
    country: `SELECT country, 'Land ' || country AS name FROM ${country}`,
    mineral: `SELECT ${mineral} AS mineral, 'Mineral ' || m AS name FROM range(${minerals}) r(m)`,
    hs6_mineral: `SELECT (250000 + m)::VARCHAR AS hs6, ${mineral} AS mineral, 'mine' AS stage, 1.0 AS metal_content, 1.0 AS share_of_code FROM range(${codes}) r(m)`,
    governance: `SELECT y AS year, country, 'pv' AS dimension, (hash(y, c) % 5000) / 1000.0 - 2.5 AS estimate, 'own' AS source FROM range(2018, 2023) r(y), ${country}`,
    production: `SELECT y AS year, country, ${mineral} AS mineral, 'mine' AS stage, 'own' AS source, (hash(y, c, m, 1) % 1000000)::DOUBLE AS quantity_t
      FROM range(2018, 2023) r(y), range(${minerals}) s(m), ${country} WHERE hash(c, m, 2) % 8 = 0`,
    trade_flow: `SELECT y AS year, a.country AS exporter, b.country AS importer, (250000 + h)::VARCHAR AS hs6, 'reconciled' AS basis, 'own' AS source,
        (hash(y, h, f, 3) % 100000000) / 10.0 AS value_usd, (hash(y, h, f, 4) % 1000000) / 100.0 AS quantity_t
      FROM range(2018, 2023) r(y), range(${codes}) s(h), range(${rowsPerCodeYear}) t(f)
      JOIN ${country} a ON a.c = (f * 7 + h) % ${countries} JOIN ${country} b ON b.c = (a.c + 1 + f // ${countries} + 40 * (f % 4)) % ${countries}`,
  };
  for (const [name, sql] of Object.entries(tables))
    await connection.run(`COPY (${sql}) TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`);
  const counted = await connection.runAndReadAll(
    `SELECT count(*)::INTEGER FROM read_parquet('${join(folder, 'trade_flow.parquet')}')`,
  );
  connection.closeSync();
  database.closeSync();
  return counted.getRows()[0]![0] as number;
}

/** One run as a person starts it; the peak of memory is told by the process itself on its way out. */
function run(): { seconds: number; cpu: number; megabytes: number; rows: number; sum: number } {
  const hook = join(place, 'peak.mjs');
  writeFileSync(
    hook,
    "process.on('exit', () => { const u = process.cpuUsage(); process.stderr.write(['', 'peak', process.resourceUsage().maxRSS, 'cpu', u.user + u.system, ''].join(' ')); });\n",
  );
  const args = ['--import', hook, join(root, 'bin/headwater.js'), 'risk', '--method', 'geopolrisk'];
  args.push('--for', Array.from({ length: importers }, (_, i) => iso(i * 3)).join(','));
  args.push('--year', `${years[0]}-${years.at(-1)}`, '--data', folder, '--format', 'json');
  const start = performance.now();
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = (performance.now() - start) / 1000;
  if (done.status !== 0) throw new Error(done.stderr);
  const rows: { score: number | null }[] = JSON.parse(done.stdout).rows;
  const peak = Number(/peak (\d+)/.exec(done.stderr)![1]) / 1024;
  const cpu = Number(/cpu (\d+)/.exec(done.stderr)![1]) / 1e6;
  return {
    seconds,
    cpu,
    megabytes: peak,
    rows: rows.length,
    sum: rows.reduce((s, r) => s + (r.score ?? 0), 0),
  };
}

try {
  const tradeRows = await writeTables();
  const all = Array.from({ length: runs }, run);
  const expected = minerals * importers * years.length;
  const [first] = all;
  if (all.some((r) => r.rows !== expected || r.sum !== first!.sum))
    throw new Error(`expected ${expected} rows and one sum of scores: ${JSON.stringify(all)}`);
  const median = (values: number[]) => values.sort((a, b) => a - b)[runs >> 1]!;
  const seconds = median(all.map((r) => r.seconds));
  const megabytes = median(all.map((r) => r.megabytes));
  console.log(`${expected} cases on ${tradeRows} rows of trade, whole process, median of ${runs}:`);
  const line = (ours: number, unit: string, most: number, theirs: number) =>
    console.log(
      `  ${ours.toFixed(2).padStart(7)} ${unit}  ${(ours / most).toFixed(2)} of the limit of ${most} ${unit}, ` +
        `published Python ${theirs} ${unit}: ${(theirs / ours).toFixed(0)} times ours`,
    );
  line(seconds, 's', limit.seconds, published.seconds);
  const cpu = median(all.map((r) => r.cpu));
  console.log(`          on ${cpu.toFixed(2)} s of processor time, all threads together`);
  line(megabytes, 'MB', limit.megabytes, published.megabytes);
  if (seconds > limit.seconds || megabytes > limit.megabytes) process.exitCode = 1;
} finally {
  if (process.env.KEEP) console.log(place);
  else rmSync(place, { recursive: true });
}

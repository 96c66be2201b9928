import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { ask, openWorld } from '../src/index.ts';

/**
 * A year of BACI at its real size, eleven million flows in CEPII's layout, to sorted Parquet that every question can
 * be asked of: `load-baci` as a whole process, checks and tables of the snapshot included, beside the least that the
 * engine needs to read, sort and write the same file unchecked, in the same run. Then a question about a code in the
 * map and one about a code outside it. ROWS and YEARS make it smaller or larger: with 25 years, the whole record of 275
 * million flows, also how long its minerals take to be set apart, and the board in a process that has them open.
 *
 *   npm run build && npm run bench baci
 *   YEARS=25 npm run bench baci      needs 15 GB of disk and some minutes
 */
const limit = { seconds: 6, megabytes: 1500, mart: 15, board: 300 };
const rows = Number(process.env.ROWS ?? 11_000_000);
const years = Number(process.env.YEARS ?? 1);
const root = join(import.meta.dirname, '..');
const place = mkdtempSync(join(tmpdir(), 'headwater-bench-'));
const release = join(place, 'release');
mkdirSync(release);

const exporters = 230;
const codes = Array.from({ length: exporters }, (_, k) => k);

/** Flows by exporter, importer and product, as CEPII orders them; numbers from a hash, so that every run reads the same. */
async function writeRelease(): Promise<void> {
  const known = readFileSync(join(root, 'reference/country-codes.csv'), 'utf8');
  const iso = [...new Set(known.match(/(?<=,)[A-Z]{3}(?=,ISO 3166-1 alpha-2)/g))].slice(0, exporters);
  writeFileSync(
    join(release, 'country_codes_V202701.csv'),
    `country_code,country_name,country_iso2,country_iso3\n${codes.map((c) => `${c + 4},Land ${c},,${iso[c]}`).join('\n')}\n`,
  );
  const database = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await database.connect();
  for (let y = 0; y < years; y++) {
    const year = 2024 - y;
    await connection.run(
      `COPY (SELECT ${year} AS t, i, j, lpad((10000 + (n * 37 + hash(i, j, ${year}) % 1000) * 4 % 980000)::VARCHAR, 6, '0') AS k,
          round(exp((hash(n, i, 3) % 1000) / 100.0), 3) AS v,
          CASE WHEN hash(n, j, 5) % 20 = 0 THEN '          NA' ELSE lpad(round(exp((hash(n, i, j) % 1000) / 120.0), 3)::VARCHAR, 12, ' ') END AS q
        FROM (SELECT 4 + (p // ${exporters - 1})::INTEGER AS i, p FROM range(${exporters * (exporters - 1)}) r(p)),
          LATERAL (SELECT 4 + ((i - 4 + 1 + p % ${exporters - 1}) % ${exporters})::INTEGER AS j),
          range(${Math.ceil(rows / (exporters * (exporters - 1)))}) s(n) ORDER BY i, j, k)
       TO '${join(release, `BACI_HS17_Y${year}_V202701.csv`)}' (HEADER, QUOTE '')`,
    );
  }
  connection.closeSync();
  database.closeSync();
}

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}
const hook = join(place, 'peak.mjs');
writeFileSync(
  hook,
  `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS + '\\n'));`,
);

function run(args: readonly string[]): Run & { readonly said: string } {
  const began = performance.now();
  const done = spawnSync(process.execPath, ['--import', hook, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - began) / 1000;
  if (done.status !== 0) throw new Error(done.stderr);
  return {
    seconds,
    megabytes: Number(/^peak (\d+)$/m.exec(done.stderr)![1]) / 1024,
    said: done.stdout,
  };
}

/** The same load, telling when it reached what. */
function loadInSteps(out: string) {
  const script = join(place, 'load.mts');
  const options = { from: release, out, base: join(root, 'data'), reference: join(root, 'reference') };
  writeFileSync(
    script,
    `import { loadBaci } from ${JSON.stringify(join(root, 'src/store/load-baci.ts'))};
await loadBaci({ ...${JSON.stringify(options)}, acceptMissing: true, progress: (_, what) => console.log(performance.now(), what) });`,
  );
  const load = run(['--import', 'tsx', script]);
  const at = (what: string) => Number(new RegExp(`^([\\d.]+) ${what}$`, 'm').exec(load.said)![1]);
  return { load, mart: (at('the other tables') - at('minerals')) / 1000 };
}

/** Milliseconds of an answer in a process with the tables open: its first, and the median of nine with other importers. */
async function answers(data: string, params: Record<string, unknown>): Promise<readonly [number, number]> {
  const world = await openWorld({ data });
  try {
    const times: number[] = [];
    for (const importer of ['GBR', 'DEU', 'FRA', 'USA', 'JPN', 'KOR', 'IND', 'ITA', 'ESP', 'NLD']) {
      const began = performance.now();
      await ask('board', { ...params, for: importer }, world);
      times.push(performance.now() - began);
    }
    const [first, ...rest] = times;
    return [first!, rest.sort((a, b) => a - b)[4]!];
  } finally {
    world.close();
  }
}

/** The engine alone: read with the columns told, sort, write. */
function plain(): Run {
  const script = join(place, 'plain.mjs');
  writeFileSync(
    script,
    `import { createRequire } from 'node:module';
const duck = createRequire(${JSON.stringify(join(root, 'package.json'))})('@duckdb/node-api');
const c = await (await duck.DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' })).connect();
for (let y = 0; y < ${years}; y++) {
  const file = ${JSON.stringify(release)} + '/BACI_HS17_Y' + (2024 - y) + '_V202701.csv';
  await c.run("COPY (SELECT t, i, j, k, v, TRY_CAST(q AS DOUBLE) AS q FROM read_csv('" + file + "', header = true, auto_detect = false, columns = {'t': 'SMALLINT', 'i': 'SMALLINT', 'j': 'SMALLINT', 'k': 'INTEGER', 'v': 'DOUBLE', 'q': 'VARCHAR'}) ORDER BY k, j, i) TO '${join(place, 'plain.parquet')}' (FORMAT parquet, COMPRESSION zstd)");
}`,
  );
  return run([script]);
}

const show = (name: string, { seconds, megabytes }: Run) =>
  console.log(
    `${name.padEnd(34)} ${seconds.toFixed(2).padStart(7)} s  ${megabytes.toFixed(0).padStart(5)} MB`,
  );

try {
  console.log(`writing ${years} × ${rows.toLocaleString('en')} flows …`);
  await writeRelease();
  const engine = plain();
  const headwater = join(root, 'bin/headwater.js');
  const out = join(place, 'whole');
  const steps = years > 1 ? loadInSteps(out) : undefined;
  const load =
    steps?.load ?? run([headwater, 'load-baci', release, '--out', out, '--accept-missing', '--quiet']);
  const board = run([headwater, 'board', '--for', 'GBR', '--data', out, '--format', 'json']);
  const other = run([
    headwater,
    'board',
    '--for',
    'GBR',
    '--hs6',
    '010000',
    '--data',
    out,
    '--format',
    'json',
  ]);
  show('the engine alone, unchecked', engine);
  show('load-baci', load);
  show('board of the minerals on it', board);
  show('board of a code in no map', other);
  console.log(`load-baci takes ${(load.seconds / engine.seconds).toFixed(2)} × the engine alone`);
  if (years === 1) {
    const met = load.seconds < limit.seconds && load.megabytes < limit.megabytes;
    console.log(`limit: ${limit.seconds} s and ${limit.megabytes} MB: ${met ? 'met' : 'not met'}`);
  }
  if (steps)
    console.log(
      `its minerals are set apart in ${steps.mart.toFixed(2)} s: ${(steps.mart / limit.mart).toFixed(2)} of the limit of ${limit.mart} s`,
    );
  for (const [name, params] of [
    ['minerals', { list: 'uk-2024' }],
    ['a code in no map', { hs6: '010000' }],
  ] as const) {
    const [first, again] = await answers(out, params);
    console.log(
      `board of ${name}, in a process: first ${first.toFixed(0)} ms, other importers ${again.toFixed(0)} ms: ${(again / limit.board).toFixed(2)} of the limit of ${limit.board} ms`,
    );
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}

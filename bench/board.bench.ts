import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * The board as a person starts it, a whole process from the shell's side, beside the least that any program on this
 * engine takes: Node that loads DuckDB, opens a database in memory and asks it for one number. Limits: 0.7 s warm,
 * 1.5 s cold, 300 MB; on a busy or slow machine the multiple of the empty start tells more than the seconds.
 *
 *   npm run bench board
 */
const runs = 7;
const root = join(import.meta.dirname, '..');
const empty = `import('@duckdb/node-api').then(async ({ DuckDBInstance }) => {
  const c = await (await DuckDBInstance.create(':memory:')).connect();
  await c.runAndReadAll('SELECT 42');
  process.exit();
})`;
/** says at the end how much memory the process held at most */
const told = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(2, 'held ' + process.resourceUsage().maxRSS + ' kB'));",
)}`;

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}

function once(args: readonly string[]): Run {
  const start = performance.now();
  const done = spawnSync(process.execPath, ['--import', told, ...args], { cwd: root, encoding: 'utf8' });
  const seconds = (performance.now() - start) / 1000;
  if (done.status !== 0) throw new Error(done.stderr);
  return { seconds, megabytes: Number(/held (\d+) kB/.exec(done.stderr)?.[1]) / 1024 };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const boards = ['declared', 'traced'].map((lens) => ({
  name: `board --for GBR --list uk-2024 --lens ${lens}`,
  args: [join('bin', 'headwater.js'), 'board', '--for', 'GBR', '--list', 'uk-2024', '--lens', lens],
  runs: [] as Run[],
}));
const start = { name: 'node and an empty DuckDB', args: ['-e', empty], runs: [] as Run[] };
const all = [start, ...boards];
// in turn, so that a machine that slows down slows all of them
for (let i = 0; i < runs; i++) for (const job of all) job.runs.push(once(job.args));

const of = (job: { runs: readonly Run[] }) => ({
  first: job.runs[0]!.seconds,
  warm: median(job.runs.slice(1).map((r) => r.seconds)),
  held: Math.max(...job.runs.map((r) => r.megabytes)),
});
const base = of(start).warm;
for (const job of all) {
  const { first, warm, held } = of(job);
  const times = job === start ? '' : `, ${(warm / base).toFixed(1)} × the empty start`;
  console.log(
    `${job.name}: first ${first.toFixed(2)} s, warm ${warm.toFixed(2)} s, ${Math.round(held)} MB${times}`,
  );
}
const met = boards.every((b) => {
  const { first, warm, held } = of(b);
  return first < 1.5 && warm < 0.7 && held < 300;
});
console.log(met ? 'limits met: 1.5 s, 0.7 s, 300 MB' : 'limits not met: 1.5 s first, 0.7 s warm, 300 MB');
process.exitCode = met ? 0 : 1;

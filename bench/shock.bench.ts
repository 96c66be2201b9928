import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stopOne } from '../src/analysis/shocks/chokepoints.ts';
import { type DrawJob, type ModelName, rangesAround } from '../src/analysis/shocks/draws.ts';
import { models } from '../src/analysis/shocks/models.ts';
import { assume, type ShockNetwork } from '../src/analysis/shocks/shock.ts';
import { drawInThreads } from '../src/workers/pool.ts';

/**
 * 100,000 draws of each model on an invented mineral of 230 countries and 700 flows (a customs code and year in
 * BACI), on two threads; the N-1 ranking of sixty such minerals; a single shock. Limits: 3 s, 5 s, 50 ms.
 * CPU seconds stand beside, as a busy machine stretches the wall clock.
 *
 *   npm run build && npm run bench shock
 */
const countries = 230;
const flows = 700;
const draws = 100_000;

let state = 20240229;
const next = () => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return state / 2 ** 31;
};

/** Few exporters sell to many, tonnes over four orders of magnitude, a quarter of the countries produce. */
function network(): ShockNetwork {
  const from: number[] = [];
  const to: number[] = [];
  const flow: number[] = [];
  while (flow.length < flows) {
    const j = Math.floor(countries * next() * next());
    const k = Math.floor(countries * next());
    if (j === k) continue;
    from.push(j);
    to.push(k);
    flow.push(10 ** (4 * next()));
  }
  return {
    countries: Array.from({ length: countries }, (_, j) => `C${j}`),
    production: Array.from({ length: countries }, (_, j) => (j % 4 ? 0 : 1e5 * next() * next())),
    from,
    to,
    flow,
  };
}

const cpu = (since?: NodeJS.CpuUsage) => process.cpuUsage(since);
async function timed(what: string, limit: number, work: () => unknown) {
  const before = cpu();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = cpu(before);
  const busy = (user + system) / 1e6;
  console.log(
    `${what.padEnd(52)} ${seconds.toFixed(3)} s wall, ${busy.toFixed(3)} s CPU, limit ${limit} s${seconds > limit ? ' — missed' : ''}`,
  );
}

const world = network();
const assumptions = assume(world, { stock: world.countries.map(() => 100) });
const shocks = [{ kind: 'production_loss' as const, country: 'C0', severity: 0.8, months: 8 }];
const worker = join(import.meta.dirname, '../dist/workers/shock-draws.js');
const built = existsSync(worker);
if (!built) console.log('no built worker: one thread only; run "npm run build" first');

for (const model of ['market', 'cascade', 'months'] satisfies ModelName[]) {
  const job: DrawJob = {
    model,
    network: world,
    shocks,
    assumptions,
    ranges: rangesAround(assumptions),
    kept: [7],
    seed: 1,
  };
  await timed(`${draws} draws, ${model}, ${built ? 'two threads' : 'one thread'}`, 3, () =>
    drawInThreads(job, draws, built ? { threads: 2, worker } : { threads: 0 }),
  );
}
const worlds = Array.from({ length: 60 }, network);
await timed('N-1 of 60 minerals, months', 5, () => {
  for (const w of worlds) stopOne(w, ['C7'], assume(w));
});
await timed('one shock, months, all countries', 0.05, () => models.months(world, shocks, assumptions));

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { producersOf, stopOne } from '../src/analysis/shocks/chokepoints.ts';
import { type DrawJob, type ModelName, rangesAround } from '../src/analysis/shocks/draws.ts';
import { models } from '../src/analysis/shocks/models.ts';
import { assume, type ShockNetwork } from '../src/analysis/shocks/shock.ts';
import { drawInThreads } from '../src/workers/pool.ts';

/**
 * 100,000 draws of each model on an invented mineral of 230 countries and 700 flows (a customs code and year in
 * BACI), on two threads; the N-1 ranking of sixty such minerals; a single shock. Limits: 3 s, 5 s, 50 ms.
 * Each is a ratio to its limit and to a peer of the same run.
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

/** Seconds on the wall and of CPU. The busy seconds stand beside, as others on the machine stretch the wall clock. */
async function timed(work: () => unknown) {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1e6 };
}

/** Against its limit on the wall, and against the peer by CPU: what the same work takes run by run. */
function tell(what: string, limit: number, took: { wall: number; cpu: number }, peer?: number) {
  const against =
    peer === undefined ? '' : `, ${(peer / took.cpu).toFixed(1)} times less CPU than run by run`;
  const ratio = took.wall / limit;
  console.log(
    `${what.padEnd(44)} ${took.wall.toFixed(3)} s wall, ${took.cpu.toFixed(3)} s CPU: ${ratio.toFixed(2)} of the limit of ${limit} s${against}${ratio > 1 ? ' — missed' : ''}`,
  );
}

const world = network();
const assumptions = assume(world, { stock: world.countries.map(() => 100) });
const shocks = [{ kind: 'production_loss' as const, country: 'C0', severity: 0.8, months: 8 }];
const worker = join(import.meta.dirname, '../dist/workers/shock-draws.js');
const built = existsSync(worker);
if (!built) console.log('no built worker: one thread only; run "npm run build" first');

// the country that lacks most beside the one that stops
const { rows } = models.cascade(world, shocks, assumptions);
const worst = rows
  .filter((r) => r.country !== 'C0')
  .reduce((a, r) => (r.shortfall_t > a.shortfall_t ? r : a)).country;
const kept = [world.countries.indexOf(worst)];

/** The peer: the model as `shock` runs it once, for all countries, in a loop; a sample of it. */
const sample = 500;
for (const model of ['market', 'cascade', 'months'] satisfies ModelName[]) {
  const job: DrawJob = {
    model,
    network: world,
    shocks,
    assumptions,
    ranges: rangesAround(assumptions),
    kept,
    seed: 1,
  };
  const one = await timed(() => {
    for (let i = 0; i < sample; i++) models[model](world, shocks, assumptions);
  });
  const all = await timed(() => drawInThreads(job, draws, built ? { threads: 2, worker } : { threads: 0 }));
  tell(`${draws} draws, ${model}`, 3, all, (one.cpu * draws) / sample);
}

const worlds = Array.from({ length: 60 }, network);
const stopped = await timed(() => {
  for (const w of worlds) stopOne(w, ['C7'], assume(w));
});
const runs = worlds.reduce((sum, w) => sum + producersOf(w).length, 0);
const apart = await timed(() => {
  for (let i = 0; i < 100; i++)
    models.months(worlds[i % 60]!, [{ ...shocks[0]!, severity: 1 }], assume(worlds[i % 60]!));
});
tell('N-1 of 60 minerals, months', 5, stopped, (apart.cpu * runs) / 100);
tell('one shock, months, all countries', 0.05, await timed(() => models.months(world, shocks, assumptions)));

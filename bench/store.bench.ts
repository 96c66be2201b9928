import { ask, openWorld } from '../src/index.ts';
import { loadStore } from '../src/store/load-store.ts';
import { tradeFlow } from '../src/tables/quantities.ts';
import { findChdb, startChdb } from '../test/support/chdb.ts';
import { clusterMissing, startCluster } from '../test/support/cluster.ts';

/**
 * The shipped tables as files (DuckDB) and in ClickHouse, side by side on one machine: loading them, opening them and
 * asking, each time with nothing kept from before. ClickHouse is what can be had here: a cluster of two shards and two
 * replicas of 18.16 (four servers that share this machine's cores), and one server of a current release (chdb). So the
 * ratio is what a store costs where it is not needed; what it is for, tables larger than a machine, is not measured.
 *
 *   npm run bench store
 */
const runs = Number(process.env.RUNS ?? 3);
const asked: readonly (readonly [string, Record<string, unknown>])[] = [
  ['board', { for: 'GBR', list: 'uk-2024' }],
  ['origins', { for: 'GBR', mineral: 'copper', stage: 'refine' }],
  ['profile', { country: 'KAZ', list: 'uk-2024' }],
  ['concentration', { mineral: 'cobalt', stage: 'mine', year: 2024 }],
];

const ms = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function measured(options: { store?: string }): Promise<Record<string, number>> {
  const times: Record<string, number[]> = {};
  const add = (name: string, time: number) => {
    times[name] = [...(times[name] ?? []), time];
  };
  for (let run = 0; run < runs; run++) {
    add('open', await ms(async () => await (await openWorld(options)).close()));
    for (const [name, params] of asked) {
      const world = await openWorld(options);
      add(`${name}, first`, await ms(() => ask(name, params, world)));
      add(`${name}, again`, await ms(() => ask(name, params, world)));
      await world.close();
    }
    const world = await openWorld(options);
    let rows = 0;
    const time = await ms(async () => {
      rows = (await world.load(tradeFlow, { year: [2024] })).length;
    });
    add(`${rows} rows of trade_flow`, time);
    await world.close();
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

const results: [string, Record<string, number>][] = [['DuckDB', await measured({})]];
const tried = async (name: string, store: string) => {
  const load = await ms(() => loadStore({ store }));
  results.push([name, { 'load all tables': load, ...(await measured({ store })) }]);
};
const missing = clusterMissing();
if (missing) process.stdout.write(`no cluster: ${missing}\n`);
else {
  const cluster = await startCluster(2, 2);
  try {
    await tried('18.16, 2 × 2', cluster.url());
  } finally {
    await cluster.stop();
  }
}
const chdb = findChdb();
if ('missing' in chdb) process.stdout.write(`no chdb: ${chdb.missing}\n`);
else {
  const engine = await startChdb(chdb.folder);
  try {
    await tried('chdb', engine.url());
  } finally {
    engine.stop();
  }
}

const names = [...new Set(results.flatMap(([, times]) => Object.keys(times)))];
process.stdout.write(`${'ms, median'.padEnd(32)}${results.map(([name]) => name.padStart(22)).join('')}\n`);
for (const name of names) {
  const [, base] = results[0]!;
  const cells = results.map(([, times]) => {
    const time = times[name];
    if (time === undefined) return '–';
    const ratio = base[name] === undefined ? '' : ` (${(time / base[name]).toFixed(1)} ×)`;
    return `${time.toFixed(0)}${ratio}`;
  });
  process.stdout.write(`${name.padEnd(32)}${cells.map((c) => c.padStart(22)).join('')}\n`);
}

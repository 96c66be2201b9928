import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NamedNetwork } from '../src/analysis/flows/network.ts';
import { networkOf } from '../src/questions/network-of.ts';
import type { StageData } from '../src/questions/stage-data.ts';
import { stagesRead } from '../src/questions/stages-read.ts';
import { traceableYears } from '../src/questions/traceable-years.ts';
import { supplyOf } from '../src/questions/traced-shares.ts';
import { openWorld } from '../src/store/open.ts';

/**
 * Every mineral, stage, year and consumer of the snapshot that can be traced, through the functions that the
 * questions use: reading from disk, then by tonnes and by value, gross and net, each network built and every country
 * traced on it. Limit: 3 s on two cores. In the same run numpy inverts each of the same networks once, dense, which
 * serves all its consumers: the least that the textbook formula takes. Both add up the same checksum.
 *
 *   npm run bench trace-snapshot
 */
const limit = 3;
const clock = () => {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now() / 1000, cpu: (user + system) / 1e6 };
};
const since = (from: ReturnType<typeof clock>) => {
  const now = clock();
  return { wall: now.wall - from.wall, cpu: now.cpu - from.cpu };
};

const begin = clock();
const world = await openWorld({});
const dataOf = stagesRead(world, undefined);
const all: StageData[] = [];
for (const [pair, { both }] of await traceableYears(world)) {
  const [mineral, stage] = pair.split(' ') as [string, string];
  for (const year of both) all.push(await dataOf(mineral, stage, year));
}
const read = since(begin);

const start = clock();
const networks: NamedNetwork[] = [];
let traces = 0;
let checksum = 0;
let eliminated = 0;
for (const data of all)
  for (const weight of ['quantity', 'value'] as const)
    for (const method of ['gross', 'net'] as const) {
      const stage = networkOf(data, weight, method);
      if (!stage.network) continue;
      networks.push(stage.network);
      const { countries, positionOf } = stage.network;
      for (const country of countries) {
        const supply = supplyOf(stage, [country], true)!;
        traces++;
        if (supply.trace.solver === 'elimination') eliminated++;
        const i = positionOf.get(country)!;
        for (const [c, t] of supply.traced)
          checksum += (t / supply.consumption) * ((positionOf.get(c)! + i) % 7);
      }
    }
const traced = since(start);
world.close();

const told = (t: { wall: number; cpu: number }) =>
  `${t.wall.toFixed(2)} s, ${t.cpu.toFixed(2)} s of processor`;
console.log(`${traces} traces on ${networks.length} networks, ${eliminated} by elimination`);
console.log(`  reading   ${told(read)}`);
console.log(`  tracing   ${told(traced)}`);
const whole = read.wall + traced.wall;
console.log(`  in all    ${whole.toFixed(2)} s, limit ${limit} s: ${whole < limit ? 'met' : 'not met'}`);
if (whole >= limit) process.exitCode = 1;

const peer = `
import json, sys, time
try:
    import numpy as np
except ImportError:
    print('absent'); sys.exit(0)
with open(sys.argv[1]) as f:
    worlds = [(np.array(w['at'], dtype=int).reshape(-1, 2), np.array(w['z']), np.array(w['p'])) for w in json.load(f)]
start, processor, s = time.perf_counter(), time.process_time(), 0.0
for at, z, p in worlds:
    n = len(p)
    Z = np.zeros((n, n))
    np.add.at(Z, (at[:, 0], at[:, 1]), z)
    out, into = Z.sum(axis=1), Z.sum(axis=0)
    rest = p + into - out
    rest[abs(rest) <= 1e-14 * out] = 0
    u = np.maximum(0, -rest)
    c = np.maximum(0, rest)
    x = c + out
    x[x == 0] = 1
    kept = c > 0
    weight = (np.arange(n)[:, None] + np.arange(n)[None, :]) % 7
    # row j of the inverse holds the part of j's goods that ends in each consumer
    shares = np.linalg.inv(np.diag(x) - Z).T * (p + u)
    s += float((shares[kept] * weight[kept]).sum())
print(time.perf_counter() - start, time.process_time() - processor, repr(s), sep='\t')
`;
const place = mkdtempSync(join(tmpdir(), 'headwater-bench-'));
const file = join(place, 'networks.json');
writeFileSync(
  file,
  JSON.stringify(
    networks.map(({ flows, production }) => ({
      at: Array.from({ length: flows.n }, (_, j) =>
        Array.from(flows.to.subarray(flows.start[j]!, flows.start[j + 1]!), (k) => [j, k]),
      ).flat(),
      z: [...flows.amount],
      p: [...production],
    })),
  ),
);
const run = spawnSync('python3', ['-c', peer, file], { encoding: 'utf8' });
rmSync(place, { recursive: true });
const [wall, cpu, sum] = run.status === 0 ? run.stdout.trim().split('\t').map(Number) : [];
if (cpu === undefined || wall === undefined || sum === undefined) {
  console.log(`python3 with numpy is not here, or failed: no comparison ${run.stderr}`);
} else {
  console.log(
    `  numpy     ${told({ wall, cpu })}: ${(wall / traced.wall).toFixed(1)} times ours, ${(cpu / traced.cpu).toFixed(1)} of processor`,
  );
  const off = Math.abs(sum - checksum) / checksum;
  if (!(off < 1e-9)) {
    console.error(`checksums differ by ${off}: numpy ${sum}, headwater ${checksum}`);
    process.exitCode = 1;
  }
}

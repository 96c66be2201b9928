import { spawnSync } from 'node:child_process';
import { flowMatrix } from '../src/analysis/flows/flow-matrix.ts';
import { balanced } from '../src/analysis/flows/network.ts';
import { traceTo } from '../src/analysis/flows/trace.ts';

/**
 * Traces one consumer in each of 5,000 invented 230-country networks of about 700 flows (a customs code and year in
 * BACI), building each network from its list of flows, and the same with scipy in the same run. Both make the
 * same networks from one integer generator and print the same checksum, so neither can skip work.
 *
 *   npm run bench trace
 */
const traces = 5000;
const countries = 230;
const flows = 700;

/** x ← 1103515245 x + 12345 mod 2^31, small enough for exact products in both languages */
let state = 20240229;
const next = () => {
  state = Number((1103515245n * BigInt(state) + 12345n) % 2147483648n);
  return state;
};
const numbers = new Int32Array(20_000).map(() => next());
const at = (k: number) => numbers[k % numbers.length]!;

/** exporter, importer, tonnes: few exporters sell to many, as in life; tonnes over four orders of magnitude */
function network(i: number) {
  const exporter = new Int32Array(flows);
  const importer = new Int32Array(flows);
  const tonnes = new Float64Array(flows);
  for (let e = 0; e < flows; e++) {
    const k = 37 * i + 4 * e;
    exporter[e] = Math.floor(((at(k) % countries) * (at(k + 1) % countries)) / countries);
    importer[e] = at(k + 2) % countries;
    tonnes[e] = 1 + ((at(k + 3) % 10000) * (at(k + 1) % 100)) / 100;
  }
  const production = new Float64Array(countries);
  for (let j = 0; j < 25; j++) production[j * 3] = (at(11 * i + j) % 5000) * 10;
  return { exporter, importer, tonnes, production, consumer: at(i) % countries };
}

function ours(count: number): { seconds: number; checksum: number; sweeps: number; eliminated: number } {
  const worlds = Array.from({ length: count }, (_, i) => network(i));
  const start = performance.now();
  let checksum = 0;
  let sweeps = 0;
  let eliminated = 0;
  for (const w of worlds) {
    const net = balanced(flowMatrix(countries, w.exporter, w.importer, w.tonnes), w.production);
    const trace = traceTo(net, [w.consumer]);
    for (let j = 0; j < countries; j++) checksum += trace.traced[j]! * (1 + (j % 7));
    sweeps += trace.sweeps;
    if (trace.solver === 'elimination') eliminated++;
  }
  return { seconds: (performance.now() - start) / 1000, checksum, sweeps, eliminated };
}

/** The peer: scipy CSR and SuperLU, which solves the same transposed system for one consumer. */
const peer = `
import sys, time
try:
    import numpy as np
    from scipy.sparse import csr_matrix, csc_matrix, diags
    from scipy.sparse.linalg import spsolve
except ImportError as e:
    print('absent', e); sys.exit(0)
T, N, F = ${traces}, ${countries}, ${flows}
x, numbers = 20240229, []
for _ in range(20000):
    x = (1103515245 * x + 12345) % 2147483648
    numbers.append(x)
numbers = np.array(numbers, dtype=np.int64)
def network(i):
    k = 37 * i + 4 * np.arange(F)
    at = lambda q: numbers[q % 20000]
    ex = ((at(k) % N) * (at(k + 1) % N)) // N
    im = at(k + 2) % N
    z = 1 + ((at(k + 3) % 10000) * (at(k + 1) % 100)) / 100
    p = np.zeros(N)
    p[np.arange(25) * 3] = (at(11 * i + np.arange(25)) % 5000) * 10
    return ex, im, z, p, int(numbers[i % 20000] % N)
weight = 1 + np.arange(N) % 7
def trace(w, solve):
    ex, im, z, p, i = w
    keep = ex != im
    Z = csr_matrix((z[keep], (ex[keep], im[keep])), shape=(N, N))
    out = np.asarray(Z.sum(axis=1)).ravel()
    into = np.asarray(Z.sum(axis=0)).ravel()
    u = np.maximum(0, out - p - into)
    x = p + u + into
    c = np.maximum(0, x - out)
    b = np.zeros(N)
    b[i] = c[i]
    q = solve(x, Z, b)
    return q * (p + u)
def sparse(x, Z, b):
    return spsolve((diags(np.where(x > 0, x, 1)) - Z).tocsc(), b)
worlds = [network(i) for i in range(T)]
for name, solve in (('scipy sparse', sparse),):
    start = time.perf_counter()
    s = 0.0
    for w in worlds:
        s += float(trace(w, solve) @ weight)
    print(name, time.perf_counter() - start, repr(s), sep='\\t')
`;

ours(500); // once unmeasured, so that the compiler has seen the code
const mine = ours(traces);
const show = (name: string, seconds: number) =>
  `${name.padEnd(14)} ${seconds.toFixed(2).padStart(7)} s  ${((1e3 * seconds) / traces).toFixed(3)} ms a trace`;
console.log(show('headwater', mine.seconds));
console.log(`  ${(mine.sweeps / traces).toFixed(1)} sweeps on average, ${mine.eliminated} by elimination`);

const run = spawnSync('python3', ['-c', peer], { encoding: 'utf8' });
const lines = run.status === 0 ? run.stdout.trim().split('\n') : [];
if (!lines.length || lines[0]!.startsWith('absent')) {
  console.log('python3 with numpy and scipy is not here: no comparison');
} else {
  for (const line of lines) {
    const [name, seconds, sum] = line.split('\t');
    console.log(`${show(name!, Number(seconds))}  ${(Number(seconds) / mine.seconds).toFixed(1)} times ours`);
    const off = Math.abs(Number(sum) - mine.checksum) / mine.checksum;
    if (!(off < 1e-6)) {
      console.error(`checksums differ by ${off}: ${name} ${sum}, headwater ${mine.checksum}`);
      process.exitCode = 1;
    }
  }
}

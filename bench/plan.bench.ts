import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../src/analysis/sourcing/assemble.ts';
import { frontiers } from '../src/analysis/sourcing/frontier.ts';
import { lpText } from '../src/analysis/sourcing/lp-text.ts';
import { sourcingModel } from '../src/analysis/sourcing/model.ts';
import { partsOf } from '../src/analysis/sourcing/parts.ts';
import { planFor } from '../src/analysis/sourcing/plan.ts';
import { noLimits, type Offer, type Problem } from '../src/analysis/sourcing/problem.ts';
import { planQuestion } from '../src/questions/plan.ts';
import { solveModels } from '../src/solver/highs.ts';
import { openWorld } from '../src/store/open.ts';
import type { LinearModel } from '../src/store/world.ts';

/**
 * Plans 230 invented suppliers × 50 minerals × 10 years under a traced cap: once in the parts that no limit joins,
 * once as a single model that a budget joins, beside native solvers on that same model in the same run. Then a
 * frontier of 20 points, and the UK list on the snapshot.
 *
 *   npm run bench plan
 */
const suppliers = 230;
const minerals = 50;
const years = 10;

let state = 20240229;
/** 0 ≤ x < 1, from one integer generator */
const next = () => {
  state = Number((1103515245n * BigInt(state) + 12345n) % 2147483648n);
  return state / 2147483648;
};
const country = (k: number) =>
  String.fromCharCode(65 + Math.floor(k / 676), 65 + (Math.floor(k / 26) % 26), 65 + (k % 26));

function world(budgetUsd: number | null): Problem {
  state = 20240229;
  const offers: Offer[] = [];
  const needs: Problem['needs'][number][] = [];
  for (let m = 0; m < minerals; m++) {
    const mineral = `m${m}`;
    const size = 10 ** (1 + 5 * next());
    const price = 10 ** (2 + 3 * next());
    for (let y = 0; y < years; y++)
      needs.push({ mineral, stage: 'refine', year: 2026 + y, quantity_t: size * 1.03 ** y, weight: 1 });
    for (let s = 0; s < suppliers; s++) {
      const part = next();
      const other = country(Math.floor(next() * suppliers));
      const origins = new Map([[country(s), part]]);
      origins.set(other, (origins.get(other) ?? 0) + 1 - part);
      offers.push({
        supplier: country(s),
        kind: 'import',
        country: country(s),
        mineral,
        stage: 'refine',
        year: null,
        available_t: size * next() * 0.5,
        cost_usd_per_t: price * (0.7 + 0.6 * next()),
        origins,
        owners: origins,
        current_t: null,
        project: null,
      });
    }
  }
  return {
    home: new Set(['GBR']),
    needs,
    offers,
    projects: [],
    limits: { ...noLimits, cap: 0.3, capOn: 'traced', budgetUsd },
  };
}

const timed = async <T>(work: () => Promise<T> | T): Promise<[T, number]> => {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
};
const show = (name: string, seconds: number, more = '') =>
  console.log(`${name.padEnd(44)} ${seconds.toFixed(2).padStart(7)} s  ${more}`);
const fail = (text: string) => {
  console.error(text);
  process.exitCode = 1;
};

await solveModels([]); // the solver is loaded once, unmeasured
const [parts, inParts] = await timed(() => planFor(world(null), 'cost', solveModels));
if (parts.unmet.length) fail('the invented world cannot be supplied');
show(
  `${suppliers} × ${minerals} × ${years}, in parts, with prices`,
  inParts,
  `${parts.cost_usd.toExponential(6)} USD`,
);

const joined = assemble(sourcingModel(world(parts.cost_usd * 1.0001)));
// rows that can never bind are left out for all solvers alike
const model = partsOf(joined)[0]!.linear;
const size = `${model.columns.length} columns, ${model.rows.length} rows`;
const [[whole], asOne] = await timed(() => solveModels([model]));
show('the same as one model', asOne, size);
if (Math.abs(whole!.objective! / parts.cost_usd - 1) > 1e-6) fail('parts and whole do not agree');
if (asOne > 4) fail('over 4 s');

/** The model as arrays for another solver. */
function arrays({ columns, rows }: LinearModel) {
  const bound = (x: number) => (Number.isFinite(x) ? x : null);
  return {
    c: columns.map((c) => c.cost),
    u: columns.map((c) => bound(c.upper)),
    lower: rows.map((r) => bound(r.lower)),
    upper: rows.map((r) => bound(r.upper)),
    terms: rows.map((r) => r.terms),
  };
}
const peer = `
import json, sys, time
try:
    import numpy as np, scipy
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix
except ImportError as e:
    print('absent', e); sys.exit(0)
m = json.load(open(sys.argv[1]))
def block(pick, side, sign=1):
    r, c, v, b = [], [], [], []
    for i, t in enumerate(m['terms']):
        if not pick(i): continue
        for j, a in t:
            r.append(len(b)); c.append(j); v.append(sign * a)
        b.append(sign * m[side][i])
    return (csr_matrix((v, (r, c)), shape=(len(b), len(m['c']))), b) if b else (None, None)
eq = lambda i: m['lower'][i] is not None and m['lower'][i] == m['upper'][i]
Ae, be = block(eq, 'lower')
Au, bu = block(lambda i: not eq(i) and m['upper'][i] is not None, 'upper')
start = time.perf_counter()
r = linprog(m['c'], A_ub=Au, b_ub=bu, A_eq=Ae, b_eq=be, bounds=[(0, u) for u in m['u']], method='highs')
print('HiGHS native (scipy %s)' % scipy.__version__, time.perf_counter() - start, repr(r.fun), sep='\\t')
`;
const folder = mkdtempSync(join(tmpdir(), 'headwater-bench-'));
try {
  const file = join(folder, 'model.json');
  writeFileSync(file, JSON.stringify(arrays(model)));
  const run = spawnSync('python3', ['-c', peer, file], { encoding: 'utf8' });
  const [name, seconds, cost] = (run.stdout ?? '').trim().split('\t');
  if (run.status !== 0 || !seconds)
    console.log('python3 with scipy is not here: no comparison with native HiGHS');
  else {
    show(name!, Number(seconds), `${(Number(seconds) / asOne).toFixed(2)} times ours`);
    if (Math.abs(Number(cost) / whole!.objective! - 1) > 1e-6)
      fail(`native HiGHS finds another cost: ${cost}`);
  }
  const lp = join(folder, 'model.lp');
  writeFileSync(lp, lpText(model));
  const [glpk, glpkSeconds] = await timed(() =>
    spawnSync('glpsol', ['--lp', lp, '--tmlim', '120', '-o', join(folder, 'out.txt')], { encoding: 'utf8' }),
  );
  if (glpk.status === null || glpk.status !== 0)
    console.log('glpsol (Debian: glpk-utils) is not here: no comparison with GLPK');
  else
    show(
      'GLPK native (glpsol, reading included)',
      glpkSeconds,
      `${(glpkSeconds / asOne).toFixed(2)} times ours`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const one = world(null);
const few = { ...one, needs: one.needs.filter((n) => n.year === 2035) };
const [fronts, swept] = await timed(() => frontiers(few, 'cap', 20, solveModels));
show(
  `${fronts.length} frontiers of 20 points each`,
  swept,
  `${fronts.filter((f) => f.knee !== null).length} with a knee`,
);
if (swept > 5) fail('over 5 s');

const snapshot = await openWorld({ solve: solveModels });
const uk = (capOn: string) =>
  planQuestion.params.parse({ for: 'GBR', list: 'uk-2024', to: 2035, cap: 0.6, capOn });
for (const capOn of ['declared', 'traced']) {
  const [answer, seconds] = await timed(() => planQuestion.answer(uk(capOn), snapshot));
  show(`the UK list to 2035, cap on ${capOn}`, seconds, `${answer.rows.length} rows`);
  if (seconds > 2) fail('over 2 s');
}
snapshot.close();

import type { Highs, Model } from 'highs';
import * as highsModule from 'highs';
import type { LinearModel, LinearSolution } from '../store/world.ts';
import { type Units, unitsOf } from './scaling.ts';
import { byTangents } from './tangents.ts';

/** Relative gap at which a search over whole numbers may stop. */
export const gapAllowed = 1e-6;
/** Below this many columns presolving takes longer than solving. */
const worthPresolving = 2000;

/** The package's types describe its CommonJS build: from here the loader is the default export. */
const loadHighs = highsModule.default as unknown as () => Promise<Highs>;
let loaded: Promise<Highs> | undefined;

/**
 * Solves models one after another with HiGHS. A model that has the matrix of the one before starts from its basis.
 * Blocks its thread: call it in a worker (workers/solving.ts). Results do not depend on what was solved before
 * except where several optima are equally good.
 *
 * @param signal looked at between models
 */
export async function solveModels(
  models: readonly LinearModel[],
  signal?: AbortSignal,
): Promise<LinearSolution[]> {
  loaded ??= loadHighs();
  const highs = await loaded;
  const solutions: LinearSolution[] = [];
  const native = newModel(highs);
  try {
    let before: { units: Units; model: LinearModel } | null = null;
    for (const model of models) {
      signal?.throwIfAborted();
      const linear = !model.squares && !model.columns.some((c) => c.integer);
      const warm: boolean = before !== null && linear && sameMatrix(before.model, model);
      const units: Units = warm ? before!.units : unitsOf(model);
      if (warm) changeBounds(native, model, units);
      else pass(native, highs, model, units);
      solutions.push(
        model.squares ? quadratic(native, highs, units, model) : solution(native, highs, units, model),
      );
      // explaining a conflict takes the model apart
      const whole = linear && solutions.at(-1)!.irreducible === null;
      before = whole ? { units, model } : null;
    }
  } finally {
    native.dispose();
  }
  return solutions;
}

function newModel(highs: Highs): Model {
  const native = highs.createModel();
  native.options.set({
    output_flag: false,
    primal_feasibility_tolerance: 1e-9,
    dual_feasibility_tolerance: 1e-9,
    mip_rel_gap: gapAllowed,
    mip_feasibility_tolerance: 1e-9,
    qp_regularization_value: 1e-12,
    random_seed: 1,
  });
  return native;
}

/** The quadratic solver gives up on some models that have a solution, or goes round in them: these are solved by linear ones. */
function quadratic(native: Model, highs: Highs, units: Units, model: LinearModel): LinearSolution {
  try {
    native.options.set({ qp_iteration_limit: 100 + 20 * (model.columns.length + model.rows.length) });
    const found = solution(native, highs, units, model);
    if (found.status !== 'limit') return found;
  } catch {
    // HiGHS says so by an error
  }
  return byTangents(model, (linear) => {
    const fresh = newModel(highs);
    try {
      const of = unitsOf(linear);
      pass(fresh, highs, linear, of);
      return solution(fresh, highs, of, linear);
    } finally {
      fresh.dispose();
    }
  });
}

const sameMatrix = (a: LinearModel, b: LinearModel): boolean =>
  a.columns.length === b.columns.length &&
  a.rows.length === b.rows.length &&
  a.rows.every((row, i) => {
    const other = b.rows[i]!.terms;
    if (row.terms === other) return true;
    return (
      row.terms.length === other.length &&
      row.terms.every(([j, x], k) => j === other[k]![0] && x === other[k]![1])
    );
  });

/** Costs and bounds in the units of the solver, without making the model anew. */
const figures = ({ columns, rows }: LinearModel, units: Units) => ({
  colCost: Float64Array.from(columns, (c, j) => (c.cost * units.columns[j]!) / units.cost),
  colLower: Float64Array.from(columns, (c, j) => c.lower / units.columns[j]!),
  colUpper: Float64Array.from(columns, (c, j) => c.upper / units.columns[j]!),
  rowLower: Float64Array.from(rows, (r, i) => r.lower / units.rows[i]!),
  rowUpper: Float64Array.from(rows, (r, i) => r.upper / units.rows[i]!),
});

function changeBounds(native: Model, model: LinearModel, units: Units): void {
  const all = (n: number) => ({ kind: 'range', from: 0, to: n - 1 }) as const;
  const { colCost, colLower, colUpper, rowLower, rowUpper } = figures(model, units);
  if (colCost.length > 0) {
    native.changeColsCost(all(colCost.length), colCost);
    native.changeColsBounds(all(colCost.length), colLower, colUpper);
  }
  if (rowLower.length > 0) native.changeRowsBounds(all(rowLower.length), rowLower, rowUpper);
}

function pass(native: Model, highs: Highs, model: LinearModel, units: Units): void {
  const { columns, rows, squares } = model;
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((r, i) => {
    starts[i + 1] = starts[i]! + r.terms.length;
  });
  const indices = new Int32Array(starts[rows.length]!);
  const values = new Float64Array(starts[rows.length]!);
  let at = 0;
  for (let i = 0; i < rows.length; i++)
    for (const [j, a] of rows[i]!.terms) {
      indices[at] = j;
      values[at++] = (a * units.columns[j]!) / units.rows[i]!;
    }
  const { integer, continuous } = highs.constants.variableType;
  const whole = columns.some((c) => c.integer);
  native.options.set({ presolve: columns.length < worthPresolving && !whole ? 'off' : 'choose' });
  native.passModel({
    numCols: columns.length,
    numRows: rows.length,
    ...figures(model, units),
    matrix: { format: 'csr', numRows: rows.length, numCols: columns.length, starts, indices, values },
    ...(whole && { integrality: columns.map((c) => (c.integer ? integer : continuous)) }),
    ...(squares && {
      hessian: {
        format: 'triangular',
        dimension: columns.length,
        starts: Int32Array.from({ length: columns.length + 1 }, (_, j) => j),
        indices: Int32Array.from(columns, (_, j) => j),
        // HiGHS minimises ½ xᵀQx
        values: Float64Array.from(
          columns,
          (_, j) => (2 * (squares[j] ?? 0) * units.columns[j]! ** 2) / units.cost,
        ),
      },
    }),
  });
}

function solution(native: Model, highs: Highs, units: Units, model: LinearModel): LinearSolution {
  const { modelStatus: codes } = highs.constants;
  let code = native.run().modelStatus;
  if (code === codes.unboundedOrInfeasible) {
    native.options.set({ presolve: 'off' });
    native.clearSolver();
    code = native.run().modelStatus;
  }
  const nothing = { objective: null, values: [], duals: null, reducedCosts: null, gap: 0 };
  if (code === codes.infeasible)
    return {
      ...nothing,
      status: 'infeasible',
      irreducible: model.explain ? conflict(native, highs, model) : null,
    };
  if (code === codes.unbounded) return { ...nothing, status: 'unbounded', irreducible: null };
  const solved = code === codes.optimal || code === codes.empty;
  const found = native.getSolution();
  const whole = model.columns.some((c) => c.integer);
  const values = model.columns.map((c, j) => {
    const x = found.colValue[j]! * units.columns[j]!;
    const within = Math.min(Math.max(c.integer ? Math.round(x) : x, c.lower), c.upper);
    // a solver's −0 and its last bit are no quantities
    return Math.abs(within) < 1e-13 * units.columns[j]! ? 0 : within;
  });
  const linear = model.columns.reduce((sum, c, j) => sum + c.cost * values[j]!, 0);
  const objective = (model.squares ?? []).reduce((sum, q, j) => sum + q * values[j]! ** 2, linear);
  const gap = whole ? Number(native.info.get('mip_gap')) : 0;
  return {
    status: solved ? 'optimal' : 'limit',
    objective: solved ? objective : null,
    values,
    duals: whole ? null : model.rows.map((_, i) => (found.rowDual[i]! * units.cost) / units.rows[i]! || 0),
    reducedCosts: whole
      ? null
      : model.columns.map((_, j) => (found.colDual[j]! * units.cost) / units.columns[j]! || 0),
    gap: Number.isFinite(gap) ? gap : 1,
    irreducible: null,
  };
}

/**
 * An irreducible infeasible set: rows, and upper bounds of columns. HiGHS proposes one; limits without which there is
 * still no solution are then dropped one by one, bounds before rows, so that each one left is needed.
 */
function conflict(native: Model, highs: Highs, model: LinearModel): LinearSolution['irreducible'] {
  const { infinity, constants } = highs;
  const { boundUpper, boundBoxed } = constants.iis;
  const all = {
    rows: [...model.rows.keys()],
    columns: [...model.columns.keys()].filter((j) => model.columns[j]!.upper < Infinity),
  };
  const { rowLower, rowUpper, colLower, colUpper } = native.getModel();
  const without = (kind: 'rows' | 'columns', at: number, gone: boolean) => {
    if (kind === 'rows')
      native.changeRowBounds(at, gone ? -infinity : rowLower[at]!, gone ? infinity : rowUpper[at]!);
    else native.changeColBounds(at, colLower[at]!, gone ? infinity : colUpper[at]!);
  };
  const impossible = () => native.run().modelStatus === constants.modelStatus.infeasible;
  let proposed = all;
  try {
    native.options.set({ iis_strategy: 2 });
    const found = native.getIis();
    const upper = (k: number) => found.colBound[k] === boundUpper || found.colBound[k] === boundBoxed;
    proposed = { rows: [...found.rowIndex], columns: [...found.colIndex].filter((_, k) => upper(k)) };
  } catch {
    // a model over whole numbers has none
  }
  for (const kind of ['rows', 'columns'] as const) {
    const kept = new Set(proposed[kind]);
    for (const at of all[kind]) if (!kept.has(at)) without(kind, at, true);
  }
  if (!impossible()) {
    for (const kind of ['rows', 'columns'] as const) for (const at of all[kind]) without(kind, at, false);
    proposed = all;
  }
  const needed = { rows: [] as number[], columns: [] as number[] };
  for (const kind of ['columns', 'rows'] as const)
    for (const at of proposed[kind]) {
      without(kind, at, true);
      if (impossible()) continue;
      without(kind, at, false);
      needed[kind].push(at);
    }
  return needed;
}

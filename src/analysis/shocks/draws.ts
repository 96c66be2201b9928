import { baselineOf } from './baseline.ts';
import { cascadeRoom, cascadeRules, pathsOf, runCascade } from './cascade-run.ts';
import { type Offers, settle, soldAt } from './market.ts';
import { stepThrough } from './month-by-month.ts';
import { lanes, roomFor, sizeOf, takeLane } from './month-room.ts';
import { type Range, randomFrom, triangular } from './random.ts';
import { type Assumptions, productionLoss, type Shock, type ShockNetwork } from './shock.ts';
import { lay } from './strikes.ts';

/**
 * What is uncertain, one number each. `severity`, `duration`, `stock` and `spare` multiply what the shock and the
 * assumptions say; the others replace it.
 */
export const factors = [
  'severity',
  'duration',
  'stock',
  'spare',
  'supplyElasticity',
  'demandElasticity',
  'response',
  'sharing',
] as const;
export type Factor = (typeof factors)[number];
export type Ranges = Readonly<Record<Factor, Range>>;
export type Factors = Record<Factor, number>;

/** What each factor is in words. */
export const factorNames: Readonly<Record<Factor, string>> = {
  severity: 'severity of the shock',
  duration: 'how long it lasts',
  stock: 'stocks at hand',
  spare: 'spare capacity elsewhere',
  supplyElasticity: 'elasticity of supply',
  demandElasticity: 'elasticity of demand',
  response: 'how far those struck keep goods at home',
  sharing: 'how far the market spreads the gap',
};

export type ModelName = 'cascade' | 'market' | 'months';

/** Which factors a model listens to. */
export const factorsOf: Readonly<Record<ModelName, readonly Factor[]>> = {
  cascade: ['severity', 'stock'],
  market: ['severity', 'spare', 'supplyElasticity', 'demandElasticity'],
  months: ['severity', 'duration', 'stock', 'spare', 'demandElasticity', 'response', 'sharing'],
};

/** Ranges around a set of assumptions where no source gives a range; each is an assumption of ours. */
export function rangesAround(a: Assumptions, own: Partial<Ranges> = {}): Ranges {
  const around = (mode: number, low: number, high: number): Range => ({ low, mode, high });
  return {
    severity: around(1, 0.7, 1.3),
    duration: around(1, 0.5, 1.5),
    stock: around(1, 0.5, 1.5),
    spare: around(1, 0, 2),
    supplyElasticity: around(a.supplyElasticity, a.supplyElasticity / 3, a.supplyElasticity * 2),
    demandElasticity: around(a.demandElasticity, a.demandElasticity * 2.5, a.demandElasticity / 3),
    response: around(a.response, 0, 1),
    sharing: around(a.sharing, 0, 1),
    ...own,
  };
}

/** Everything a chunk of draws needs; plain data, so that it can be sent to a thread. */
export interface DrawJob {
  readonly model: ModelName;
  readonly network: ShockNetwork;
  readonly shocks: readonly Shock[];
  readonly assumptions: Assumptions;
  readonly ranges: Ranges;
  /** countries whose shortfall is kept, as positions in `network.countries` */
  readonly kept: readonly number[];
  readonly seed: number;
}

/**
 * Shortfall per kept country: in `months` one cell per month and then the sum over the months, else one cell.
 * Cells of one country stand together.
 */
export const cellsPerCountry = (job: Pick<DrawJob, 'model' | 'assumptions'>): number =>
  job.model === 'months' ? job.assumptions.months + 1 : 1;

/** Draws in one chunk; a chunk has its own stream of random numbers. */
export const chunkSize = 1000;

/** Severity stays a share: a shock multiplied beyond all of output is all of it. */
const scaled = (share: number, by: number) => Math.min(1, Math.max(0, share * by));

/** Runs of a model, one from each set of factors; fills a row of `cells` for each, from position `at` on. */
export type Run = (draws: readonly Factors[], cells: Float64Array, at?: number) => void;

/** Prepares a model for many runs: what does not change between them is worked out once, buffers are reused. */
export const prepare = (job: DrawJob): Run =>
  job.model === 'months' ? monthsRun(job) : job.model === 'market' ? marketRun(job) : cascadeRun(job);

/** Capacity beyond output, t. */
const spareOf = ({ network, assumptions }: DrawJob) =>
  Float64Array.from(network.production, (p, j) => Math.max(0, assumptions.capacity[j]! - p));

function monthsRun(job: DrawJob): Run {
  const { network, shocks, assumptions } = job;
  const { months } = assumptions;
  const n = network.countries.length;
  const kept = Int32Array.from(job.kept);
  const width = kept.length * (months + 1);
  const stock0 = Float64Array.from(assumptions.stock);
  const production = Float64Array.from(network.production);
  const spare = spareOf(job);
  const struck = lay(network, shocks, assumptions.demandElasticity);
  const { strikes, reach } = struck;
  const room = roomFor(sizeOf(struck), months, assumptions.pipelineMonths);
  const shares = new Float64Array(strikes.length);
  const lasts = new Float64Array(strikes.length);
  const stock = new Float64Array(n);
  const capacity = production.slice();
  const lane = { ...assumptions, shares, lasts, stock, capacity };
  const take = (f: Factors, d: number) => {
    // no other country's stock or capacity is asked for
    for (const j of kept) stock[j] = stock0[j]! * f.stock;
    for (const j of reach.sellers) capacity[j] = production[j]! + spare[j]! * f.spare;
    for (let s = 0; s < strikes.length; s++) {
      const { first, last, share } = strikes[s]!;
      shares[s] = scaled(share, f.severity);
      // a shock without an end lasts through the run, whatever is drawn
      lasts[s] = last > 1e9 ? last : first + Math.round((last - first + 1) * f.duration) - 1;
    }
    lane.response = f.response;
    lane.sharing = f.sharing;
    takeLane(struck, lane, d, room);
  };
  return (draws, cells, at = 0) => {
    for (let from = 0; from < draws.length; from += lanes) {
      const count = Math.min(lanes, draws.length - from);
      // lanes beyond the last draw run what they held before; nobody reads them
      for (let d = 0; d < count; d++) take(draws[from + d]!, d);
      stepThrough(struck, assumptions, room, kept);
      for (let d = 0; d < count; d++)
        for (let c = 0; c < kept.length; c++) {
          const first = at + (from + d) * width + c * (months + 1);
          let sum = 0;
          for (let t = 0; t < months; t++) {
            const short = room.shortfall[(t * n + kept[c]!) * lanes + d]!;
            cells[first + t] = short;
            sum += short;
          }
          cells[first + months] = sum;
        }
    }
  };
}

/** The runs of a model that goes through one draw at a time. */
const oneByOne =
  (width: number, run: (f: Factors, cells: Float64Array, at: number) => void): Run =>
  (draws, cells, at = 0) => {
    for (let i = 0; i < draws.length; i++) run(draws[i]!, cells, at + i * width);
  };

function marketRun(job: DrawJob): Run {
  const { network } = job;
  const { consumption } = baselineOf(network);
  const used = Float64Array.from(job.kept, (j) => consumption[j]!);
  const lost = productionLoss(network, job.shocks);
  const spare = spareOf(job);
  const producers = Int32Array.from(Array.from(lost, (_, j) => j).filter((j) => network.production[j]! > 0));
  const before = Float64Array.from(producers, (j) => network.production[j]!);
  const offers: Offers = {
    output: before.slice(),
    top: new Float64Array(producers.length),
    demand: before.reduce((a, b) => a + b, 0),
  };
  return oneByOne(used.length, (f, cells, at) => {
    let anyLost = false;
    for (let i = 0; i < producers.length; i++) {
      const j = producers[i]!;
      const share = scaled(lost[j]!, f.severity);
      if (share > 0) anyLost = true;
      offers.output[i] = share > 0 ? (1 - share) * before[i]! : before[i]!;
      offers.top[i] = share > 0 ? -1 : before[i]! + spare[j]! * f.spare;
    }
    const { demand } = offers;
    const missing = anyLost && demand > 0 ? 1 - soldAt(offers, settle(offers, f), f) / demand : 0;
    for (let c = 0; c < used.length; c++) cells[at + c] = used[c]! * missing;
  });
}

function cascadeRun(job: DrawJob): Run {
  const { network, assumptions } = job;
  const kept = Int32Array.from(job.kept);
  const stock0 = Float64Array.from(assumptions.stock);
  const production = Float64Array.from(network.production);
  const lost = productionLoss(network, job.shocks);
  const struck = Int32Array.from(Array.from(lost, (_, j) => j).filter((j) => lost[j]! > 0));
  const paths = pathsOf(network);
  const room = cascadeRoom(paths);
  const rules = { ...cascadeRules, consumptionBuffer: assumptions.consumptionBuffer };
  const { reserves, shock, consumptionChange } = room;
  return oneByOne(kept.length, (f, cells, at) => {
    for (let j = 0; j < stock0.length; j++) reserves[j] = stock0[j]! * f.stock;
    for (const j of struck) shock[j] = -scaled(lost[j]!, f.severity) * production[j]!;
    runCascade(paths, rules, room);
    for (let c = 0; c < kept.length; c++) cells[at + c] = Math.max(0, -consumptionChange[kept[c]!]!);
  });
}

/**
 * One chunk of draws: `count` rows of cells, row by row. Depends on the job, the chunk's number and nothing else,
 * so that chunks may run anywhere and in any order.
 *
 * @param run the job, prepared; whoever draws many chunks prepares once
 */
export function drawChunk(job: DrawJob, chunk: number, count: number, run: Run = prepare(job)): Float64Array {
  const random = randomFrom(job.seed, chunk);
  const width = job.kept.length * cellsPerCountry(job);
  const all = new Float64Array(count * width);
  const ranges = factors.map((f) => job.ranges[f]);
  const draw = modes(job.ranges);
  const draws = Array.from({ length: count }, () => {
    for (let k = 0; k < factors.length; k++) draw[factors[k]!] = triangular(ranges[k]!, random());
    return { ...draw };
  });
  run(draws, all);
  return all;
}

/** Every factor at its most likely value. */
export const modes = (ranges: Ranges): Factors =>
  Object.fromEntries(factors.map((f) => [f, ranges[f].mode])) as Factors;

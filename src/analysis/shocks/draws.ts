import { baselineOf } from './baseline.ts';
import { cascade } from './cascade.ts';
import { clear } from './market.ts';
import { roomFor, simulate, sizeOf } from './month-by-month.ts';
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

/** Prepares a model for many runs; the result fills `cells` from one set of factors. */
export function prepare(job: DrawJob): (f: Factors, cells: Float64Array) => void {
  const { network, shocks, assumptions, kept } = job;
  const n = network.countries.length;
  const stock = new Float64Array(n);
  const capacity = new Float64Array(n);
  const spare = Float64Array.from(network.production, (p, j) => Math.max(0, assumptions.capacity[j]! - p));
  const setStock = (by: number) => {
    for (let j = 0; j < n; j++) stock[j] = assumptions.stock[j]! * by;
  };
  const setCapacity = (by: number) => {
    for (let j = 0; j < n; j++) capacity[j] = network.production[j]! + spare[j]! * by;
  };

  if (job.model === 'months') {
    const struck = lay(network, shocks, assumptions.demandElasticity);
    const room = roomFor(sizeOf(struck), assumptions.months, assumptions.pipelineMonths);
    const shares = new Float64Array(struck.strikes.length);
    const lasts = new Float64Array(struck.strikes.length);
    const { months } = assumptions;
    const drawn = { ...assumptions, stock, capacity };
    return (f, cells) => {
      setStock(f.stock);
      setCapacity(f.spare);
      struck.strikes.forEach((strike, s) => {
        shares[s] = scaled(strike.share, f.severity);
        // a shock without an end lasts through the run, whatever is drawn
        const length = strike.last - strike.first + 1;
        lasts[s] = strike.last > 1e9 ? strike.last : strike.first + Math.round(length * f.duration) - 1;
      });
      drawn.demandElasticity = f.demandElasticity;
      drawn.response = f.response;
      drawn.sharing = f.sharing;
      const { shortfall } = simulate(struck, shares, drawn, room, lasts);
      kept.forEach((j, c) => {
        let sum = 0;
        for (let t = 0; t < months; t++) {
          const short = shortfall[t * n + j]!;
          cells[c * (months + 1) + t] = short;
          sum += short;
        }
        cells[c * (months + 1) + months] = sum;
      });
    };
  }

  const lost = productionLoss(network, shocks);
  if (job.model === 'market') {
    const { consumption } = baselineOf(network);
    const producers = Array.from(lost, (share, j) => ({ j, share, output: network.production[j]! })).filter(
      (p) => p.output > 0,
    );
    const states = producers.map((p) => ({ output: p.output, capacity: p.output, lost: 0 }));
    return (f, cells) => {
      producers.forEach((p, i) => {
        states[i]!.capacity = p.output + spare[p.j]! * f.spare;
        states[i]!.lost = scaled(p.share, f.severity);
      });
      const { quantity, demand } = clear(states, f);
      const missing = demand > 0 ? 1 - quantity / demand : 0;
      kept.forEach((j, c) => {
        cells[c] = consumption[j]! * missing;
      });
    };
  }

  return (f, cells) => {
    setStock(f.stock);
    const change = lost.map((share, j) => -scaled(share, f.severity) * network.production[j]!);
    const result = cascade(network, change, {
      reserves: stock,
      consumptionBuffer: assumptions.consumptionBuffer,
    });
    kept.forEach((j, c) => {
      cells[c] = Math.max(0, -result.consumptionChange[j]!);
    });
  };
}

/**
 * One chunk of draws: `count` rows of cells, row by row. Depends on the job, the chunk's number and nothing else,
 * so that chunks may run anywhere and in any order.
 */
export function drawChunk(job: DrawJob, chunk: number, count: number): Float64Array {
  const random = randomFrom(job.seed, chunk);
  const run = prepare(job);
  const width = job.kept.length * cellsPerCountry(job);
  const all = new Float64Array(count * width);
  const drawn = modes(job.ranges);
  for (let i = 0; i < count; i++) {
    for (const factor of factors) drawn[factor] = triangular(job.ranges[factor], random());
    run(drawn, all.subarray(i * width, (i + 1) * width));
  }
  return all;
}

/** Every factor at its most likely value. */
export const modes = (ranges: Ranges): Factors =>
  Object.fromEntries(factors.map((f) => [f, ranges[f].mode])) as Factors;

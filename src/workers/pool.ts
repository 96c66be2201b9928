import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { chunkSize, type DrawJob, drawChunk, prepare } from '../analysis/shocks/draws.ts';

export interface PoolOptions {
  /** worker threads; 0 = none, everything in this thread */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** called as chunks come in, with the part done, 0…1 */
  readonly progress?: (done: number) => void;
  /** built worker file; found beside the built code if left out */
  readonly worker?: string;
}

export interface Draws {
  /** rows of cells, one row per draw, in the order of the chunks */
  readonly cells: Float64Array;
  /** draws done; fewer than asked for where it was interrupted */
  readonly done: number;
  /** threads that worked; 0 = this one */
  readonly threads: number;
}

/** Below this many draws starting threads takes longer than drawing. */
const worthThreads = 4 * chunkSize;

/**
 * The built worker. Sources are run by tests and tools only: there nothing says that what lies in dist/ was built
 * from them, so the work is done in this thread. It gives the same numbers.
 */
function builtWorker(): string | null {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return null;
  for (const place of ['./shock-draws.js', './workers/shock-draws.js']) {
    const file = fileURLToPath(new URL(place, here));
    if (existsSync(file)) return file;
  }
  return null;
}

/**
 * Draws in worker threads. Each chunk has its own stream of random numbers and its own place in the result, so the
 * result depends on the job and the number of draws only, never on how many threads worked or which came first.
 * When `signal` aborts, chunks not yet begun are dropped and what is done is returned.
 */
export async function drawInThreads(job: DrawJob, draws: number, options: PoolOptions = {}): Promise<Draws> {
  const sizes: number[] = [];
  for (let left = draws; left > 0; left -= chunkSize) sizes.push(Math.min(left, chunkSize));
  const results = sizes.map((): Float64Array | undefined => undefined);
  const { signal, progress } = options;
  let came = 0;
  const keep = (chunk: number, cells: Float64Array) => {
    results[chunk] = cells;
    progress?.(++came / sizes.length);
  };
  const worker = options.worker ?? builtWorker();
  const wanted = options.threads ?? (draws < worthThreads ? 0 : availableParallelism());
  const threads = worker === null ? 0 : Math.min(wanted, sizes.length);

  if (threads > 0) {
    const pool = new Piscina({
      filename: worker!,
      minThreads: threads,
      maxThreads: threads,
      workerData: job,
    });
    try {
      let next = 0;
      const feed = async () => {
        while (next < sizes.length && !signal?.aborted) {
          const chunk = next++;
          keep(chunk, await pool.run({ chunk, count: sizes[chunk]! }));
        }
      };
      await Promise.all(Array.from({ length: threads }, feed));
    } finally {
      await pool.destroy();
    }
  } else {
    const run = prepare(job);
    for (const [chunk, count] of sizes.entries()) {
      if (signal?.aborted) break;
      keep(chunk, drawChunk(job, chunk, count, run));
      // lets an interrupt and other requests through between chunks
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  // an interrupted run keeps the chunks up to the first that is missing, so that it too is reproducible
  const upTo = results.indexOf(undefined);
  const whole = (upTo < 0 ? results : results.slice(0, upTo)) as Float64Array[];
  const cells = new Float64Array(whole.reduce((sum, r) => sum + r.length, 0));
  let at = 0;
  for (const r of whole) {
    cells.set(r, at);
    at += r.length;
  }
  const done = sizes.slice(0, whole.length).reduce((a, b) => a + b, 0);
  return { cells, done, threads };
}

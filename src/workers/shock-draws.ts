import { move, workerData } from 'piscina';
import { type DrawJob, drawChunk, prepare } from '../analysis/shocks/draws.ts';

/** The job comes with the thread and is prepared once; a task is one chunk of it. */
const job = workerData as DrawJob;
const run = prepare(job);

/** Entry point of a worker thread: one chunk of draws. The result is handed over, not copied. */
export default ({ chunk, count }: { chunk: number; count: number }) =>
  move(drawChunk(job, chunk, count, run)) as unknown as Float64Array;

import { workerData } from 'piscina';
import { type DrawJob, drawChunk, prepare } from '../analysis/shocks/draws.ts';

/** The job comes with the thread and is prepared once; a task is one chunk of it. */
const job = workerData as DrawJob;
const run = prepare(job);

/**
 * Entry point of a worker thread: one chunk of draws. The result is copied, not handed over: once a thread has given
 * away a single buffer, V8 checks before each read of any buffer whether it is still there, and draws take half as
 * long again.
 */
export default ({ chunk, count }: { chunk: number; count: number }) => drawChunk(job, chunk, count, run);

import { move } from 'piscina';
import { type DrawJob, drawChunk } from '../analysis/shocks/draws.ts';

/** Entry point of a worker thread: one chunk of draws. The result is handed over, not copied. */
export default ({ job, chunk, count }: { job: DrawJob; chunk: number; count: number }) => {
  const cells = drawChunk(job, chunk, count);
  return move(cells) as unknown as Float64Array;
};

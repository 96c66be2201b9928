import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { LinearModel, LinearSolution, Solve } from '../store/world.ts';

/** The built worker, see pool.ts: where only sources are, the work is done in this thread, with the same result. */
function builtWorker(): string | null {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return null;
  for (const place of ['./solve.js', './workers/solve.js']) {
    const file = fileURLToPath(new URL(place, here));
    if (existsSync(file)) return file;
  }
  return null;
}

let pool: Piscina | undefined;

/** Solves in a thread of its own, so that Ctrl-C and other requests get through; ends the thread when `signal` aborts. */
export const solveInThread: Solve = async (models, signal) => {
  signal?.throwIfAborted();
  if (models.length === 0) return [];
  const worker = builtWorker();
  if (worker === null) {
    const { solveModels } = await import('../solver/highs.ts');
    return await solveModels(models, signal);
  }
  pool ??= new Piscina({ filename: worker, minThreads: 0, maxThreads: 2, idleTimeout: 10_000 });
  return (await pool.run(models as LinearModel[], signal ? { signal } : {})) as LinearSolution[];
};

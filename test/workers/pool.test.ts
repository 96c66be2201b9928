import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsdown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellsPerCountry, chunkSize, type DrawJob, rangesAround } from '../../src/analysis/shocks/draws.ts';
import { assume } from '../../src/analysis/shocks/shock.ts';
import { drawInThreads } from '../../src/workers/pool.ts';
import { fiveCountries } from '../analysis/shocks/worlds.ts';

const assumptions = assume(fiveCountries, { stock: [0, 5, 1, 2, 1] });
const job: DrawJob = {
  model: 'months',
  network: fiveCountries,
  shocks: [{ kind: 'production_loss', country: 'CD', severity: 0.6, months: 6 }],
  assumptions,
  ranges: rangesAround(assumptions),
  kept: [3, 4],
  seed: 7,
};

describe('draws in threads', () => {
  // inside the project, so that the built worker finds its packages
  const folder = mkdtempSync(join(import.meta.dirname, '../../node_modules/.worker-'));
  const worker = join(folder, 'shock-draws.js');
  beforeAll(async () => {
    await build({
      config: false,
      entry: { 'shock-draws': join(import.meta.dirname, '../../src/workers/shock-draws.ts') },
      outDir: folder,
      platform: 'node',
      format: 'esm',
      dts: false,
      fixedExtension: false,
      logLevel: 'silent',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives the same numbers with no thread, one, two and three', async () => {
    const draws = 3 * chunkSize + 17;
    const alone = await drawInThreads(job, draws, { threads: 0 });
    expect(alone.threads).toBe(0);
    expect(alone.cells).toHaveLength(draws * 2 * cellsPerCountry(job));
    for (const threads of [1, 2, 3]) {
      const spread = await drawInThreads(job, draws, { threads, worker });
      expect(spread.threads).toBe(threads);
      expect(spread.cells).toEqual(alone.cells);
    }
  });

  it('another seed gives other numbers', async () => {
    const one = await drawInThreads(job, 100, { threads: 0 });
    const other = await drawInThreads({ ...job, seed: 8 }, 100, { threads: 0 });
    expect(other.cells).not.toEqual(one.cells);
  });

  it('more draws begin with the same draws', async () => {
    const few = await drawInThreads(job, chunkSize, { threads: 0 });
    const many = await drawInThreads(job, 2 * chunkSize, { threads: 0 });
    expect(many.cells.subarray(0, few.cells.length)).toEqual(few.cells);
  });

  it('says how far it is, and returns what is done when interrupted', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const part = await drawInThreads(job, 10 * chunkSize, {
      threads: 0,
      signal: stop.signal,
      progress: (done) => {
        seen.push(done);
        if (done >= 0.3) stop.abort();
      },
    });
    expect(seen).toEqual([0.1, 0.2, 0.3]);
    expect(part.done).toBe(3 * chunkSize);
  });
});

import { describe, expect, it } from 'vitest';
import { solveModels } from '../../src/solver/highs.ts';
import type { LinearModel } from '../../src/store/world.ts';
import { solveInThread } from '../../src/workers/solving.ts';

const model: LinearModel = {
  columns: [
    { name: 'x', cost: 2, lower: 0, upper: 6 },
    { name: 'y', cost: 3, lower: 0, upper: 9 },
  ],
  rows: [
    {
      name: 'demand',
      lower: 10,
      upper: 10,
      terms: [
        [0, 1],
        [1, 1],
      ],
    },
  ],
};

describe('solving beside the main thread', () => {
  it('gives what the solver gives', async () => {
    expect(await solveInThread([model, model])).toEqual(await solveModels([model, model]));
    expect(await solveInThread([])).toEqual([]);
  });

  it('ends when the person stops waiting', async () => {
    const abort = new AbortController();
    abort.abort(new Error('interrupted'));
    await expect(solveInThread([model], abort.signal)).rejects.toThrow('interrupted');
  });
});

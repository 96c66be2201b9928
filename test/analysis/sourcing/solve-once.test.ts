import { expect, it } from 'vitest';
import { solveOnce } from '../../../src/analysis/sourcing/solve-once.ts';
import { solveModels } from '../../../src/solver/highs.ts';
import type { LinearModel } from '../../../src/store/world.ts';

const model = (cost: number, upper = 6, more: Partial<LinearModel> = {}): LinearModel => ({
  columns: [
    { name: 'x', cost, lower: 0, upper },
    { name: 'y', cost: 3, lower: 0, upper: Infinity },
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
  ...more,
});

it('solves each model once and answers like the solver, whatever the order and the names', async () => {
  let asked = 0;
  const once = solveOnce(async (models) => {
    asked += models.length;
    return await solveModels(models);
  });
  const named = { ...model(2), columns: model(2).columns.map((c) => ({ ...c, name: `other ${c.name}` })) };
  const others = [
    model(2, 7),
    model(2, 6, { explain: true }),
    model(2, 6, { squares: [1, 0] }),
    model(2, 6, {
      rows: model(2).rows.map((r) => ({ ...r, terms: [...r.terms].map(([j, a]) => [j, a + j] as const) })),
    }),
  ];
  const models = [model(2), model(1), named, ...others];
  const first = await once(models);
  expect(asked).toBe(models.length - 1);
  expect(first.map((s) => s.objective)).toEqual((await solveModels(models)).map((s) => s.objective));
  expect(await once([model(1), model(2)])).toEqual([first[1], first[0]]);
  expect(asked).toBe(models.length - 1);
});

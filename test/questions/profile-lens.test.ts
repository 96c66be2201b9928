import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardQuestion } from '../../src/questions/board.ts';
import { profileQuestion } from '../../src/questions/profile.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';

describe('a profile by lens', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  const profile = (params: object) =>
    profileQuestion.answer(profileQuestion.params.parse({ country: 'CHN', ...params }), world);

  it.each(['traced', 'controlled'] as const)(
    'gives the share that the board gives the same country, %s',
    async (lens) => {
      const mineral = ['magnesium', 'silicon', 'graphite', 'manganese'];
      const board = await boardQuestion.answer(
        boardQuestion.params.parse({ for: 'GBR', mineral, lens }),
        world,
      );
      const { rows, columns } = await profile({ mineral, lens, for: 'GBR' });
      expect(columns.map((c) => c.name)).toContain('supply_share');
      let compared = 0;
      for (const b of board.rows.filter((r) => r.top_country === 'CHN'))
        for (const r of rows.filter((p) => p.mineral === b.mineral && p.stage === b.stage)) {
          expect(r.supply_share).toBe(b.top_share);
          expect([r.supply_low, r.supply_high]).toEqual([b.top_low, b.top_high]);
          compared++;
        }
      expect(compared).toBeGreaterThan(2);
    },
  );

  it('says why there is no share, and needs a lens to know whose supply is meant', async () => {
    const { rows } = await profile({ mineral: ['magnesium', 'antimony'], lens: 'traced' });
    for (const r of rows) expect((r.supply_share === null) === (r.supply_note !== null)).toBe(true);
    expect(rows.some((r) => r.supply_note !== null)).toBe(true);
    await expect(profile({ for: 'GBR' })).rejects.toThrow('--lens');
  });

  it('has no such columns where no lens is asked for', async () => {
    const { columns } = await profile({ mineral: ['magnesium'] });
    expect(columns.map((c) => c.name)).not.toContain('supply_share');
  });
});

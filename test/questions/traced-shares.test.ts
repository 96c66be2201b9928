import { describe, expect, it } from 'vitest';
import { controlledShares } from '../../src/questions/controlled-shares.ts';
import { namesOf } from '../../src/questions/resolve.ts';
import { tracedShares } from '../../src/questions/traced-shares.ts';
import { smallWorld, type Tables } from '../support/world.ts';

/** Mine land ships 60 t to the hub, which ships 90 t to GBR; 30 t are unrecorded. Tonnes cost twice as much at the hub. */
const tables: Tables = {
  country: ['GBR', 'HUB', 'MIN', 'OWN'].map((country) => ({ country, name: `${country} land` })),
  mineral: [{ mineral: 'blue_ore', name: 'Blue ore' }],
  hs6_mineral: [{ hs6: '810520', mineral: 'blue_ore', stage: 'refine', metal_content: 1, share_of_code: 1 }],
  production: [{ year: 2024, country: 'MIN', mineral: 'blue_ore', stage: 'refine', quantity_t: 100 }],
  trade_flow: [
    { year: 2024, exporter: 'MIN', importer: 'HUB', hs6: '810520', value_usd: 600, quantity_t: 60 },
    { year: 2024, exporter: 'HUB', importer: 'GBR', hs6: '810520', value_usd: 1800, quantity_t: 90 },
  ],
  ownership: [
    {
      asset: 'plant',
      owner: 'o',
      country: 'MIN',
      mineral: 'blue_ore',
      stage: 'refine',
      owner_country: 'OWN',
      equity_share: 1,
      output_t: 75,
    },
  ],
};
const request = async (extra: Tables = {}) => {
  const world = await smallWorld({ ...tables, ...extra });
  const party = (await namesOf(world)).party('GBR');
  const of = { for: party, mineral: 'blue_ore', stage: 'refine', year: 2024 } as const;
  return { world, of: { ...of, method: 'gross', weight: 'quantity' } as const };
};

describe('shares by lens', () => {
  it('traced: 2/3 mine land, 1/3 unrecorded at the hub, with the range that this leaves', async () => {
    const { world, of } = await request();
    const { shares, consumption, unrecordedShare, hs6 } = await tracedShares(world, of);
    expect(consumption).toBe(90);
    expect(unrecordedShare).toBeCloseTo(1 / 3, 12);
    expect(hs6).toEqual(['810520']);
    const by = Object.fromEntries(shares!.map((s) => [s.country, s]));
    expect(by.MIN!.share).toBeCloseTo(2 / 3, 12);
    expect(by.HUB!.share).toBeCloseTo(1 / 3, 12);
    // by value: 600 of 1800 USD
    expect(by.MIN!.low).toBeCloseTo(1 / 3, 12);
    expect(by.MIN!.high).toBeCloseTo(1, 12);
    expect(by.HUB!.low).toBe(0);
  });

  it('controlled: three quarters of mine land are held from elsewhere', async () => {
    const { world, of } = await request();
    const { shares } = await controlledShares(world, of);
    const by = Object.fromEntries(shares!.map((s) => [s.country, s]));
    expect(by.OWN!.share).toBeCloseTo((2 / 3) * 0.75, 12);
    expect(by.MIN!.share).toBeCloseTo((2 / 3) * 0.25, 12);
    expect(by.HUB!.share).toBeCloseTo(1 / 3, 12);
  });

  it('says why where there is nothing to trace from', async () => {
    const { world, of } = await request({ production: 'year,country,mineral,stage,quantity_t\n' });
    for (const lens of [tracedShares, controlledShares]) {
      const { shares, notes } = await lens(world, of);
      expect(shares).toBeNull();
      expect(notes.map((n) => n.code)).toContain('no_production');
    }
  });

  it('an importer that ships all on uses nothing, which is no share of 0', async () => {
    const { world, of } = await request({
      trade_flow: [
        ...(tables.trade_flow as object[] as []),
        { year: 2024, exporter: 'GBR', importer: 'OWN', hs6: '810520', value_usd: 2000, quantity_t: 95 },
      ],
    });
    const { shares, consumption, notes } = await tracedShares(world, of);
    expect([shares, consumption]).toEqual([null, null]);
    expect(notes.map((n) => n.code)).toContain('no_supply');
  });
});

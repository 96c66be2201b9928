import { describe, expect, it } from 'vitest';
import { exposure } from '../../../src/analysis/policy/exposure.ts';
import { holdingsInUse } from '../../../src/analysis/policy/holdings.ts';

describe('exposure of a sector', () => {
  it('weights by value and use: 100·.5·.8 and 50·.2·.1 of 60 from one country → 41/60', () => {
    const supply: Record<string, { value_usd: number; shares: Map<string, number> }> = {
      gallium: {
        value_usd: 100,
        shares: new Map([
          ['CHN', 0.8],
          ['JPN', 0.2],
        ]),
      },
      tantalum: {
        value_usd: 50,
        shares: new Map([
          ['CHN', 0.1],
          ['RWA', 0.9],
        ]),
      },
    };
    const found = exposure(
      [
        { mineral: 'gallium', share: 0.5 },
        { mineral: 'tantalum', share: 0.2 },
        { mineral: 'hafnium', share: 1 },
      ],
      (m) => supply[m] ?? null,
    );
    expect(found.value_usd).toBe(60);
    expect(found.by[0]).toEqual({ country: 'CHN', share: expect.closeTo(41 / 60, 12) });
    expect(found.by.reduce((a, b) => a + b.share, 0)).toBeCloseTo(1, 12);
    expect(found.missing).toEqual(['hafnium']);
  });
  it('has no shares where nothing is known', () =>
    expect(exposure([{ mineral: 'x', share: 1 }], () => null)).toMatchObject({ by: [], value_usd: 0 }));
});

describe('holdings in use', () => {
  const row = (asset: string, isAggregate: boolean, confidence: string, output_t: number | null = 10) => ({
    asset,
    country: 'GIN',
    mineral: 'aluminium',
    stage: 'mine',
    channel: 'equity',
    aggregate: isAggregate,
    confidence,
    output_t,
  });
  it('uses a published figure for the whole instead of its parts, weighted by the whole', () => {
    const rows = holdingsInUse([row('A', false, 'high'), row('all', true, 'high', null)], () => 99);
    expect(rows.map((r) => [r.asset, r.output_t])).toEqual([['all', 99]]);
  });
  it('keeps the parts where the figure for the whole is weak, and the figure where there are no parts', () => {
    expect(
      holdingsInUse([row('A', false, 'low'), row('all', true, 'low')], () => 9).map((r) => r.asset),
    ).toEqual(['A']);
    expect(holdingsInUse([row('all', true, 'low')], () => null).map((r) => r.asset)).toEqual(['all']);
  });
});

import { describe, expect, it } from 'vitest';
import { chooseFlows, hidesMineral, tellsOfImporter } from '../../src/questions/trade-rows.ts';
import type { TradeFlow } from '../../src/tables/quantities.ts';
import type { Hs6Mineral } from '../../src/tables/world.ts';

const flow = (over: Partial<TradeFlow>): TradeFlow => ({
  year: 2024,
  exporter: 'AAA',
  importer: 'BBB',
  hs6: '111111',
  basis: 'reconciled',
  source: 'baci',
  value_usd: 1,
  quantity_t: 1,
  period: null,
  status: null,
  ...over,
});
const values = (
  rows: TradeFlow[],
  basis: 'origin' | 'dispatch' = 'origin',
  own?: (r: TradeFlow) => boolean,
) =>
  chooseFlows(rows, basis, own)
    .flows.map((f) => f.value_usd)
    .sort();

describe('which trade rows answer', () => {
  it('takes reconciled rows where there are any, else origin, and dispatch only where asked', () => {
    const rows = [
      flow({}),
      flow({ basis: 'origin', value_usd: 2 }),
      flow({ basis: 'dispatch', value_usd: 3 }),
    ];
    expect(values(rows)).toEqual([1]);
    expect(values(rows.slice(1))).toEqual([2]);
    expect(values(rows, 'dispatch')).toEqual([3]);
    expect(values(rows.slice(0, 2), 'dispatch')).toEqual([]);
  });

  it('lets a complete matrix decide before a truncated series, code by code', () => {
    const rows = [
      flow({ source: 'baci_series', value_usd: 9, exporter: 'CCC' }),
      flow({}),
      flow({ source: 'baci_series', hs6: '222222', value_usd: 7 }),
    ];
    expect(values(rows)).toEqual([1, 7]);
  });

  it('ignores flows from a country to itself and counts them', () => {
    const result = chooseFlows([flow({ exporter: 'BBB' }), flow({})], 'origin');
    expect([result.flows.length, result.selfFlows]).toEqual([1, 1]);
  });

  it('lets a row laid over the snapshot win its flow and leaves the others', () => {
    const rows = [flow({}), flow({ exporter: 'CCC', value_usd: 5 }), flow({ source: 'mine', value_usd: 40 })];
    expect(values(rows, 'origin', (r) => r.source === 'mine')).toEqual([40, 5]);
  });

  it('does not count one flow twice where two sources of somebody’s own give it', () => {
    const rows = [
      flow({ source: 'a' }),
      flow({ source: 'b', value_usd: 2 }),
      flow({ source: 'b', exporter: 'CCC', value_usd: 3 }),
    ];
    expect(values(rows)).toEqual([1, 3]);
  });
});

describe('a statistic kept by one country', () => {
  it('tells what that country bought, not what another bought in all', () => {
    const kept = { source: 'hmrc_ots' };
    expect(tellsOfImporter({ ...kept, importer: 'GBR' })).toBe(true);
    expect(tellsOfImporter({ ...kept, importer: 'DEU' })).toBe(false);
    expect(tellsOfImporter({ source: 'baci', importer: 'DEU' })).toBe(true);
  });
});

describe('baskets', () => {
  const code = (mineral: string, share: number | null): Hs6Mineral => ({
    hs6: '811292',
    mineral,
    stage: 'refine',
    metal_content: null,
    share_of_code: share,
    form: null,
    basket: true,
    confidence: null,
    caveat: null,
    fetch_from: null,
    source: null,
  });
  it('hide a mineral whose part is unknown, unless it is the only one in the code', () => {
    const two = [code('gallium', null), code('indium', null)];
    expect(hidesMineral(two[0]!, two)).toBe(true);
    expect(hidesMineral(two[0]!, [two[0]!])).toBe(false);
    expect(hidesMineral(code('gallium', 0.3), two)).toBe(false);
  });
});

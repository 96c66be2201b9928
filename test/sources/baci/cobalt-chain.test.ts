import { describe, expect, it } from 'vitest';
import { baciCobaltChain } from '../../../src/sources/baci/cobalt-chain.ts';
import { tradeFlow } from '../../../src/tables/quantities.ts';
import { harvestFixture, rowsIn } from '../fixture.ts';

const flows = rowsIn(harvestFixture(baciCobaltChain, 'baci'), tradeFlow);

describe('the cobalt chain', () => {
  it('gives yearly means: DR Congo to China, 810520, 808,246.956 t in 2018–20, so 269,415.652 t a year', () => {
    const congo = flows.find((row) => row.exporter === 'COD')!;
    expect(congo).toMatchObject({ year: 2020, importer: 'CHN', period: '2018-2020', value_usd: null });
    expect(congo.quantity_t).toBeCloseTo(269415.652, 6);
  });

  it('knows the names of the time: Turkey, Swaziland, other Asia, France with Monaco', () => {
    const places = new Set(flows.flatMap((row) => [row.exporter, row.importer]));
    expect([...places]).toEqual(expect.arrayContaining(['TUR', 'SWZ', 'TWN', 'FRA', 'CHE', 'USA', 'BOL']));
  });
});

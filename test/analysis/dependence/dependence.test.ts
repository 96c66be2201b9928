import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apparentConsumption } from '../../../src/analysis/dependence/apparent-consumption.ts';
import { domesticShare } from '../../../src/analysis/dependence/domestic-share.ts';
import { netImportReliance } from '../../../src/analysis/dependence/net-import-reliance.ts';
import { type Shipment, supplyMix } from '../../../src/analysis/dependence/supply-mix.ts';

describe('net import reliance', () => {
  it('imports 90, exports 10, output 20: (90 − 10)/100 = .8 (EC 2017 guidelines, IR)', () => {
    const of = { production: 20, imports: 90, exports: 10 };
    expect(apparentConsumption(of)).toBe(100);
    expect(netImportReliance(of)).toBe(0.8);
  });
  it('is null where a part is unknown or nothing is consumed, never 0', () => {
    expect(netImportReliance({ production: null, imports: 5, exports: 1 })).toBeNull();
    expect(netImportReliance({ production: 0, imports: 1, exports: null })).toBeNull();
    expect(netImportReliance({ production: 5, imports: 0, exports: 5 })).toBeNull();
    expect(netImportReliance({ production: 1, imports: 0, exports: 5 })).toBeNull();
  });
  it('falls below 0 for a net exporter and is 1 without own output', () => {
    expect(netImportReliance({ production: 100, imports: 0, exports: 60 })).toBe(-1.5);
    expect(netImportReliance({ production: 0, imports: 7, exports: 2 })).toBe(1);
  });
  it('stocks drawn down count as supply from outside', () =>
    expect(netImportReliance({ production: 10, imports: 5, exports: 5, stockChange: 10 })).toBe(0.5));
  it('net imports and output together are consumption', () => {
    const t = fc.double({ min: 0, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(t, t, t, (production, imports, exports) => {
        const ac = apparentConsumption({ production, imports, exports })!;
        const nir = netImportReliance({ production, imports, exports });
        if (ac <= 0) expect(nir).toBeNull();
        else
          expect(Math.abs(nir! * ac + production - ac)).toBeLessThanOrEqual(
            1e-12 * (production + imports + exports),
          );
      }),
    );
  });
});

describe('domestic share', () => {
  it('is capped at 1 and null without consumption', () => {
    expect(domesticShare(20, 100)).toBe(0.2);
    expect(domesticShare(500, 100)).toBe(1);
    expect(domesticShare(5, 0)).toBeNull();
    expect(domesticShare(null, 10)).toBeNull();
  });
});

describe('supply mix', () => {
  const flow = (exporter: string, importer: string, value_usd: number | null, quantity_t: number | null) =>
    ({ exporter, importer, value_usd, quantity_t }) satisfies Shipment;

  it('worked case: GB imports 15 t, 12 t and 2 t: 51.7 %, 41.4 %, 6.9 %', () => {
    const mix = supplyMix(
      [
        flow('CHN', 'GBR', 1, 15),
        flow('BEL', 'GBR', 1, 12),
        flow('DEU', 'GBR', 1, 2),
        flow('CHN', 'DEU', 9, 9),
      ],
      new Set(['GBR']),
    );
    expect(Object.fromEntries(mix.suppliers.map((s) => [s.country, s.quantity_share]))).toEqual({
      CHN: 15 / 29,
      BEL: 12 / 29,
      DEU: 2 / 29,
    });
  });

  it('counts a flow without tonnes as 0 t and says how much value that is', () => {
    const mix = supplyMix([flow('AAA', 'GBR', 30, null), flow('BBB', 'GBR', 10, 4)], new Set(['GBR']));
    expect(mix.suppliers.map((s) => [s.country, s.value_share, s.quantity_share])).toEqual([
      ['AAA', 0.75, 0],
      ['BBB', 0.25, 1],
    ]);
    expect(mix.value_share_without_quantity).toBe(0.75);
  });

  it('leaves flows inside the importer out and counts them', () => {
    const flows = [flow('GBR', 'GBR', 9, 9), flow('FRA', 'DEU', 5, 5), flow('CHN', 'FRA', 1, 1)];
    expect(supplyMix(flows, new Set(['GBR']))).toMatchObject({ suppliers: [], internal: 1 });
    expect(supplyMix(flows, new Set(['FRA', 'DEU']))).toMatchObject({ internal: 1, quantity_t: 1 });
  });

  it('has no share where there is nothing to share', () => {
    const mix = supplyMix([flow('AAA', 'GBR', null, 3)], new Set(['GBR']));
    expect(mix.suppliers[0]).toMatchObject({ value_share: null, quantity_share: 1 });
    expect(mix.value_share_without_quantity).toBeNull();
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control } from '../../src/analysis/flows/control.ts';
import { namedNetwork } from '../../src/analysis/flows/network.ts';
import { traceTo } from '../../src/analysis/flows/trace.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { ownership } from '../../src/tables/policy.ts';
import { production, tradeFlow } from '../../src/tables/quantities.ts';
import { country, hs6Mineral } from '../../src/tables/world.ts';

/** Every number here is worked by hand in example/world/README.md. */
describe('the invented world', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld({ data: join(import.meta.dirname, '../../example/world') });
  });
  afterAll(() => world.close());

  const content = async (hs6: string) => {
    const [code] = await world.load(hs6Mineral, { hs6: [hs6] });
    const flows = await world.load(tradeFlow, { hs6: [hs6] });
    return flows.map((f) => ({
      exporter: f.exporter,
      importer: f.importer,
      amount: f.quantity_t! * code!.metal_content!,
    }));
  };
  const outputs = async (mineral: string, stage: string) =>
    new Map(
      (await world.load(production, { mineral: [mineral], stage: [stage] }))
        .filter((p) => p.country !== 'WLD' && p.quantity_t !== null)
        .map((p) => [p.country, p.quantity_t!]),
    );
  const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

  it('has six countries, none of them real', async () => {
    expect((await world.load(country)).map((c) => c.country)).toEqual([
      'ALD',
      'BRE',
      'CAR',
      'DUN',
      'ELM',
      'FEN',
    ]);
  });

  it('named rows add up to the published world totals', async () => {
    for (const row of await world.load(production, { country: ['WLD'] }))
      expect(sum((await outputs(row.mineral, row.stage)).values())).toBe(row.quantity_t);
  });

  it('every country refines the ore it uses, 1.25 t a tonne', async () => {
    const mined = await outputs('aurite', 'mine');
    const refined = await outputs('aurite', 'refine');
    const flows = await content('990101');
    for (const [c, metal] of refined) {
      const bought = sum(flows.filter((f) => f.importer === c).map((f) => f.amount));
      const sold = sum(flows.filter((f) => f.exporter === c).map((f) => f.amount));
      expect((mined.get(c) ?? 0) + bought - sold).toBe(metal * 1.25);
    }
  });

  it('declared .75 Dunmoor, traced .675 Bremia, controlled .605 Elmora', async () => {
    const flows = await content('990101');
    const imports = flows.filter((f) => f.importer === 'ALD');
    const total = sum(imports.map((f) => f.amount));
    expect(imports.find((f) => f.exporter === 'DUN')!.amount / total).toBe(0.75);

    const mined = await outputs('aurite', 'mine');
    const network = namedNetwork(flows, mined);
    const trace = traceTo(network, [network.positionOf.get('ALD')!]);
    const traced = new Map(network.countries.map((c, j) => [c, trace.traced[j]! / trace.consumption]));
    expect(trace.consumption).toBeCloseTo(400, 9);
    expect(traced.get('BRE')).toBeCloseTo(0.675, 12);
    expect(traced.get('CAR')).toBeCloseTo(0.2, 12);
    expect(traced.get('FEN')).toBeCloseTo(0.125, 12);

    const { owners, unknown } = control(
      traced,
      await world.load(ownership),
      (host) => mined.get(host) ?? null,
    );
    const held = new Map(owners.map((o) => [o.country, o.share]));
    expect(owners[0]!.country).toBe('ELM');
    expect(held.get('ELM')).toBeCloseTo(0.605, 12);
    expect(held.get('BRE')).toBeCloseTo(0.27, 12);
    expect(held.get('FEN')).toBeCloseTo(0.125, 12);
    expect(unknown).toBe(0);
  });

  it('brumium from Carrowe: .75 by weight, .50 by value', async () => {
    const flows = await world.load(tradeFlow, { hs6: ['990201'], importer: ['ALD'] });
    const carrowe = flows.find((f) => f.exporter === 'CAR')!;
    expect(carrowe.quantity_t! / sum(flows.map((f) => f.quantity_t!))).toBe(0.75);
    expect(carrowe.value_usd! / sum(flows.map((f) => f.value_usd!))).toBe(0.5);
  });
});

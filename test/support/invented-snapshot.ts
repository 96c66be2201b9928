import { build } from '../../src/store/build.ts';
import { seriesCoverage, tradeFlow } from '../../src/tables/quantities.ts';
import { country, hs6Mineral, mineral } from '../../src/tables/world.ts';
import { inventedSource } from './source.ts';

/** A small snapshot of refined copper whose figures depend on `edition`, built as the shipped one is. */
export async function inventedSnapshot(of: {
  readonly raw: string;
  readonly out: string;
  readonly reference: string;
  readonly edition: number;
}): Promise<void> {
  const countries = ['GBR', 'BEL', 'CHL', 'TWN', 'NAM'].map((id) => ({ country: id, name: id }));
  const flows = countries.flatMap(({ country: exporter }, k) =>
    Array.from({ length: 200 }, (_, n) => ({
      year: 1900 + n,
      exporter,
      importer: exporter === 'GBR' ? 'BEL' : 'GBR',
      hs6: '740311',
      basis: 'reconciled',
      source: 'baci',
      value_usd: (k + 1) * 1000 + of.edition,
      quantity_t: n,
    })),
  );
  await build({
    raw: of.raw,
    out: of.out,
    reference: of.reference,
    sources: [
      inventedSource('baci', [
        [country, countries],
        [mineral, [{ mineral: 'copper', name: 'Copper' }]],
        [hs6Mineral, [{ hs6: '740311', mineral: 'copper', stage: 'refine' }]],
        [tradeFlow, flows],
        [seriesCoverage, [{ source: 'baci', hs6: '740311', year: 2024, complete: false }]],
      ]),
    ],
  });
}

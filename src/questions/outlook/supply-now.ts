import type { World } from '../../store/world.ts';
import type { Hs6Mineral } from '../../tables/world.ts';
import type { DeclaredSupplies, Weight } from '../declared-supply.ts';
import type { Party } from '../resolve.ts';
import { amountsOf, sharesOf, stageMix } from '../stage-mix.ts';
import { tracedShares } from '../traced-shares.ts';

/** Who supplies a mineral and stage in the year an outlook starts from. */
export interface SupplyNow {
  readonly year: number;
  readonly shares: readonly { readonly country: string; readonly share: number }[];
  /** D_0, t; null by value */
  readonly tonnes: number | null;
  readonly basis: string;
  readonly sources: Iterable<string>;
  readonly remarks: readonly string[];
}

/** As the customs papers name it. */
export function declaredNow(
  supplies: DeclaredSupplies,
  codes: readonly Hs6Mineral[],
  allCodes: readonly Hs6Mineral[],
  weight: Weight,
  year: number | undefined,
): SupplyNow | null {
  const mix = stageMix(supplies, codes, allCodes, 'origin', { year });
  if (!mix) return null;
  const amounts = amountsOf(mix, weight);
  const shares = sharesOf(amounts);
  const byTonnes = amounts.weight === 'quantity';
  return shares.length === 0
    ? null
    : {
        year: mix.year,
        shares,
        tonnes: byTonnes ? amounts.total : null,
        basis: `imports, ${byTonnes ? `tonnes ${mix.tonnes}` : 'value'}`,
        sources: mix.sources,
        remarks: mix.complete ? [] : ['partial series: some flows are missing'],
      };
}

/** As it was born. */
export async function tracedNow(
  world: World,
  party: Party,
  of: { readonly mineral: string; readonly stage: string },
  weight: Weight,
  year: number | undefined,
): Promise<SupplyNow | null> {
  if (year === undefined) return null;
  const found = await tracedShares(world, {
    for: party,
    mineral: of.mineral,
    stage: of.stage,
    year,
    method: 'gross',
    weight,
  });
  const byTonnes = weight === 'quantity';
  return (
    found.shares && {
      year,
      shares: found.shares,
      tonnes: byTonnes ? found.consumption : null,
      basis: `apparent consumption, ${byTonnes ? 'tonnes' : 'value'}`,
      sources: found.sources,
      remarks: [],
    }
  );
}

import type { ProductionLoss, Shock } from './shock.ts';

/** A by-product and where it comes from. */
export interface Companion {
  readonly mineral: string;
  readonly hosts: readonly string[];
  /** part of its output won with these hosts, 0…1 */
  readonly companionality: number;
}

/**
 * What a stop of a host does to its by-products in the same country:
 *   loss(companion) = loss(host) · companionality / number of hosts.
 * Only losses of output travel: a host held back at the border is still smelted, and its by-products are won.
 * Source: Varcolacus (code); companionality after Nassar, Graedel & Harper 2015 where known.
 *
 * @param shocks shocks that name their mineral
 * @returns losses of the companion's output, to be laid beside the given shocks
 */
export function companionLosses(companion: Companion, shocks: readonly Shock[]): ProductionLoss[] {
  return shocks.flatMap((shock) =>
    shock.kind === 'production_loss' && shock.mineral !== undefined && companion.hosts.includes(shock.mineral)
      ? [
          {
            ...shock,
            mineral: companion.mineral,
            severity: (shock.severity * companion.companionality) / companion.hosts.length,
          },
        ]
      : [],
  );
}

import type { Shipment } from '../../analysis/dependence/supply-mix.ts';

/** The trade of a mineral at a stage as a party sees it, t. */
export interface PartyTrade {
  readonly imports: number;
  readonly exports: number;
  readonly world: number;
  /** by seller: what the party buys, and what others do */
  readonly current: ReadonlyMap<string, number>;
  readonly toOthers: ReadonlyMap<string, number>;
  /** by country: what it buys itself */
  readonly bought: ReadonlyMap<string, number>;
}

/** Sums over shipments; those between members of the party are none of its trade. Flows without tonnes count 0 t. */
export function tradeOf(shipments: readonly Shipment[], home: ReadonlySet<string>): PartyTrade {
  const current = new Map<string, number>();
  const toOthers = new Map<string, number>();
  const bought = new Map<string, number>();
  let imports = 0;
  let exports = 0;
  let world = 0;
  for (const s of shipments) {
    const t = s.quantity_t ?? 0;
    world += t;
    bought.set(s.importer, (bought.get(s.importer) ?? 0) + t);
    if (home.has(s.exporter) && home.has(s.importer)) continue;
    if (home.has(s.importer)) {
      imports += t;
      current.set(s.exporter, (current.get(s.exporter) ?? 0) + t);
    } else if (home.has(s.exporter)) exports += t;
    else toOthers.set(s.exporter, (toOthers.get(s.exporter) ?? 0) + t);
  }
  return { imports, exports, world, current, toOthers, bought };
}

/** One flow, already on the basis wanted: tonnes may be unknown while the value is known, or the reverse. */
export interface Shipment {
  readonly exporter: string;
  readonly importer: string;
  readonly value_usd: number | null;
  readonly quantity_t: number | null;
}

export interface DirectSupplier {
  readonly country: string;
  readonly value_usd: number;
  readonly quantity_t: number;
  /** of all imports, by value; null where no import has a value */
  readonly value_share: number | null;
  /** of all imports, by tonnes; null where no import has tonnes */
  readonly quantity_share: number | null;
}

export interface SupplyMix {
  /** largest first by value, then tonnes, then id */
  readonly suppliers: readonly DirectSupplier[];
  readonly value_usd: number;
  readonly quantity_t: number;
  /** part of import value that comes without tonnes and so counts 0 t; null where nothing has a value */
  readonly value_share_without_quantity: number | null;
  /** flows from the importer to itself (or inside the bloc), which are no imports */
  readonly internal: number;
}

/**
 * Who supplies an importer directly, by the exporter that the trade record names: the last seller or the declared
 * origin, as the record's basis says; not where the mineral was born. `importers` is one country or the members
 * of a bloc; flows among them are left out and counted. A flow without tonnes counts 0 t and its value is reported.
 */
export function supplyMix(flows: Iterable<Shipment>, importers: ReadonlySet<string>): SupplyMix {
  const by = new Map<string, { value_usd: number; quantity_t: number }>();
  let value_usd = 0;
  let quantity_t = 0;
  let valueOfMissing = 0;
  let internal = 0;
  for (const f of flows) {
    if (!importers.has(f.importer)) continue;
    if (importers.has(f.exporter)) {
      internal++;
      continue;
    }
    let supplier = by.get(f.exporter);
    if (!supplier) {
      supplier = { value_usd: 0, quantity_t: 0 };
      by.set(f.exporter, supplier);
    }
    supplier.value_usd += f.value_usd ?? 0;
    supplier.quantity_t += f.quantity_t ?? 0;
    value_usd += f.value_usd ?? 0;
    quantity_t += f.quantity_t ?? 0;
    if (f.quantity_t === null) valueOfMissing += f.value_usd ?? 0;
  }
  const suppliers = [...by].map(([country, s]) => ({
    country,
    ...s,
    value_share: value_usd > 0 ? s.value_usd / value_usd : null,
    quantity_share: quantity_t > 0 ? s.quantity_t / quantity_t : null,
  }));
  suppliers.sort(
    (a, b) => b.value_usd - a.value_usd || b.quantity_t - a.quantity_t || (a.country < b.country ? -1 : 1),
  );
  return {
    suppliers,
    value_usd,
    quantity_t,
    value_share_without_quantity: value_usd > 0 ? valueOfMissing / value_usd : null,
    internal,
  };
}

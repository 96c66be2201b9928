import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { type TradeFlow, tradeFlow } from '../../tables/quantities.ts';
import { rowKey } from '../../tables/row-key.ts';
import type { Hs6Mineral } from '../../tables/world.ts';
import type { Party } from '../resolve.ts';
import { chooseFlows, hidesMineral } from '../trade-rows.ts';

/** What one country sells of a mineral at a stage: tonnes as content where the content is known. */
export interface Supplier {
  readonly country: string;
  readonly inside: boolean;
  quantity_t: number;
  value_usd: number | null;
}

/** An importer’s purchases of one mineral, stage and year. */
export interface Supply {
  readonly suppliers: readonly Supplier[];
  readonly source: string | null;
  readonly sources: ReadonlySet<string>;
  /** no code of the stage tells the mineral apart */
  readonly hidden: boolean;
  /** some flow has no tonnes */
  readonly withoutTonnes: boolean;
  /** some flow has */
  readonly inTonnes: boolean;
  /** gross tonnes of some code stand for content */
  readonly gross: boolean;
  /** flows of a country to itself that were ignored */
  readonly selfFlows: number;
}

/**
 * Purchases by mineral, stage, year and importer. Trade inside a bloc is no import, except with `compat`, where it
 * counts, as do gross tonnes and the whole of a basket code for each of its minerals.
 */
export function supplies(
  world: World,
  flows: readonly TradeFlow[],
  codes: readonly Hs6Mineral[],
  allCodes: readonly Hs6Mineral[],
  compat: boolean,
) {
  const isOwn = (row: TradeFlow) => world.own.size > 0 && world.own.has(rowKey(tradeFlow, row));
  const byImporter = groupBy(flows, (f) => `${f.hs6} ${f.year} ${f.importer}`);
  const ofMineral = groupBy(codes, (c) => c.mineral);
  const hides = new Set(compat ? [] : codes.filter((c) => hidesMineral(c, allCodes)));
  const chosen = new Map<string, ReturnType<typeof chooseFlows>>();

  return (stageCodes: readonly Hs6Mineral[], year: number, party: Party): Supply => {
    const members = new Set(party.members(year));
    const mineral = stageCodes[0]!.mineral;
    const key = `${mineral} ${year} ${party.id}`;
    // reconciled or origin is decided for the mineral and year as a whole
    if (!chosen.has(key)) {
      const hs6 = new Set(ofMineral.get(mineral)!.map((c) => c.hs6));
      const rows = [...hs6].flatMap((h) =>
        [...members].flatMap((m) => byImporter.get(`${h} ${year} ${m}`) ?? []),
      );
      chosen.set(key, chooseFlows(rows, 'origin', isOwn));
    }
    const all = chosen.get(key)!;
    const readable = new Map(stageCodes.filter((c) => !hides.has(c)).map((c) => [c.hs6, c]));
    const suppliers = new Map<string, Supplier>();
    const sources = new Set<string>();
    let withoutTonnes = false;
    let inTonnes = false;
    for (const f of all.flows) {
      const code = readable.get(f.hs6);
      const inside = members.has(f.exporter);
      if (!code || (inside && !compat)) continue;
      const part = code.share_of_code ?? 1;
      const of = suppliers.get(f.exporter) ?? { country: f.exporter, inside, quantity_t: 0, value_usd: null };
      suppliers.set(f.exporter, of);
      if (f.quantity_t === null) withoutTonnes = true;
      else inTonnes = true;
      if (f.quantity_t !== null)
        of.quantity_t += compat ? f.quantity_t : f.quantity_t * (code.metal_content ?? 1) * part;
      if (f.value_usd !== null)
        of.value_usd = (of.value_usd ?? 0) + (compat ? f.value_usd : f.value_usd * part);
      sources.add(f.source);
    }
    return {
      suppliers: [...suppliers.values()],
      source: [...sources][0] ?? null,
      sources,
      hidden: readable.size === 0,
      withoutTonnes,
      inTonnes,
      gross: !compat && [...readable.values()].some((c) => c.metal_content === null),
      selfFlows: all.selfFlows,
    };
  };
}

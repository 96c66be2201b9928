import { containedTonnes } from '../../analysis/flows/contained.ts';
import type { World } from '../../store/world.ts';
import { type TradeFlow, tradeFlow } from '../../tables/quantities.ts';
import type { Hs6Mineral } from '../../tables/world.ts';
import { chooseFlows } from '../trade-rows.ts';
import type { PartnerPlace } from './partner-output.ts';

/** All that a partner sent and got under some codes. */
export async function partnerTrade(
  world: World,
  partner: string,
  codes: readonly Hs6Mineral[],
): Promise<TradeFlow[]> {
  const hs6 = [...new Set(codes.map((c) => c.hs6))];
  if (!hs6.length) return [];
  const [out, into] = await Promise.all([
    world.load(tradeFlow, { exporter: [partner], hs6 }),
    world.load(tradeFlow, { importer: [partner], hs6 }),
  ]);
  return [...out, ...into.filter((f) => f.exporter !== partner)];
}

/**
 * Imports less exports of a country in a year, t of content; null where a code has no figures, or tonnes or content are not
 * known.
 */
export function netImports(
  codes: readonly Hs6Mineral[],
  flows: readonly TradeFlow[],
  country: string,
  year: number,
): number | null {
  if (!codes.length) return null;
  let net = 0;
  for (const code of codes) {
    if (code.metal_content === null || code.share_of_code === null) return null;
    const rows = flows.filter((f) => f.hs6 === code.hs6 && f.year === year);
    const chosen = chooseFlows(rows, 'origin').flows;
    if (!chosen.length || chosen.some((f) => f.quantity_t === null)) return null;
    for (const f of chosen)
      net += (f.importer === country ? 1 : -1) * (containedTonnes(f.quantity_t, code) ?? 0);
  }
  return net;
}

/**
 * What the partner uses itself: `min(Q, max(0, Q + imports − exports))`, only where trade and output are both on
 * content and every code of the stage has figures; null otherwise.
 */
export function ownUse(
  place: PartnerPlace,
  partner: string,
  codes: readonly Hs6Mineral[],
  flows: readonly TradeFlow[],
  year: number | undefined,
): number | null {
  if (place.quantity_t === null || year === undefined) return null;
  const net = netImports(codes, flows, partner, year);
  return net === null ? null : Math.min(place.quantity_t, Math.max(0, place.quantity_t + net));
}

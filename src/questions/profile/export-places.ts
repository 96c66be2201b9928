import { ranks } from '../../analysis/concentration/shares.ts';
import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { tradeFlow } from '../../tables/quantities.ts';
import { type Hs6Mineral, hs6Mineral } from '../../tables/world.ts';
import { chooseFlows, hidesMineral } from '../trade-rows.ts';

/** Exports under 1 % of the world's are transit or stray parcels as often as output, so they are no evidence. */
export const exportEvidenceShare = 0.01;

export interface ExportPlace {
  readonly hs6: string;
  readonly year: number;
  readonly source: string;
  readonly value_usd: number;
  readonly share: number;
  readonly rank: number | null;
}

/** A country's exports of every mapped code in the newest year that has all flows, else the newest there is. */
export async function exportPlaces(
  world: World,
  country: string,
  wantedYears: readonly number[] | undefined,
): Promise<ReadonlyMap<string, ExportPlace>> {
  const codes = await world.load(hs6Mineral);
  const own = await world.load(tradeFlow, {
    exporter: [country],
    hs6: [...new Set(codes.map((c) => c.hs6))],
    ...(wantedYears ? { year: wantedYears } : {}),
  });
  const usable = own.filter((f) => f.basis !== 'dispatch' && f.value_usd !== null);
  const newest = new Map<string, number>();
  for (const f of usable) newest.set(f.hs6, Math.max(newest.get(f.hs6) ?? 0, f.year));
  const all = newest.size
    ? await world.load(tradeFlow, { hs6: [...newest.keys()], year: [...new Set(newest.values())] })
    : [];
  const places = new Map<string, ExportPlace>();
  for (const [hs6, rows] of groupBy(all, (f) => f.hs6)) {
    const year = newest.get(hs6)!;
    const { flows } = chooseFlows(
      rows.filter((f) => f.year === year && f.basis !== 'dispatch'),
      'origin',
    );
    const byExporter = new Map<string, number>();
    for (const f of flows) byExporter.set(f.exporter, (byExporter.get(f.exporter) ?? 0) + (f.value_usd ?? 0));
    const value = byExporter.get(country);
    const world_usd = [...byExporter.values()].reduce((a, b) => a + b, 0);
    if (value === undefined || world_usd <= 0) continue;
    const exporters = [...byExporter.keys()];
    const rank = ranks([...byExporter.values()])[exporters.indexOf(country)] ?? null;
    places.set(hs6, {
      hs6,
      year,
      source: flows[0]!.source,
      value_usd: value,
      share: value / world_usd,
      rank,
    });
  }
  return places;
}

/** The code of a mineral and stage under which a country sells most, among those of which it sells `least` or more. */
export const bestExport = (
  places: ReadonlyMap<string, ExportPlace>,
  codes: readonly Hs6Mineral[],
  { mineral, stage }: { readonly mineral: string; readonly stage: string },
  least = 0,
): ExportPlace | undefined =>
  codes
    .filter((c) => c.mineral === mineral && c.stage === stage && !hidesMineral(c, codes))
    .flatMap((c) => places.get(c.hs6) ?? [])
    .filter((place) => place.share >= least)
    .sort((a, b) => b.value_usd - a.value_usd)[0];

export const exportCells = (e: ExportPlace | undefined) => ({
  export_value_usd: e?.value_usd ?? null,
  export_share: e?.share ?? null,
  export_rank: e?.rank ?? null,
  export_hs6: e?.hs6 ?? null,
  export_year: e?.year ?? null,
  export_source: e?.source ?? null,
});

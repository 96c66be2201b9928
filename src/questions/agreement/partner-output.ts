import { concentration } from '../../analysis/concentration/concentration.ts';
import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { type Production, production } from '../../tables/quantities.ts';
import { bySourcePrecedence, newestReportedYear } from '../preferred-source.ts';

/** What is known of one country's output of a mineral at a stage. */
export interface PartnerPlace {
  readonly mineral: string;
  readonly stage: string;
  readonly year: number;
  readonly source: string;
  /** null = a share only, withheld, or not among those named */
  readonly quantity_t: number | null;
  readonly share: number | null;
  readonly rank: number | null;
  readonly basis: string | null;
  readonly status: string | null;
  /** true where nothing (or zero) was reported and a later estimate stands instead */
  readonly estimated: boolean;
  /** false where the source has figures for others and none for this country */
  readonly named: boolean;
}

/**
 * Output of a country by mineral and stage, from the source that decides and its newest reported year; a source that
 * names the country goes before one that does not. Where the newest report is zero or nothing and a later estimate is
 * more, the estimate stands and is marked: a mine that has just begun is what an agreement is about.
 */
export async function partnerOutput(
  world: World,
  country: string,
  minerals: ReadonlySet<string>,
): Promise<PartnerPlace[]> {
  const rows = await world.load(production, { mineral: [...minerals] });
  return [...groupBy(rows, (r) => `${r.mineral} ${r.stage}`).values()].flatMap((group) => {
    const bySource = [...groupBy(group, (r) => r.source)].sort(([a], [b]) => bySourcePrecedence(a, b));
    const found = bySource.flatMap(([, of]) => placeIn(of, country) ?? []);
    return (
      found.find((p) => p.named && (p.quantity_t ?? p.share) !== null) ??
      found.find((p) => p.named) ??
      found[0] ??
      []
    );
  });
}

function placeIn(rows: readonly Production[], country: string): PartnerPlace | null {
  const own = rows.filter((r) => r.country === country);
  const reported = newestReportedYear(own) ?? newestReportedYear(rows);
  if (reported === null) return null;
  const size = (r: Production | undefined) => r?.quantity_t ?? r?.share ?? 0;
  const later = own.filter((r) => r.year > reported && r.status === 'estimated' && size(r) > 0).at(-1);
  const estimated = later !== undefined && !(size(own.find((r) => r.year === reported)) > 0);
  const year = estimated ? later.year : reported;
  const ofYear = rows.filter((r) => r.year === year);
  const place = concentration(ofYear).breakdown.find((p) => p.country === country);
  const first = ofYear[0]!;
  const mine = ofYear.find((r) => r.country === country);
  return {
    mineral: first.mineral,
    stage: first.stage,
    year,
    source: first.source,
    quantity_t: mine?.quantity_t ?? null,
    share: place?.share ?? null,
    rank: place?.rank ?? null,
    basis: mine?.basis ?? first.basis,
    status: mine?.status ?? null,
    estimated,
    named: mine !== undefined,
  };
}

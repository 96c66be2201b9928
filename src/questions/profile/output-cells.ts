import { concentration } from '../../analysis/concentration/concentration.ts';
import type { Production } from '../../tables/quantities.ts';
import { ofPublished } from '../concentration.ts';
import type { AnswerRow } from '../question.ts';

/**
 * What a country makes of a mineral and stage in a year by one source, and its place among all that the source names;
 * null where the source does not name the country in that year.
 *
 * @param group every country's rows of that mineral, stage and source, in all years
 * @param ofCountry the country's own of them
 */
export function outputCells(
  group: readonly Production[],
  ofCountry: readonly Production[],
  year: number,
): AnswerRow | null {
  const row = ofCountry.find((r) => r.year === year);
  if (!row) return null;
  const result = concentration(group.filter((r) => r.year === year));
  const place = result.breakdown.find((p) => p.country === row.country);
  const evidence = evidenceOf(row);
  return {
    mineral: row.mineral,
    stage: row.stage,
    year,
    source: row.source,
    quantity_t: row.quantity_t,
    // a share published beside other countries' tonnes stands as it is
    share: place?.share ?? (row.quantity_t === null ? row.share : null),
    rank: place?.rank ?? null,
    ranked: result.countries,
    evidence,
    status: row.status ?? 'reported',
    total_t: result.total_t,
    share_of_published: ofPublished(row.quantity_t, result.published_t),
    period: row.period,
    note: evidence === 'none' ? withoutOutput(row, ofCountry) : silentSince(row, ofCountry),
  };
}

function evidenceOf({ quantity_t, share }: Production): string {
  if (quantity_t !== null) return quantity_t > 0 ? 'production' : 'none';
  return share !== null && share > 0 ? 'production_share' : 'none';
}

/** The newest year in which a source names the country without a figure; null where it never does. */
export function newestSilentYear(ofCountry: readonly Production[]): number | null {
  const years = ofCountry.filter((r) => r.status !== 'projection').map((r) => r.year);
  return years.length ? Math.max(...years) : null;
}

/** Says that a figure is the last one before the publisher fell silent. */
function silentSince(row: Production, ofCountry: readonly Production[]): string | null {
  const later = ofCountry.filter(
    (r) => r.year > row.year && r.status !== 'projection' && r.quantity_t === null && r.share === null,
  );
  const said = later.map((r) => `${r.year} (${r.status ?? 'unknown'})`).sort();
  return said.length ? `no figure for ${said.join(', ')}` : null;
}

/** What stands instead of output, and a later estimate where there is one. */
function withoutOutput(row: Production, ofCountry: readonly Production[]): string {
  const said = row.quantity_t === 0 ? 'reported zero' : `no figure: ${row.status ?? 'unknown'}`;
  const later = ofCountry.find(
    (r) =>
      r.year > row.year && r.status === 'estimated' && r.source === row.source && (r.quantity_t ?? 0) > 0,
  );
  return later ? `${said}; estimate for ${later.year}: ${later.quantity_t} t (--year ${later.year})` : said;
}

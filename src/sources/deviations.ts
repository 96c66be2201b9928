import type { Production } from '../tables/quantities.ts';
import type { Reference } from './source.ts';

/** Two sources that give one country a very different share of the same output. */
export interface Deviation {
  readonly mineral: string;
  readonly stage: string;
  readonly country: string;
  readonly source: string;
  readonly year: number;
  readonly share: number;
  readonly other_source: string;
  readonly other_year: number;
  /** share of the country in the other source; null where that source does not name it */
  readonly other_share: number | null;
  /** distance of the shares; from the unnamed rest where the other source does not name the country */
  readonly difference: number;
}

/** Shares beyond this distance must be explained: 15 points move a country across any limit in use. */
export const deviationBound = 0.15;

export interface DeviationReport {
  readonly found: readonly Deviation[];
  /** those without a row in reference/accepted-deviations.csv */
  readonly unexplained: readonly Deviation[];
  /** rows of that file that no deviation needs any more */
  readonly obsolete: readonly string[];
}

/**
 * Compares, for each mineral, stage and country, the shares of every two sources in the newest year each reports.
 * A country that one source does not name lies between nothing and the unnamed rest 1 − Σ named; the distance to
 * that interval counts. Estimates, projections, bounds and outputs on mixed bases are left out.
 */
export function deviationReport(
  production: readonly Production[],
  reference: Reference,
  bound: number = deviationBound,
): DeviationReport {
  const found = deviations(production, bound);
  const accepted = new Set(
    reference
      .csv('accepted-deviations')
      .map((row) =>
        keyOf(row.mineral!, row.stage!, row.country!, ...[row.source!, row.other_source!].sort()),
      ),
  );
  const keys = new Set(found.map(deviationKey));
  return {
    found,
    unexplained: found.filter((deviation) => !accepted.has(deviationKey(deviation))),
    obsolete: [...accepted].filter((key) => !keys.has(key)).sort(),
  };
}

export function deviations(production: readonly Production[], bound: number = deviationBound): Deviation[] {
  const out: Deviation[] = [];
  for (const sources of newestShares(production).values()) {
    for (const [a, one] of sources.entries()) {
      for (const other of sources.slice(a + 1)) out.push(...compared(one, other, bound));
    }
  }
  return out.sort((x, y) => (deviationKey(x) < deviationKey(y) ? -1 : 1));
}

interface Shares {
  readonly mineral: string;
  readonly stage: string;
  readonly source: string;
  readonly year: number;
  readonly byCountry: ReadonlyMap<string, number>;
  /** part of the world that no country is named for */
  readonly rest: number;
}

function compared(one: Shares, other: Shares, bound: number): Deviation[] {
  const out: Deviation[] = [];
  for (const country of new Set([...one.byCountry.keys(), ...other.byCountry.keys()])) {
    const share = one.byCountry.get(country);
    const otherShare = other.byCountry.get(country);
    const [first, second] = share === undefined ? [other, one] : [one, other];
    const known = share ?? otherShare!;
    const unknown = share === undefined ? undefined : otherShare;
    const difference = unknown === undefined ? Math.max(0, known - second.rest) : Math.abs(known - unknown);
    if (difference <= bound) continue;
    out.push({
      mineral: one.mineral,
      stage: one.stage,
      country,
      source: first.source,
      year: first.year,
      share: known,
      other_source: second.source,
      other_year: second.year,
      other_share: unknown ?? null,
      difference,
    });
  }
  return out;
}

/** Shares by mineral and stage, one entry per source: its newest year with reported output, sources by name. */
function newestShares(production: readonly Production[]): Map<string, Shares[]> {
  const groups = new Map<string, Production[]>();
  for (const row of production) {
    if (row.limit !== null || row.status === 'estimated' || row.status === 'projection') continue;
    const key = `${row.mineral} ${row.stage} ${row.source} ${row.year}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const newest = new Map<string, Shares>();
  for (const rows of groups.values()) {
    const shares = sharesOf(rows);
    if (!shares) continue;
    const key = `${shares.mineral} ${shares.stage} ${shares.source}`;
    const before = newest.get(key);
    if (!before || before.year < shares.year) newest.set(key, shares);
  }
  const out = new Map<string, Shares[]>();
  for (const shares of newest.values()) {
    const key = `${shares.mineral} ${shares.stage}`;
    out.set(
      key,
      [...(out.get(key) ?? []), shares].sort((x, y) => (x.source < y.source ? -1 : 1)),
    );
  }
  return out;
}

function sharesOf(rows: readonly Production[]): Shares | undefined {
  const { mineral, stage, source, year } = rows[0]!;
  const byCountry = new Map<string, number>();
  const countries = rows.filter((row) => row.country !== 'WLD' && row.country !== 'OTH');
  const given = countries.filter((row) => row.share !== null);
  if (given.length > 0) {
    for (const row of given) byCountry.set(row.country, row.share!);
  } else {
    const known = rows.filter((row) => row.quantity_t !== null && row.country !== 'WLD');
    if (new Set(known.map((row) => row.basis)).size > 1) return undefined;
    const sum = known.reduce((total, row) => total + row.quantity_t!, 0);
    const world = Math.max(sum, rows.find((row) => row.country === 'WLD')?.quantity_t ?? 0);
    if (world <= 0) return undefined;
    for (const row of countries) {
      if (row.quantity_t !== null) byCountry.set(row.country, row.quantity_t / world);
    }
  }
  if (byCountry.size === 0) return undefined;
  const named = [...byCountry.values()].reduce((total, share) => total + share, 0);
  return { mineral, stage, source, year, byCountry, rest: Math.max(0, 1 - named) };
}

const keyOf = (...parts: readonly string[]): string => parts.join(' ');

const deviationKey = (d: Deviation): string =>
  keyOf(d.mineral, d.stage, d.country, ...[d.source, d.other_source].sort());

const share = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** A deviation in one line, with both shares, sources and years. */
export const deviationText = (d: Deviation): string =>
  `${d.mineral}, ${d.stage}, ${d.country}: ${share(d.share)} in ${d.source} ${d.year}, ${
    d.other_share === null ? 'not named' : share(d.other_share)
  } in ${d.other_source} ${d.other_year}`;

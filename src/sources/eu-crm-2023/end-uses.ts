import type { EndUse } from '../../tables/policy.ts';
import { numberIn, readCsv } from '../csv.ts';
import { unknowns } from '../names.ts';
import type { Raw, Reference } from '../source.ts';
import type { Tally } from '../tally.ts';
import { euShare, type Material } from './materials.ts';

const file = 'eu-crm-2023/fact_MaterialUseShares.csv';

/** Sector by NACE division; a use without a division is `other`. */
function sectorsOf(reference: Reference): (nace: string | null) => string {
  const sectors = new Map(
    reference
      .csv('sectors')
      .flatMap((row) => (row.division ? row.division.split(';').map((d) => [d, row.sector!] as const) : [])),
  );
  return (nace) => (nace === null ? 'other' : (sectors.get(nace) ?? ''));
}

/**
 * Uses of each material in the EU with the NACE division and its value added. A use that the study places in two
 * divisions is told apart by the division; a line that repeats another is refused.
 */
export function endUseRows(
  raw: Raw,
  materialOf: (label: string) => Material | undefined,
  tally: Tally,
  reference: Reference,
): EndUse[] {
  const sectorOf = sectorsOf(reference);
  const labels = unknowns(file);
  const rows = new Map<string, EndUse>();
  const read = readCsv(
    raw.read(file),
    file,
    ['Material', 'Application', 'Share', 'NACE sector', 'VA in million €'],
    {
      encoding: 'windows-1252',
    },
  );
  tally.read(read.length);
  for (const { line, cells } of read) {
    const material = materialOf(cells.Material);
    labels.known('material', cells.Material, material?.mineral);
    const share = euShare(cells.Share);
    if (!share) labels.known('share', cells.Share, undefined);
    if (!material || !share) continue;
    const nace = /^([A-Z]\d\d)\b/.exec(cells['NACE sector'])?.[1] ?? null;
    if (nace !== null) labels.known('NACE division', nace, sectorOf(nace) || undefined);
    const millions = numberIn(cells['VA in million €'], file, line);
    const row: EndUse = {
      mineral: material.mineral,
      scope: 'EUU',
      application: cells.Application.replace(/\s+/g, ' ').trim(),
      sector: sectorOf(nace),
      share: share.share,
      year: 2023,
      nace,
      value_added_eur: millions === null ? null : millions * 1e6,
      source: 'eu_crm_2023',
      url: 'https://doi.org/10.2873/725585',
      confidence: 'high',
      note: share.limit ? `the share is a bound: ${cells.Share}` : null,
    };
    const key = `${row.mineral}\t${row.application}`;
    const same = rows.get(key);
    if (!same) rows.set(key, row);
    else if (same.nace === row.nace && same.share === row.share) {
      tally.refuse('the line repeats another', `${cells.Material}: ${row.application}`);
      continue;
    } else {
      const application = `${row.application} (${nace ?? 'no division'})`;
      rows.set(`${row.mineral}\t${application}`, { ...row, application });
    }
    tally.use();
  }
  labels.settle();
  return [...rows.values()];
}

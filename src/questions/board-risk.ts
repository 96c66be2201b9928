import type { World } from '../store/world.ts';
import type { AnswerColumn, AnswerRow } from './question.ts';
import type { Names } from './resolve.ts';
import { euSupplyRiskRows } from './risk/eu-supply-risk.ts';
import { geoPolRiskRows } from './risk/geopolrisk.ts';
import type { RiskAnswer, RiskRequest } from './risk/method.ts';
import { nMinusOneRows } from './risk/n-minus-1.ts';

/** Columns that `--risk` adds to a board. */
export const boardRiskColumns: readonly AnswerColumn[] = [
  { name: 'geopolrisk', unit: '1', about: 'GeoPolRisk score of the importer for the stage, 0…1' },
  { name: 'geopolrisk_year', unit: '', about: 'year of its trade and output' },
  { name: 'eu_sr', unit: '1', about: 'EU supply risk of the stage, study of 2023; 1 is the threshold' },
  { name: 'remaining_share', unit: '1', about: 'world output left without the largest producer (N−1)' },
];

/**
 * Writes the risk scores of its mineral and stage into every row of a board. A score is of the stage, not of the
 * customs code, and of its own newest year; a row without one keeps null, and the question `risk` says why.
 * @returns sources of the scores
 */
export async function addRisk(
  world: World,
  names: Names,
  importer: string,
  rows: readonly AnswerRow[],
): Promise<string[]> {
  const minerals = [...new Set(rows.map((r) => String(r.mineral)))];
  const request: RiskRequest = {
    world,
    names,
    importers: [importer],
    minerals,
    stages: undefined,
    years: undefined,
    governanceYear: undefined,
    compat: false,
    breakdown: false,
  };
  const [geo, eu, left] = await Promise.all([
    geoPolRiskRows(request),
    euSupplyRiskRows(request),
    nMinusOneRows(request),
  ]);
  const key = (r: AnswerRow) => `${r.mineral} ${r.stage}`;
  const of = (answer: RiskAnswer) => new Map(answer.rows.map((r) => [key(r), r]));
  const [geoOf, euOf, leftOf] = [of(geo), of(eu), of(left)];
  for (const row of rows) {
    row.geopolrisk = geoOf.get(key(row))?.score ?? null;
    row.geopolrisk_year = row.geopolrisk === null ? null : geoOf.get(key(row))!.year!;
    row.eu_sr = euOf.get(key(row))?.sr ?? null;
    // 0 is a source that names one producer
    row.remaining_share = leftOf.get(key(row))?.remaining_share || null;
  }
  const known = (name: string) => rows.some((r) => r[name] !== null);
  return [
    ...(known('geopolrisk') ? geo.sources : []),
    ...(known('eu_sr') ? eu.sources : []),
    ...(known('remaining_share') ? left.sources : []),
  ];
}

import { rankCorrelation } from '../../analysis/indices/rank-correlation.ts';
import type { AnswerColumn, AnswerRow, Note } from '../question.ts';
import { euSupplyRiskRows } from './eu-criticality.ts';
import { geoPolRiskRows } from './geopolrisk.ts';
import type { RiskAnswer, RiskRequest } from './method.ts';
import { nMinusOneRows } from './n-minus-1.ts';

const columns: readonly AnswerColumn[] = [
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product' },
  { name: 'country', unit: '', about: 'importer of the GeoPolRisk score' },
  { name: 'geopolrisk', unit: '1', about: 'GeoPolRisk score' },
  { name: 'geopolrisk_year', unit: '', about: 'its year' },
  { name: 'hhi', unit: '1', about: 'its concentration of output' },
  { name: 'import_risk', unit: '1', about: 'its instability of suppliers' },
  { name: 'eu_sr', unit: '1', about: 'EU supply risk of the stage, 2023' },
  { name: 'remaining_share', unit: '1', about: 'world output left without the largest supplier' },
  { name: 'geopolrisk_rank', unit: '', about: 'place by GeoPolRisk among rows that have both, 1 = riskiest' },
  { name: 'eu_sr_rank', unit: '', about: 'place by EU supply risk among the same rows' },
  { name: 'rank_gap', unit: '', about: 'difference of the two places' },
  { name: 'why', unit: '', about: 'the terms that pull the two apart' },
  { name: 'note', unit: '', about: 'what is missing' },
];

/** The same minerals under several methods, with rank correlation and what the widest disagreements come from. */
export async function compareRows(request: RiskRequest): Promise<RiskAnswer> {
  const importers = request.importers.length ? request.importers : ['GBR'];
  const asked = { ...request, importers: importers.slice(0, 1) };
  const [geo, eu, n1] = [
    await geoPolRiskRows(asked),
    await euSupplyRiskRows({ ...asked, importers: [] }),
    await nMinusOneRows(asked),
  ];
  const key = (r: AnswerRow) => `${r.mineral} ${r.stage}`;
  const all = new Map<string, AnswerRow>();
  const row = (r: AnswerRow) => {
    const found = all.get(key(r)) ?? {
      ...Object.fromEntries(columns.map((c) => [c.name, null])),
      mineral: r.mineral!,
      stage: r.stage!,
      country: importers[0]!,
    };
    all.set(key(r), found);
    return found;
  };
  for (const r of geo.rows)
    Object.assign(row(r), {
      geopolrisk: r.score,
      geopolrisk_year: r.year,
      hhi: r.hhi,
      import_risk: r.import_risk,
    });
  for (const r of eu.rows) row(r).eu_sr = r.sr ?? null;
  for (const r of n1.rows) row(r).remaining_share = r.remaining_share ?? null;

  const both = [...all.values()].filter((r) => r.geopolrisk !== null && r.eu_sr !== null);
  const places = (name: string) => {
    const sorted = both.toSorted((a, b) => (b[name] as number) - (a[name] as number));
    return new Map(sorted.map((r, i) => [r, i + 1]));
  };
  const geoPlace = places('geopolrisk');
  const euPlace = places('eu_sr');
  const euTerms = new Map(eu.rows.map((r) => [key(r), r]));
  for (const r of both) {
    r.geopolrisk_rank = geoPlace.get(r)!;
    r.eu_sr_rank = euPlace.get(r)!;
    r.rank_gap = r.geopolrisk_rank - r.eu_sr_rank;
    r.why = explain(r, euTerms.get(key(r))!);
  }
  for (const r of all.values())
    if (r.geopolrisk === null || r.eu_sr === null)
      r.note = [r.geopolrisk === null && 'no GeoPolRisk score', r.eu_sr === null && 'no EU supply risk']
        .filter(Boolean)
        .join('; ');
  const rows = [...all.values()].sort(
    (a, b) =>
      Math.abs((b.rank_gap as number) ?? -1) - Math.abs((a.rank_gap as number) ?? -1) ||
      key(a).localeCompare(key(b), 'en'),
  );
  const scores = (name: string) => rows.map((r) => r[name] as number | null);
  const pairs: [string, string][] = [
    ['geopolrisk', 'eu_sr'],
    ['geopolrisk', 'remaining_share'],
    ['eu_sr', 'remaining_share'],
  ];
  const notes: Note[] = pairs.map(([a, b]) => ({
    code: 'rank_correlation',
    value: rankCorrelation(scores(a), scores(b)),
    text: `Spearman rank correlation of ${a} and ${b} over the rows that have both`,
  }));
  return {
    rows,
    columns,
    notes: [
      ...notes,
      ...geo.notes.filter((n) => n.code === 'governance_missing').map(({ rows: _rows, ...n }) => n),
    ],
    sources: new Set([...geo.sources, ...eu.sources, ...n1.sources]),
  };
}

/** In words: which of the two sides is high, and the terms it is high by. */
function explain(r: AnswerRow, eu: AnswerRow): string {
  const figure = (v: unknown) => (typeof v === 'number' ? v.toFixed(2) : 'unknown');
  const euSide = `EU: recycling ${figure(eu.eol_rir)}, substitution ${figure(eu.si_sr)}, scope ${eu.scope ?? 'unknown'}`;
  const geoSide = `GeoPolRisk: output concentration ${figure(r.hhi)}, suppliers’ instability ${figure(r.import_risk)}`;
  return (r.rank_gap as number) > 0 ? `${geoSide}; ${euSide}` : `${euSide}; ${geoSide}`;
}

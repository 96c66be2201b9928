import { meanRanks, rankCorrelation } from '../../analysis/indices/rank-correlation.ts';
import type { AnswerColumn, AnswerRow, Note } from '../question.ts';
import { euEconomicImportanceRows } from './eu-economic-importance.ts';
import { euSupplyRiskRows } from './eu-supply-risk.ts';
import { geoPolRiskRows } from './geopolrisk.ts';
import type { RiskAnswer, RiskRequest } from './method.ts';
import { nMinusOneRows } from './n-minus-1.ts';
import { usgs2020Rows } from './usgs-2020.ts';

/** The scores that are set side by side; of all but `remaining_share` more is riskier. */
const scores = ['geopolrisk', 'eu_sr', 'eu_ei', 'usgs_te', 'remaining_share'] as const;

const columns: readonly AnswerColumn[] = [
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product' },
  { name: 'country', unit: '', about: 'importer of the GeoPolRisk score' },
  { name: 'geopolrisk', unit: '1', about: 'GeoPolRisk score' },
  { name: 'geopolrisk_year', unit: '', about: 'its year' },
  { name: 'hhi', unit: '1', about: 'its concentration of output' },
  { name: 'import_risk', unit: '1', about: 'its instability of suppliers' },
  { name: 'eu_sr', unit: '1', about: 'EU supply risk of the stage, 2023' },
  {
    name: 'eu_concentration',
    unit: '1',
    about: 'its governed concentration, 0…10: eu_sr / (eol_rir, si_sr)',
  },
  { name: 'eol_rir', unit: '1', about: 'its recycling input rate' },
  { name: 'si_sr', unit: '1', about: 'its substitution index' },
  { name: 'eu_ei', unit: '1', about: 'EU economic importance of the material, 2023' },
  { name: 'usgs_te', unit: '1', about: 'trade exposure of the United States, where one figure is published' },
  { name: 'usgs_te_year', unit: '', about: 'its year' },
  { name: 'remaining_share', unit: '1', about: 'N−1: world output left without the largest supplier' },
  { name: 'remaining_share_year', unit: '', about: 'its year' },
  { name: 'geopolrisk_rank', unit: '', about: 'place by GeoPolRisk among rows that have both, 1 = riskiest' },
  { name: 'eu_sr_rank', unit: '', about: 'place by EU supply risk among the same rows' },
  { name: 'rank_gap', unit: '', about: 'difference of the two places' },
  { name: 'why', unit: '', about: 'the terms that pull the two apart' },
  { name: 'note', unit: '', about: 'what is missing' },
];

type Figures = AnswerRow & Record<string, number | null>;
const key = (r: AnswerRow) => `${r.mineral} ${r.stage}`;
const number = (v: unknown): number | null => (typeof v === 'number' ? v : null);

/** The same minerals under several methods, with rank correlation and what the widest disagreements come from. */
export async function compareRows(request: RiskRequest): Promise<RiskAnswer> {
  const country = request.importers[0] ?? 'GBR';
  const asked = { ...request, importers: [country], breakdown: false };
  // a year asked for is one of trade and output; studies and US statistics are taken as they are newest
  const newest = { ...asked, importers: [], years: undefined };
  const geo = await geoPolRiskRows(asked);
  const eu = await euSupplyRiskRows(newest);
  const ei = await euEconomicImportanceRows(newest);
  const usgs = await usgs2020Rows(newest);
  const n1 = await nMinusOneRows({ ...asked, years: undefined });

  const all = new Map<string, AnswerRow>();
  const row = (r: AnswerRow) => {
    const found = all.get(key(r)) ?? {
      ...Object.fromEntries(columns.map((c) => [c.name, null])),
      mineral: r.mineral!,
      stage: r.stage!,
      country,
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
  for (const r of eu.rows) {
    const [sr, eol, si] = [number(r.sr), number(r.eol_rir), number(r.si_sr)];
    const left = eol === null || si === null ? 0 : (1 - eol) * si;
    Object.assign(row(r), {
      eu_sr: sr,
      eu_concentration: sr === null || left <= 0 ? null : sr / left,
      eol_rir: eol,
      si_sr: si,
    });
  }
  // 0 is a source that names one producer: no finding to rank by
  for (const r of n1.rows)
    if (r.remaining_share)
      Object.assign(row(r), { remaining_share: r.remaining_share, remaining_share_year: r.year });
  for (const r of all.values()) {
    r.eu_ei = ei.rows.find((e) => e.mineral === r.mineral)?.ei ?? null;
    const exposures = usgs.rows.filter((u) => u.mineral === r.mineral);
    if (exposures.length === 1)
      Object.assign(r, { usgs_te: exposures[0]!.te, usgs_te_year: exposures[0]!.year });
  }

  const both = [...all.values()].filter((r) => r.geopolrisk !== null && r.eu_sr !== null) as Figures[];
  const places = (name: string) => {
    const ranks = meanRanks(both.map((r) => -r[name]!));
    return new Map(both.map((r, i) => [r, ranks[i]!]));
  };
  const [geoPlace, euPlace] = [places('geopolrisk'), places('eu_sr')];
  const termPlaces = new Map(
    [...geoTerms, ...euTerms].map((t) => [t.name, meanRanks(both.map((r) => -t.risk(r)))]),
  );
  both.forEach((r, i) => {
    r.geopolrisk_rank = geoPlace.get(r)!;
    r.eu_sr_rank = euPlace.get(r)!;
    r.rank_gap = r.geopolrisk_rank - r.eu_sr_rank;
    (r as AnswerRow).why = explain(r, (name) => termPlaces.get(name)![i]!, both.length);
  });
  for (const r of all.values())
    if (r.geopolrisk === null || r.eu_sr === null)
      r.note = [r.geopolrisk === null && 'no GeoPolRisk score', r.eu_sr === null && 'no EU supply risk']
        .filter(Boolean)
        .join('; ');
  const gap = (r: AnswerRow) => (typeof r.rank_gap === 'number' ? Math.abs(r.rank_gap) : -1);
  const rows = [...all.values()].sort((a, b) => gap(b) - gap(a) || (key(a) < key(b) ? -1 : 1));

  const correlations = scores.flatMap((a, i) =>
    scores.slice(i + 1).map((b): Note => {
      const [x, y] = [a, b].map((name) => rows.map((r) => number(r[name]))) as [
        (number | null)[],
        (number | null)[],
      ];
      const n = x.filter((v, k) => v !== null && y[k] !== null).length;
      const value = rankCorrelation(x, y);
      return {
        code: 'rank_correlation',
        value,
        n,
        of: [a, b],
        text: `Spearman rank correlation of ${a} and ${b} over the ${n} rows that have both: ${value === null ? 'not defined' : value.toFixed(2)}`,
      };
    }),
  );
  return {
    rows,
    columns,
    notes: [
      ...correlations,
      ...geo.notes.filter((n) => n.code.startsWith('governance')).map(({ rows: _rows, ...n }) => n as Note),
    ],
    sources: new Set([geo, eu, ei, usgs, n1].flatMap((a) => [...a.sources])),
  };
}

interface Term {
  readonly name: string;
  /** more is riskier */
  readonly risk: (r: Figures) => number;
  readonly text: (r: Figures) => string;
}
const perCent = (v: number | null | undefined) => `${((v ?? 0) * 100).toFixed(0)} %`;

const geoTerms: readonly Term[] = [
  { name: 'output', risk: (r) => r.hhi!, text: (r) => `output concentration ${r.hhi!.toFixed(2)}` },
  {
    name: 'suppliers',
    risk: (r) => r.import_risk!,
    text: (r) => `suppliers’ instability ${r.import_risk!.toFixed(2)}`,
  },
];
const euTerms: readonly Term[] = [
  {
    name: 'governed',
    risk: (r) => r.eu_concentration ?? 0,
    text: (r) => `governed concentration ${(r.eu_concentration ?? 0).toFixed(2)}`,
  },
  {
    name: 'recycling',
    risk: (r) => 1 - (r.eol_rir ?? 0),
    text: (r) => `recycled input ${perCent(r.eol_rir)}`,
  },
  {
    name: 'substitution',
    risk: (r) => r.si_sr ?? 1,
    text: (r) => `substitution index ${(r.si_sr ?? 1).toFixed(2)}`,
  },
];

/** In words: which side says more risk, and of each side the term that says so most, with its place. */
function explain(r: Figures, place: (term: string) => number, of: number): string {
  if (r.rank_gap === 0) return 'the two agree';
  const geoLower = r.rank_gap! > 0;
  const pick = (terms: readonly Term[], low: boolean) => {
    const sorted = [...terms].sort((a, b) => (place(a.name) - place(b.name)) * (low ? -1 : 1));
    return `${sorted[0]!.text(r)} (place ${place(sorted[0]!.name)} of ${of})`;
  };
  return `GeoPolRisk ${geoLower ? 'low' : 'high'} by ${pick(geoTerms, geoLower)}; EU ${geoLower ? 'high' : 'low'} by ${pick(euTerms, !geoLower)}`;
}

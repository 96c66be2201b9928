import {
  economicImportanceEu,
  largestValueAdded2023,
} from '../../analysis/indices/economic-importance-eu.ts';
import { scaledGovernance } from '../../analysis/indices/governance-risk.ts';
import { governedConcentration, type Scope, supplyRiskEu } from '../../analysis/indices/supply-risk-eu.ts';
import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { type EuParameter, endUse, euParameter, euSupplyShare } from '../../tables/policy.ts';
import { governance } from '../../tables/world.ts';
import type { AnswerColumn, AnswerRow } from '../question.ts';
import { Remarks, type RiskAnswer, type RiskRequest, riskKey } from './method.ts';

const study = 2023;
/** the five years whose governance the study averages */
const governanceYears = [2016, 2017, 2018, 2019, 2020];

/** WGI on the study’s scale by country: mean of the six estimates of each year, averaged over the years. */
async function studyGovernance(world: World): Promise<Map<string, number>> {
  const rows = await world.load(governance, { year: governanceYears });
  const byCountry = new Map<string, number>();
  for (const [country, ofCountry] of groupBy(rows, (r) => r.country)) {
    const yearly = [...groupBy(ofCountry, (r) => r.year).values()].flatMap(
      (ofYear) => scaledGovernance(ofYear.map((r) => r.estimate)) ?? [],
    );
    if (yearly.length) byCountry.set(country, yearly.reduce((a, b) => a + b, 0) / yearly.length);
  }
  return byCountry;
}

const srColumns: readonly AnswerColumn[] = [
  ...riskKey,
  { name: 'hhi_wgi_global', unit: '1', about: 'Σ (100·share)²·WGI·t of world supply, 0…100 000' },
  { name: 'hhi_wgi_sourcing', unit: '1', about: 'the same of EU sourcing' },
  { name: 'import_reliance', unit: '1', about: '(I − E)/(D + I − E)' },
  { name: 'eol_rir', unit: '1', about: 'end-of-life recycling input rate' },
  { name: 'si_sr', unit: '1', about: 'substitution index, supply risk' },
  { name: 'sr', unit: '1', about: 'supply risk of the stage, unrounded; 1 is the threshold' },
  { name: 'scope', unit: '', about: 'which supplies the study trusts: GS, EU, GS+EU' },
  { name: 'bottleneck', unit: '', about: 'whether the study scores the material at this stage' },
  { name: 'sr_published', unit: '1', about: 'the study’s value for the material, one decimal' },
  { name: 'note', unit: '', about: 'why a figure is missing' },
];

/** EU supply risk by material and stage from the official shares and t; see analysis/indices/supply-risk-eu.ts. */
export async function euSupplyRiskRows(request: RiskRequest): Promise<RiskAnswer> {
  const { world } = request;
  const [shares, parameters, wgi] = await Promise.all([
    world.load(euSupplyShare, request.minerals ? { mineral: request.minerals } : {}),
    world.load(euParameter, { year: [study] }),
    studyGovernance(world),
  ]);
  const rows: AnswerRow[] = [];
  const remarks = new Remarks();
  const sources = new Set<string>();
  for (const group of groupBy(shares, (s) => `${s.mineral} ${s.stage}`).values()) {
    const { mineral, stage } = group[0]!;
    if (request.stages && !request.stages.includes(stage)) continue;
    const at = rows.length;
    const of = (scope: string) =>
      governedConcentration(
        group
          .filter((s) => s.scope === scope && s.share !== null && s.country !== 'OTH' && s.country !== 'WLD')
          .map((s) => ({ country: s.country, share: s.share!, wgi: wgi.get(s.country) ?? null, t: s.t })),
      );
    const global = of('global');
    const sourcing = of('eu');
    const own = parameters.find((p) => p.mineral === mineral && p.stage === stage);
    const all = parameters.find((p) => p.mineral === mineral && p.stage === 'all');
    const pick = <K extends keyof EuParameter>(key: K) => own?.[key] ?? all?.[key] ?? null;
    const scope = pick('scope') as Scope | null;
    const sr = supplyRiskEu({
      global: global.value,
      sourcing: sourcing.value,
      importReliance: pick('import_reliance'),
      eolRir: pick('eol_rir'),
      siSr: pick('si_sr'),
      scope,
    });
    const missing = [
      pick('eol_rir') === null ? 'no EoL-RIR' : null,
      pick('si_sr') === null ? 'no substitution index' : null,
      sr === null && pick('import_reliance') === null ? 'no import reliance' : null,
      global.value === null && sourcing.value === null ? 'no shares' : null,
    ].filter(Boolean);
    if (sr === null) remarks.add('missing_input', 'an input of the study is missing: no score', at);
    const ungoverned = [...global.missing, ...sourcing.missing];
    if (ungoverned.length)
      remarks.add('governance_missing', 'left out, no governance estimate', at, ungoverned);
    sources.add('eu_crm_2023').add('wgi');
    rows.push({
      method: 'eu_sr',
      mineral,
      stage,
      country: 'EUU',
      year: study,
      hhi_wgi_global: global.value,
      hhi_wgi_sourcing: sourcing.value,
      import_reliance: pick('import_reliance'),
      eol_rir: pick('eol_rir'),
      si_sr: pick('si_sr'),
      sr,
      scope,
      bottleneck: own?.bottleneck ?? null,
      sr_published: all?.sr ?? own?.sr ?? null,
      note: sr === null ? missing.join('; ') : null,
    });
  }
  return { rows, columns: srColumns, notes: remarks.notes(), sources };
}

const eiColumns: readonly AnswerColumn[] = [
  ...riskKey,
  {
    name: 'weighted_value_added_eur',
    unit: 'EUR',
    about: 'Σ share of use × value added of the using sector',
  },
  { name: 'largest_value_added_eur', unit: 'EUR', about: 'value added that sets the scale' },
  { name: 'uses', unit: '', about: 'uses counted' },
  { name: 'use_share', unit: '1', about: 'sum of their shares' },
  { name: 'si_ei', unit: '1', about: 'substitution index, economic importance' },
  { name: 'ei', unit: '1', about: 'economic importance, unrounded; 2.8 is the threshold' },
  { name: 'ei_published', unit: '1', about: 'the study’s value, one decimal' },
  { name: 'note', unit: '', about: 'why a figure is missing' },
];

/** EU economic importance by material; see analysis/indices/economic-importance-eu.ts. */
export async function euEconomicImportanceRows(request: RiskRequest): Promise<RiskAnswer> {
  const { world } = request;
  const [uses, parameters] = await Promise.all([
    world.load(endUse, { scope: ['EUU'], ...(request.minerals ? { mineral: request.minerals } : {}) }),
    world.load(euParameter, { year: [study] }),
  ]);
  const rows: AnswerRow[] = [];
  const remarks = new Remarks();
  const largest = largestValueAdded2023 * 1e6;
  for (const [mineral, group] of groupBy(
    uses.filter((u) => u.value_added_eur !== null),
    (u) => u.mineral,
  )) {
    const of = parameters.filter((p) => p.mineral === mineral);
    const siEi = of.map((p) => p.si_ei).find((s) => s !== null) ?? null;
    const ei = economicImportanceEu(
      group.map((u) => ({ share: u.share, valueAdded: u.value_added_eur })),
      largest,
      siEi,
    );
    if (ei === null)
      remarks.add('missing_input', 'a use share, value added or substitution index is missing', rows.length);
    rows.push({
      method: 'eu_ei',
      mineral,
      stage: 'all',
      country: 'EUU',
      year: study,
      weighted_value_added_eur: group.reduce((s, u) => s + (u.share ?? 0) * (u.value_added_eur ?? 0), 0),
      largest_value_added_eur: largest,
      uses: group.length,
      use_share: group.reduce((s, u) => s + (u.share ?? 0), 0),
      si_ei: siEi,
      ei,
      ei_published: of.map((p) => p.ei).find((s) => s !== null) ?? null,
      note: ei === null ? 'no substitution index' : null,
    });
  }
  return { rows, columns: eiColumns, notes: remarks.notes(), sources: new Set(['eu_crm_2023']) };
}

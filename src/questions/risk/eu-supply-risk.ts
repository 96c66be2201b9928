import { scaledGovernance } from '../../analysis/indices/governance-risk.ts';
import { governedConcentration, type Scope, supplyRiskEu } from '../../analysis/indices/supply-risk-eu.ts';
import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { type EuParameter, type EuSupplyShare, euParameter, euSupplyShare } from '../../tables/policy.ts';
import { governance } from '../../tables/world.ts';
import type { AnswerColumn, AnswerRow } from '../question.ts';
import { checkKnown, namedYears, yearsToAnswer } from '../resolve.ts';
import { breakdownColumns, Remarks, type RiskAnswer, type RiskRequest, riskKey } from './method.ts';

/** the study whose shares and t are in the data */
export const shareStudy = 2023;
/** the five years whose governance the study averages */
const governanceYears = [2016, 2017, 2018, 2019, 2020];
/** the 2017 study prints its concentrations over 10 000 */
const printedScale = 10_000;
/** shares of one side that add up to less say little of that side */
const complete = 0.9;

/** WGI on the study’s scale by country: mean of the six estimates of each year, averaged over the years. */
export async function studyGovernance(world: World): Promise<Map<string, number>> {
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

const columns: readonly AnswerColumn[] = [
  ...riskKey,
  { name: 'hhi_wgi_global', unit: '1', about: 'Σ (100·share)²·WGI·t of world supply, 0…100 000' },
  { name: 'hhi_wgi_sourcing', unit: '1', about: 'the same of EU sourcing' },
  { name: 'import_reliance', unit: '1', about: '(I − E)/(D + I − E)' },
  { name: 'eol_rir', unit: '1', about: 'end-of-life recycling input rate' },
  { name: 'si_sr', unit: '1', about: 'substitution index, supply risk' },
  { name: 'sr', unit: '1', about: 'supply risk of the stage, unrounded; 1 is the threshold' },
  { name: 'scope', unit: '', about: 'which supplies the study trusts: GS, EU, GS+EU' },
  { name: 'bottleneck', unit: '', about: 'whether the study scores the material at this stage' },
  {
    name: 'sr_published',
    unit: '1',
    about: 'the study’s value for the stage, else for the material, one decimal',
  },
  { name: 'global_share', unit: '1', about: 'sum of the suppliers’ shares behind hhi_wgi_global' },
  { name: 'sourcing_share', unit: '1', about: 'sum of the suppliers’ shares behind hhi_wgi_sourcing' },
  { name: 'global_top', unit: '', about: 'supplier that adds most to hhi_wgi_global' },
  { name: 'sourcing_top', unit: '', about: 'supplier that adds most to hhi_wgi_sourcing' },
  { name: 'note', unit: '', about: 'why a figure is missing' },
];

/** One side of the supply: its governed concentration, how much of it is listed, and who weighs most. */
interface Side {
  readonly hhi: number | null;
  readonly share: number | null;
  readonly top: string | null;
  readonly missing: readonly string[];
}
const none: Side = { hhi: null, share: null, top: null, missing: [] };

const unnamed = new Set(['OTH', 'WLD']);

function side(shares: readonly EuSupplyShare[], scope: string, wgi: ReadonlyMap<string, number>): Side {
  const suppliers = shares
    .filter((s) => s.scope === scope && s.share !== null && !unnamed.has(s.country))
    .map((s) => ({ country: s.country, share: s.share!, wgi: wgi.get(s.country) ?? null, t: s.t }));
  if (!suppliers.length) return none;
  const { value, missing, terms } = governedConcentration(suppliers);
  const top = [...terms].sort((a, b) => b.term - a.term || (a.country < b.country ? -1 : 1))[0];
  return {
    hhi: value,
    share: suppliers.reduce((sum, s) => sum + s.share, 0),
    top: top?.country ?? null,
    missing,
  };
}

/**
 * EU supply risk by material and stage. 2023: from the official shares and t with the governance of 2016–2020.
 * 2017: from the concentrations that the study prints, to one decimal. Other studies: only their published scores,
 * with `sr` null. See analysis/indices/supply-risk-eu.ts for the formula.
 */
export async function euSupplyRiskRows(request: RiskRequest): Promise<RiskAnswer> {
  const { world } = request;
  const [shares, parameters, wgi] = await Promise.all([
    world.load(euSupplyShare, request.minerals ? { mineral: request.minerals } : {}),
    world.load(euParameter),
    studyGovernance(world),
  ]);
  const studies = new Set([...parameters.map((p) => p.year), shareStudy]);
  const years = yearsToAnswer(request.years, shareStudy, () => studies);
  if (namedYears(request.years) && !years.some((y) => studies.has(y)))
    checkKnown('year of a study', years.map(String), [...studies].sort().map(String));
  const rows: AnswerRow[] = [];
  const remarks = new Remarks();
  const sources = new Set<string>();
  const sharesOf = groupBy(shares, (s) => `${s.mineral} ${s.stage}`);
  for (const year of years) {
    const ofYear = parameters.filter(
      (p) => p.year === year && (!request.minerals || request.minerals.includes(p.mineral)),
    );
    const keys = new Set(ofYear.filter((p) => p.stage !== 'all').map((p) => `${p.mineral} ${p.stage}`));
    if (year === shareStudy) for (const key of sharesOf.keys()) keys.add(key);
    const staged = new Set([...keys].map((key) => key.split(' ')[0]));
    for (const p of ofYear) if (!staged.has(p.mineral)) keys.add(`${p.mineral} all`);
    for (const key of [...keys].sort()) addRow(key, year, ofYear);
  }
  return {
    rows,
    columns: request.breakdown ? breakdownColumns : columns,
    notes: remarks.notes(),
    sources,
  };

  function addRow(key: string, year: number, ofYear: readonly EuParameter[]): void {
    const [mineral, stage] = key.split(' ') as [string, string];
    if (request.stages && stage !== 'all' && !request.stages.includes(stage)) return;
    const at = rows.length;
    const own = ofYear.find((p) => p.mineral === mineral && p.stage === stage);
    const all = ofYear.find((p) => p.mineral === mineral && p.stage === 'all');
    const pick = <K extends keyof EuParameter>(name: K) => own?.[name] ?? all?.[name] ?? null;
    const listed = year === shareStudy ? (sharesOf.get(key) ?? []) : [];
    const printed = (value: number | null | undefined): Side =>
      value === null || value === undefined ? none : { ...none, hhi: value * printedScale };
    const global = listed.length ? side(listed, 'global', wgi) : printed(own?.hhi_wgi_global);
    const sourcing = listed.length ? side(listed, 'eu', wgi) : printed(own?.hhi_wgi_sourcing);
    if (request.breakdown) {
      for (const s of listed.filter((l) => l.share !== null && !unnamed.has(l.country))) {
        const { terms } = governedConcentration([
          { country: s.country, share: s.share!, wgi: wgi.get(s.country) ?? null, t: s.t },
        ]);
        rows.push({
          method: 'eu_sr',
          mineral,
          stage,
          country: 'EUU',
          year,
          side: s.scope === 'eu' ? 'sourcing' : 'global',
          supplier: s.country,
          quantity_t: null,
          value_usd: null,
          share: s.share,
          governance: wgi.get(s.country) ?? null,
          t: s.t ?? 1,
          term: terms[0]?.term ?? null,
          note: terms.length ? null : 'no governance estimate: left out',
        });
        sources.add('wgi').add(s.source);
      }
      return;
    }
    const reliance = pick('import_reliance');
    const scope = pick('scope') as Scope | null;
    const sr = supplyRiskEu({
      global: global.hhi,
      sourcing: sourcing.hhi,
      importReliance: reliance,
      eolRir: pick('eol_rir'),
      siSr: pick('si_sr'),
      scope,
    });
    const missing = [
      global.hhi === null && sourcing.hhi === null ? 'no shares' : null,
      pick('eol_rir') === null ? 'no EoL-RIR' : null,
      pick('si_sr') === null ? 'no substitution index' : null,
      reliance === null && global.hhi !== null && sourcing.hhi !== null && scope !== 'GS' && scope !== 'EU'
        ? 'no import reliance'
        : null,
    ].filter((m) => m !== null);
    if (sr === null) remarks.add('missing_input', 'an input of the study is missing: no score', at);
    const ungoverned = [...global.missing, ...sourcing.missing];
    if (ungoverned.length)
      remarks.add('governance_missing', 'left out, no governance estimate', at, ungoverned);
    const used = [scope === 'EU' ? null : global.share, scope === 'GS' ? null : sourcing.share];
    if (used.some((share) => share !== null && share < complete))
      remarks.add(
        'shares_incomplete',
        'the shares of a side that counts add up to less than 0.9: its concentration is a lower bound',
        at,
      );
    if (listed.length) sources.add('wgi');
    for (const source of [...listed, own, all].flatMap((r) => r?.source ?? [])) sources.add(source);
    rows.push({
      method: 'eu_sr',
      mineral,
      stage,
      country: 'EUU',
      year,
      hhi_wgi_global: global.hhi,
      hhi_wgi_sourcing: sourcing.hhi,
      import_reliance: reliance,
      eol_rir: pick('eol_rir'),
      si_sr: pick('si_sr'),
      sr,
      scope,
      bottleneck: own?.bottleneck ?? null,
      sr_published: own?.sr ?? all?.sr ?? null,
      global_share: global.share,
      sourcing_share: sourcing.share,
      global_top: global.top,
      sourcing_top: sourcing.top,
      note:
        sr !== null ? null : stage === 'all' ? 'only the published score is in the data' : missing.join('; '),
    });
  }
}

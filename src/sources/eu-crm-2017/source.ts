import * as policy from '../../tables/policy.ts';
import { numberIn, readCsv } from '../csv.ts';
import { materialsOf } from '../eu-crm-2023/materials.ts';
import { emptyParameter } from '../eu-crm-2023/parameters.ts';
import { unknowns } from '../names.ts';
import { harvested, type Source } from '../source.ts';
import { tally } from '../tally.ts';

const file = 'eu-crm-2017/eu_crm_2017_results_and_substitution.csv';
const columns = [
  'material',
  'stage_assessed',
  'SR',
  'EI',
  'import_reliance_pct',
  'EoL_RIR_pct',
  'supply_data_used',
  'SI_EI',
  'SI_SR',
  'HHI_WGI_t_global',
  'HHI_WGI_t_EU28',
] as const;

const stages: Readonly<Record<string, string>> = { Extraction: 'mine', Processing: 'refine' };

/** The thresholds of the study: supply risk at least 1, economic importance at least 2.8. */
const isCritical = (sr: number | null, ei: number | null): boolean | null =>
  sr === null || ei === null ? null : sr >= 1 && ei >= 2.8;

/** Scores and parameters of the 2017 study; it is complete and will not change. */
export const euCrm2017: Source = {
  id: 'eu_crm_2017',
  title: 'Study on the review of the list of critical raw materials 2017',
  publisher: 'European Commission',
  release: '2017 (data of 2010 to 2014)',
  licence: 'EC reuse policy (Decision 2011/833/EU), reuse with acknowledgement',
  citation:
    'European Commission, Study on the review of the list of Critical Raw Materials, 2017, https://doi.org/10.2873/876644',
  url: 'https://doi.org/10.2873/876644',
  cadence: 'once',
  folder: 'eu-crm-2017',
  harvest: (raw, reference) => {
    const count = tally();
    const labels = unknowns(file);
    const materialOf = materialsOf(reference);
    const read = readCsv(raw.read(file), file, columns);
    count.read(read.length);
    const rows: policy.EuParameter[] = [];
    for (const { line, cells } of read) {
      const material = materialOf(cells.material);
      labels.known('material', cells.material, material?.mineral);
      const stage = labels.known('stage', cells.stage_assessed, stages[cells.stage_assessed]);
      if (!material || stage === '') continue;
      const number = (cell: string) => numberIn(cell, file, line, ['-', 'N/A']);
      const share = (cell: string) => {
        const percent = number(cell);
        return percent === null ? null : Number((percent / 100).toPrecision(12));
      };
      const sr = number(cells.SR);
      const ei = number(cells.EI);
      count.use();
      rows.push({
        ...emptyParameter(2017, material.mineral, stage, cells.material),
        scope: scopeOf(cells.supply_data_used),
        import_reliance: share(cells.import_reliance_pct),
        eol_rir: share(cells.EoL_RIR_pct),
        si_sr: number(cells.SI_SR),
        si_ei: number(cells.SI_EI),
        bottleneck: true,
        hhi_wgi_global: number(cells.HHI_WGI_t_global),
        hhi_wgi_sourcing: number(cells.HHI_WGI_t_EU28),
        sr,
        ei,
        critical: isCritical(sr, ei),
        source: 'eu_crm_2017',
      });
    }
    labels.settle();
    return count.harvest([harvested(policy.euParameter, rows)]);
  },
};

/** `GS + EUS` → `GS+EU`, `EUS only` → `EU`, `GS only` → `GS`. */
function scopeOf(text: string): string | null {
  const global = /GS/.test(text);
  const eu = /EUS/.test(text);
  if (global && eu) return 'GS+EU';
  return eu ? 'EU' : global ? 'GS' : null;
}

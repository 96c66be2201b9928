import type { EuParameter } from '../../tables/policy.ts';
import { numberIn, readCsv } from '../csv.ts';
import { unknowns } from '../names.ts';
import type { Raw } from '../source.ts';
import type { Tally } from '../tally.ts';
import { type EuStage, type Material, stageOf } from './materials.ts';

const parametersFile = 'eu-crm-2023/eu_crm_2023_parameters.csv';
const scoresFile = 'eu-crm-2023/dimension_CRMsOverTime.csv';

type MaterialOf = (label: string) => Material | undefined;
interface Score {
  readonly sr: number;
  readonly ei: number;
}

export const emptyParameter = (
  year: number,
  mineral: string,
  stage: string,
  material: string,
): EuParameter => ({
  year,
  mineral,
  stage,
  material,
  scope: null,
  import_reliance: null,
  eol_rir: null,
  si_sr: null,
  si_ei: null,
  bottleneck: null,
  hhi_wgi_global: null,
  hhi_wgi_sourcing: null,
  sr: null,
  ei: null,
  critical: null,
  source: 'eu_crm_2023',
});

/**
 * Parameters of the 2023 study by material and stage, and the published scores of the studies of 2011 to 2023 under
 * stage `all` (one score per material). The score of 2023 also stands on the stage that the study scores.
 */
export function parameterRows(raw: Raw, materialOf: MaterialOf, tally: Tally): EuParameter[] {
  const labels = unknowns('eu-crm-2023');
  const overTime = scoreRows(raw, materialOf, labels, tally);
  const scores2023 = new Map(
    overTime.filter((row) => row.year === 2023).map((row) => [row.mineral, { sr: row.sr!, ei: row.ei! }]),
  );
  const rows = stageRows(raw, materialOf, scores2023, labels, tally);
  labels.settle();
  return [...rows, ...overTime];
}

function scoreRows(
  raw: Raw,
  materialOf: MaterialOf,
  labels: ReturnType<typeof unknowns>,
  tally: Tally,
): EuParameter[] {
  const rows: EuParameter[] = [];
  const read = readCsv(raw.read(scoresFile), scoresFile, ['Material', 'Year', 'SR', 'EI'], {
    encoding: 'windows-1252',
  });
  tally.read(read.length);
  for (const { line, cells } of read) {
    const material = materialOf(cells.Material);
    labels.known('material', cells.Material, material?.mineral);
    if (!material) continue;
    const sr = numberIn(cells.SR, scoresFile, line, ['-']);
    const ei = numberIn(cells.EI, scoresFile, line, ['-']);
    const label = `${cells.Material.replace(/\s+/g, ' ')} ${cells.Year}`;
    if (sr === null && ei === null) {
      tally.refuse('not assessed in that study', label);
      continue;
    }
    if (material.scoreStage !== 'all' && cells.Year === '2017') {
      tally.refuse('the table of the 2017 study gives it with its stage', label);
      continue;
    }
    tally.use();
    rows.push({
      ...emptyParameter(
        Number(cells.Year),
        material.mineral,
        material.scoreStage,
        label.replace(/ \d+$/, ''),
      ),
      sr,
      ei,
    });
  }
  return rows;
}

function stageRows(
  raw: Raw,
  materialOf: MaterialOf,
  scores: ReadonlyMap<string, Score>,
  labels: ReturnType<typeof unknowns>,
  tally: Tally,
): EuParameter[] {
  const rows: EuParameter[] = [];
  const read = readCsv(raw.read(parametersFile), parametersFile, [
    'material',
    'bottleneck_stage',
    'scope_extraction',
    'scope_processing',
    'SI_EI',
    'SI_SR',
    'import_reliance_extraction_pct',
    'import_reliance_processing_pct',
    'EoL_RIR_pct',
    'meets_thresholds_SR_ge_1_and_EI_ge_2_8',
  ]);
  tally.read(read.length);
  for (const { line, cells } of read) {
    const material = materialOf(cells.material);
    labels.known('material', cells.material, material?.mineral);
    if (!material) continue;
    tally.use();
    const number = (cell: string) => numberIn(cell, parametersFile, line);
    const share = (cell: string) => {
      const percent = number(cell);
      return percent === null ? null : Number((percent / 100).toPrecision(12));
    };
    const stages: [EuStage, string, string][] = [
      ['E', cells.scope_extraction, cells.import_reliance_extraction_pct],
      ['P', cells.scope_processing, cells.import_reliance_processing_pct],
    ];
    for (const [stage, scope, reliance] of stages) {
      const bottleneck = cells.bottleneck_stage === stage;
      if (scope === '' && reliance === '' && !bottleneck) continue;
      const score = bottleneck ? scores.get(material.mineral) : undefined;
      rows.push({
        ...emptyParameter(2023, material.mineral, stageOf[stage], cells.material),
        scope: scope === '' ? null : scope,
        import_reliance: share(reliance),
        eol_rir: share(cells.EoL_RIR_pct),
        si_sr: number(cells.SI_SR),
        si_ei: number(cells.SI_EI),
        bottleneck,
        sr: score?.sr ?? null,
        ei: score?.ei ?? null,
        critical: cells.meets_thresholds_SR_ge_1_and_EI_ge_2_8 === '1',
      });
    }
  }
  return rows;
}

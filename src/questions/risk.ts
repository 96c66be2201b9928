import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { production } from '../tables/quantities.ts';
import { hs6Mineral } from '../tables/world.ts';
import { cite } from './cite.ts';
import { minerals, stages, years } from './parameters.ts';
import { type AnswerRow, defineQuestion, type Explanation } from './question.ts';
import { checkKnown, namesOf, oneYear, yearsOf } from './resolve.ts';
import { compareRows } from './risk/compare.ts';
import { euEconomicImportanceRows } from './risk/eu-economic-importance.ts';
import { euSupplyRiskRows } from './risk/eu-supply-risk.ts';
import { riskFormula, riskSum } from './risk/formula.ts';
import { geoPolRiskRows } from './risk/geopolrisk.ts';
import type { RiskAnswer, RiskRequest } from './risk/method.ts';
import { nMinusOneRows } from './risk/n-minus-1.ts';
import { tradeRows } from './risk/trade.ts';
import { usgs2020Rows } from './risk/usgs-2020.ts';
import { riskView } from './risk-view.ts';

const methods: Record<string, (request: RiskRequest) => Promise<RiskAnswer>> = {
  geopolrisk: geoPolRiskRows,
  eu_sr: euSupplyRiskRows,
  eu_ei: euEconomicImportanceRows,
  usgs_2020: usgs2020Rows,
  n_minus_1: nMinusOneRows,
  trade: tradeRows,
  compare: compareRows,
};

/** What a score's concentrations and weighted imports are summed from: the rows of `--breakdown` for this row alone. */
async function summands(
  row: AnswerRow,
  params: { readonly method: string; readonly governanceYear?: number | undefined; readonly compat: boolean },
  world: World,
): Promise<Explanation['inputs']> {
  if (!broken.includes(params.method)) return [];
  const { rows } = await methods[params.method]!({
    world,
    names: await namesOf(world),
    importers: [String(row.country)],
    minerals: [String(row.mineral)],
    stages: [String(row.stage)],
    years: [Number(row.year)],
    governanceYear: params.governanceYear ?? (row.governance_year as number | undefined),
    compat: params.compat,
    breakdown: true,
  });
  const own = rows.map(
    ({ side, supplier, quantity_t, value_usd, share, governance, t, term, note }) =>
      ({ side, supplier, quantity_t, value_usd, share, governance, t, term, note }) as AnswerRow,
  );
  return [...groupBy(own, (r) => String(r.side))].map(([table, rows]) => ({ table, rows }));
}

/** methods with a row for every summand */
const broken = ['geopolrisk', 'eu_sr'];

export const riskQuestion = defineQuestion({
  name: 'risk',
  asks: 'How risky is the supply of a mineral by the indices that analysts know?',
  about:
    'GeoPolRisk, the EU’s supply risk and economic importance, the USGS 2020 terms, the IEA’s N−1, and net import reliance with leverage and origin gap (trade), each with every intermediate, so that a figure can be redone by hand; compare sets them side by side.',
  params: z.object({
    method: z
      .enum(['geopolrisk', 'eu_sr', 'eu_ei', 'usgs_2020', 'n_minus_1', 'trade', 'compare'])
      .default('geopolrisk')
      .describe('which index'),
    for: z
      .array(z.string())
      .optional()
      .describe('importers: ISO3 codes, names or blocs; required for geopolrisk'),
    mineral: minerals,
    stage: stages,
    year: years,
    governanceYear: z
      .int()
      .min(1900)
      .max(2100)
      .optional()
      .describe('year of the suppliers’ stability, where not the year of the trade'),
    breakdown: z
      .boolean()
      .default(false)
      .describe('geopolrisk, eu_sr: a row for every supplier and producer with what it adds'),
    compat: z.boolean().default(false).describe('GeoPolRisk by the published rules: no data scores 0'),
  }),
  example: 'headwater risk --method geopolrisk --for GBR --mineral magnesium',
  async answer(params, world) {
    const names = await namesOf(world);
    const importers = (params.for ?? []).map((p) => names.party(p).id);
    if (!importers.length && params.method === 'geopolrisk')
      throw new UsageError('--for is needed by --method geopolrisk: say whose risk, e.g. --for GBR');
    if (['eu_sr', 'eu_ei'].includes(params.method) && importers.some((i) => i !== 'EUU'))
      throw new UsageError(
        `the EU's study scores the EU alone: use --for EUU or leave it out, not "${params.for}"`,
      );
    if (params.breakdown && !broken.includes(params.method))
      throw new UsageError(`--breakdown is for --method geopolrisk and eu_sr, not "${params.method}"`);
    const inStage = params.stage?.filter((s) => s !== 'all');
    if (inStage?.length) {
      const [codes, output] = await Promise.all([world.load(hs6Mineral), world.load(production)]);
      checkKnown('stage', inStage, new Set([...codes, ...output].map((r) => r.stage)));
    }
    const one = params.method === 'compare' ? oneYear(params.year, '--method compare') : undefined;
    const years = one === undefined ? yearsOf(params.year) : [one];
    const result = await methods[params.method]!({
      world,
      names,
      importers,
      minerals: names.minerals(params.mineral),
      stages: inStage?.length ? inStage : undefined,
      years,
      governanceYear: params.governanceYear,
      compat: params.compat,
      breakdown: params.breakdown,
    });
    if (params.method === 'usgs_2020' && !importers.length && !result.rows.length)
      throw new UsageError(
        'no net import reliance is published in these data: say whose trade exposure is asked for with --for',
      );
    const view = riskView(result.rows, result.notes, { method: params.method, nameOf: names.countryName });
    return { ...result, sources: await cite(world, result.sources), ...(view && { view }) };
  },
  async explain(cell, answer, params, world) {
    const row = answer.rows[cell.row]!;
    const formula = riskFormula(cell.column, row);
    if (formula !== null) return { formula, inputs: await summands(row, params, world) };
    const imports = (await summands(row, params, world)).filter((i) => i.table === 'imports');
    const summed = riskSum(cell.column, row, imports[0]?.rows ?? []);
    if (summed) return { ...summed, inputs: imports };
    const parts = broken.includes(params.method) ? '; --breakdown lists what the scores are summed from' : '';
    return {
      formula,
      behind: `Only the description of the column can be given: it follows from no other cell of its row${parts}.`,
      inputs: [],
    };
  },
});

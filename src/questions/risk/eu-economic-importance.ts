import {
  economicImportanceEu,
  largestValueAdded2023,
} from '../../analysis/indices/economic-importance-eu.ts';
import { groupBy } from '../../tables/group-by.ts';
import { endUse, euParameter } from '../../tables/policy.ts';
import type { AnswerColumn, AnswerRow } from '../question.ts';
import { checkKnown, namedYears, yearsToAnswer } from '../resolve.ts';
import { shareStudy } from './eu-supply-risk.ts';
import { Remarks, type RiskAnswer, type RiskRequest, riskKey } from './method.ts';

/** uses that add up to less leave part of the material out */
const complete = 0.95;

const columns: readonly AnswerColumn[] = [
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

/**
 * EU economic importance by material, from uses and value added of the 2023 study; of other studies only the published
 * scores are in the data, so `ei` is null there. See analysis/indices/economic-importance-eu.ts.
 */
export async function euEconomicImportanceRows(request: RiskRequest): Promise<RiskAnswer> {
  const { world } = request;
  const of = request.minerals ? { mineral: request.minerals } : {};
  const [uses, parameters] = await Promise.all([
    world.load(endUse, { scope: ['EUU'], ...of }),
    world.load(euParameter),
  ]);
  const studies = new Set([...parameters, ...uses].flatMap((r) => r.year ?? []));
  const years = yearsToAnswer(request.years, shareStudy, () => studies);
  if (namedYears(request.years) && !years.some((y) => studies.has(y)))
    checkKnown('year of a study', years.map(String), [...studies].sort().map(String));
  const rows: AnswerRow[] = [];
  const remarks = new Remarks();
  const sources = new Set<string>();
  const largest = largestValueAdded2023 * 1e6;
  for (const year of years) {
    const usesOf = groupBy(
      uses.filter((u) => u.year === year && u.value_added_eur !== null && u.share !== null),
      (u) => u.mineral,
    );
    const ofYear = parameters.filter(
      (p) => p.year === year && (!request.minerals || request.minerals.includes(p.mineral)),
    );
    const parametersOf = groupBy(ofYear, (p) => p.mineral);
    for (const mineral of [...new Set([...usesOf.keys(), ...parametersOf.keys()])].sort()) {
      const at = rows.length;
      const counted = usesOf.get(mineral) ?? [];
      const known = parametersOf.get(mineral) ?? [];
      const siEi = known.map((p) => p.si_ei).find((s) => s !== null) ?? null;
      const ei = economicImportanceEu(
        counted.map((u) => ({ share: u.share, valueAdded: u.value_added_eur })),
        largest,
        siEi,
      );
      const useShare = counted.reduce((s, u) => s + u.share!, 0);
      if (ei === null)
        remarks.add('missing_input', 'a use share, value added or substitution index is missing', at);
      else if (useShare < complete)
        remarks.add('uses_incomplete', 'the uses counted add up to less than 0.95: EI is a lower bound', at);
      for (const row of [...counted, ...known]) sources.add(row.source);
      rows.push({
        method: 'eu_ei',
        mineral,
        stage: 'all',
        country: 'EUU',
        year,
        weighted_value_added_eur: counted.length
          ? counted.reduce((s, u) => s + u.share! * u.value_added_eur!, 0)
          : null,
        largest_value_added_eur: year === shareStudy ? largest : null,
        uses: counted.length,
        use_share: counted.length ? useShare : null,
        si_ei: siEi,
        ei,
        ei_published: known.map((p) => p.ei).find((s) => s !== null) ?? null,
        note:
          ei === null
            ? [
                counted.length ? null : 'no uses with value added',
                siEi === null ? 'no substitution index' : null,
              ]
                .filter((m) => m !== null)
                .join('; ')
            : null,
      });
    }
  }
  return { rows, columns, notes: remarks.notes(), sources };
}

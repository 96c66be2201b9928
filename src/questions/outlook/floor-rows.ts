import type { Project, Target } from '../../tables/policy.ts';
import type { Production } from '../../tables/quantities.ts';
import type { AnswerRow } from '../question.ts';
import { blankOutlook } from './columns.ts';
import { outputNow } from './output.ts';
import { plannedOutput } from './planned-output.ts';

/**
 * The rows of a floor on a country’s own output of a mineral, year by year. What is both mined and refined in the country
 * stands at both stages: the one that is sold is counted.
 * @param from first year to show
 * @param to last year to show; the rule’s own where undefined
 */
export function floorRows(
  rule: Target,
  mineral: string,
  country: string,
  own: readonly Project[],
  outputs: readonly Production[],
  from: number,
  to: number | undefined,
): AnswerRow[] {
  const stage = own.some((p) => p.stage === 'refine') ? 'refine' : 'mine';
  const base = { ...blankOutlook(), target: rule.target, mineral, stage, target_year: rule.year };
  const output = outputNow(
    outputs.filter((p) => p.stage === stage && p.country === country),
    from,
  ).by.get(country);
  const planned = plannedOutput(
    rule,
    own.filter((p) => p.stage === stage),
    from,
    to ?? rule.year!,
    output ?? null,
  );
  if (!planned)
    return [{ ...base, status: 'not_computable', note: `the floor is in ${rule.unit ?? 'no unit'}` }];
  const without = planned.withoutCapacity.length
    ? `; without ${planned.withoutCapacity.join(', ')}: no capacity on content`
    : '';
  return planned.years.map((y) => ({
    ...base,
    year: y.year,
    status: planned.status,
    planned_t: y.expected_t,
    planned_low_t: y.none_t,
    planned_high_t: y.all_t,
    floor_t: planned.floor_t,
    projects: y.projects.join('; ') || null,
    basis: `own output, t of content; floor ${rule.value} ${rule.unit}`,
    note: `${output === undefined ? 'output today is not known and not counted' : `with the output of today, ${output} t`}${without}`,
  }));
}

import type { CapRuleTerms, Comparator } from '../../analysis/policy/rule.ts';
import type { Target } from '../../tables/policy.ts';
import type { AnswerRow } from '../question.ts';
import type { Party } from '../resolve.ts';
import { exemptFrom } from '../rule-scope.ts';
import { targetsColumns } from './columns.ts';

/** A row and the sources behind it. */
export interface Found {
  readonly row: AnswerRow;
  readonly sources: Iterable<string>;
}

/** A row of a rule with nothing known yet. */
export const blank = (rule: Target): AnswerRow => ({
  ...Object.fromEntries(targetsColumns.map((c) => [c.name, null])),
  target: rule.target,
  metric: rule.metric,
  scope: rule.scope,
  cap: rule.value,
  target_year: rule.year,
  stage: rule.stage,
  status: 'not_computable',
});

/** A row that says why a rule cannot be judged. */
export const notComputable = (rule: Target, note: string): AnswerRow => ({
  ...blank(rule),
  mineral: rule.minerals && !rule.minerals.includes(';') ? rule.minerals : null,
  evidence: 'none',
  note,
});

/** What the rule asks of a supply of a year. */
export const terms = (rule: Target, party: Party, year: number): CapRuleTerms => ({
  comparator: rule.comparator as Comparator,
  cap: rule.value,
  targetYear: rule.year,
  exempt: exemptFrom(party, year),
  now: year,
});

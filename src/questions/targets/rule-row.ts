import type { CapRuleTerms, CapStatus, Comparator } from '../../analysis/policy/rule.ts';
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

/** What was found of a supply counted in tonnes or in value, as cells of its row. */
export const judged = ({ to_move, reason: _, ...found }: CapStatus, byTonnes: boolean): AnswerRow => ({
  ...found,
  tonnes_to_move_t: byTonnes ? to_move : null,
  to_move_usd: byTonnes ? null : to_move,
});

import type { AnswerColumn } from '../question.ts';

export const targetsColumns: readonly AnswerColumn[] = [
  { name: 'target', unit: '', about: 'id of the rule' },
  { name: 'metric', unit: '', about: 'what the rule measures' },
  { name: 'scope', unit: '', about: 'each mineral, or the aggregate of its list' },
  { name: 'mineral', unit: '', about: 'mineral; empty for the aggregate' },
  { name: 'stage', unit: '', about: 'stage; empty for the aggregate of all' },
  { name: 'lens', unit: '', about: 'declared, dispatch, traced or controlled' },
  { name: 'year', unit: '', about: 'year of the supply' },
  { name: 'top_country', unit: '', about: 'largest supplier that the rule counts' },
  { name: 'share', unit: '1', about: 'its share; or the value that the rule is about' },
  { name: 'cap', unit: '1', about: 'the limit (or floor)' },
  { name: 'status', unit: '', about: 'met, over (a limit), under (a floor), not_computable' },
  { name: 'headroom', unit: '1', about: 'cap − share' },
  {
    name: 'tonnes_to_move_t',
    unit: 't',
    about: 'Σ max(0, supply_j − cap·supply): what would have to come from elsewhere',
  },
  {
    name: 'required_change_per_year',
    unit: '1',
    about: 'fall of the share each year on a straight line to the target year',
  },
  { name: 'target_year', unit: '', about: 'year by which' },
  { name: 'supply_usd', unit: 'USD', about: 'value of the imports that the share is of' },
  {
    name: 'supply_t',
    unit: 't',
    about: 'tonnes that the share is of; contained unless the basis says gross',
  },
  { name: 'to_move_usd', unit: 'USD', about: 'value to move, where shares are by value' },
  {
    name: 'share_other',
    unit: '1',
    about: 'the same share by the other measure (value where the share is by tonnes)',
  },
  {
    name: 'status_other',
    unit: '',
    about: 'the status by that measure: where it differs the verdict depends on the measure',
  },
  { name: 'low', unit: '1', about: 'traced, controlled: least the share could be' },
  { name: 'high', unit: '1', about: 'traced, controlled: most the share could be' },
  {
    name: 'basis',
    unit: '',
    about: 'what the share is of and in what: imports or consumption, value or tonnes',
  },
  { name: 'evidence', unit: '', about: 'complete, partial (a truncated series), none' },
  { name: 'note', unit: '', about: 'why there is no figure, or what to beware of' },
];

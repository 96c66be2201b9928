import type { AnswerColumn, AnswerRow } from '../question.ts';

export const outlookColumns: AnswerColumn[] = [
  { name: 'target', unit: '', about: 'id of the rule' },
  { name: 'mineral', unit: '', about: 'mineral' },
  { name: 'stage', unit: '', about: 'stage' },
  { name: 'lens', unit: '', about: 'declared or traced' },
  { name: 'year', unit: '', about: 'year looked at; the first is that of the supply' },
  { name: 'top_country', unit: '', about: 'largest supplier that the rule counts, today' },
  { name: 'share', unit: '1', about: 'largest share if nothing changes' },
  { name: 'pipeline_share', unit: '1', about: 'largest share with known projects at their chances' },
  { name: 'pipeline_country', unit: '', about: 'whose that is' },
  { name: 'pipeline_low', unit: '1', about: 'the lesser of: no project comes, all come' },
  { name: 'pipeline_high', unit: '1', about: 'the greater of the two' },
  {
    name: 'projected_share',
    unit: '1',
    about:
      'largest share if each supplier grows as its output is projected in `production`; those it does not name as the rest of the world',
  },
  { name: 'projected_country', unit: '', about: 'whose that is' },
  {
    name: 'path_share',
    unit: '1',
    about: 'largest share that a straight line to the cap allows that year; the cap from the target year on',
  },
  { name: 'cap', unit: '1', about: 'the limit' },
  {
    name: 'status',
    unit: '',
    about: 'met (now), on_path, off_path (with the projects, over all years to the target), not_computable',
  },
  { name: 'tonnes_to_move_t', unit: 't', about: 'max(0, share − cap) × demand of that year' },
  {
    name: 'required_change_per_year',
    unit: '1',
    about: 'fall of the share each year to meet the cap in time',
  },
  { name: 'demand_t', unit: 't', about: 'demand of that year' },
  { name: 'demand_growth', unit: '1', about: 'demand as a multiple of today’s' },
  {
    name: 'projects',
    unit: '',
    about: 'projects counted by that year: name, where, capacity in t of content, start, chance',
  },
  {
    name: 'potential',
    unit: '',
    about: 'target year: what countries that send nothing today could send at most',
  },
  {
    name: 'planned_t',
    unit: 't',
    about: 'a floor on own output: what own projects give by then, at their chances',
  },
  { name: 'planned_low_t', unit: 't', about: 'the same if no project comes' },
  { name: 'planned_high_t', unit: 't', about: 'the same if all come' },
  { name: 'floor_t', unit: 't', about: 'the floor, on content' },
  { name: 'target_year', unit: '', about: 'year by which' },
  { name: 'basis', unit: '', about: 'what the share is of and in what' },
  { name: 'note', unit: '', about: 'why there is no figure, or what to beware of' },
];

/** A row of an outlook with nothing known yet. */
export const blankOutlook = (): AnswerRow => Object.fromEntries(outlookColumns.map((c) => [c.name, null]));

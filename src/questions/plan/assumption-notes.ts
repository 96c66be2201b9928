import type { CapRule } from '../cap-rule.ts';
import { percent } from '../figure.ts';
import type { PlanParams } from '../plan.ts';
import type { Note } from '../question.ts';
import type { Names, Party } from '../resolve.ts';
import { named } from '../wording.ts';
import type { StageSupply } from './stage-supply.ts';

const counts = {
  declared: 'the seller’s country',
  traced: 'where it was born',
  controlled: 'the owner’s home',
} as const;

/** What a plan from the data takes for granted, what it leaves out, and the cap it keeps. */
export function assumptionNotes(
  asked: PlanParams,
  supplies: readonly StageSupply[],
  unplanned: readonly string[],
  rule: CapRule,
  party: Party,
  names: Names,
): Note[] {
  const notes: Note[] = [];
  if (unplanned.length && supplies.length)
    notes.push({
      code: 'not_planned',
      value: unplanned.length,
      minerals: [...unplanned],
      text: `no plan for ${unplanned.length} of the minerals asked about, as no trade in tonnes and value of a code of their own is in the data: ${named(unplanned.map(names.mineralName))}`,
    });
  const grown = supplies.filter((s) => s.growth.source !== null || asked.demand !== undefined);
  for (const s of asked.demand === undefined ? grown : grown.slice(0, 1))
    notes.push({
      code: 'demand',
      text: `${asked.demand === undefined ? `${names.mineralName(s.mineral)}: ` : ''}${s.growth.remark}`,
    });
  notes.push(
    {
      code: 'assumptions',
      text: `assumed, and changeable: of what others buy, of idle capacity and of new projects ${percent(asked.divert)} can be had (--divert); freight ${asked.freight} USD per tonne and km (--freight); ${percent(asked.riskPremium)} of the price for the worst governance (--risk-premium)`,
    },
    rule.cap === null
      ? { code: 'no_cap', text: `no cap: ${party.name} has set itself none; give one with --cap` }
      : {
          code: 'cap',
          value: rule.cap,
          text: `cap ${percent(rule.cap)} of demand (${rule.rule}), by ${counts[asked.capOn]}, in every year of the plan`,
        },
  );
  if (!supplies.length)
    notes.push({
      code: 'no_supply',
      text: 'no trade with tonnes and value for any of the minerals asked about',
    });
  return notes;
}

import { capStatus } from '../../analysis/policy/rule.ts';
import type { Target } from '../../tables/policy.ts';
import type { Weight } from '../declared-supply.ts';
import type { AnswerRow } from '../question.ts';
import type { Party } from '../resolve.ts';
import { amountsOf, type StageMix, sharesOf } from '../stage-mix.ts';
import { blank, type Found, judged, terms } from './rule-row.ts';

/** A row of the rule on one mineral and stage, from the country that the customs paper names. */
export function declaredRow(
  rule: Target,
  party: Party,
  which: string,
  { mineral, stage, mix }: { mineral: string; stage: string; mix: StageMix | null },
  wanted: Weight,
): Found {
  const row: AnswerRow = { ...blank(rule), mineral, stage, lens: which };
  if (!mix || sharesOf(amountsOf(mix, wanted)).length === 0)
    return {
      row: {
        ...row,
        evidence: 'none',
        note: 'no open figures of this supply: no trade in its codes, or codes that hold several minerals',
      },
      sources: mix?.sources ?? [],
    };
  const amounts = amountsOf(mix, wanted);
  const other = amountsOf(mix, amounts.weight === 'value' ? 'quantity' : 'value');
  const found = capStatus({ by: amounts.by }, terms(rule, party, mix.year));
  const second =
    other.weight === amounts.weight ? null : capStatus({ by: other.by }, terms(rule, party, mix.year));
  const byTonnes = amounts.weight === 'quantity';
  const caveats = [
    mix.complete ? '' : 'partial series: some flows are missing',
    mix.missing.length ? `without codes ${mix.missing.join(', ')}: no figures` : '',
    mix.value_share_without_quantity >= 0.0005 && byTonnes
      ? `${(100 * mix.value_share_without_quantity).toFixed(1)} % of the value has no tonnes`
      : '',
    amounts.weight === wanted ? '' : `by ${amounts.weight}: the data have no other measure`,
  ].filter(Boolean);
  return {
    row: {
      ...row,
      year: mix.year,
      ...judged(found, byTonnes),
      supply_usd: mix.value_usd > 0 ? mix.value_usd : null,
      supply_t: mix.quantity_t > 0 ? mix.quantity_t : null,
      share_other: second?.share ?? null,
      status_other: second?.status ?? null,
      basis: `imports, ${byTonnes ? `tonnes ${mix.tonnes}` : 'value'}${mix.period ? `, ${mix.period}` : ''}`,
      evidence: mix.complete ? 'complete' : 'partial',
      note: caveats.join('; ') || null,
    },
    sources: mix.sources,
  };
}

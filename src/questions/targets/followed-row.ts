import { capStatus } from '../../analysis/policy/rule.ts';
import { requiredChangePerYear, tonnesToMove } from '../../analysis/policy/tonnes-to-move.ts';
import type { Target } from '../../tables/policy.ts';
import type { Weight } from '../declared-supply.ts';
import type { Party } from '../resolve.ts';
import type { LensShares } from '../traced-shares.ts';
import { blank, type Found, terms } from './rule-row.ts';

/** A supply followed through the world, in the year it was followed. */
export interface Followed {
  readonly year: number;
  readonly shares: LensShares;
}

/** A row from where the supply was born, or who holds it; shares are of apparent consumption, own output included. */
export function followedRow(
  rule: Target,
  party: Party,
  which: string,
  { mineral, stage }: { mineral: string; stage: string },
  { year, shares: found }: Followed,
  wanted: Weight,
): Found {
  const { exempt } = terms(rule, party, year);
  const counted = found.shares!.filter((s) => !exempt.has(s.country));
  const top = counted[0];
  const share = top?.share ?? 0;
  const consumption = found.consumption!;
  const judged = capStatus(
    { by: new Map(found.shares!.map((s) => [s.country, s.share])), total: 1 },
    terms(rule, party, year),
  );
  const byTonnes = wanted === 'quantity';
  const move = tonnesToMove(
    counted.map((s) => s.share * consumption),
    consumption,
    rule.value!,
  );
  return {
    row: {
      ...blank(rule),
      mineral,
      stage,
      lens: which,
      year,
      top_country: top?.country ?? null,
      share,
      status: judged.status,
      headroom: rule.value! - share,
      tonnes_to_move_t: byTonnes ? move : null,
      to_move_usd: byTonnes ? null : move,
      required_change_per_year: requiredChangePerYear(share, rule.value!, year, rule.year),
      supply_usd: byTonnes ? null : consumption,
      supply_t: byTonnes ? consumption : null,
      low: top?.low ?? null,
      high: top?.high ?? null,
      basis: `apparent consumption, ${byTonnes ? 'tonnes' : 'value'}`,
      evidence: found.notes.some((n) => n.code === 'partial') ? 'partial' : 'complete',
      note:
        (found.unrecordedShare ?? 0) > 0.05
          ? `${(100 * found.unrecordedShare!).toFixed(0)} % of the supply is of unrecorded birth`
          : null,
    },
    sources: found.sources,
  };
}

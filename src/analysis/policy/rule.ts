import { requiredChangePerYear, tonnesToMove } from './tonnes-to-move.ts';

export type Comparator = '<=' | '<' | '>=' | '>' | '=';

/** `over` a limit, `under` a floor; a reason stands beside `not_computable`. */
export type RuleStatus = 'met' | 'over' | 'under' | 'not_computable';

const holds: Record<Comparator, (value: number, limit: number) => boolean> = {
  '<=': (v, l) => v <= l,
  '<': (v, l) => v < l,
  '>=': (v, l) => v >= l,
  '>': (v, l) => v > l,
  '=': (v, l) => v === l,
};

/**
 * Whether a value keeps a rule. A null value or limit cannot be judged: `not_computable`, never `met`.
 * @example ruleStatus(0.82, '<=', 0.6) // 'over'
 */
export function ruleStatus(value: number | null, comparator: Comparator, limit: number | null): RuleStatus {
  if (value === null || limit === null) return 'not_computable';
  if (holds[comparator](value, limit)) return 'met';
  return value > limit ? 'over' : 'under';
}

/** Who supplies one mineral at one stage, in one unit (tonnes or USD). */
export interface Supply {
  /** amount by country; the consumer's own output and recycling stand under its own id */
  readonly by: ReadonlyMap<string, number>;
  /** all supply D where it is more than Σ by (part of it unattributed); else Σ by */
  readonly total?: number | null;
}

export interface CapRuleTerms {
  readonly comparator: Comparator;
  readonly cap: number | null;
  readonly targetYear: number | null;
  /** countries the limit does not count: the consumer itself; members, where only third countries count */
  readonly exempt: ReadonlySet<string>;
  /** year of the supply */
  readonly now: number;
}

export interface CapStatus {
  readonly status: RuleStatus;
  /** why it is not computable */
  readonly reason: 'no_supply' | 'no_limit' | null;
  readonly top_country: string | null;
  /** largest share of a country the limit counts, 0…1 */
  readonly share: number | null;
  /** cap − share; below 0 by how much it is over */
  readonly headroom: number | null;
  /** Σ_j max(0, supply_j − cap·D), in the unit of the supply */
  readonly to_move: number | null;
  readonly required_change_per_year: number | null;
}

/**
 * A limit on any one country's share, against a supply. `s_j = supply_j / D`; the largest of the countries that count
 * is compared with the cap. Shares of a truncated list of suppliers should come with `total`.
 * Null and `no_supply` where D is 0 or unknown. Where nobody counts (all domestic) the share is 0 and the rule is met.
 */
export function capStatus(supply: Supply, terms: CapRuleTerms): CapStatus {
  let sum = 0;
  for (const amount of supply.by.values()) sum += amount;
  const total = Math.max(supply.total ?? 0, sum);
  const blank = {
    top_country: null,
    share: null,
    headroom: null,
    to_move: null,
    required_change_per_year: null,
  };
  if (!(total > 0)) return { ...blank, status: 'not_computable', reason: 'no_supply' };
  const counted = [...supply.by].filter(([country]) => !terms.exempt.has(country));
  counted.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const top = counted[0];
  const share = (top?.[1] ?? 0) / total;
  const found = { top_country: top?.[0] ?? null, share };
  if (terms.cap === null) return { ...blank, ...found, status: 'not_computable', reason: 'no_limit' };
  return {
    ...found,
    status: ruleStatus(share, terms.comparator, terms.cap),
    reason: null,
    headroom: terms.cap - share,
    to_move: tonnesToMove(
      counted.map(([, amount]) => amount),
      total,
      terms.cap,
    ),
    required_change_per_year: requiredChangePerYear(share, terms.cap, terms.now, terms.targetYear),
  };
}

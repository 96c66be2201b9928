import { aggregate } from '../../analysis/policy/aggregate-share.ts';
import { capStatus } from '../../analysis/policy/rule.ts';
import type { Target } from '../../tables/policy.ts';
import type { Weight } from '../declared-supply.ts';
import type { Party } from '../resolve.ts';
import type { StageMix } from '../stage-mix.ts';
import type { Followed } from './followed-row.ts';
import { blank, type Found, judged, terms } from './rule-row.ts';

/** The year that most supplies are of; of two the newer. */
function commonYear(years: readonly number[]): number {
  const count = new Map<number, number>();
  for (const y of years) count.set(y, (count.get(y) ?? 0) + 1);
  return [...count].sort(([a, n], [b, m]) => m - n || b - a)[0]?.[0] ?? 0;
}

/** The rule on all minerals of its list as one supply, as it is written; once by value and once by tonnes. */
export function inAggregate(
  rule: Target,
  party: Party,
  which: string,
  mine: readonly { mineral: string; stage: string; mix: StageMix | null }[],
  by: Weight,
): Found {
  const common = commonYear(mine.flatMap((m) => m.mix?.year ?? []));
  const all = aggregate(
    mine.map(({ mineral, stage, mix }) => ({
      id: `${mineral} ${stage}`,
      // one year only: adding a supply of 2020 to one of 2024 would be a supply of no year
      by: mix && mix.year === common ? (by === 'value' ? mix.value_by : mix.tonnes_by) : null,
    })),
  );
  const value = (m: StageMix | null) => (m && m.year === common ? m.value_usd : 0);
  const found = capStatus({ by: all.by }, terms(rule, party, common));
  const tonnes = by === 'quantity';
  return {
    row: {
      ...blank(rule),
      mineral: null,
      stage: null,
      lens: which,
      year: common || null,
      ...judged(found, tonnes),
      supply_usd: mine.reduce((s, m) => s + value(m.mix), 0) || null,
      supply_t: tonnes && all.total > 0 ? all.total : null,
      basis: `imports of ${all.counted.length} of ${mine.length} minerals and stages, ${tonnes ? 'tonnes' : 'value'}`,
      evidence: all.counted.length === 0 ? 'none' : all.missing.length ? 'partial' : 'complete',
      note: all.heaviest
        ? `${all.heaviest.id} alone is ${(100 * all.heaviest.share).toFixed(0)} % of the sum${tonnes ? '; ore, metal and compounds are added as the rule is written' : ''}; without ${all.missing.length} that have no figures`
        : 'no figures',
    },
    sources: mine.flatMap((m) => (m.mix && m.mix.year === common ? m.mix.sources : [])),
  };
}

/** The same where each supply was followed to where it was born, or to who holds it: of apparent consumption, in one measure. */
export function followedInAggregate(
  rule: Target,
  party: Party,
  which: string,
  mine: readonly { readonly id: string; readonly found: Followed | null }[],
  wanted: Weight,
): Found {
  const common = commonYear(mine.flatMap((m) => m.found?.year ?? []));
  const counted = mine.filter((m) => m.found?.year === common && (m.found.shares.consumption ?? 0) > 0);
  const by = new Map<string, number>();
  let total = 0;
  for (const { found } of counted) {
    const { consumption, shares } = found!.shares;
    total += consumption!;
    for (const s of shares!) by.set(s.country, (by.get(s.country) ?? 0) + s.share * consumption!);
  }
  const found = capStatus({ by, total }, terms(rule, party, common));
  const tonnes = wanted === 'quantity';
  const missing = mine.length - counted.length;
  return {
    row: {
      ...blank(rule),
      lens: which,
      year: common || null,
      ...judged(found, tonnes),
      supply_usd: tonnes || total === 0 ? null : total,
      supply_t: tonnes && total > 0 ? total : null,
      basis: `apparent consumption of ${counted.length} of ${mine.length} minerals and stages, ${tonnes ? 'tonnes' : 'value'}`,
      evidence: counted.length === 0 ? 'none' : missing ? 'partial' : 'complete',
      note: counted.length
        ? `${tonnes ? 'ore, metal and compounds are added as the rule is written; by value with --weight value; ' : ''}without ${missing} that could not be followed`
        : 'no supply could be followed',
    },
    sources: counted.flatMap((m) => [...m.found!.shares.sources]),
  };
}

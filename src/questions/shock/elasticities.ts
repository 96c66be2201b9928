import type { Range } from '../../analysis/shocks/random.ts';
import { defaultAssumptions } from '../../analysis/shocks/shock.ts';
import type { Elasticity } from '../../tables/policy.ts';
import type { Note } from '../question.ts';

/** A price elasticity with its range where a source gives one, and what is to be said about it. */
export interface FoundElasticity {
  readonly value: number;
  readonly range?: Range;
  readonly source?: string;
  readonly note?: Note;
}

const fallbacks = {
  supply: defaultAssumptions.supplyElasticity,
  demand: defaultAssumptions.demandElasticity,
};

/** What the person asking says, else the mineral's own row, else the row for all minerals, else the stated default. */
export function elasticityFor(
  rows: readonly Elasticity[],
  mineral: string,
  side: 'supply' | 'demand',
  chosen: number | undefined,
): FoundElasticity {
  if (chosen !== undefined) return { value: chosen };
  const code = `${side}_elasticity`;
  const row = decisive(rows, mineral, side);
  if (!row) {
    const value = fallbacks[side];
    const text = `price elasticity of ${side} ${value}: the stated default, nothing better is known`;
    return { value, note: { code, value, text } };
  }
  const value = row.value!;
  const range = row.low !== null && row.high !== null ? { low: row.low, mode: value, high: row.high } : null;
  const sure =
    row.confidence === 'assumption' ? 'an assumption' : `confidence ${row.confidence ?? 'not stated'}`;
  const text = `price elasticity of ${side} ${value}${range ? ` (${range.low} to ${range.high})` : ''}, ${sure}: ${row.source}${row.mineral === 'all' ? ', the default for all minerals' : ''}`;
  return { value, ...(range && { range }), source: row.source, note: { code, value, text } };
}

/** The row that decides: one with a range before one without, the mineral's own before the default. */
function decisive(rows: readonly Elasticity[], mineral: string, side: string): Elasticity | undefined {
  const usable = rows.filter((r) => r.side === side && r.horizon === 'short' && r.value !== null);
  return usable
    .filter((r) => r.mineral === mineral || r.mineral === 'all')
    .sort(
      (a, b) =>
        Number(a.mineral === 'all') - Number(b.mineral === 'all') ||
        Number(a.low === null || a.high === null) - Number(b.low === null || b.high === null),
    )[0];
}

import { defaultCapacityRatio } from '../../analysis/shocks/shock.ts';
import type { Capacity } from '../../tables/quantities.ts';
import type { Note } from '../question.ts';
import { newestByCountry } from './newest-by-country.ts';

/** What each country could make, t per year, in the order of the network; where it is from, and what is assumed. */
export interface FoundCapacities {
  readonly capacity: Float64Array;
  readonly sources: readonly string[];
  readonly notes: readonly Note[];
}

const producers = (n: number) => (n === 1 ? 'one producer' : `${n} producers`);

/** Rows of `capacity`, else a tenth above output (noted). A capacity below output counts as output (noted). */
export function capacitiesOf(
  rows: readonly Capacity[],
  year: number,
  countries: readonly string[],
  production: ArrayLike<number>,
): FoundCapacities {
  const known = newestByCountry(
    rows.filter((r) => r.quantity_t !== null),
    year,
  );
  const sources: string[] = [];
  let guessed = 0;
  let below = 0;
  const capacity = Float64Array.from(production, (made, j) => {
    const own = known.get(countries[j]!);
    if (!own) {
      if (made > 0) guessed++;
      return made * defaultCapacityRatio;
    }
    for (const row of own) sources.push(row.source);
    const most = Math.max(...own.map((r) => r.quantity_t!));
    if (most < made) below++;
    return Math.max(made, most);
  });
  const notes: Note[] = [];
  if (guessed)
    notes.push({
      code: 'capacity_assumed',
      value: defaultCapacityRatio,
      text: `${producers(guessed)} without a known capacity ${guessed === 1 ? 'is' : 'are'} taken to be able to make ${defaultCapacityRatio} times the output`,
    });
  if (below)
    notes.push({
      code: 'capacity_below_output',
      text: `${producers(below)} ${below === 1 ? 'reports' : 'report'} a capacity below output: output counts`,
    });
  return { capacity, sources, notes };
}

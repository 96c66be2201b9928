import { type Concentration, concentration } from '../../analysis/concentration/concentration.ts';
import { groupBy } from '../../tables/group-by.ts';
import type { Production } from '../../tables/quantities.ts';
import { preferredSource } from '../preferred-source.ts';

/** World output of one mineral, stage and year, from the source that decides. */
export interface WorldOutput {
  readonly source: string | null;
  readonly concentration: Concentration;
  /** rows of countries, without the world total and the rest */
  readonly named: readonly Production[];
  /** tonnes of some countries together: 0 where none is named, null where one is named without a figure */
  readonly of: (members: ReadonlySet<string>) => number | null;
  /** how far the source names these countries: it does; not it, but another source or year does; none does */
  readonly naming: (members: ReadonlySet<string>) => 'named' | 'elsewhere' | 'nowhere';
}

/** World output by mineral, stage and year, each worked out once. */
export function outputs(rows: readonly Production[]) {
  const grouped = groupBy(rows, (p) => `${p.mineral} ${p.stage} ${p.year}`);
  const held = new Map<string, WorldOutput>();
  const makers = new Set(
    rows.filter((r) => (r.quantity_t ?? r.share ?? 0) > 0).map((r) => `${r.mineral} ${r.stage} ${r.country}`),
  );
  return (mineral: string, stage: string, year: number): WorldOutput => {
    const key = `${mineral} ${stage} ${year}`;
    const known = held.get(key);
    if (known) return known;
    const all = grouped.get(key) ?? [];
    const source = preferredSource(all);
    const ofSource = all.filter((r) => r.source === source);
    const named = ofSource.filter((r) => r.country !== 'WLD' && r.country !== 'OTH');
    const byCountry = new Map(named.map((r) => [r.country, r]));
    const output: WorldOutput = {
      source,
      concentration: concentration(ofSource),
      named,
      of(members) {
        let sum = 0;
        for (const country of members) {
          const row = byCountry.get(country);
          if (!row) continue;
          if (row.quantity_t !== null) sum += row.quantity_t;
          else if ((row.share ?? 1) > 0) return null;
        }
        return sum;
      },
      naming(members) {
        const countries = [...members];
        if (countries.some((c) => byCountry.has(c))) return 'named';
        return countries.some((c) => makers.has(`${mineral} ${stage} ${c}`)) ? 'elsewhere' : 'nowhere';
      },
    };
    held.set(key, output);
    return output;
  };
}

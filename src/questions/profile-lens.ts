import type { World } from '../store/world.ts';
import type { Hs6Mineral } from '../tables/world.ts';
import { type Traceable, tracedLenses, whyNoShares } from './board-lenses.ts';
import type { AnswerColumn, AnswerRow } from './question.ts';
import type { Party } from './resolve.ts';
import { traceableYears } from './traceable-years.ts';

/** Columns that a lens adds to a profile: what the country is to one importer. */
export const profileLensColumns: readonly AnswerColumn[] = [
  { name: 'for', unit: '', about: 'the importer whose supply supply_share is of' },
  { name: 'lens', unit: '', about: 'traced origin, or home of the owner' },
  {
    name: 'supply_share',
    unit: '1',
    about: 'part of the importer’s apparent consumption from the country by the lens',
  },
  { name: 'supply_low', unit: '1', about: 'lowest that the choices and what is unknown leave open' },
  { name: 'supply_high', unit: '1', about: 'highest of the same' },
  { name: 'supply_year', unit: '', about: 'year traced: the newest with trade and output' },
  { name: 'supply_note', unit: '', about: 'why there is no share' },
];

/**
 * Writes into every row of a profile which part of an importer's supply of the mineral and stage comes from the
 * country, traced or controlled, by tonnes. @returns sources of the shares
 */
export async function addSupply(
  world: World,
  of: { readonly country: string; readonly importer: Party; readonly lens: 'traced' | 'controlled' },
  codes: readonly Hs6Mineral[],
  rows: readonly AnswerRow[],
): Promise<Set<string>> {
  const traceable = await traceableYears(world, [...new Set(rows.map((r) => String(r.mineral)))]);
  const planned = new Map<string, Traceable>();
  for (const [key, { both }] of traceable) {
    const [mineral, stage] = key.split(' ') as [string, string];
    if (both.length) planned.set(key, { mineral, stage, year: both.at(-1)! });
  }
  const lenses = tracedLenses(world, of.importer, 'quantity', codes, [...planned.values()]);
  const used = new Set<string>();
  for (const row of rows) {
    const blank = { supply_share: null, supply_low: null, supply_high: null, supply_year: null };
    Object.assign(row, { for: of.importer.id, lens: of.lens, ...blank, supply_note: null });
    const plan = planned.get(`${row.mineral} ${row.stage}`);
    if (!plan) {
      row.supply_note = 'no year with both trade and output of the stage';
      continue;
    }
    const found = (await lenses(plan))[of.lens];
    row.supply_year = plan.year;
    if (!found.shares) {
      row.supply_note = whyNoShares(found);
      continue;
    }
    for (const source of found.sources) used.add(source);
    const own = found.shares.find((s) => s.country === of.country);
    // a country that no tonne is traced to has a true 0; what it might hold of the unknown is not told for it
    row.supply_share = own?.share ?? 0;
    row.supply_low = own?.low ?? null;
    row.supply_high = own?.high ?? null;
  }
  return used;
}

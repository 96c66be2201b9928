import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { criticalList } from '../../tables/policy.ts';
import type { Party } from '../resolve.ts';

/** The party’s newest list of critical minerals with ten members or more, else its newest. */
export async function ownList(world: World, party: Party): Promise<string | null> {
  const lists = (await world.load(criticalList, { jurisdiction: [party.id] })).filter(
    (r) => r.status === 'critical',
  );
  const size = groupBy(lists, (r) => r.list);
  const newest = [...size].sort(
    ([, a], [, b]) => (b[0]!.year ?? 0) - (a[0]!.year ?? 0) || b.length - a.length,
  );
  return newest.find(([, rows]) => rows.length >= 10)?.[0] ?? newest[0]?.[0] ?? null;
}

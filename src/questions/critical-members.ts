import type { World } from '../store/world.ts';
import { criticalList } from '../tables/policy.ts';
import { unknown } from './resolve.ts';

/** The members of a list: only rows with status critical count. An unknown list is a UsageError that names the nearest. */
export async function criticalMembers(world: World, list: string): Promise<ReadonlySet<string>> {
  const all = await world.load(criticalList);
  const members = all.filter((r) => r.list === list);
  if (members.length === 0) throw unknown('list', list, new Set(all.map((r) => r.list)));
  return new Set(members.filter((r) => r.status === 'critical').map((r) => r.mineral));
}

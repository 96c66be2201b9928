import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { didYouMean } from '../tables/nearest.ts';
import { type Target, target } from '../tables/policy.ts';
import { criticalMembers } from './critical-members.ts';
import type { Party } from './resolve.ts';

/** The published rules of a party, or the one named; the one named may be another's and is then held against this one. */
export async function rulesFor(world: World, party: Party, id: string | undefined): Promise<Target[]> {
  const all = await world.load(target);
  if (id === undefined) return all.filter((r) => r.jurisdiction === party.id);
  const rule = all.find((r) => r.target === id);
  if (!rule)
    throw new UsageError(
      `unknown target: "${id}"${didYouMean(
        id,
        all.map((r) => r.target),
      )}`,
    );
  return [rule];
}

/** The minerals a rule applies to: those it names, else the members of its list; null = every mineral. */
export async function mineralsOf(world: World, rule: Target): Promise<ReadonlySet<string> | null> {
  if (rule.minerals) return new Set(rule.minerals.split(';'));
  return rule.list ? criticalMembers(world, rule.list) : null;
}

/** Countries whose supply a limit does not count: the consumer itself, or all members of the bloc that sets it. */
export const exemptFrom = (party: Party, year: number): ReadonlySet<string> =>
  new Set([party.id, ...party.members(year)]);

import type { World } from '../../store/world.ts';
import { project } from '../../tables/policy.ts';
import { type Party, unknown } from '../resolve.ts';

export interface ProjectAsked {
  readonly id: string;
  readonly name: string;
  /** who delivers what it makes, as suppliers of the plan are called */
  readonly sellers: ReadonlySet<string>;
}

/** A project of the register whose worth is asked about. */
export async function projectAsked(
  world: World,
  party: Party,
  id: string | undefined,
): Promise<ProjectAsked | null> {
  if (id === undefined) return null;
  const all = await world.load(project);
  const rows = all.filter((p) => p.project === id);
  if (!rows.length)
    throw unknown(
      'project',
      id,
      all.map((p) => p.project),
    );
  const home = new Set(party.members(Number(world.now.slice(0, 4))));
  return {
    id,
    name: rows[0]!.name ?? id,
    sellers: new Set(
      rows.map((p) =>
        home.has(p.country) ? `${p.country} ${p.recycled ? 'recycled' : 'domestic'}` : p.country,
      ),
    ),
  };
}

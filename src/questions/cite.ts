import type { World } from '../store/world.ts';
import { sourceTable } from '../tables/policy.ts';
import type { CitedSource } from './question.ts';

/** The sources behind an answer, by id; an id the register does not have is somebody's own data and says so. */
export async function cite(world: World, ids: Iterable<string | null | undefined>): Promise<CitedSource[]> {
  const wanted = [...new Set([...ids].filter((id): id is string => !!id))].sort();
  const known = new Map((await world.load(sourceTable)).map((s) => [s.source, s]));
  return wanted.map((id) => {
    const s = known.get(id);
    return s
      ? { id, title: s.title, release: s.release, licence: s.licence, citation: s.citation }
      : {
          id,
          title: id === 'own' ? 'own data' : `own data: ${id}`,
          release: 'own',
          licence: 'own',
          citation: id === 'own' ? 'own data' : `own data, source "${id}"`,
        };
  });
}

import type { World } from '../store/world.ts';
import type { Table } from '../tables/define.ts';

/**
 * Begins to read tables that an answer will ask for, so that the database works while names are looked up. What is
 * read is kept by the world; what goes wrong is told by the question that waits for it.
 */
export function readAhead(world: World, tables: readonly Table[]): void {
  for (const table of tables) world.load(table).catch(() => {});
}

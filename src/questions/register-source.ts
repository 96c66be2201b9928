import type { World } from '../store/world.ts';

/** The source id of a register kept by hand; a person's own folder is its own source, named by the table. */
export const registerSource = (world: World, table: string, id: string): string =>
  world.data === 'own' ? table : id;

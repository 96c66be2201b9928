import type { Harvest, Source } from '../../src/sources/source.ts';
import { rawFolder } from '../../src/store/raw-folder.ts';
import { referenceFolder } from '../../src/store/reference-folder.ts';
import type { RowOf, Table } from '../../src/tables/define.ts';

/** What a source makes of a few lines in its publisher's layout, with the project's own reference tables. */
export const harvestFixture = (source: Source, fixture: string): Harvest =>
  source.harvest(rawFolder(`test/fixtures/${fixture}`).raw, referenceFolder('reference'));

export const rowsIn = <T extends Table>(harvest: Harvest, table: T): RowOf<T>[] =>
  harvest.tables.filter((t) => t.table.name === table.name).flatMap((t) => t.rows) as RowOf<T>[];

/** Rows used and refused add up to the rows read. */
export const refusedRows = (harvest: Harvest): number => harvest.refused.reduce((sum, r) => sum + r.rows, 0);

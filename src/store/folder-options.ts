import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How to open a folder that somebody names: a snapshot of another release where it is one, else tables of their own. */
export const optionsOfFolder = (folder: string): { snapshotDir: string } | { data: string } =>
  isSnapshot(folder) ? { snapshotDir: folder } : { data: folder };

/** A data package of Parquet files with a version; one of CSV files is read as own tables. */
function isSnapshot(folder: string): boolean {
  try {
    const { data_version, resources } = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8'));
    return (
      typeof data_version === 'string' &&
      Array.isArray(resources) &&
      resources.every((r) => typeof r?.path === 'string' && r.path.endsWith('.parquet'))
    );
  } catch {
    return false;
  }
}

/** A folder that we wrote to be asked as it is (a whole release, an update), also where people give it with --data. */
export function opensAsSnapshot(folder: string): boolean {
  try {
    return JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')).opens_as === 'snapshot';
  } catch {
    return false;
  }
}

/** The snapshot that the environment names instead of the shipped one: HEADWATER_SNAPSHOT=DIR. */
export const snapshotNamed = (env: Readonly<Record<string, string | undefined>>): { snapshotDir?: string } =>
  env.HEADWATER_SNAPSHOT ? { snapshotDir: env.HEADWATER_SNAPSHOT } : {};

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** How to open a folder that somebody names: a snapshot of another release where it is one, else tables of their own. */
export const optionsOfFolder = (folder: string): { snapshotDir: string } | { data: string } =>
  existsSync(join(folder, 'datapackage.json')) ? { snapshotDir: folder } : { data: folder };

import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { besideFolder, putBack, takePlace } from '../sources/fetch/folder-swap.ts';
import { lock } from '../sources/fetch/lock.ts';

/**
 * Makes a folder whole or not at all: `make` fills a sibling, which then takes the folder's place. Whatever
 * fails or is stopped on the way leaves the old folder as it was and nothing beside it; what a killed process left
 * beside it the next run removes. Throws DataError where another process makes the same folder.
 */
export async function replaceFolder<T>(
  folder: string,
  isOurs: (names: readonly string[]) => boolean,
  make: (dir: string) => Promise<T>,
): Promise<T> {
  const target = resolve(folder);
  if (existsSync(target)) {
    const names = readdirSync(target);
    if (names.length > 0 && !isOurs(names))
      throw new UsageError(`not an empty folder and not a snapshot: "${folder}"; name another one`);
  }
  mkdirSync(dirname(target), { recursive: true });
  const unlock = lock(besideFolder(target, 'lock'), `the folder "${folder}" is being made`);
  const fresh = besideFolder(target, 'new');
  // a process told to end at once still tidies up; one that is killed leaves it to the next
  const tidy = () => rmSync(fresh, { recursive: true, force: true });
  process.once('exit', tidy);
  try {
    putBack(target);
    tidy();
    mkdirSync(fresh);
    const made = await make(fresh);
    takePlace(fresh, target);
    return made;
  } finally {
    process.off('exit', tidy);
    tidy();
    unlock();
  }
}

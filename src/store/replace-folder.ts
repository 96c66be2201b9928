import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';

/**
 * Makes a folder whole or not at all: `make` fills a sibling, which then takes the folder's place. Whatever
 * fails or is stopped on the way leaves the old folder as it was and nothing beside it.
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
  const beside = (what: string) => join(dirname(target), `.${basename(target)}.${what}-${process.pid}`);
  const [fresh, old] = [beside('new'), beside('old')];
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  // a process told to end at once still tidies up
  const tidy = () => rmSync(fresh, { recursive: true, force: true });
  process.once('exit', tidy);
  try {
    const made = await make(fresh);
    if (existsSync(target)) renameSync(target, old);
    try {
      renameSync(fresh, target);
    } catch (error) {
      if (existsSync(old)) renameSync(old, target);
      throw error;
    }
    rmSync(old, { recursive: true, force: true });
    return made;
  } finally {
    process.off('exit', tidy);
    tidy();
  }
}

import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** The place of something that belongs to a folder and stands beside it, hidden: `.data.old`. */
export const besideFolder = (folder: string, what: string): string =>
  join(dirname(resolve(folder)), `.${basename(resolve(folder))}.${what}`);

/**
 * Lets a finished folder take another's place. Folders cannot be exchanged in one step, so the old one waits beside
 * for the moment between; a process that is killed in it leaves it there, and `putBack` and `wholeFolder` find it.
 */
export function takePlace(fresh: string, target: string): void {
  const old = besideFolder(target, 'old');
  if (existsSync(target)) renameSync(target, old);
  try {
    renameSync(fresh, target);
  } catch (error) {
    if (existsSync(old)) renameSync(old, target);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

/** Undoes what a killed process left of `takePlace`. Only for whoever holds the folder's lock. */
export function putBack(target: string): void {
  const old = besideFolder(target, 'old');
  if (!existsSync(target) && existsSync(old)) renameSync(old, target);
  else rmSync(old, { recursive: true, force: true });
}

/** Where a folder is to be read: its place or, where a process ended between two names, beside it. */
export const wholeFolder = (folder: string): string => {
  const old = besideFolder(folder, 'old');
  return !existsSync(folder) && existsSync(old) ? old : folder;
};

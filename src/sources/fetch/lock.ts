import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DataError } from '../../errors.ts';
import { diskError } from './disk.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * Lets one process at a time into a folder: the file is made only where there is none. A file whose process has ended
 * is taken over. Returns what gives the place free.
 */
export function lock(file: string, doing: string): () => void {
  for (let tries = 0; ; tries++) {
    try {
      hold(file);
      sweep(file);
      const release = () => rmSync(file, { force: true });
      // a process told to end at once still gives it free
      process.once('exit', release);
      return () => {
        process.off('exit', release);
        release();
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw diskError(error, file);
      const pid = Number(readText(file));
      const ours = pid === process.pid;
      if (tries < 3 && pid > 0 && !ours && !isAlive(pid)) rmSync(file, { force: true });
      else
        throw new DataError(
          `${doing} by another process (${pid || 'unknown'}); wait for it, or delete the file if there is none: "${file}"`,
        );
    }
  }
}

/** Makes the file with the process in it in one step: a process killed between two would leave a lock of nobody. */
function hold(file: string): void {
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, String(process.pid));
    linkSync(own, file);
  } catch (error) {
    // disks without second names
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } finally {
    rmSync(own, { force: true });
  }
}

/** Removes what processes that were killed while they took the lock left of it. */
function sweep(file: string): void {
  for (const name of readdirSync(dirname(file))) {
    const pid = name.startsWith(`${basename(file)}.`)
      ? Number(name.slice(basename(file).length + 1))
      : Number.NaN;
    if (pid > 0 && !isAlive(pid)) rmSync(join(dirname(file), name), { force: true });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

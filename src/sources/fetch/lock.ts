import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
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
export function lock(file: string, what: string): () => void {
  for (let tries = 0; ; tries++) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
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
          `${what} is being fetched into this folder by another process (${pid || 'unknown'}); wait for it, or delete the file if there is none: "${file}"`,
        );
    }
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

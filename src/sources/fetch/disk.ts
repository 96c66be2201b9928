import { DataError } from '../../errors.ts';

const told: Readonly<Record<string, string>> = {
  ENOSPC: 'no room left on the disk',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk cannot be written to',
  EACCES: 'no permission to write',
  EPERM: 'no permission to write',
};

/** What writing failed with, in words and with a way out; other errors are returned as they are. */
export function diskError(error: unknown, path: string): unknown {
  const why = told[(error as NodeJS.ErrnoException | null)?.code ?? ''];
  if (why === undefined) return error;
  return new DataError(
    `${why}; what was there before is whole, and what was fetched is taken up next time; make room or name another folder with --to: "${path}"`,
  );
}

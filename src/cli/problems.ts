import { DataError, UsageError } from '../errors.ts';

/** Exit codes: answered, a bug, usage, data, interrupted. */
export const exits = { answered: 0, bug: 1, usage: 2, data: 3, interrupted: 130 } as const;

/** What to print of a failure, one line for each problem, and the exit code. */
export function problemsOf(
  error: unknown,
  debug: boolean,
  interrupted: boolean,
): { lines: string[]; exit: number } {
  if (interrupted) return { lines: ['interrupted'], exit: exits.interrupted };
  const stack = debug && error instanceof Error && error.stack ? error.stack.split('\n') : [];
  if (isNamed(error, UsageError))
    return { lines: [...splitLines(error.message), ...stack], exit: exits.usage };
  if (isNamed(error, DataError)) return { lines: [...splitLines(error.message), ...stack], exit: exits.data };
  const what = error instanceof Error ? error.message : String(error);
  return {
    lines: [`this is a mistake in headwater, not in what you asked: ${what.split('\n')[0]}`, ...stack],
    exit: exits.bug,
  };
}

/** Also true for an error made in another copy of the module (a worker's). */
const isNamed = <E extends typeof UsageError | typeof DataError>(
  error: unknown,
  kind: E,
): error is InstanceType<E> => error instanceof kind || (error instanceof Error && error.name === kind.name);

const splitLines = (message: string) => message.split('\n').filter((l) => l.trim() !== '');

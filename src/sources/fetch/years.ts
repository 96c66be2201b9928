import { UsageError } from '../../errors.ts';
import type { Task } from './connector.ts';

/** The years asked for, else from `back` years ago to this one. */
export function yearsOf(task: Pick<Task, 'wanted' | 'today'>, back: number): [from: number, to: number] {
  const now = Number(task.today.slice(0, 4));
  const [from, to] = task.wanted.years ?? [now - back, now];
  if (from > to) throw new UsageError(`--years ends before it begins: "${from}-${to}"`);
  return [from, to];
}

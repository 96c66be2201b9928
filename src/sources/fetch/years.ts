import { UsageError } from '../../errors.ts';
import type { Task } from './connector.ts';

/** The years asked for, else from `first`, where the shipped extract begins, to this one. */
export function yearsOf(task: Pick<Task, 'wanted' | 'today'>, first: number): [from: number, to: number] {
  const [from, to] = task.wanted.years ?? [first, Number(task.today.slice(0, 4))];
  if (from > to) throw new UsageError(`--years ends before it begins: "${from}-${to}"`);
  return [from, to];
}

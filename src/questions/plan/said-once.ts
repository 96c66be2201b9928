import { groupBy } from '../../tables/group-by.ts';
import type { Note } from '../question.ts';

/**
 * Remarks that are the same for several minerals, said once: `what holds: mineral stage, mineral stage`, or `what
 * holds` alone where it is so of all.
 *
 * @param of how many minerals and stages could have it
 */
export function saidOnce(notes: readonly Note[], of: number): Note[] {
  const said = groupBy(notes, (n) => `${n.code} ${n.text.slice(n.text.indexOf(': ') + 2)}`);
  return [...said.values()].map((same) => {
    const first = same[0]!;
    if (same.length === 1) return first;
    const at = same.map((n) => n.text.slice(0, n.text.indexOf(': ')));
    const { value: _, ...rest } = first;
    const what = first.text.slice(first.text.indexOf(': ') + 2);
    return { ...rest, text: `${what}: ${same.length === of ? `all ${of}` : at.join(', ')}` };
  });
}

/**
 * Chance that a project comes, by its status: an assumption, shown and changeable, not an estimate from outcomes.
 * The band around it is "none of them comes" to "all of them come".
 */
export const projectProbability: Readonly<Record<string, number>> = {
  operating: 1,
  construction: 0.8,
  financed: 0.6,
  permitted: 0.4,
  feasibility: 0.2,
  announced: 0.1,
  stopped: 0,
};

export type Case = 'none' | 'expected' | 'all';

/**
 * What to count of a project's capacity, 0…1, in one of the three cases. A stopped project counts in no case.
 * `none` still counts what already operates.
 * @param probability the row's own; the status decides where it is null, and an unknown status counts only in `all`
 */
export function chance(project: { status: string | null; probability: number | null }, of: Case): number {
  const expected = project.probability ?? projectProbability[project.status ?? ''] ?? 0;
  if (of === 'expected') return expected;
  if (project.status === 'stopped') return 0;
  if (of === 'all') return 1;
  return project.status === 'operating' ? 1 : 0;
}

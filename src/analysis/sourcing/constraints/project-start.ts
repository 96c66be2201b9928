import { type Constraint, type LimitRow, lpName, needName } from '../model.ts';

/** x_i,y ≤ u_i · Σ_{s ≤ y} b_s with b_s ∈ {0, 1}, Σ_s b_s ≤ 1 */
export const projectStart: Constraint = {
  name: 'project-start',
  sentence:
    'What a project or an agreement opens can be bought once it has started, and it starts once or never.',
  rows: ({ problem, cells, starts }) => {
    const kindOf = new Map(problem.projects.map((p) => [p.project, p.kind]));
    const rows: LimitRow[] = cells.flatMap((c): LimitRow[] => {
      if (c.offer.project === null) return [];
      const need = problem.needs[c.need]!;
      const open = starts.filter((s) => s.project === c.offer.project && s.year <= need.year);
      return [
        {
          name: lpName('project', c.offer.supplier, needName(need)),
          label: `${kindOf.get(c.offer.project) ?? 'project'}:${c.offer.project}`,
          need: c.need,
          lower: -Infinity,
          upper: 0,
          terms: [[c.column, 1], ...open.map((s) => [s.column, -c.offer.available_t] as const)],
        },
      ];
    });
    for (const project of new Set(starts.map((s) => s.project)))
      rows.push({
        name: lpName('starts_once', project),
        label: null,
        need: null,
        lower: -Infinity,
        upper: 1,
        terms: starts.filter((s) => s.project === project).map((s) => [s.column, 1] as const),
      });
    return rows;
  },
};

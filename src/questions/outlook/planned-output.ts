import { type Case, chance } from '../../analysis/policy/probability.ts';
import type { Project, Target } from '../../tables/policy.ts';
import { lithiumInCarbonate } from '../../tables/units.ts';

/** Tonnes of content in one of the unit that a floor is published in. */
export const contentOf: Readonly<Record<string, number>> = { t: 1, 't LCE': lithiumInCarbonate };

export interface PlannedYear {
  readonly year: number;
  /** t a year of content, with the projects at their chances, if none comes, and if all come */
  readonly expected_t: number;
  readonly none_t: number;
  readonly all_t: number;
  readonly projects: readonly string[];
}

export interface Planned {
  readonly floor_t: number;
  readonly status: 'met' | 'on_path' | 'off_path';
  readonly years: readonly PlannedYear[];
  /** projects left out because their capacity is not known on content */
  readonly withoutCapacity: readonly string[];
}

/**
 * What a country's own projects would give of a mineral at the stage that is sold, year by year, against a floor on its
 * output. `met` if what already runs is enough, `on_path` if the projects at their chances are enough in the target year.
 * Output of today is added where it is known; what operates is then in it.
 * Null where the floor is in a unit that cannot be set against content.
 */
export function plannedOutput(
  rule: Target,
  projects: readonly Project[],
  from: number,
  to: number,
  output_t: number | null = null,
): Planned | null {
  const factor = contentOf[rule.unit ?? ''];
  if (rule.value === null || factor === undefined) return null;
  const floor_t = rule.value * factor;
  const counted = projects.filter(
    (p) => p.quantity_t !== null && p.status !== 'stopped' && (output_t === null || p.status !== 'operating'),
  );
  const years: PlannedYear[] = [];
  for (let year = from; year <= to; year++) {
    const come = counted.filter((p) => p.start_year !== null && p.start_year <= year);
    const sum = (of: Case) => come.reduce((t, p) => t + p.quantity_t! * chance(p, of), output_t ?? 0);
    years.push({
      year,
      expected_t: sum('expected'),
      none_t: sum('none'),
      all_t: sum('all'),
      projects: come.map((p) => p.name ?? p.project),
    });
  }
  const last = years.at(-1);
  return {
    floor_t,
    status:
      (years[0]?.none_t ?? 0) >= floor_t
        ? 'met'
        : (last?.expected_t ?? 0) >= floor_t
          ? 'on_path'
          : 'off_path',
    years,
    withoutCapacity: projects.filter((p) => p.quantity_t === null).map((p) => p.name ?? p.project),
  };
}

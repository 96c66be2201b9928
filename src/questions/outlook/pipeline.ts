import { countsFrom, type PipelineProject } from '../../analysis/policy/outlook.ts';
import { chance } from '../../analysis/policy/probability.ts';
import type { Project } from '../../tables/policy.ts';

export interface NamedProject extends PipelineProject {
  readonly name: string;
}

/** Projects with a capacity on the basis of production; what is promised to others is not for this party. */
export function pipeline(projects: readonly Project[], party: string): NamedProject[] {
  return projects.flatMap((p) => {
    if (p.quantity_t === null) return [];
    const promised = p.committed_to?.split(';').filter(Boolean) ?? [];
    return {
      country: p.country,
      name: p.name ?? p.project,
      start_year: p.start_year,
      quantity_t: p.quantity_t,
      status: p.status,
      probability: p.probability,
      committed_t: promised.length > 0 && !promised.includes(party) ? p.quantity_t : 0,
    };
  });
}

const rounded = (t: number) => Number(t.toPrecision(3));

/** Those of the projects that count by a year, each in words. */
export function comeBy(projects: readonly NamedProject[], now: number, year: number): string | null {
  const come = projects.filter((p) => {
    const from = countsFrom(p, now);
    return p.status !== 'stopped' && from !== null && from <= year;
  });
  return (
    come
      .map(
        (p) =>
          `${p.name} (${p.country} ${rounded(p.quantity_t)} t, ${p.start_year}, chance ${chance(p, 'expected')}${p.committed_t > 0 ? ', promised to others' : ''})`,
      )
      .join('; ') || null
  );
}

import { chance } from '../../analysis/policy/probability.ts';
import { type Facts, listed } from './supply-facts.ts';

/** Expected output of the projects of a mineral at a stage that are promised to nobody else. */
export interface ComingOutput {
  /** whether there are any */
  readonly some: boolean;
  readonly countries: readonly string[];
  /** t by a year, each project at its chance, but for one if named */
  readonly of: (country: string, recycled: boolean) => (by: number, without?: string) => number;
}

export function projectsOf(
  facts: Facts,
  { mineral, stage, year }: { readonly mineral: string; readonly stage: string; readonly year: number },
): ComingOutput {
  const ours = facts.projects.filter(
    (p) => p.mineral === mineral && p.stage === stage && p.quantity_t !== null,
  );
  const promised = (to: string | null) => to !== null && !listed(to).some((t) => facts.ours.has(t));
  return {
    some: ours.length > 0,
    countries: ours.map((p) => p.country),
    of: (country, recycled) => (by, without) =>
      ours.reduce(
        (sum, p) =>
          p.project !== without &&
          p.country === country &&
          p.recycled === recycled &&
          !promised(p.committed_to) &&
          p.start_year !== null &&
          p.start_year <= by &&
          // what ran before the year of the output is in it already; recycled output is in no statistic of output
          (recycled || p.start_year > year)
            ? sum + p.quantity_t! * chance(p, 'expected')
            : sum,
        0,
      ),
  };
}

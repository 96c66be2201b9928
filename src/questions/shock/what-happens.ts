import type { Shock } from '../../analysis/shocks/shock.ts';
import type { Names } from '../resolve.ts';
import type { Scenario } from './scenario.ts';

/** What is laid on the network, as a clause after "if": the stops, and a scenario by its title. */
export function whatHappens(
  scenario: Pick<Scenario, 'title' | 'name'> | undefined,
  stopped: readonly Shock[],
  names: Names,
): string {
  const stops = stopped.flatMap((s) => {
    if (s.kind !== 'production_loss') return [];
    const who = names.countryName(s.country);
    return s.severity === 1
      ? [`output of ${who} stops`]
      : [`output of ${who} falls by ${Number((100 * s.severity).toPrecision(4))} %`];
  });
  const given = scenario && `“${scenario.title ?? scenario.name ?? 'the scenario'}” happens`;
  return [...stops, ...(given ? [given] : [])].join(' and ');
}

import type { World } from '../store/world.ts';
import { target } from '../tables/policy.ts';
import type { Party } from './resolve.ts';

export interface CapRule {
  /** null where the importer has set itself no limit and none was given */
  readonly cap: number | null;
  /** the rule's id, or `given` */
  readonly rule: string | null;
  readonly year: number | null;
  readonly wording: string | null;
  readonly source: string | null;
}

/** The limit on one country's share that an importer has set itself for each mineral, unless one is given. */
export async function capRule(world: World, party: Party, given: number | undefined): Promise<CapRule> {
  if (given !== undefined) return { cap: given, rule: 'given', year: null, wording: null, source: null };
  const rules = await world.load(target, { jurisdiction: [party.id], metric: ['single_country_share_max'] });
  const rule = rules.find((r) => r.scope === 'each' && r.value !== null && r.value <= 1);
  return {
    cap: rule?.value ?? null,
    rule: rule?.target ?? null,
    year: rule?.year ?? null,
    wording: rule?.wording ?? null,
    source: rule?.source ?? null,
  };
}

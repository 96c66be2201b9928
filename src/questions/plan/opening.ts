import { UsageError } from '../../errors.ts';
import type { World } from '../../store/world.ts';
import { agreement } from '../../tables/policy.ts';
import type { PlanParams } from '../plan.ts';
import { type Party, unknown } from '../resolve.ts';
import { listed } from './supply-facts.ts';

/** What an agreement would open: a larger part of what its partners make or sell. */
export interface Opening {
  readonly id: string;
  readonly partners: ReadonlySet<string>;
  readonly part: number;
  /** null where it names none: then any */
  readonly minerals: ReadonlySet<string> | null;
}

/** Which partners an agreement asked about would open, and how far. */
export async function openingOf(world: World, party: Party, asked: PlanParams): Promise<Opening | null> {
  if (asked.agreement === undefined) return null;
  const all = await world.load(agreement);
  const row = all.find((a) => a.agreement === asked.agreement);
  if (!row)
    throw unknown(
      'agreement',
      asked.agreement,
      all.map((a) => a.agreement),
    );
  const sides = [...listed(row.party), ...listed(row.partner)];
  const partners = new Set(sides.filter((s) => s !== party.id));
  if (partners.size === sides.length)
    throw new UsageError(`${party.name} is no side of the agreement: "${asked.agreement}"`);
  const named = listed(row.minerals);
  return {
    id: row.agreement,
    partners,
    part: asked.agreementPart,
    minerals: named.length ? new Set(named) : null,
  };
}

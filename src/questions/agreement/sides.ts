import { agreementOn } from '../../analysis/policy/status-on.ts';
import { UsageError } from '../../errors.ts';
import { didYouMean } from '../../tables/nearest.ts';
import type { Agreement } from '../../tables/policy.ts';
import type { Names, Party } from '../resolve.ts';

/** The row of the register with an id. */
export function found(register: readonly Agreement[], id: string): Agreement {
  const row = register.find((a) => a.agreement === id);
  if (row) return row;
  const near = didYouMean(
    id,
    register.map((a) => a.agreement),
  );
  throw new UsageError(`unknown agreement: "${id}"${near || '; headwater timeline lists them'}`);
}

/** Whose supply, and with whom. An agreement of more than two needs the partner named. */
export function sides(
  doc: Agreement | null,
  params: { for?: string | undefined; partner?: string | undefined },
  names: Names,
): { party: Party; partner: string } {
  if (!doc && params.partner === undefined)
    throw new UsageError('agreement needs an id, or --partner: headwater agreement uk-kz-2026');
  const parties = doc ? [...doc.party.split(';'), ...doc.partner.split(';')] : [];
  const party = names.party(params.for ?? (doc && !parties.includes('GBR') ? parties[0]! : 'GBR'));
  if (params.partner !== undefined) return { party, partner: names.country(params.partner) };
  const rest = parties.filter((p) => p !== party.id);
  if (rest.length === parties.length)
    throw new UsageError(
      `${party.name} is not a party of ${doc!.agreement} (${parties.join(', ')}); name one with --for: "${party.id}"`,
    );
  if (rest.length !== 1)
    throw new UsageError(
      `${doc!.agreement} has several partners (${rest.join(', ')}); name one with --partner: "${doc!.agreement}"`,
    );
  return { party, partner: names.country(rest[0]!) };
}

/** Whether both are parties of a document. */
export const between = (a: Agreement, one: string, other: string): boolean => {
  const all = new Set([...a.party.split(';'), ...a.partner.split(';')]);
  return all.has(one) && all.has(other);
};

/** The document that speaks for what is agreed: of the two alone before one of many, then the newest in force. */
export function newestInForce(agreements: readonly Agreement[], now: string): Agreement | null {
  const ofStatus = agreements.filter((a) => agreementOn(a, now) === 'in_force' && a.kind !== 'forum');
  const sides = (a: Agreement) => a.partner.split(';').length;
  return (
    ofStatus.toSorted(
      (a, b) => Math.min(sides(a), 2) - Math.min(sides(b), 2) || (b.date ?? '').localeCompare(a.date ?? ''),
    )[0] ?? null
  );
}

import { type RestrictionDates, restrictionOn, type StatusOn } from '../policy/status-on.ts';

export type RestrictionChangeKind =
  | 'restriction_announced'
  | 'restriction_begun'
  | 'restriction_resumed'
  | 'restriction_suspended'
  | 'restriction_lapsed'
  | 'restriction_ended'
  | 'restriction_unknown';

export interface RestrictionChange {
  readonly kind: RestrictionChangeKind;
  readonly before: StatusOn | null;
  readonly after: StatusOn;
}

const kinds: Readonly<Record<StatusOn, RestrictionChangeKind | null>> = {
  not_yet: null,
  announced: 'restriction_announced',
  signed: null,
  in_force: 'restriction_begun',
  suspended: 'restriction_suspended',
  ended: 'restriction_ended',
  lapsed_unknown: 'restriction_lapsed',
  unknown: 'restriction_unknown',
};

/**
 * How a restriction's status differs between two days, or null where it does not. A measure that was announced, took
 * effect and ended in between has ended. `before` null = it was not in the register then; then one that has ended or is
 * not known any more is no news.
 */
export function restrictionChange(
  before: { readonly dates: RestrictionDates; readonly on: string } | null,
  after: { readonly dates: RestrictionDates; readonly on: string },
): RestrictionChange | null {
  const was = before && restrictionOn(before.dates, before.on);
  const is = restrictionOn(after.dates, after.on);
  if (was === is || (was === null && (is === 'ended' || is === 'unknown'))) return null;
  const kind = kinds[is];
  if (kind === null) return null;
  const again = kind === 'restriction_begun' && (was === 'suspended' || was === 'lapsed_unknown');
  return { kind: again ? 'restriction_resumed' : kind, before: was, after: is };
}

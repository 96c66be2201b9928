import { type RestrictionChangeKind, restrictionChange } from '../../analysis/changes/restriction-change.ts';
import { tariffKinds } from '../../analysis/policy/register-kinds.ts';
import { agreementOn } from '../../analysis/policy/status-on.ts';
import type { Agreement, Restriction } from '../../tables/policy.ts';
import type { AnswerRow } from '../question.ts';
import type { Names, Party } from '../resolve.ts';
import { changeRow } from './columns.ts';

export interface RegisterSide<R> {
  readonly rows: readonly R[];
  /** day, YYYY-MM-DD */
  readonly on: string;
}

export interface RegisterRequest {
  readonly party: Party;
  readonly names: Names;
  /** ids that are asked about, groups and members of groups included; null = all */
  readonly minerals: ReadonlySet<string> | null;
  /** the importer's purchases from a country of some minerals at some stages (none named = all), USD; null = not known */
  readonly importsFrom: (
    country: string,
    minerals: readonly string[],
    stages: readonly string[],
  ) => number | null;
}

const ids = (cell: string | null): string[] => (cell ? cell.split(';').filter(Boolean) : []);
const yearOf = (day: string) => Number(day.slice(0, 4));

/** Restrictions whose status differs between two days, or between two editions of the register. */
export function restrictionRows(
  before: RegisterSide<Restriction>,
  after: RegisterSide<Restriction>,
  request: RegisterRequest,
): AnswerRow[] {
  const old = new Map(before.rows.map((r) => [r.restriction, r]));
  return after.rows.flatMap((r) => {
    const named = ids(r.minerals);
    if (request.minerals && !named.some((m) => request.minerals!.has(m))) return [];
    const earlier = old.get(r.restriction);
    const change = restrictionChange(earlier ? { dates: earlier, on: before.on } : null, {
      dates: r,
      on: after.on,
    });
    if (!change) return [];
    const aimedAt = ids(r.target);
    const isConcerned = aimedAt.length === 0 || aimedAt.includes(request.party.id);
    const worth = isConcerned ? request.importsFrom(r.country, named, ids(r.stage)) : 0;
    const notes = [
      isConcerned ? null : `aimed at ${aimedAt.join(', ')}, not at ${request.party.id}`,
      earlier ? null : 'new in the register',
      r.confidence && r.confidence !== 'high' ? `${r.confidence} confidence` : null,
    ].filter(Boolean);
    return [
      changeRow({
        kind: change.kind,
        mineral: r.minerals,
        stage: r.stage,
        what: `${words[change.kind]}, ${request.names.countryName(r.country)}: ${r.title ?? r.measure ?? r.restriction} (${datesOf(r) || 'no dates'})`,
        before: change.before ?? 'not in the register',
        after: change.after,
        year_before: yearOf(before.on),
        year_after: yearOf(after.on),
        matters_usd: worth,
        source: r.source,
        note: notes.join('; ') || null,
        unit: 'status',
        country: r.country,
      }),
    ];
  });
}

/** What happened, in a word or two at the head of the sentence. */
const words: Readonly<Record<RestrictionChangeKind, string>> = {
  restriction_announced: 'announced',
  restriction_begun: 'begun',
  restriction_resumed: 'resumed',
  restriction_suspended: 'suspended',
  restriction_lapsed: 'lapsed (no sequel known)',
  restriction_ended: 'ended',
  restriction_unknown: 'no longer known',
};

const datesOf = (r: Restriction): string =>
  [
    r.effective && `effective ${r.effective}`,
    r.suspended_from && `suspended from ${r.suspended_from}`,
    r.suspended_until && `suspended until ${r.suspended_until}`,
    r.ended && `ended ${r.ended}`,
    r.known_until && `known until ${r.known_until}`,
  ]
    .filter(Boolean)
    .join(', ');

/** The importer's own agreements that were signed or ran out between two days. */
export function agreementRows(
  before: RegisterSide<Agreement>,
  after: RegisterSide<Agreement>,
  request: RegisterRequest,
): AnswerRow[] {
  const old = new Map(before.rows.map((a) => [a.agreement, a]));
  const over = new Set(['ended', 'lapsed_unknown']);
  return after.rows.flatMap((a) => {
    const named = ids(a.minerals);
    const parties = [...ids(a.party), ...ids(a.partner)];
    if (tariffKinds.has(a.kind ?? '') || !parties.includes(request.party.id)) return [];
    if (request.minerals && named.length > 0 && !named.some((m) => request.minerals!.has(m))) return [];
    const earlier = old.get(a.agreement);
    const was = earlier ? agreementOn(earlier, before.on) : null;
    const is = agreementOn(a, after.on);
    const began = (was === 'not_yet' || (was === null && !over.has(is))) && is !== 'not_yet';
    const ended = was !== null && was !== 'not_yet' && !over.has(was) && over.has(is);
    if (!began && !ended) return [];
    const others = parties.filter((p) => p !== request.party.id);
    return [
      changeRow({
        kind: ended ? 'agreement_ended' : 'agreement_signed',
        mineral: a.minerals,
        what: `${ended ? 'ended' : `signed${a.date ? ` ${a.date}` : ''}`}, ${others.map((p) => request.names.countryName(p)).join(', ')}: ${a.title ?? a.agreement}`,
        before: was ?? 'not in the register',
        after: is,
        year_before: yearOf(before.on),
        year_after: yearOf(after.on),
        source: a.source,
        note: a.binding === false ? 'not binding: moves nothing by itself' : null,
        unit: 'status',
        country: others.join(';'),
      }),
    ];
  });
}

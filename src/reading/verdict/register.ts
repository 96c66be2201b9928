import type { Claim } from '../claim.ts';
import { type Judgement, notChecked } from './judge.ts';
import { holds, howOff } from './tolerance.ts';

/** Rows of the policy tables, as far as claims are judged on them. */
export interface TargetFact {
  readonly id: string;
  readonly jurisdiction: string;
  readonly metric: string;
  readonly minerals: readonly string[];
  readonly comparator: string;
  readonly value: number | null;
  readonly year: number | null;
  readonly wording: string;
}
export interface AgreementFact {
  readonly id: string;
  readonly party: string;
  readonly partners: readonly string[];
  readonly date: string | null;
  readonly kind: string | null;
  readonly title: string;
  readonly status: string | null;
}
export interface RestrictionFact {
  readonly id: string;
  readonly country: string;
  readonly minerals: readonly string[];
  readonly measure: string;
  readonly targets: readonly string[];
  readonly announced: string | null;
  readonly effective: string | null;
  readonly suspendedFrom: string | null;
  readonly suspendedUntil: string | null;
  readonly ended: string | null;
  readonly title: string;
}

const source = (id: string) => [`${id}`];

/** A date claimed against one on record, as precisely as both are known. */
const sameDate = (claimed: string, found: string | null) => {
  if (found === null) return false;
  const length = Math.min(claimed.length, found.length);
  return claimed.slice(0, length) === found.slice(0, length);
};

/** A limit or goal against the published rules of its jurisdiction. */
export function judgeTarget(claim: Claim, facts: readonly TargetFact[], register: string): Judgement {
  const metric = String(claim.detail.metric);
  const own = facts.filter((f) => f.jurisdiction === claim.country);
  if (own.length === 0) return notChecked('not_in_data', 'no rule of this jurisdiction is on record here');
  const about = own.filter(
    (f) =>
      f.metric.includes(metric) &&
      (claim.mineral === null || f.minerals.length === 0 || f.minerals.includes(claim.mineral)),
  );
  const value = (f: TargetFact) =>
    f.value !== null && claim.claimed
      ? holds({ ...claim.claimed, comparator: '=' }, f.value) &&
        Math.abs(f.value - claim.claimed.low) < 0.005 * Math.max(1, f.value)
      : false;
  const year = (f: TargetFact) => claim.years.length === 0 || f.year === null || claim.years.includes(f.year);
  const say = (f: TargetFact) =>
    `${f.wording || f.metric.replaceAll('_', ' ')}${f.year ? ` (${f.year})` : ''}`;
  const found = (f: TargetFact, verdict: Judgement['verdict'], why: string): Judgement => ({
    verdict: claim.negated ? (verdict === 'supported' ? 'contradicted' : 'supported') : verdict,
    found: f.value,
    found_year: f.year,
    stage: null,
    why,
    sources: source(register),
  });
  const exact = about.find((f) => value(f) && year(f));
  if (exact) return found(exact, 'supported', `on record: ${say(exact)}`);
  const wrongYear = about.find(value);
  if (wrongYear)
    return found(
      wrongYear,
      'contradicted',
      `the figure is on record for ${wrongYear.year}: ${say(wrongYear)}`,
    );
  const sameYear = about.find(year) ?? about[0];
  if (sameYear && sameYear.value !== null && claim.claimed)
    return found(
      sameYear,
      howOff({ ...claim.claimed, comparator: '=' }, sameYear.value),
      `on record: ${say(sameYear)}`,
    );
  const elsewhere = own.find((f) => value(f) && year(f));
  if (elsewhere)
    return found(elsewhere, 'contradicted', `that figure is on record for something else: ${say(elsewhere)}`);
  return notChecked(
    'not_in_data',
    `no such rule of this jurisdiction is on record; there is: ${say(own[0]!)}`,
  );
}

/** An agreement against the register: which partners, when. `swap` says that party and partner are the other way round there. */
export function judgeAgreement(
  claim: Claim,
  facts: readonly AgreementFact[],
  register: string,
): Judgement & { readonly swap: boolean } {
  const between = facts.filter(
    (f) =>
      (f.party === claim.other && f.partners.includes(claim.country!)) ||
      (f.party === claim.country && f.partners.includes(claim.other!)),
  );
  // a scheme of trade preferences is no deal on minerals, unless trade is what the text speaks of
  const minerals = between.filter((f) => !/trade_agreement|preference/.test(f.kind ?? ''));
  const trade = /\b(free[- ]trade|trade|tariffs?)\b/i.test(claim.text);
  const on = (minerals.length > 0 || !trade ? minerals : between).filter(
    (f) => f.status !== 'announced' && !/visit|initiative|project|membership/.test(f.kind ?? ''),
  );
  const swap = on.length > 0 && on.every((f) => f.party === claim.country);
  const best = [...on].sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1));
  const result = (verdict: Judgement['verdict'], f: AgreementFact, why: string) => ({
    verdict,
    found: f.date,
    found_year: f.date ? Number(f.date.slice(0, 4)) : null,
    stage: null,
    why,
    sources: source(register),
    swap,
  });
  if (claim.notCheckable) return { ...notChecked('not_checkable', claim.notCheckable), swap };
  const first = best[0];
  if (!first)
    return {
      ...(claim.negated
        ? notChecked(
            'not_in_data',
            'no agreement between the two is on record here, which does not show that there is none',
          )
        : notChecked(
            'not_checkable',
            'an event without a record here: no agreement between the two is in the register',
          )),
      swap,
    };
  const dated = claim.date === null ? first : best.find((f) => sameDate(claim.date!, f.date));
  const say = (f: AgreementFact) => `${f.title || f.kind || 'agreement'}${f.date ? `, ${f.date}` : ''}`;
  if (!dated)
    return result(
      claim.negated ? 'supported' : 'contradicted',
      first,
      `on record with another date: ${best.slice(0, 3).map(say).join('; ')}`,
    );
  return result(claim.negated ? 'contradicted' : 'supported', dated, `on record: ${say(dated)}`);
}

type State = 'announced' | 'in_force' | 'suspended' | 'ended';

/** How a restriction stands on a day. */
export function stateOn(f: RestrictionFact, day: string): State {
  if (f.ended !== null && f.ended <= day) return 'ended';
  if (
    f.suspendedFrom !== null &&
    f.suspendedFrom <= day &&
    (f.suspendedUntil === null || day <= f.suspendedUntil)
  )
    return 'suspended';
  if (f.effective === null || f.effective > day) return 'announced';
  return 'in_force';
}

const measureFits: Readonly<Record<string, RegExp>> = {
  ban: /ban|suspension|embargo/,
  suspension: /ban|suspension|embargo/,
  quota: /quota/,
  licence: /licen|ban|quota|suspension/,
  tax: /tax|duty/,
};

/** An export restriction against the register: who, what, since when, and whether it stands today. */
export function judgeRestriction(
  claim: Claim,
  facts: readonly RestrictionFact[],
  today: string,
  register: string,
  groupOf: (mineral: string) => string | null,
): Judgement {
  if (claim.notCheckable) return notChecked('not_checkable', claim.notCheckable);
  const covers = (f: RestrictionFact) =>
    claim.mineral === null ||
    f.minerals.includes(claim.mineral) ||
    f.minerals.some((m) => groupOf(m) === claim.mineral) ||
    f.minerals.includes(groupOf(claim.mineral) ?? '-');
  const own = facts.filter((f) => f.country === claim.country && covers(f));
  const fits = measureFits[String(claim.detail.measure)] ?? /./;
  const kind = own.filter((f) => fits.test(f.measure));
  const aimed =
    claim.other === null
      ? kind
      : kind.filter((f) => f.targets.includes(claim.other!) || f.targets.length === 0);
  if (own.length === 0 && claim.detail.state === 'announced')
    return notChecked('not_checkable', 'about the future: no such plan is on record here');
  if (own.length === 0)
    return claim.negated
      ? notChecked(
          'not_in_data',
          'no such restriction is on record here, which does not show that there is none',
        )
      : notChecked('not_in_data', 'no restriction of this country on this is on record here');
  const say = (f: RestrictionFact) => {
    const state = stateOn(f, today);
    const dates = [
      f.effective && `since ${f.effective}`,
      state === 'suspended' && `suspended ${f.suspendedFrom ?? ''}–${f.suspendedUntil ?? ''}`,
      f.ended && `ended ${f.ended}`,
    ].filter(Boolean);
    return `${f.title || f.measure.replaceAll('_', ' ')} (${[state.replace('_', ' '), ...dates].join(', ')})`;
  };
  const result = (verdict: Judgement['verdict'], f: RestrictionFact, why: string): Judgement => {
    const date = f.effective ?? f.announced;
    return {
      verdict,
      found: date,
      found_year: date ? Number(date.slice(0, 4)) : null,
      stage: null,
      why,
      sources: source(register),
    };
  };
  const among = aimed.length > 0 ? aimed : kind;
  if (among.length === 0)
    return result(
      claim.negated ? 'supported' : 'contradicted',
      own[0]!,
      `another kind of measure is on record: ${say(own[0]!)}`,
    );
  const state = claim.detail.state as State | null;
  const date = claim.date;
  const dates = (f: RestrictionFact) => [f.announced, f.effective, f.suspendedFrom, f.ended];
  const dated =
    date === null
      ? among
      : among.filter(
          (f) =>
            dates(f).some((d) => sameDate(date, d)) ||
            (f.effective !== null && claim.detail.state === 'in_force' && sameDate(date, f.effective)),
        );
  if (dated.length === 0)
    return result(
      claim.negated ? 'supported' : 'contradicted',
      among[0]!,
      `on record with another date: ${among.slice(0, 3).map(say).join('; ')}`,
    );
  if (state === null)
    return result(claim.negated ? 'contradicted' : 'supported', dated[0]!, `on record: ${say(dated[0]!)}`);
  // a plan that has come about
  if (state === 'announced' && !dated.some((f) => stateOn(f, today) === 'announced'))
    return result(
      claim.negated ? 'contradicted' : 'outdated',
      dated[0]!,
      `more than a plan: ${say(dated[0]!)}`,
    );
  const inState = dated.find((f) => stateOn(f, today) === state);
  if (inState) {
    const until = claim.detail.until;
    if (typeof until === 'string' && inState.suspendedUntil && !sameDate(until, inState.suspendedUntil))
      return result('contradicted', inState, `suspended until ${inState.suspendedUntil}: ${say(inState)}`);
    return result(claim.negated ? 'contradicted' : 'supported', inState, `on record: ${say(inState)}`);
  }
  const was = dated[0]!;
  if (state === 'in_force' && (was.ended !== null || was.suspendedFrom !== null) && was.effective !== null)
    return result(claim.negated ? 'supported' : 'outdated', was, `no longer so: ${say(was)}`);
  // lifted is said of what is only suspended
  if (state === 'ended' && dated.some((f) => stateOn(f, today) === 'suspended'))
    return result(claim.negated ? 'supported' : 'overstated', was, `suspended, not ended: ${say(was)}`);
  return result(claim.negated ? 'supported' : 'contradicted', was, `on record: ${say(was)}`);
}

/**
 * What a register says of a day. Dates are as precise as they are known: `2026`, `2026-11`, `2026-11-10`.
 * A partial date covers all of its days: it begins with the first and ends with the last.
 */
export type StatusOn =
  | 'not_yet'
  | 'announced'
  | 'signed'
  | 'in_force'
  | 'suspended'
  | 'ended'
  | 'lapsed_unknown'
  | 'unknown';

/** First day that a date covers, as YYYY-MM-DD. */
export function firstDay(date: string): string {
  const [year, month = '01', day = '01'] = date.split('-');
  return `${year}-${month}-${day}`;
}

/** Last day that a date covers, as YYYY-MM-DD. */
export function lastDay(date: string): string {
  const [year, month = '12', day] = date.split('-');
  if (day) return date;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return `${year}-${month}-${String(days).padStart(2, '0')}`;
}

export interface RestrictionDates {
  readonly announced: string | null;
  readonly effective: string | null;
  readonly suspended_from: string | null;
  /** last day of the suspension */
  readonly suspended_until: string | null;
  /** last day on which it binds */
  readonly ended: string | null;
  /** last day for which the register knows its state; null = followed to the release */
  readonly known_until?: string | null;
}

/**
 * Status of a restriction on a day: `not_yet` before it is announced; `announced` until it takes effect (also where no
 * such day is known); `suspended` through the last day of a suspension, even one that began before it took effect;
 * `lapsed_unknown` after a suspension whose sequel is not in the register: it may bind again or be extended;
 * `in_force`; `ended` after its last day; `unknown` after the last day for which the register knows it.
 * @param on a date; a month or year is taken at its last day
 */
export function restrictionOn(dates: RestrictionDates, on: string): StatusOn {
  const day = lastDay(on);
  const { announced, effective, suspended_from, suspended_until, ended } = dates;
  const { known_until = null } = dates;
  if (ended !== null && day > lastDay(ended)) return 'ended';
  if (known_until !== null && day > lastDay(known_until)) return 'unknown';
  const begins = announced ?? effective;
  if (begins === null) return 'unknown';
  if (day < firstDay(begins))
    return effective !== null && day >= firstDay(effective) ? 'in_force' : 'not_yet';
  const pauseBegins = suspended_from ?? (suspended_until === null ? null : (effective ?? announced));
  if (pauseBegins !== null && day >= firstDay(pauseBegins)) {
    if (suspended_until === null || day <= lastDay(suspended_until)) return 'suspended';
    return 'lapsed_unknown';
  }
  if (effective === null || day < firstDay(effective)) return 'announced';
  return 'in_force';
}

export interface AgreementDates {
  readonly date: string | null;
  /** last day of its term */
  readonly ends: string | null;
  /** what the register says today: in_force, signed, announced, superseded, lapsed, unknown */
  readonly status: string | null;
}

/**
 * Status of an agreement on a day: `not_yet` before it was signed; then what the register says (`signed` = not in force,
 * `announced` = nothing signed). After its term: `ended` where it was superseded or lapsed, else `lapsed_unknown`, as
 * renewals are often silent. `unknown` where the register could not confirm it or has no date.
 */
export function agreementOn(agreement: AgreementDates, on: string): StatusOn {
  const day = lastDay(on);
  const { date, ends, status } = agreement;
  const over = status === 'superseded' || status === 'lapsed';
  if (date !== null && day < firstDay(date)) return 'not_yet';
  if (ends !== null && day > lastDay(ends)) return over ? 'ended' : 'lapsed_unknown';
  if (status === 'announced' || status === 'signed') return status;
  if (status === 'unknown' || status === null || date === null) return 'unknown';
  return over && ends === null ? 'lapsed_unknown' : 'in_force';
}

import { firstDay } from '../analysis/policy/status-on.ts';
import type { AnswerRow, View } from './question.ts';
import { count, named, plainly, positions, possessive, shareOf } from './wording.ts';

/** The day asked about, whose supply stands beside the measures. */
export interface TimelineScope {
  readonly on: string;
  readonly party: string;
  readonly nameOf: (country: string) => string;
}

const restrictionKinds = new Set(['announced', 'effective', 'suspended', 'suspension_ends', 'ended']);
const isRestriction = (r: AnswerRow) => restrictionKinds.has(String(r.kind));
const isAgreement = (r: AnswerRow) => r.kind === 'signed' || r.kind === 'ends';

/** How a timeline is best read: what comes next, then what holds on the day, each measure once by its latest event. */
export function timelineView(rows: readonly AnswerRow[], scope: TimelineScope): View {
  const isAhead = (r: AnswerRow) => firstDay(String(r.date)) > scope.on;
  const ahead = positions(rows, (r) => isAhead(r) && r.kind !== 'due');
  const due = positions(rows, (r) => isAhead(r) && r.kind === 'due');
  const latest = new Map<string, number>();
  rows.forEach((r, k) => {
    if (r.kind !== 'due' && firstDay(String(r.date)) <= scope.on) latest.set(String(r.id), k);
  });
  // of what has not begun, the first event stands for it
  rows.forEach((r, k) => {
    if (r.kind !== 'due' && !latest.has(String(r.id))) latest.set(String(r.id), k);
  });
  const once = [...latest.values()].sort((a, b) => a - b);
  const of = (test: (r: AnswerRow) => boolean) => once.filter((k) => test(rows[k]!));
  const held = (r: AnswerRow, ...status: string[]) => status.includes(String(r.status));
  const inForce = of((r) => isRestriction(r) && held(r, 'in_force'));
  const paused = of((r) => isRestriction(r) && held(r, 'suspended'));
  const lapsed = of((r) => isRestriction(r) && held(r, 'lapsed_unknown'));
  const standing = of((r) => isAgreement(r) && held(r, 'in_force', 'signed'));
  const sections = [
    { title: `After ${scope.on}`, rows: ahead },
    { title: 'Restrictions in force', rows: inForce },
    { title: 'Restrictions suspended', rows: paused },
    { title: 'Restrictions whose suspension or term has run out, with nothing known after it', rows: lapsed },
    { title: 'Agreements signed or in force', rows: standing },
  ].filter((s) => s.rows.length > 0);
  const shown = new Set(sections.flatMap((s) => s.rows));
  return {
    headline: headline(rows, { inForce, paused, lapsed, standing, ahead }, scope),
    columns: ['date', 'kind', 'country', 'title', 'largest_share', 'touches', 'minerals', 'source'],
    heads: { kind: 'event', largest_share: 'of supply', country: 'who' },
    least: { country: 4, kind: 15, title: 24 },
    sections,
    after: [
      ...(rows.some((r) => r.largest_share !== null)
        ? [
            `Of supply: the largest share that ${scope.party} buys there of a mineral the measure names, by value of declared imports (by dispatch where only that is known); touches says which.`,
          ]
        : []),
      ...dueLine(rows, due, scope),
      ...(rows.length > shown.size + due.length
        ? [
            `${count(rows.length - shown.size - due.length, 'earlier or ended event')} with --format csv or json.`,
          ]
        : []),
    ],
    inSections: true,
    quietNotes: ['on', 'lapsed_unknown'],
  };
}

interface Held {
  readonly inForce: readonly number[];
  readonly paused: readonly number[];
  readonly lapsed: readonly number[];
  readonly standing: readonly number[];
  readonly ahead: readonly number[];
}

function headline(rows: readonly AnswerRow[], held: Held, scope: TimelineScope): string[] {
  if (rows.length === 0) return [];
  const parts = [
    `${count(held.inForce.length, 'export restriction')} in force`,
    ...(held.paused.length ? [`${held.paused.length} suspended`] : []),
    `${count(held.standing.length, 'agreement')} signed or in force`,
  ];
  const lapsed = held.lapsed.length;
  return [
    `On ${scope.on} the register has ${named(parts)}.`,
    ...(lapsed
      ? [
          `Of ${lapsed} more ${lapsed === 1 ? 'restriction' : 'restrictions'} nothing is known since the suspension or term ran out.`,
        ]
      : []),
    ...nextLine(rows, held.ahead, scope),
    ...touchLine(rows, held.inForce, scope),
  ];
}

/** Goals that fall due, by year and whose they are; targets says what each asks. */
function dueLine(rows: readonly AnswerRow[], due: readonly number[], scope: TimelineScope): string[] {
  if (due.length === 0) return [];
  const groups = new Map<string, number>();
  for (const k of due) {
    const key = `${rows[k]!.date} ${rows[k]!.country}`;
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  const parts = [...groups].map(([key, n]) => {
    const [year = '', country = ''] = key.split(' ');
    return `${n} of ${scope.nameOf(country)} in ${year}`;
  });
  return [`Targets that fall due: ${named(parts)} (headwater targets judges them).`];
}

/** What comes first after the day: all events of that day. */
function nextLine(rows: readonly AnswerRow[], ahead: readonly number[], scope: TimelineScope): string[] {
  const first = ahead[0];
  if (first === undefined) return [`Nothing with a date after it is known.`];
  const date = rows[first]!.date;
  const same = ahead.filter((k) => rows[k]!.date === date).map((k) => rows[k]!);
  const what = same.map(
    (r) => `${plainly(r.kind)}: ${r.title} (${String(r.country).split(';').map(scope.nameOf).join(', ')})`,
  );
  return [`Next, ${date}: ${named([...new Set(what)], 3)}.`];
}

/** Where a restriction in force meets the largest share of the importer’s supply. */
function touchLine(rows: readonly AnswerRow[], inForce: readonly number[], scope: TimelineScope): string[] {
  const touching = inForce.filter((k) => rows[k]!.largest_share !== null);
  const [most] = touching.toSorted((a, b) => Number(rows[b]!.largest_share) - Number(rows[a]!.largest_share));
  if (most === undefined) return [];
  const r = rows[most]!;
  return [
    `${touching.length} of those in force ${touching.length === 1 ? 'is' : 'are'} on goods that ${scope.party} buys there; the largest share of ${possessive(scope.party)} supply, ${shareOf(r.largest_share as number)}, meets “${r.title}” (${scope.nameOf(String(r.country))}; ${plainly(String(r.touches).split('; ')[0])}).`,
  ];
}

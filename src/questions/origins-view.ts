import { figure, percent } from './figure.ts';
import type { Shown } from './origin-rows.ts';
import type { AnswerRow, Note, View } from './question.ts';
import { sentence } from './wording.ts';

/** One trace in an answer: what it is called, which rows are its own, how much is used. */
export interface ShownTrace {
  readonly label: string;
  readonly rows: readonly number[];
  /** t or USD; null where nothing could be traced */
  readonly consumption: number | null;
  /** why there is nothing to show; null where there is */
  readonly why: string | null;
}

/** Shares below this, traced and direct, are counted on screen, not shown. */
const leastShown = 0.0005;

const doing = { use: 'used', imports: 'bought' } as const;

/** Part of unrecorded supply from which the opening sentence speaks of it. */
const leastSaid = 0.05;

/** Traces that each have a sentence at the top. */
const mostTold = 4;

/** Notes that say why there is nothing to show. */
export const whyEmpty: ReadonlySet<string> = new Set([
  'no_trade',
  'no_production',
  'no_quantity',
  'no_value',
  'no_price',
  'no_supply',
]);

/** How a trace is best read: the countries that matter, largest first, with a bar; crumbs in a sentence. */
export function originsView(
  rows: readonly AnswerRow[],
  traces: readonly ShownTrace[],
  notes: readonly Note[],
  shown: Shown,
): View {
  const unit = shown.weight === 'value' ? 'USD' : 't';
  const many = traces.length > 1;
  const u = shown.weight === 'value' ? 'usd' : 't';
  const matters = (k: number) =>
    [rows[k]!.traced_share, rows[k]!.direct_share].some((s) => typeof s === 'number' && s >= leastShown);
  const sections = traces
    .map((t) => ({
      title: many
        ? `${t.label}${t.consumption === null ? '' : `: ${figure(t.consumption)} ${unit} ${doing[shown.of]}`}`
        : '',
      rows: t.rows.filter((k) => matters(k)),
    }))
    .filter((s) => s.rows.length > 0);
  const nothingTraced = rows.every((r) => r.traced_share === null);
  const crumbs =
    rows.filter((r) => r.country !== null).length - sections.reduce((n, s) => n + s.rows.length, 0);
  return {
    headline:
      traces.length > mostTold
        ? [
            `Where what is ${doing[shown.of]} was ${shown.lens === 'controlled' ? 'held from' : 'born'}, by ${shown.weight}: ${traces.length} traces.`,
          ]
        : traces.map((t) =>
            headline(
              rows,
              t,
              many ? notes.filter((n) => n.rows?.some((k) => t.rows.includes(k))) : notes,
              shown,
            ),
          ),
    columns:
      shown.lens === 'controlled'
        ? // the low end is the share itself
          [
            'country',
            'traced_share',
            `traced_${u}`,
            'unattributed_share',
            'stopped_share',
            'high_share',
            'located_share',
            `unrecorded_${u}`,
            'direct_share',
            `direct_${u}`,
          ]
        : [
            'country',
            'through_country',
            'traced_share',
            `traced_${u}`,
            ...(shown.through === undefined
              ? [`unrecorded_${u}`, 'low_share', 'high_share']
              : ['stopped_share', 'low_share', 'high_share', `unrecorded_${u}`]),
            'direct_share',
            `direct_${u}`,
          ],
    heads: {
      country: nothingTraced ? 'bought from' : shown.lens === 'controlled' ? 'owned from' : 'born in',
      through_country: 'made in',
      traced_share: 'share',
      [`unrecorded_${u}`]: 'unrecorded',
      direct_share: 'direct',
      stopped_share: 'stops here',
      low_share: 'low',
      high_share: shown.lens === 'controlled' ? 'at most' : 'high',
      located_share: 'located',
      unattributed_share: 'owner unknown',
    },
    bar: { share: 'traced_share' },
    sections,
    after: [
      ...(crumbs > 0
        ? [`${crumbs} more with less than ${percent(leastShown)} each, with --format csv or json.`]
        : []),
      ...traces.flatMap((t) => (t.why === null ? [] : [`${t.label} is not traced: ${t.why}.`])),
      ...(many ? [] : notes.flatMap((n) => (n.code === 'imports_traced' ? [`${sentence(n.text)}.`] : []))),
      ...(many
        ? ['What each trace rests on is told when it is asked for alone, and in the notes of json.']
        : []),
    ],
    // remarks on every row of every trace would drown the rows
    quietNotes: many
      ? notes.map((n) => n.code)
      : [
          ...[
            'consumption',
            'imports',
            'traced',
            'imports_traced',
            'report',
            'chain_unrecorded',
            ...whyEmpty,
          ],
          // of an empty trace there is nothing to check
          ...(traces[0]?.why ? ['unrecorded_share', 'residual', 'solver'] : []),
        ],
  };
}

/** A place of birth, or the way from there through a maker. */
const wayOf = (r: AnswerRow): string =>
  typeof r.through_country !== 'string' ? String(r.country) : `${r.country} by way of ${r.through_country}`;

function headline(
  rows: readonly AnswerRow[],
  trace: ShownTrace,
  notes: readonly Note[],
  shown: Shown,
): string {
  const own = trace.rows.map((k) => rows[k]!);
  const known = own.filter((r) => typeof r.traced_share === 'number' && r.traced_share > 0);
  if (trace.consumption === 0)
    return own.some((r) => Number(r.direct_share) > 0)
      ? `${trace.label}: nothing is kept of what is bought or made.`
      : `${trace.label}: nothing to trace.`;
  if (trace.consumption === null || !known.length) {
    const sellers = own
      .filter((r) => typeof r.direct_share === 'number' && r.direct_share >= leastShown)
      .slice(0, 3)
      .map((r) => `${r.country} ${percent(r.direct_share as number)}`);
    return sellers.length
      ? `${trace.label}: bought from ${sellers.join(', ')}; where it was made cannot be traced.`
      : `${trace.label}: nothing can be traced.`;
  }
  const unit = shown.weight === 'value' ? 'USD' : 't';
  const whose = shown.lens === 'controlled' ? 'is held from' : 'was born in';
  const used = `what is ${doing[shown.of]}, ${figure(trace.consumption)} ${unit},`;
  // of all origins, also where only the largest are shown
  const said = (code: string) => notes.find((n) => n.code === code)?.value;
  // a path that stops is no birth at all; of a country only the part that stops is not
  const stoppedOf = (r: AnswerRow) =>
    r.followed === false ? (r.traced_share as number) : ((r.stopped_share as number | undefined) ?? 0);
  const largest = (share: (r: AnswerRow) => number) =>
    known
      .map((r) => ({ r, share: share(r) }))
      .filter((x) => x.share >= leastShown)
      .sort((a, b) => b.share - a.share)
      .slice(0, 3);
  const amount = (r: AnswerRow, name: string) =>
    Number(r[`${name}_${shown.weight === 'value' ? 'usd' : 't'}`]);
  // where nobody reports making it, a country is where supply appears, not where it was born
  const nobodysOf = (r: AnswerRow) =>
    (r.traced_share as number) > 0
      ? ((r.traced_share as number) * amount(r, 'unrecorded')) / amount(r, 'traced')
      : 0;
  const told = (share: (r: AnswerRow) => number, name: (r: AnswerRow) => string) =>
    largest(share)
      .map(({ r, share: s }) => `${name(r)} ${percent(s)}`)
      .join(', ');
  const ownerless = (r: AnswerRow) => (r.unattributed_share as number | undefined) ?? 0;
  const born = told(
    (r) => (r.traced_share as number) - Math.max(stoppedOf(r), nobodysOf(r), ownerless(r)),
    wayOf,
  );
  const makers = told(stoppedOf, (r) => String(r.country));
  const what = `${trace.label}: ${born ? used : `of ${used}`}`;
  const parts = born ? [`${whose} ${born}`] : [];
  if (shown.lens === 'controlled') {
    const open = said('unattributed') ?? 0;
    if (open >= leastSaid)
      parts.push(
        `${percent(open)} has no known owner and stands with the country it is in (${told(ownerless, wayOf)})`,
      );
    return `${what} ${parts.join('; ')}.`;
  }
  const stops = notes.reduce((sum, n) => sum + (n.code === 'not_traced_beyond' ? (n.value ?? 0) : 0), 0);
  if (makers) parts.push(`${percent(stops)} cannot be followed beyond its makers (${makers})`);
  const nobodys = (r: AnswerRow) => Math.max(0, nobodysOf(r) - stoppedOf(r));
  const open = said('chain_unrecorded') ?? said('unrecorded_share') ?? 0;
  const where = told(nobodys, wayOf);
  if (open >= leastSaid)
    parts.push(
      `${percent(open)} ${parts.length ? 'of it ' : ''}is supply that nobody reports making${where && `, which appears in ${where}`}`,
    );
  return `${what} ${parts.join('; ')}.`;
}

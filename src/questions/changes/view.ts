import { groupBy } from '../../tables/group-by.ts';
import type { AnswerRow, View } from '../question.ts';
import { otherEdition } from './output-rows.ts';

interface Told {
  readonly name: string;
  readonly countryName: (country: string) => string;
  /** whether the importer has imports on record under the codes asked for */
  readonly imports: boolean;
  readonly period: string;
  /** the days between which the registers are compared; equal where two editions of them are */
  readonly on: { readonly before: string; readonly after: string };
  readonly points: number;
}

const isRegister = (kind: string) => kind.startsWith('restriction_') || kind.startsWith('agreement_');
const plural = (n: number, one: string, many: string) => `${n === 0 ? 'no' : n} ${n === 1 ? one : many}`;

/** The answer as a monitoring note: what matters most first, each change once, what cannot be compared counted. */
export function changesView(rows: readonly AnswerRow[], told: Told): View {
  // a code that stands for several minerals moved once
  const seen = new Set<string>();
  const repeats = new Set(
    rows.flatMap((r, k) => {
      const name = `${r.kind} ${r.hs6} ${r.what}`;
      if (r.hs6 === null || !seen.has(name)) {
        seen.add(name);
        return [];
      }
      return [k];
    }),
  );
  const at = (test: (row: AnswerRow, kind: string) => boolean) =>
    rows.flatMap((r, k) => (!repeats.has(k) && test(r, String(r.kind)) ? [k] : []));
  const flow = (r: AnswerRow) => `${r.hs6 ?? `${r.mineral} ${r.stage}`} ${r.country}`;
  const crossed = at((_, kind) => kind === 'cap_crossed');
  const shown = new Set(crossed.map((k) => flow(rows[k]!)));
  const replaced = at((r, kind) => kind === 'top_replaced' && !shown.has(flow(r)));
  for (const k of replaced) shown.add(flow(rows[k]!));
  const moved = at((r, kind) => kind === 'share_moved' && !shown.has(flow(r)));
  const register = at((_, kind) => isRegister(kind));
  const outputTops = at((_, kind) => kind === 'output_top_replaced');
  const leaders = new Set(outputTops.map((k) => flow(rows[k]!)));
  const output = at((r, kind) => kind === 'output_moved' && !leaders.has(flow(r)));
  const revised = at((_, kind) => kind === 'figure_revised');
  const silent = at((_, kind) => kind === 'not_comparable');
  const withheld = silent.flatMap((k) => (String(rows[k]!.note).startsWith(otherEdition) ? [rows[k]!] : []));
  const named = [...groupBy(withheld, (r) => String(r.mineral))]
    .map(
      ([mineral, of]) =>
        `${mineral.replaceAll('_', ' ')} (${of.map((r) => told.countryName(String(r.country))).join(', ')})`,
    )
    .join('; ');
  const allReplaced = at((_, kind) => kind === 'top_replaced').length;
  const allMoved = at((_, kind) => kind === 'share_moved').length;
  const allOutput = at((_, kind) => kind === 'output_moved').length;
  const points = `${Number((100 * told.points).toPrecision(6))} points`;
  // what a headline counts and a section does not list is in a section above it
  const counted = (title: string, listed: readonly number[], all: number) => ({
    title: `${title}: ${listed.length}${all > listed.length ? `, and ${all - listed.length} named above` : ''}`,
    rows: listed,
  });
  const sections = [
    counted('Over the limit, or back within it', crossed, crossed.length),
    counted('Another largest supplier', replaced, allReplaced),
    counted(`Shares of supply that moved by more than ${points}`, moved, allMoved),
    counted('Restrictions and agreements', register, register.length),
    counted('World output: another largest producer', outputTops, outputTops.length),
    counted(`World output: shares that moved by more than ${points}`, output, allOutput),
    counted('Figures revised by their publishers', revised, revised.length),
  ].filter((s) => s.rows.length > 0);
  const parts = [
    `${plural(crossed.length, 'limit', 'limits')} crossed`,
    `${plural(allReplaced, 'largest supplier', 'largest suppliers')} replaced`,
    `${plural(allMoved, 'share', 'shares')} of supply and ${allOutput || 'none'} of world output moved by more than ${points}`,
    ...(outputTops.length
      ? [`${plural(outputTops.length, 'largest producer', 'largest producers')} replaced`]
      : []),
    ...(revised.length ? [`${plural(revised.length, 'figure', 'figures')} revised`] : []),
  ];
  const { before, after } = told.on;
  const days = before === after ? '' : ` from ${before} to ${after}`;
  const registers = `${plural(register.length, 'change', 'changes')} in restrictions and agreements${days}`;
  const nothing = rows.length === silent.length;
  const found = nothing
    ? told.imports
      ? `nothing ${silent.length ? 'that can be compared ' : ''}moved`
      : 'no imports on record, and nothing else moved'
    : `${parts.join(', ')}; ${registers}`;
  const why = new Map<string, number>();
  for (const k of silent) {
    const reason = String(rows[k]!.note).split(':')[0]!;
    why.set(reason, (why.get(reason) ?? 0) + 1);
  }
  const reasons = [...why].map(([reason, n]) => `${n} ${reason}`).join('; ');
  return {
    headline: [`${told.name}, ${told.period}: ${found}.`],
    empty: `No limit crossed, no share moved by more than ${points}, no restriction or agreement changed, no figure revised.`,
    columns: ['mineral', 'what', 'matters_usd'],
    heads: { matters_usd: 'matters, USD' },
    least: { mineral: 11, what: 50 },
    wraps: { mineral: 17, what: 120 },
    ...(rows.length > 0 && { sections }),
    after: [
      ...(crossed.length + replaced.length + moved.length > 0
        ? [
            'Shares of imports are by value, by tonnes only where the row’s note says so. Matters: value of the trade times the share that moved.',
          ]
        : []),
      ...(silent.length
        ? [
            `${plural(silent.length, 'comparison', 'comparisons')} left out, not reported as change: ${reasons}.`,
          ]
        : []),
      ...(withheld.length
        ? [
            `Recorded as moves of world output, but the publisher’s newer edition says that it revised figures there, or lists other countries than the older: ${named}.`,
          ]
        : []),
    ],
    inSections: true,
    quietNotes: days ? ['on', 'nothing'] : ['nothing'],
  };
}

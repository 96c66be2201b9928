import type { AnswerRow, View } from '../question.ts';

interface Told {
  readonly name: string;
  readonly period: string;
  readonly points: number;
}

const isRegister = (kind: string) => kind.startsWith('restriction_') || kind.startsWith('agreement_');
const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

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
  const output = at(
    (r, kind) => kind === 'output_top_replaced' || (kind === 'output_moved' && !leaders.has(flow(r))),
  );
  const revised = at((_, kind) => kind === 'figure_revised');
  const silent = at((_, kind) => kind === 'not_comparable');
  const allReplaced = at((_, kind) => kind === 'top_replaced').length;
  const allMoved = at((_, kind) => kind === 'share_moved').length;
  const points = `${Number((100 * told.points).toPrecision(6))} points`;
  const sections = [
    { title: 'Over the limit, or back within it', rows: crossed },
    { title: 'Another largest supplier', rows: replaced },
    { title: `Shares of supply that moved by more than ${points}`, rows: moved },
    { title: 'Restrictions and agreements', rows: register },
    { title: `World output: shares that moved by more than ${points}`, rows: output },
    { title: 'Figures revised by their publishers', rows: revised },
  ].filter((s) => s.rows.length > 0);
  const parts = [
    `${plural(crossed.length, 'limit', 'limits')} crossed`,
    `${plural(allReplaced, 'largest supplier', 'largest suppliers')} replaced`,
    `${plural(allMoved, 'share', 'shares')} moved by more than ${points}`,
    `${plural(register.length, 'change', 'changes')} in restrictions and agreements`,
    ...(revised.length ? [`${plural(revised.length, 'figure', 'figures')} revised`] : []),
  ];
  const why = new Map<string, number>();
  for (const k of silent) {
    const reason = String(rows[k]!.note).split(':')[0]!;
    why.set(reason, (why.get(reason) ?? 0) + 1);
  }
  const reasons = [...why].map(([reason, n]) => `${n} ${reason}`).join('; ');
  return {
    headline: [`${told.name}, ${told.period}: ${parts.join(', ')}.`],
    columns: ['mineral', 'what', 'matters_usd'],
    heads: { matters_usd: 'matters, USD' },
    least: { mineral: 11, what: 50 },
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
    ],
    inSections: true,
  };
}

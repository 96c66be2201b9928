import type { AnswerRow, View } from './question.ts';
import {
  byMineral,
  count,
  mineralStage,
  named,
  plainly,
  positions,
  possessive,
  shareOf,
  tonnes,
  yearsOfRows,
} from './wording.ts';

/** Between whom, under which document, of which minerals. */
export interface AgreementScope {
  readonly party: string;
  readonly partner: string;
  /** null = nothing signed between the two */
  readonly document: {
    readonly title: string;
    readonly date: string | null;
    readonly binding: boolean | null;
  } | null;
  readonly list: string | null;
  readonly nameOf: (country: string) => string;
}

/** How far an agreement could reach: what it could move, what it might but cannot be computed, what it cannot touch. */
export function agreementView(rows: readonly AnswerRow[], scope: AgreementScope): View {
  const moves = positions(rows, (r) => Number(r.most_it_could_move ?? 0) > 0);
  const open = positions(rows, (r, k) => r.can_touch === true && !moves.includes(k));
  return {
    headline: headline(rows, moves, scope),
    columns: [
      'mineral',
      'stage',
      'top_country',
      'most_it_could_move',
      'moved_t',
      'partner_share',
      'output_year',
      'supply_from_partner_share',
      'controllers',
      'partner_output_t',
      'free_t',
      'top_share_pro_rata',
      'note',
    ],
    heads: {
      top_country: 'top today',
      most_it_could_move: 'could fall',
      moved_t: 'by t',
      partner_share: 'of world',
      output_year: 'in',
      supply_from_partner_share: 'of supply',
      controllers: 'held from',
      partner_output_t: 'output t',
      free_t: 'free t',
      top_share_pro_rata: 'top pro rata',
    },
    pairs: { top_country: 'top_share' },
    least: { mineral: 11, stage: 8, controllers: 8 },
    group: 'mineral',
    sections: [
      { title: 'Where the largest share could fall, at most', rows: moves },
      { title: `Output of ${scope.partner}, but no fall that open data could tell`, rows: open },
    ].filter((s) => s.rows.length > 0),
    after: [
      ...(moves.length + open.length
        ? [`Of world: ${possessive(scope.partner)} part of world output, in the year beside it.`]
        : []),
      ...whyOpen(open.map((k) => rows[k]!)),
      ...untouchedLines(rows, scope),
    ],
    inSections: true,
    quietNotes: ['cannot_touch', 'not_computable', 'list', 'no_agreement'],
  };
}

function headline(rows: readonly AnswerRow[], moves: readonly number[], scope: AgreementScope): string[] {
  const { partner, party } = scope;
  const minerals = (test: (r: AnswerRow) => boolean) => [
    ...new Set(rows.filter(test).map((r) => plainly(r.mineral))),
  ];
  const all = minerals(() => true);
  const makes = minerals((r) => r.can_touch === true);
  const made = rows.filter((r) => r.can_touch === true);
  const of =
    scope.list === null
      ? `${count(all.length, 'mineral')} asked about`
      : `the ${all.length} minerals of ${scope.list}`;
  const most = moves
    .map((k) => rows[k]!)
    .sort((a, b) => (b.most_it_could_move as number) - (a.most_it_could_move as number));
  const { absent, silent } = untouched(rows);
  const rest = [
    ...(absent.length ? [`of ${absent.length} it is not a known producer`] : []),
    ...(silent.length ? [`of ${silent.length} nobody’s output is open`] : []),
  ];
  const lines = [
    documentLine(scope),
    `${partner} is known to produce ${makes.length} of ${of}${made.length ? ` (output of ${yearsOfRows(made, 'output_year')})` : ''}${rest.length ? `; ${named(rest)}, so it cannot be shown to touch these` : ''}.`,
  ];
  const best = most[0];
  if (!best)
    return [
      ...lines,
      `There is none whose largest share in ${possessive(party)} supply it could be shown to lower.`,
    ];
  const fall = best.most_it_could_move as number;
  const eased = most.filter((r) => r.over_cap === true);
  const back = eased.filter(
    (r) => typeof r.cap === 'number' && (r.top_share as number) - (r.most_it_could_move as number) <= r.cap,
  );
  const limit = typeof best.cap === 'number' ? best.cap : null;
  return [
    ...lines,
    `At most it could lower the largest share in ${possessive(party)} imports of ${most.length === 1 ? '' : `${most.length} mineral stages, most for `}${mineralStage(best)}: from ${shareOf(best.top_share as number, limit)} (${scope.nameOf(String(best.top_country))}, ${best.supply_year}) to ${shareOf((best.top_share as number) - fall, limit)}, if ${tonnes(best.moved_t as number)} a year came.`,
    ...(limit === null
      ? []
      : [
          eased.length === 0
            ? `None of them is over the limit of ${shareOf(limit)} today.`
            : `Over the limit of ${shareOf(limit)} today are ${named(eased.map(mineralStage))}; back under it could come ${back.length ? named(back.map(mineralStage)) : 'none'}.`,
        ]),
  ];
}

function documentLine({ document, party, partner }: AgreementScope): string {
  if (!document)
    return `No agreement on minerals between ${party} and ${partner} is in force in the register: this is what one could change at most.`;
  const { title, date, binding } = document;
  const force =
    binding === true
      ? 'binding'
      : binding === false
        ? 'not binding: it moves nothing by itself'
        : 'whether it binds is not known';
  return `${title}${date === null ? '' : `, ${date}`}: ${force}; what follows is the most that contracts under it could change.`;
}

/** Why a stage with output has no fall, by the reason, each stage once. */
function whyOpen(rows: readonly AnswerRow[]): string[] {
  const why = (r: AnswerRow): string =>
    r.most_it_could_move === 0
      ? 'nothing to lower: the partner’s free output would not displace the top supplier'
      : r.top_share === null
        ? 'no open figures of imports at that stage'
        : r.partner_output_t === null
          ? 'only a share of world output is published, no tonnes'
          : r.demand_t === null
            ? 'output and imports are not in the same tonnes'
            : 'what of the output is free is not known';
  const groups = new Map<string, AnswerRow[]>();
  for (const r of rows) groups.set(why(r), [...(groups.get(why(r)) ?? []), r]);
  return [...groups].map(([reason, of]) => `Not computed, ${reason}: ${byMineral(of)}.`);
}

/** Minerals that the partner is not known to produce: others are named as producers, or nobody’s figure is open. */
function untouched(rows: readonly AnswerRow[]): { absent: string[]; silent: string[] } {
  const makes = new Set(rows.filter((r) => r.can_touch === true).map((r) => r.mineral));
  const rest = rows.filter((r) => !makes.has(r.mineral));
  const told = new Set(rest.filter((r) => r.can_touch === false).map((r) => r.mineral));
  const names = (keep: boolean) =>
    [...new Set(rest.filter((r) => told.has(r.mineral) === keep).map((r) => plainly(r.mineral)))].sort();
  return { absent: names(true), silent: names(false) };
}

function untouchedLines(rows: readonly AnswerRow[], { partner }: AgreementScope): string[] {
  const { absent, silent } = untouched(rows);
  return [
    ...(absent.length
      ? [`${partner} is not among the producers that sources name, or reports zero: ${named(absent)}.`]
      : []),
    ...(silent.length
      ? [`No output of anyone is open, or it is withheld, which is unknown, not zero: ${named(silent)}.`]
      : []),
  ];
}

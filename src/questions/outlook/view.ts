import type { AnswerRow, View } from '../question.ts';
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
} from '../wording.ts';

/** Whose outlook, and whether it is of one mineral, year by year. */
export interface OutlookScope {
  readonly name: string;
  readonly lens: string;
  /** true shows every year, false only the target year */
  readonly everyYear: boolean;
  readonly nameOf: (country: string) => string;
}

const keyOf = (r: AnswerRow) => `${r.target} ${r.mineral} ${r.stage}`;

/** How an outlook is best read: who meets the limit, who would with the projects, who would not. */
export function outlookView(rows: readonly AnswerRow[], scope: OutlookScope): View {
  const limits = positions(rows, (r) => r.share !== null);
  // a target year that has come stands in the row of the supply
  const last = new Map<string, number>();
  for (const k of limits) {
    const before = last.get(keyOf(rows[k]!));
    if (before === undefined || Number(rows[k]!.year) >= Number(rows[before]!.year))
      last.set(keyOf(rows[k]!), k);
  }
  const ends = [...last.values()].sort((a, b) => Number(rows[b]!.share) - Number(rows[a]!.share));
  const shownOf = (k: number) =>
    scope.everyYear ? limits.filter((i) => keyOf(rows[i]!) === keyOf(rows[k]!)) : [k];
  const sections = (
    [
      ['off_path', 'Over the limit, and not on the way to it'],
      ['on_path', 'Over the limit now, on the way to it with known projects'],
      ['met', 'Within the limit now'],
    ] as const
  ).map(([status, title]) => ({
    title,
    rows: ends.filter((k) => rows[k]!.status === status).flatMap(shownOf),
  }));
  const floors = positions(rows, (r) => r.planned_t !== null && r.planned_t !== undefined);
  return {
    headline: [...headline(rows, ends, scope), ...floorLines(rows, floors)],
    columns: [
      'mineral',
      'stage',
      'year',
      'top_country',
      'pipeline_share',
      ...(scope.everyYear ? ['path_share'] : []),
      'tonnes_to_move_t',
      'projected_share',
      'pipeline_country',
      'pipeline_low',
      'pipeline_high',
      'required_change_per_year',
      'demand_growth',
      'projects',
    ],
    heads: {
      top_country: 'unchanged',
      pipeline_share: 'projects',
      path_share: 'path',
      projected_share: 'projected',
      tonnes_to_move_t: 't to move',
      pipeline_country: 'whose',
      pipeline_low: 'least',
      pipeline_high: 'most',
      required_change_per_year: 'points a year',
      demand_growth: 'demand ×',
    },
    pairs: { top_country: 'share' },
    bar: { share: 'share', limit: 'cap' },
    least: { mineral: 11, stage: 8 },
    group: 'mineral',
    sections: sections.filter((s) => s.rows.length > 0),
    after: [...legend(limits), ...silentLine(rows, last)],
    inSections: true,
    quietNotes: ['not_computable'],
  };
}

const legend = (limits: readonly number[]): string[] =>
  limits.length
    ? [
        'Unchanged: the largest supplier’s share if nothing changes. Projects: the largest share with known mines and plants at their chances. Path: what a straight line to the limit allows.',
      ]
    : [];

function headline(rows: readonly AnswerRow[], ends: readonly number[], scope: OutlookScope): string[] {
  if (ends.length === 0)
    return rows.length ? [] : [`${scope.name}: no limit on each mineral in the register.`];
  const of = ends.map((k) => rows[k]!);
  const first = of[0]!;
  const limit = first.cap as number;
  const by = first.target_year === null ? '' : ` by ${first.target_year}`;
  const from = yearsOfRows(rows.filter((r) => r.share !== null && isFirst(rows, r)));
  const lens = scope.lens === 'traced' ? 'traced to their origin' : 'by declared origin';
  const weighed = named(
    ['tonnes', 'value']
      .filter((unit) => of.some((r) => String(r.basis).includes(unit)))
      .map((unit) => `by ${unit}`),
  );
  if (of.length <= 2) return of.map((r) => oneLine(r, from, scope));
  const withStatus = (status: string) => of.filter((r) => r.status === status);
  const off = withStatus('off_path');
  const on = withStatus('on_path');
  const over = off.length + on.length;
  const saved = off.filter((r) => typeof r.pipeline_low === 'number' && r.pipeline_low <= limit);
  return [
    `${scope.name}: ${withStatus('met').length} of ${of.length} mineral stages with a known share are within ${shareOf(limit)} from one country now, ${over} are over it (${lens}, ${weighed}, supply of ${from}; the rule is for ${first.target_year}).`,
    over === 0
      ? 'Nothing has to move.'
      : `If nothing changes all ${over} stay over it${by}; with the projects that are known, at their chances, ${on.length === 0 ? 'none is' : `${count(on.length, 'one is', 'are')}`} on the way to it${saved.length ? `, and if all of them came ${named(saved.map(mineralStage))} would be too` : ', not even if all of them came'}.`,
    ...(off.length
      ? [
          `Farthest from it: ${named(off.slice(0, 3).map((r) => `${mineralStage(r)} ${shareOf(r.share as number)} from ${scope.nameOf(String(r.top_country))} (${supplyYear(rows, r)})`))}.`,
        ]
      : []),
  ];
}

/** The year that the share is of: the first of the mineral and stage. */
const supplyYear = (rows: readonly AnswerRow[], row: AnswerRow) =>
  rows.find((r) => r.share !== null && keyOf(r) === keyOf(row))?.year;

/** The first year of a mineral and stage is that of the supply. */
const isFirst = (rows: readonly AnswerRow[], row: AnswerRow) =>
  rows.find((r) => r.share !== null && keyOf(r) === keyOf(row)) === row;

function oneLine(r: AnswerRow, from: string, scope: OutlookScope): string {
  const limit = r.cap as number;
  const top = `${scope.nameOf(String(r.top_country))} supplies ${shareOf(r.share as number, limit)} of ${possessive(scope.name)} ${mineralStage(r)} (${r.basis}, ${from})`;
  if (r.status === 'met') return `${top}: within the limit of ${shareOf(limit)} already.`;
  const [low, high] = [r.pipeline_low, r.pipeline_high];
  const pipeline =
    typeof r.pipeline_share !== 'number'
      ? ''
      : low === high && high === r.share
        ? ` No known project changes that by ${r.year}.`
        : ` Known projects leave the largest share at ${shareOf(r.pipeline_share, limit)} in ${r.year}, ${shareOf(low as number, limit)} to ${shareOf(high as number, limit)} between all and none of them.`;
  const projected =
    typeof r.projected_share === 'number'
      ? ` As output is projected it would be ${shareOf(r.projected_share, limit)} (${scope.nameOf(String(r.projected_country))}).`
      : '';
  const move =
    typeof r.tonnes_to_move_t === 'number' && r.tonnes_to_move_t > 0
      ? ` ${tonnes(r.tonnes_to_move_t)} would have to come from elsewhere in ${r.year}.`
      : '';
  return `${top}, over the limit of ${shareOf(limit)} for ${r.target_year}: ${r.status === 'on_path' ? 'on' : 'not on'} the way to it.${pipeline}${projected}${move}`;
}

/** Floors on own output: what own projects give by the year of the floor. */
function floorLines(rows: readonly AnswerRow[], floors: readonly number[]): string[] {
  const last = new Map<string, AnswerRow>();
  for (const k of floors) last.set(keyOf(rows[k]!), rows[k]!);
  return [...last.values()].map(
    (r) =>
      `Own ${plainly(r.mineral)} in ${r.year} (${r.target}): ${tonnes(r.planned_t as number)} from known projects at their chances, ${tonnes(r.planned_high_t as number)} if all come, against a floor of ${tonnes(r.floor_t as number)} of content.`,
  );
}

function silentLine(rows: readonly AnswerRow[], last: ReadonlyMap<string, number>): string[] {
  const silent = rows.filter(
    (r) => r.share === null && (r.planned_t ?? null) === null && !last.has(keyOf(r)),
  );
  const unknown = silent.filter((r) => String(r.note).startsWith('no open figures'));
  const stages = new Set(unknown.map((r) => `${r.mineral} ${r.stage}`)).size;
  const others = new Set(silent.filter((r) => !unknown.includes(r)).map((r) => `${r.target}: ${r.note}.`));
  return [
    ...(unknown.length
      ? [`No open figures of the supply of ${count(stages, 'mineral stage')}: ${byMineral(unknown)}.`]
      : []),
    ...others,
  ];
}

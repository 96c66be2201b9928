import type { AnswerRow, View } from './question.ts';
import { count, named, plainly, positions, yearsOfRows } from './wording.ts';

/** What was asked for, and every list there is, to say which lists leave a mineral out. */
export interface ListsScope {
  /** ids of the lists within what was asked (publisher, list), whether or not the mineral is on them */
  readonly lists: readonly string[];
  readonly minerals: readonly string[] | undefined;
}

/** Rows beyond which lists are told in sentences, not row by row. */
const mostShown = 90;

/** How lists are best read: on how many a mineral is; of one list its members; of all a sentence each. */
export function listsView(rows: readonly AnswerRow[], scope: ListsScope): View {
  const columns = ['mineral', 'list', 'status', 'year', 'lists', 'name_as_listed', 'confidence', 'source'];
  const heads = { lists: 'on lists', name_as_listed: 'as listed' };
  const base = { columns, heads, inSections: true, least: { mineral: 11, list: 17 } };
  if (scope.minerals !== undefined && rows.length <= mostShown)
    return {
      ...base,
      headline: scope.minerals.map((m) => mineralLine(m, rows, scope.lists)),
      group: 'mineral',
      sections: [
        { title: '', rows: positions(rows, () => true).sort((a, b) => byMineralId(rows, a, b)) },
      ].filter((s) => s.rows.length > 0),
    };
  const lists = [...new Set(rows.map((r) => String(r.list)))];
  const counts = lists.map((l) => rows.filter((r) => r.list === l && r.member === true).length);
  const all = new Set(rows.filter((r) => r.member === true).map((r) => r.mineral));
  const headline =
    lists.length === 1
      ? [`${listName(rows, lists[0]!)}: ${count(counts[0]!, 'critical mineral')}${others(rows)}.`]
      : [
          `${lists.length} lists name ${count(all.size, 'mineral')} as critical, ${Math.min(...counts)} to ${Math.max(...counts)} each.`,
          ...onMost(rows),
        ];
  if (rows.length <= mostShown && lists.length === 1)
    return {
      ...base,
      columns: columns.filter((c) => c !== 'list'),
      headline,
      sections: statusSections(rows),
    };
  return {
    ...base,
    headline,
    sections: [],
    after: lists.map((l) => {
      const members = rows.filter((r) => r.list === l && r.member === true).map((r) => plainly(r.mineral));
      const rest = others(rows.filter((r) => r.list === l));
      return `${listName(rows, l)}, ${members.length}${rest}: ${[...new Set(members)].sort().join(', ')}.`;
    }),
    quietNotes: ['confidence'],
  };
}

const byMineralId = (rows: readonly AnswerRow[], a: number, b: number) =>
  String(rows[a]!.mineral).localeCompare(String(rows[b]!.mineral), 'en') || a - b;

function listName(rows: readonly AnswerRow[], list: string): string {
  const of = rows.filter((r) => r.list === list);
  const name = of[0]?.list_name;
  const years = yearsOfRows(of);
  return `${list}${name ? ` (${name}${years && !String(name).includes(years) ? `, ${years}` : ''})` : ''}`;
}

/** `; also 2 on its watch list`: what the document names without calling it critical. */
function others(rows: readonly AnswerRow[]): string {
  const by = new Map<string, number>();
  for (const r of rows) if (r.member !== true) by.set(String(r.status), (by.get(String(r.status)) ?? 0) + 1);
  const parts = [...by].map(([status, n]) => `${n} ${plainly(status)}`);
  return parts.length ? ` and ${named(parts)}` : '';
}

function statusSections(rows: readonly AnswerRow[]) {
  const statuses = [...new Set(rows.map((r) => String(r.status)))];
  statuses.sort((a, b) => Number(b === 'critical') - Number(a === 'critical') || (a < b ? -1 : 1));
  return statuses.map((status) => ({
    title: statuses.length > 1 ? plainly(status) : '',
    rows: positions(rows, (r) => r.status === status),
  }));
}

/** Minerals that the most lists agree on. */
function onMost(rows: readonly AnswerRow[]): string[] {
  const most = Math.max(0, ...rows.map((r) => Number(r.lists ?? 0)));
  if (most < 2) return [];
  const names = [...new Set(rows.filter((r) => r.lists === most).map((r) => plainly(r.mineral)))].sort();
  return [`On the most of all lists in the register, ${most}: ${named(names)}.`];
}

/** Where a mineral is critical, where it is named without being so, where it is not named. */
function mineralLine(mineral: string, rows: readonly AnswerRow[], lists: readonly string[]): string {
  const own = rows.filter((r) => r.mineral === mineral);
  const on = new Set(own.filter((r) => r.member === true).map((r) => String(r.list)));
  const beside = own.filter((r) => r.member !== true && !on.has(String(r.list)));
  const named_ = new Set(own.map((r) => String(r.list)));
  const absent = lists.filter((l) => !named_.has(l));
  const more = [
    ...(beside.length
      ? [`named otherwise on ${named(beside.map((r) => `${r.list} (${plainly(r.status)})`))}`]
      : []),
    ...(absent.length ? [`not on ${named(absent)}`] : []),
  ];
  return `${plainly(mineral)[0]!.toUpperCase()}${plainly(mineral).slice(1)} is critical on ${on.size} of ${count(lists.length, 'list')}${more.length ? `; ${more.join('; ')}` : ''}.`;
}
